"""Which countries one author's questions name more, or less, than the other authors' do (AdAEM §4.3, Fig. 5, 12, 15).

Each author × place is a fourfold table: questions that name the place or not, by this author or by all others. Fisher's
exact test keeps its level however rare a place is; over all these tests the false discovery rate is held (Benjamini & Hochberg 1995).
One line of data flow: author and places per question → `Counts` → `Share` and `Lean` per place × author.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import false_discovery_control, fisher_exact

from adaem_core.infer.estimate import share

DISCOVERY = 0.05  # expected share of false claims among all that are made


@dataclass(frozen=True, eq=False)
class Counts:
    """How many questions of each author name each place (country, or region of the world)."""

    places: tuple[str, ...]  # those named at least once, the commonest first
    authors: tuple[str, ...]  # in order of first appearance
    named: np.ndarray  # (places, authors): questions that name it; a question counts once per place
    questions: np.ndarray  # (authors,): questions of each, whether they name a place or not

    @property
    def totals(self) -> np.ndarray:
        """Return the questions that name each place, shape (places,)."""
        return np.asarray(self.named.sum(axis=1))


@dataclass(frozen=True)
class Share:
    """How common a place is among the questions of one author."""

    place: str
    author: str
    named: int
    questions: int
    share: float  # [0, 1]
    low: float  # 95 % interval (Wilson 1927)
    high: float


@dataclass(frozen=True)
class Lean:
    """How an author's share of questions on a place compares with that of all other authors together."""

    place: str
    author: str
    named: int
    share: float  # of the author's questions, [0, 1]
    elsewhere: float  # of the other authors' questions; NaN where there is no other author
    ratio: float  # odds ratio, half a question added to each cell; above 1: named more often than by the others
    low: float  # 95 % interval of the ratio, not adjusted for the number of tests
    high: float
    p: float  # Fisher's exact test, two-sided; NaN where it cannot be computed
    q: float  # p adjusted over all places and authors
    why: str  # what stands in the way of a test; empty where there is one

    @property
    def more(self) -> bool:
        """Whether the author names the place more often than the others do."""
        return self.share > self.elsewhere

    @property
    def separable(self) -> bool:
        """Whether the difference is called real: of all that are, at most 5 % are expected to be chance."""
        return self.q < DISCOVERY


def counts(authors: Sequence[str], found: Sequence[Sequence[str]]) -> Counts:
    """Return how many questions of each author name each place; `authors` and `found` are per question, in the same order."""
    names = tuple(dict.fromkeys(authors))
    total = Counter(place for places in found for place in set(places))
    ranked = tuple(sorted(total, key=lambda place: (-total[place], place)))
    row, column = ({name: position for position, name in enumerate(each)} for each in (ranked, names))
    named, questions = np.zeros((len(ranked), len(names)), dtype=int), np.zeros(len(names), dtype=int)
    for author, places in zip(authors, found, strict=True):
        questions[column[author]] += 1
        for place in set(places):
            named[row[place], column[author]] += 1
    return Counts(ranked, names, named, questions)


def shares(given: Counts) -> list[Share]:
    """Return the share of every place × author, places in order, with its interval."""
    return [
        Share(place, author, int(given.named[i, j]), int(given.questions[j]), *share(int(given.named[i, j]), int(given.questions[j])))
        for i, place in enumerate(given.places)
        for j, author in enumerate(given.authors)
    ]


def leanings(given: Counts) -> list[Lean]:
    """Return every place × author, the smallest q first; with fewer than two authors p and q are NaN and `why` says so."""
    rows = [compared(given, place, author) for place in range(len(given.places)) for author in range(len(given.authors))]
    tested = len(given.authors) > 1 and rows
    adjusted = false_discovery_control([row.p for row in rows]) if tested else [math.nan] * len(rows)
    made = [replace(row, q=float(q)) for row, q in zip(rows, adjusted, strict=True)]
    return sorted(made, key=lambda row: (math.isnan(row.q), row.q, row.p, -row.named, row.author, row.place))


def compared(given: Counts, place: int, author: int) -> Lean:
    """Return one place × author before adjustment (q NaN)."""
    inside, asked = int(given.named[place, author]), int(given.questions[author])
    rest, others = int(given.totals[place]) - inside, int(given.questions.sum()) - asked
    head = (given.places[place], given.authors[author], inside, inside / asked)
    if not others:
        return Lean(*head, *(math.nan,) * 6, why="Cannot be computed because there is no other author to compare with.")
    table = (inside, asked - inside, rest, others - rest)
    p = float(fisher_exact(np.reshape(table, (2, 2))).pvalue)
    return Lean(*head, rest / others, *odds(*table), p, math.nan, why="")


def odds(a: int, b: int, c: int, d: int) -> tuple[float, float, float]:
    """Return the odds ratio of a fourfold table with its 95 % interval, half added to each cell (Haldane 1956, Anscombe 1956)."""
    cells = [each + 0.5 for each in (a, b, c, d)]
    estimate = math.log(cells[0] * cells[3] / cells[1] / cells[2])
    reach = 1.96 * math.sqrt(sum(1 / each for each in cells))
    return math.exp(estimate), math.exp(estimate - reach), math.exp(estimate + reach)
