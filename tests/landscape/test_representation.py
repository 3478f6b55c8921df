"""Countries by author: counts, the exact test against a second formula, adjustment against statsmodels, a planted bias."""

import math

import numpy as np
import pytest
from scipy.stats import hypergeom
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.multitest import multipletests

from adaem_core.landscape.representation import counts, odds, representation

AUTHORS = ["a"] * 6 + ["b"] * 4
FOUND = [["DE"], ["DE", "DE", "FR"], ["DE"], ["DE"], ["DE"], [], ["FR"], [], ["IN"], []]


def test_counts_take_a_question_once_per_country() -> None:
    made = counts(AUTHORS, FOUND)
    assert made.authors == ("a", "b") and made.codes == ("DE", "FR", "IN")
    assert made.asked.tolist() == [6, 4]
    assert made.naming.tolist() == [[5, 1, 0], [0, 1, 1]]


def test_p_is_the_hypergeometric_tail() -> None:
    found = next(row for row in representation(counts(AUTHORS, FOUND)) if (row.author, row.code) == ("a", "DE"))
    chances = hypergeom.pmf(np.arange(6), 10, 5, 6)
    assert found.p == pytest.approx(chances[chances <= chances[5] * (1 + 1e-7)].sum())
    assert (found.questions, found.rest, found.share, found.rest_share) == (5, 0, 5 / 6, 0.0)


def test_q_is_that_of_statsmodels() -> None:
    rows = representation(counts(AUTHORS, FOUND))
    assert [row.q for row in rows] == pytest.approx(multipletests([row.p for row in rows], method="fdr_bh")[1])


def test_odds_are_those_of_statsmodels() -> None:
    table = Table2x2(np.array([[5.5, 1.5], [0.5, 4.5]]))
    low, high = table.oddsratio_confint()
    assert odds(5, 1, 0, 4) == pytest.approx((table.oddsratio, low, high), rel=1e-4)


def test_a_planted_bias_is_found_and_chance_is_not() -> None:
    rng = np.random.default_rng(5)
    shares = {"plain": 0.1, "other": 0.1, "fond": 0.5}
    authors = [name for name in shares for _ in range(300)]
    found = [["CN"] * bool(rng.random() < shares[name]) + ["US"] * bool(rng.random() < 0.2) for name in authors]
    verdicts = {(row.author, row.code): row.verdict for row in representation(counts(authors, found))}
    assert verdicts[("fond", "CN")] == "more" and verdicts[("plain", "CN")] == "less"
    assert {verdicts[(name, "US")] for name in shares} == {"not separable"}


def test_false_claims_stay_rare() -> None:
    rng = np.random.default_rng(11)
    claims = []
    for _ in range(60):
        found = [["DE"] * bool(rng.random() < 0.2) + ["FR"] * bool(rng.random() < 0.1) for _ in range(200)]
        claims.append(any(row.q < 0.05 for row in representation(counts(["a", "b"] * 100, found))))
    assert np.mean(claims) <= 0.1


def test_one_author_has_nobody_to_compare_with() -> None:
    (row,) = representation(counts(["a", "a"], [["DE"], []]))
    assert math.isnan(row.q) and math.isnan(row.ratio) and row.verdict == "" and "no other author" in row.why and row.share == 0.5


def test_no_place_at_all() -> None:
    assert representation(counts(["a"], [[]])) == []
    assert representation(counts([], [])) == []
