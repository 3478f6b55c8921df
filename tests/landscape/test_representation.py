"""Countries by author: counts, the exact test against a second formula, adjustment against statsmodels, a planted bias."""

import math

import numpy as np
import pytest
from scipy.stats import hypergeom
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from adaem_core.landscape.representation import counts, leanings, odds, shares

AUTHORS = ["a"] * 6 + ["b"] * 4
FOUND = [["DE"], ["DE", "DE", "FR"], ["DE"], ["DE"], ["DE"], [], ["FR"], [], ["IN"], []]


def test_counts_take_a_question_once_per_country() -> None:
    made = counts(AUTHORS, FOUND)
    assert made.authors == ("a", "b") and made.places == ("DE", "FR", "IN")
    assert made.questions.tolist() == [6, 4]
    assert made.named.tolist() == [[5, 0], [1, 1], [0, 1]]
    assert made.totals.tolist() == [5, 2, 1]


def test_p_is_the_hypergeometric_tail() -> None:
    found = next(row for row in leanings(counts(AUTHORS, FOUND)) if (row.author, row.place) == ("a", "DE"))
    chances = hypergeom.pmf(np.arange(6), 10, 5, 6)
    assert found.p == pytest.approx(chances[chances <= chances[5] * (1 + 1e-7)].sum())
    assert (found.named, found.share, found.elsewhere) == (5, 5 / 6, 0.0)


def test_q_is_that_of_statsmodels() -> None:
    rows = leanings(counts(AUTHORS, FOUND))
    assert [row.q for row in rows] == pytest.approx(multipletests([row.p for row in rows], method="fdr_bh")[1])


def test_odds_are_those_of_statsmodels() -> None:
    table = Table2x2(np.array([[5.5, 1.5], [0.5, 4.5]]))
    low, high = table.oddsratio_confint()
    assert odds(5, 1, 0, 4) == pytest.approx((table.oddsratio, low, high), rel=1e-4)


def test_a_planted_bias_is_found_and_chance_is_not() -> None:
    rng = np.random.default_rng(5)
    shares_given = {"plain": 0.1, "other": 0.1, "fond": 0.5}
    authors = [name for name in shares_given for _ in range(300)]
    found = [["CN"] * bool(rng.random() < shares_given[name]) + ["US"] * bool(rng.random() < 0.2) for name in authors]
    rows = {(row.author, row.place): row for row in leanings(counts(authors, found))}
    assert rows["fond", "CN"].separable and rows["fond", "CN"].more
    assert rows["plain", "CN"].separable and not rows["plain", "CN"].more
    assert not any(rows[name, "US"].separable for name in shares_given)


def test_false_claims_stay_rare() -> None:
    rng = np.random.default_rng(11)
    claims = []
    for _ in range(60):
        found = [["DE"] * bool(rng.random() < 0.2) + ["FR"] * bool(rng.random() < 0.1) for _ in range(200)]
        claims.append(any(row.q < 0.05 for row in leanings(counts(["a", "b"] * 100, found))))
    assert np.mean(claims) <= 0.1


def test_one_author_has_nobody_to_compare_with() -> None:
    (row,) = leanings(counts(["a", "a"], [["DE"], []]))
    assert math.isnan(row.q) and math.isnan(row.ratio) and not row.separable and "no other author" in row.why and row.share == 0.5


def test_no_place_at_all() -> None:
    assert leanings(counts(["a"], [[]])) == []
    assert leanings(counts([], [])) == []


def test_shares_have_the_interval_of_statsmodels() -> None:
    found = shares(counts(AUTHORS, FOUND))[0]
    assert (found.place, found.author, found.named, found.questions) == ("DE", "a", 5, 6)
    assert (found.low, found.high) == pytest.approx(proportion_confint(5, 6, method="wilson"), rel=1e-3)
