"""Who should do what in a panel that is put together of chosen models: suggestions, by price and by who made them.

Data flow: `names, developers, prices → roles`. Cheap models write and try questions, strong ones give the final score and are measured; who reads
the answers is of a developer that is not measured, where there is one.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from adaem_core.panels import Role

LEAST = 2  # models that write, and that score: a score compares models


@dataclass(frozen=True)
class Candidate:
    """A model that takes part."""

    name: str
    developer: str  # "" where nobody knows
    price: float  # US dollars per million tokens written


def cast(candidates: Sequence[Candidate]) -> dict[str, tuple[Role, ...]]:
    """Return suggested roles by name; too few models have every role, and a panel of them is refused where it lacks one."""
    if not candidates:
        return {}
    reader = chosen_reader(candidates)
    others = sorted((each for each in candidates if each != reader), key=lambda each: each.price)
    if len(others) < LEAST:
        others = sorted(candidates, key=lambda each: each.price)
    half = max(math.ceil(len(others) / 2), LEAST)
    writers, scorers = {each.name for each in others[:half]}, {each.name for each in others[-half:]}
    roles: dict[str, tuple[Role, ...]] = {}
    for each in candidates:
        writes, scores = each.name in writers, each.name in scorers
        found = [Role.P1] * writes + [Role.P2] * scores + [Role.EXAMINEE] * (each in others)
        roles[each.name] = (*found, *((Role.RECOGNISER, Role.GUARD) if each == reader else ()))
    return roles


def chosen_reader(candidates: Sequence[Candidate]) -> Candidate:
    """Return who reads: of the developer with the fewest models, so that the others can be measured, the one whose price is nearest the middle."""
    count = Counter(each.developer for each in candidates)
    known = [each for each in candidates if each.developer] or list(candidates)
    fewest = min(count[each.developer] for each in known)
    prices = sorted(each.price for each in candidates)
    middle = prices[len(prices) // 2]
    return min((each for each in known if count[each.developer] == fewest), key=lambda each: (abs(each.price - middle), each.name))
