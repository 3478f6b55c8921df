"""Which of several answers in one reply counts: a draft is no answer, nor is the form that was asked for, nor an answer to a later question.

Data flow: `lines of a reply → versions → last_version → the lines of the answer that counts`.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from adaem_core.elicit.lines import lead
from adaem_core.elicit.points import find_points
from adaem_core.elicit.stance import find_stance, is_stance_line
from adaem_core.elicit.structured import REVISED

MOST_VERSIONS = 8
REVISION = re.compile(
    rf"(?=.*{REVISED.pattern})(?:(?!key\b)[^:.]){{0,60}}\b(?:answer|version|response|stance|position|reply|view|verdict|opinion)\b[^:.]{{0,20}}[:.]?\s*$|(?:final|revised|corrected)\W*$"
    r"|.{0,40}\blet me (?:correct|revise|redo|restate|rethink)\b.{0,40}[:.…]\s*$"
    r"|\W*(?:oops|scratch that|(?:sorry,? )?i meant)\b.{0,60}$"
    r"|\W*(?:my )?(?:final|revised|corrected|updated) (?:overall )?stance\b",
    re.IGNORECASE,
)
FORM = re.compile(r"\byour (?:key )?(?:points?|justification|stance)\b|\bone word\b", re.IGNORECASE)
FORM_LINE = re.compile(
    r"^\W*(?:\d\W+)?(?:your point\W+your justification\b|the same for each further point\b|stance\W+one word, which is\b)", re.IGNORECASE
)


def last_version(lines: list[str]) -> list[str]:
    """Return the lines of the answer that counts: the last that is called final or revised, else the first that takes a stance.

    An answer that counts and cannot be read is not replaced by another one.
    """
    parts = versions(lines)
    if len(parts) == 1:
        return lines
    found = [part for part in parts if find_stance(part)[0] or is_answer(part)]
    revised = [part for before, part in pairwise(found) if is_revision(part[0]) or any(map(is_revision, told(before)[-2:]))]
    return [*revised[-1:], *found[:1], lines][0]


def is_answer(part: Sequence[str]) -> bool:
    """Say whether lines are an answer although their stance cannot be told, and not the form that was asked for."""
    return any(is_stance_line(line) or is_revision(line) for line in part) and not FORM.search("\n".join(part)[:800])


def versions(lines: list[str]) -> list[list[str]]:
    """Return the lines cut where another answer begins: at a stance or a heading that calls it final, with points before and after it."""
    places = [index for index, line in enumerate(lines) if is_stance_line(line) or is_revision(line)][:MOST_VERSIONS]
    cuts = [0]
    for place in places:
        if told(lines[cuts[-1] : place]) and find_points(lines[cuts[-1] : place]) and find_points(lines[place + 1 :]):
            cuts.append(place)
    return [lines[begin:end] for begin, end in zip(cuts, [*cuts[1:], len(lines)], strict=True)]


def is_revision(line: str) -> bool:
    """Say whether a line calls what follows the final or revised answer."""
    return len(line) < 120 and REVISED.search(line) is not None and REVISION.match(lead(line)) is not None


def told(lines: Sequence[str]) -> list[str]:
    """Return the lines that say anything."""
    return [line for line in lines if line.strip()]
