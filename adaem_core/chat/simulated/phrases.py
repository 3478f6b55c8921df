"""The phrase bank: how simulated respondents name values, and how the simulated recogniser finds them again.

The phrases are the markers of several words in `data/value_systems/schwartz.yaml`; other systems reuse some of them.
Data flow: `markers → index → find(text) → hits`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from adaem_core.folders import DATA
from adaem_core.values import ValueSystem, read_value_system

WORD = re.compile(r"\w+(?:['’-]\w+)*")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Index = Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]  # first word → (phrase, what it stands for), longest phrase first


@dataclass(frozen=True)
class Hit:
    """One phrase found: what it stands for, and where."""

    stands_for: tuple[str, ...]
    start: int
    end: int


@cache
def wording(name: str) -> Any:
    """Return the content of `data/simulated/<name>.yaml`: read once, not to be changed."""
    return yaml.load((DATA / "simulated" / f"{name}.yaml").read_text(encoding="utf-8"), Loader=LOADER)


@cache
def schwartz() -> ValueSystem:
    """Return the system on whose circle the simulated respondents live: the one that comes with the studio, whatever a user's own is called."""
    return read_value_system(DATA / "value_systems" / "schwartz.yaml")


@cache
def bank() -> dict[str, tuple[str, ...]]:
    """Return the noun phrases that express each Schwartz value, by id."""
    return {each.id: tuple(marker for marker in each.markers if " " in marker) for each in schwartz().dimensions}


@cache
def short_bank() -> dict[str, tuple[str, ...]]:
    """Return the phrases of at most three words of each Schwartz value: they fit into a question."""
    return {id: tuple(each for each in phrases if len(each.split()) <= 3) for id, phrases in bank().items()}


def index(phrases: Mapping[str, Iterable[str]]) -> Index:
    """Return an index of what each phrase stands for; the same phrase may stand for several things."""
    stands_for: dict[str, list[str]] = {}
    for thing, texts in phrases.items():
        for text in texts:
            stands_for.setdefault(lowered(text), []).append(thing)
    by_word: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for text in sorted(stands_for, key=lambda text: (-len(text), text)):
        if first := WORD.match(text):
            by_word.setdefault(first.group(), []).append((text, tuple(stands_for[text])))
    return {word: tuple(entries) for word, entries in by_word.items()}


@cache
def schwartz_index() -> Index:
    """Return the index of all markers of the Schwartz values."""
    return index({each.id: each.markers for each in schwartz().dimensions})


def find(known: Index, text: str) -> list[Hit]:
    """Return the phrases in `text` as whole words, in order and without overlap; where several begin, the longest counts."""
    low, hits, free = lowered(text), list[Hit](), 0
    for word in WORD.finditer(low):
        start = word.start()
        if start < free:
            continue
        for phrase, things in known.get(word.group(), ()):
            end = start + len(phrase)
            if low.startswith(phrase, start) and not low[end : end + 1].isalnum():
                hits.append(Hit(things, start, end))
                free = end
                break
    return hits


def lowered(text: str) -> str:
    """Return `text` in lower case and of the same length, so that places in it are places in `text`."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(each if len(each.lower()) != 1 else each.lower() for each in text)
