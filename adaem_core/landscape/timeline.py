"""Which years a question names: years, decades, centuries, and events with a date (AdAEM §4.3, Fig. 6, 16).

A number of four figures is a year unless the words around it say that it counts, costs or labels something (`years`). Events come from
one CSV of ours, data/gazetteer/events.csv. One line of data flow: text → `Dated` per mention → counts per author model (`by_author`).
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from adaem_core.infer.estimate import share
from adaem_core.landscape.gazetteer import FOLDER
from adaem_core.landscape.years import Dated, written_years

KINDS = ("year", "month", "range", "decade", "century", "event")


@dataclass(frozen=True)
class Event:
    """One dated event; without a year it is a phrase that only looks like one."""

    name: str
    first_year: int | None
    last_year: int | None


@cache
def events() -> dict[str, Event]:
    """Return the events by each term that names them, in lower case."""
    found: dict[str, Event] = {}
    with (FOLDER / "events.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            years = (int(row["first_year"]), int(row["last_year"])) if row["first_year"] else (None, None)
            found |= {term.lower(): Event(row["event"], *years) for term in row["terms"].split("|")}
    return found


@cache
def event_pattern() -> re.Pattern[str]:
    """Return what finds any term of an event as whole words, in any case; of two that begin at one place the longer wins."""
    terms = sorted(events(), key=len, reverse=True)
    return re.compile(r"(?<![\w#])(?:" + "|".join(re.escape(term).replace("'", "['’]") for term in terms) + r")(?!\w)", re.IGNORECASE)


def find_years(text: str) -> tuple[Dated, ...]:
    """Return the years, decades, centuries and dated events a text names, from left to right, none overlapping."""
    named = list(event_pattern().finditer(text))
    taken = [(match.start(), match.end()) for match in named]
    written = [each for each in written_years(text) if not any(start < each.end and each.start < end for start, end in taken)]
    return tuple(sorted([*written, *filter(None, map(as_dated, named))], key=lambda each: each.start))


def as_dated(match: re.Match[str]) -> Dated | None:
    """Return the mention of an event, None where the phrase only looks like one."""
    event = events()[match[0].lower().replace("’", "'")]
    if event.first_year is None or event.last_year is None:
        return None
    return Dated(match.start(), match.end(), match[0], event.first_year, event.last_year, "event", event.name)


@dataclass(frozen=True)
class Timed:
    """What one author model's questions say of time."""

    author: str
    questions: int
    dated: int  # questions that name at least one year or event
    share: float  # of the questions, [0, 1]; with a 95 % interval (Wilson 1927); NaN without a question
    low: float
    high: float
    middle: float  # median over mentions of the middle of the time named, in years; NaN without a mention
    latest: int | None  # last year named
    cutoff: str  # until when the model knows, as its card says: "2023-12"; empty where it does not
    beyond: int | None  # questions that name a time wholly after the cut-off's year; None where the cut-off is not known


def by_author(found: Sequence[tuple[Dated, ...]], authors: Sequence[str], cutoffs: dict[str, str] | None = None) -> list[Timed]:
    """Return the counts per author model, in order of first appearance, from the mentions of each question.

    A year counts as beyond a cut-off when all of it lies in a later calendar year, so that "2023-12" makes 2024 the first such year.
    """
    return [
        timed(
            author, [mentions for mentions, other in zip(found, authors, strict=True) if other == author], (cutoffs or {}).get(author, "")
        )
        for author in dict.fromkeys(authors)
    ]


def timed(author: str, found: Sequence[tuple[Dated, ...]], cutoff: str = "") -> Timed:
    """Return the counts of one author model from the mentions of each of its questions."""
    mentions = [each for question in found for each in question]
    until = cutoff_year(cutoff)
    return Timed(
        author,
        len(found),
        dated := sum(map(bool, found)),
        *share(dated, len(found)),
        middle=float(median(each.middle for each in mentions)) if mentions else float("nan"),
        latest=max((each.last_year for each in mentions), default=None),
        cutoff=cutoff,
        beyond=None if until is None else sum(any(each.first_year > until for each in question) for question in found),
    )


def cutoff_year(cutoff: str) -> int | None:
    """Return the calendar year of a knowledge cut-off ("2024-06", "June 2024", "2024"); None where none is given."""
    match = re.search(r"\b(?:19|20)\d\d\b", cutoff)
    return int(match[0]) if match else None


def cutoff_at(cutoff: str) -> float | None:
    """Return a knowledge cut-off as a place on an axis of years: the end of its month, or of its year; None where none is given."""
    year = cutoff_year(cutoff)
    if year is None:
        return None
    month = re.search(rf"{year}-(0[1-9]|1[0-2])", cutoff)
    return year + int(month[1]) / 12 if month else year + 1.0


def only(found: Iterable[tuple[Dated, ...]], kinds: Sequence[str]) -> list[tuple[Dated, ...]]:
    """Return the mentions of each question that are of some kinds."""
    return [tuple(each for each in mentions if each.kind in kinds) for mentions in found]
