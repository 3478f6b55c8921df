"""Which answers of an examination are missing and why: counted and listed, so that no result hides them (§3.3).

A missing answer is left out of every comparison; the counts belong beside each result (docs/decisions/missing-is-nan.md).
Data flow: `Examination, fates of answers → Missing per lost answer → counts per examinee and category`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from adaem_core.archive.examinations import Asked, Examination
from adaem_core.measure.by_topic import category_name, in_order
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.records import Outcome


class Kind(StrEnum):
    """Why an answer takes no part."""

    REFUSED = "refused"
    UNREADABLE = "unreadable"
    FAILED = "failed"
    UNREAD = "values not read"  # there is an answer, but the recogniser did not read it
    ABSENT = "no answer stored"  # not asked yet, or not in the imported file


@dataclass(frozen=True)
class Missing:
    """One answer that takes no part."""

    asked: Asked
    examinee: str
    kind: Kind
    reason: str  # in words for the user, partly a model's own
    passing: bool = False  # it failed for the moment or was not asked yet: the same command asks; all else is final


@dataclass(frozen=True)
class Count:
    """How many answers of one group are missing, by kind."""

    name: str  # of the examinee or the category
    asked: int  # answers there should be
    kinds: dict[Kind, int]  # every kind, 0 included

    def share(self, kind: Kind) -> float:
        """Return the share of this kind among the answers there should be, in [0, 1]; NaN without any."""
        return self.kinds[kind] / self.asked if self.asked else float("nan")

    @property
    def usable(self) -> int:
        """How many answers take part."""
        return self.asked - sum(self.kinds.values())


def missing(examination: Examination, fates: Iterable[Mapping[str, Any]]) -> tuple[Missing, ...]:
    """Return every answer that takes no part, question by question; `fates` are those of `examinations.fates`."""
    told = {(each["subject"], each["model"]): each for each in fates}
    places = [(asked, examinee) for asked in examination.asked for examinee in examination.examinees]
    found = [(asked, examinee, told.get((examination.subject(asked.id), examinee))) for asked, examinee in places]
    return tuple(lost(*each) for each in found if not takes_part(each[2]))


def takes_part(fate: Mapping[str, Any] | None) -> bool:
    """Return True for an answer that came and was read."""
    return fate is not None and fate["outcome"] == fate["read"] == Outcome.ANSWERED


def lost(asked: Asked, examinee: str, fate: Mapping[str, Any] | None) -> Missing:
    """Return why one answer takes no part."""
    if fate is None:
        return Missing(asked, examinee, Kind.ABSENT, "", passing=True)
    if fate["outcome"] != Outcome.ANSWERED:
        return Missing(asked, examinee, Kind(fate["outcome"]), fate["reason"], passing=fate["outcome"] == Outcome.FAILED)
    return Missing(asked, examinee, Kind.UNREAD, fate["why"] or "", passing=fate["read"] in (None, Outcome.FAILED))


def absent(labels: ValueLabels) -> int:
    """Return how many answers take no part, from the labels alone: no dimension of theirs is known. As many as `missing` lists."""
    return int(np.isnan(labels.expressed).all(axis=2).sum())


def verdicts_missing(labels: ValueLabels) -> int:
    """Return of how many pairs of an answer that was read and a value it is not known whether the answer expresses it."""
    unknown = np.isnan(labels.expressed)
    return int(unknown[~unknown.all(axis=2)].sum())


def by_examinee(examination: Examination, found: Sequence[Missing], category: str | None = None) -> tuple[Count, ...]:
    """Return the counts per examinee, in one category or (None) in all."""
    size = sum(category in (None, category_name(each.category)) for each in examination.asked)
    rows = [each for each in found if category in (None, category_name(each.asked.category))]
    return tuple(count(name, size, [each for each in rows if each.examinee == name]) for name in examination.examinees)


def by_category(examination: Examination, found: Sequence[Missing], examinee: str | None = None) -> tuple[Count, ...]:
    """Return the counts per category, of one examinee or (None) of all."""
    sizes = Counter(category_name(each.category) for each in examination.asked)
    people = len(examination.examinees) if examinee is None else 1
    rows = [each for each in found if examinee in (None, each.examinee)]
    return tuple(
        count(name, sizes[name] * people, [each for each in rows if category_name(each.asked.category) == name])
        for name in in_order(list(sizes))
    )


def count(name: str, asked: int, rows: Sequence[Missing]) -> Count:
    """Return the counts of one group."""
    kinds = Counter(each.kind for each in rows)
    return Count(name, asked, {kind: kinds[kind] for kind in Kind})
