"""Which countries one author's questions name more, or less, than the other authors' do (AdAEM §4.3, Fig. 5, 12, 15).

Each author × country is a fourfold table: questions that name the country or not, by this author or by all others. Fisher's
exact test keeps its level however rare a country is; over all these tests the false discovery rate is held (Benjamini & Hochberg 1995).
One line of data flow: author and places per question → `Counts` → `Represented` per author × country, the surest first.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import false_discovery_control, fisher_exact

DISCOVERY = 0.05  # expected share of false claims among all that are made


@dataclass(frozen=True, eq=False)
class Counts:
    """How many questions of each author name each country."""

    authors: tuple[str, ...]  # in order of first appearance
    codes: tuple[str, ...]  # those named at least once, the commonest first
    asked: np.ndarray  # (authors,): questions of each, whether they name a place or not
    naming: np.ndarray  # (authors, codes): questions that name it; a question counts once per country


@dataclass(frozen=True)
class Represented:
    """How one author's share of questions on one country compares with that of all other authors together."""

    author: str
    code: str
    questions: int  # of the author that name the country
    share: float  # of the author's questions, [0, 1]
    rest: int  # of the other authors
    rest_share: float  # NaN where there is no other author
    ratio: float  # odds ratio, half a question added to each cell; above 1: named more often than by the others
    low: float  # 95 % interval of the ratio, not adjusted for the number of tests
    high: float
    p: float  # Fisher's exact test, two-sided
    q: float  # p adjusted over all authors and countries; below .05 the false claims are expected to be at most 5 %
    why: str  # what stands in the way of a test; empty where there is one

    @property
    def verdict(self) -> str:
        """Return “more”, “less” or, where the difference may be chance, “not separable”; empty without a test."""
        if math.isnan(self.q):
            return ""
        return "not separable" if self.q >= DISCOVERY else "more" if self.share > self.rest_share else "less"


def counts(authors: Sequence[str], found: Sequence[Sequence[str]]) -> Counts:
    """Return how many questions of each author name each code; `authors` and `found` are per question, in the same order."""
    names = tuple(dict.fromkeys(authors))
    total: dict[str, int] = {}
    for codes in found:
        for code in dict.fromkeys(codes):
            total[code] = total.get(code, 0) + 1
    ranked = tuple(sorted(total, key=lambda code: (-total[code], code)))
    row, column = ({name: place for place, name in enumerate(each)} for each in (names, ranked))
    asked, naming = np.zeros(len(names), dtype=int), np.zeros((len(names), len(ranked)), dtype=int)
    for author, codes in zip(authors, found, strict=True):
        asked[row[author]] += 1
        for code in dict.fromkeys(codes):
            naming[row[author], column[code]] += 1
    return Counts(names, ranked, asked, naming)


def representation(given: Counts) -> list[Represented]:
    """Return every author × country, the smallest q first; with fewer than two authors p and q are NaN and `why` says so."""
    rows = [compared(given, author, code) for author in range(len(given.authors)) for code in range(len(given.codes))]
    tested = len(given.authors) > 1 and rows
    adjusted = false_discovery_control([row.p for row in rows]) if tested else [math.nan] * len(rows)
    made = [Represented(**{**row.__dict__, "q": float(q)}) for row, q in zip(rows, adjusted, strict=True)]
    return sorted(made, key=lambda row: (math.isnan(row.q), row.q, row.p, -row.questions, row.author, row.code))


def compared(given: Counts, author: int, code: int) -> Represented:
    """Return one author × country before adjustment (q NaN)."""
    inside, asked = int(given.naming[author, code]), int(given.asked[author])
    rest, others = int(given.naming[:, code].sum()) - inside, int(given.asked.sum()) - asked
    alone = not others
    ratio, low, high = (math.nan,) * 3 if alone else odds(inside, asked - inside, rest, others - rest)
    p = math.nan if alone else float(fisher_exact([[inside, asked - inside], [rest, others - rest]]).pvalue)
    return Represented(
        given.authors[author], given.codes[code], inside, inside / asked, rest, math.nan if alone else rest / others, ratio, low, high, p, math.nan,
        "Cannot be computed because there is no other author to compare with." if alone else "",
    )  # fmt: skip


def odds(a: int, b: int, c: int, d: int) -> tuple[float, float, float]:
    """Return the odds ratio of a fourfold table with its 95 % interval, half added to each cell (Haldane 1956, Anscombe 1956)."""
    cells = [each + 0.5 for each in (a, b, c, d)]
    estimate = math.log(cells[0] * cells[3] / cells[1] / cells[2])
    reach = 1.96 * math.sqrt(sum(1 / each for each in cells))
    return math.exp(estimate), math.exp(estimate - reach), math.exp(estimate + reach)
