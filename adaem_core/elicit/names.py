"""Which value a recogniser means: its id or its name, in any case, with or without the other, its meaning or a verdict beside it.

Data flow: `words → Names.find → id and what else is said`.
"""

import re
from functools import lru_cache
from typing import Any

from adaem_core.values import ValueSystem, folded


class Names:
    """The names of a system's values, and how they are found in what a recogniser wrote."""

    def __init__(self, system: ValueSystem) -> None:
        self.ids = system.ids
        self.known = {folded(key): each.id for each in system.dimensions for key in (each.name, each.id)}
        self.meanings = {each.id: folded(each.definition) for each in system.dimensions}
        self.found: dict[str, tuple[str, str] | None] = {}
        self.ids_spoken = re.compile(rf"\b(?:{'|'.join(map(re.escape, system.ids))})\b")
        spelled = "|".join(re.escape(each.name) for each in system.dimensions)
        self.assigned = re.compile(rf"\s+(?=(?:{'|'.join(map(re.escape, system.ids))}|(?i:{spelled}))\s?[=:])")
        self.spoken = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, system.ids))}|(?i:{spelled}))(?!\w)")

    def named_in(self, words: str) -> bool:
        """Say whether a value is named among `words`, by its id or its name."""
        return self.spoken.search(words) is not None

    def find(self, name: Any) -> tuple[str, str] | None:
        """Return the id that `name` stands for, in any case, with or without its own name or meaning beside it, and what else is said."""
        if not isinstance(name, str):
            return None
        if name not in self.found:
            self.found = {} if len(self.found) > MOST_NAMES else self.found
            self.found[name] = self.search(name)
        return self.found[name]

    def search(self, name: str) -> tuple[str, str] | None:
        """Return what `find` remembers."""
        if whole := self.known.get(folded(name)):
            return whole, ORDINARY.sub("", name)
        parts = [part.strip(" )]\"'*_.") for part in SEPARATED.split(name)]
        ids = {self.known[folded(part)] for part in parts if folded(part) in self.known}
        if len(ids) != 1:
            return None
        id = ids.pop()
        beside = [part for part in parts if part and folded(part) not in self.known]
        if any(other != id for part in beside for other in self.ids_spoken.findall(part)):
            return None
        return id, " ".join(part for part in beside if not (" " in part and folded(part) in self.meanings[id]))


@lru_cache(maxsize=64)
def names_of(system: ValueSystem) -> Names:
    """Return the names of a system's values."""
    return Names(system)


MOST_NAMES = 2_000  # remembered at a time
ORDINARY = re.compile(
    r"[\w\s!-/:-@\[-`{-~–—−“”‘’«»…\u200b-\u200f\u2060\ufeff\u00ad]"
)  # beside a name these say nothing; ticks and crosses do
SEPARATED = re.compile(r"[|:=(\[]|\s[-–—]+\s|->|→")
