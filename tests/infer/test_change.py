"""Paired tests against scipy, pingouin, published figures, and simulation."""

import numpy as np
import pingouin
import pytest
from scipy import stats

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.change import EXACT, family, no_test, noncentral_limits, paired, random_flips, welch
from tests.infer.explained import explained
from tests.rows import every_row
from tests.validate.table10 import TABLE_10


def pair(seed: int, n: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    before = rng.normal(size=n)
    return before, before + rng.normal(0.4, 1, size=n)


def test_table_10_target(rng: np.random.Generator) -> None:
    """Published: averages 76.46 and 98.62, t(9) = 3.90, p = .004, d = 1.23."""
    before, after = (np.array([row[place] for row in TABLE_10.values()]) for place in (0, 1))
    found = paired(before, after, rng)
    assert (found.before, found.after) == pytest.approx((76.46, 98.62), abs=0.005)
    assert (found.t, found.df, found.p) == pytest.approx((3.904, 9, 0.0036), abs=5e-4)
    assert found.d.value == pytest.approx(1.234, abs=1e-3)
    assert found.exact and found.permutation_p == pytest.approx(0.0059, abs=1e-4)


@every_row("n", [2, 5, 12, 40])
def test_t_test_is_scipys_and_pingouins(n: int, rng: np.random.Generator) -> None:
    before, after = pair(n, n)
    found, wanted = paired(before, after, rng), stats.ttest_rel(after, before)
    assert (found.t, found.p, found.df) == pytest.approx((wanted.statistic, wanted.pvalue, wanted.df), abs=1e-10)
    limits = wanted.confidence_interval()
    assert (found.difference.low, found.difference.high) == pytest.approx((limits.low, limits.high), abs=1e-10)
    other = pingouin.ttest(after, before, paired=True)
    assert found.t == pytest.approx(float(other["T"].iloc[0]), abs=1e-8)
    assert found.d.value == pytest.approx(pingouin.compute_effsize(after - before, np.zeros(n), paired=True) / 2**0.5, abs=1e-8)


def test_d_interval_inverts_the_noncentral_t(rng: np.random.Generator) -> None:
    before, after = pair(1, 15)
    found = paired(before, after, rng)
    for limit, probability in ((found.d.low, 0.975), (found.d.high, 0.025)):
        assert stats.nct.cdf(found.t, 14, limit * 15**0.5) == pytest.approx(probability, abs=1e-8)


def test_noncentral_limits_of_a_published_example() -> None:
    """The manual of R's MBESS (conf.limits.nct): t = 2.83 with 126 degrees of freedom."""
    assert noncentral_limits(2.83, 126) == pytest.approx((0.8337502, 4.8153591), abs=1e-6)


@every_row("t", [0.0, -3.0, 29.0, -29.0, 49.0, 1e6])
@every_row("df", [1, 2, 9, 31, 999, 1001, 12_000])
def test_limits_surround_t_whatever_its_size(t: float, df: int) -> None:
    low, high = noncentral_limits(t, df)
    assert low < high and np.isfinite([low, high]).all()
    assert low < t < high


@every_row("df", [1, 2, 9, 400])
def test_the_limit_for_a_huge_t_joins_the_exact_form(df: int) -> None:
    edge = 50 * (2 * df) ** 0.5
    assert noncentral_limits(edge - 0.01, df) == pytest.approx(noncentral_limits(edge + 0.01, df), rel=3e-3)


@pytest.mark.parametrize("n", [3, 8, 12])
def test_exact_permutation_is_scipys(n: int, rng: np.random.Generator) -> None:
    before, after = pair(n, n)
    wanted = stats.permutation_test((before, after), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=np.inf)
    found = paired(before, after, rng)
    assert found.exact and found.permutation_p == pytest.approx(wanted.pvalue, abs=1e-12)


def test_monte_carlo_agrees_with_the_exact_p(rng: np.random.Generator) -> None:
    before, after = pair(3, EXACT)
    exact = paired(before, after, rng).permutation_p
    drawn = random_flips((after - before)[:, None], rng)[0]
    assert drawn == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 9999) ** 0.5)
    assert not paired(*pair(3, EXACT + 1), rng).exact


def test_same_seed_same_p() -> None:
    before, after = pair(4, 60)
    first, second = (paired(before, after, np.random.default_rng(7)) for _ in range(2))
    assert first == second


def test_false_positives_stay_at_five_per_cent() -> None:
    rng = np.random.default_rng(11)
    found = [paired(rng.normal(size=12), rng.normal(size=12), rng) for _ in range(1000)]
    for p in ([each.p for each in found], [each.permutation_p for each in found]):
        assert 0.03 < np.mean(np.array(p) < 0.05) < 0.07


ODD = {
    "none": ([], []),
    "one": ([1.0], [2.0]),
    "missing": ([np.nan, 1.0], [1.0, np.nan]),
    "nothing changed": ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]),
    "all by the same": ([0.1, 0.2, 0.3], [0.2, 0.3, 0.4]),
}


@every_row("before, after", ODD.values(), ids=ODD.keys())
def test_odd_pairs_are_explained(before: list[float], after: list[float], rng: np.random.Generator) -> None:
    found = paired(before, after, rng)
    explained(found)
    assert found.why.startswith("cannot be computed because") and np.isnan(found.t)


def test_holm_over_a_family(rng: np.random.Generator) -> None:
    made = {"a": paired(*pair(1, 12), rng), "b": paired(*pair(2, 12), rng), "c": no_test("nobody was asked")}
    found = family(made)
    small, large = sorted(made[name].permutation_p for name in "ab")
    assert sorted(found[name].adjusted_p for name in "ab") == pytest.approx([2 * small, max(2 * small, large)])
    assert np.isnan(found["c"].adjusted_p) and found["c"].why


def test_lists_of_two_lengths_are_refused(rng: np.random.Generator) -> None:
    with pytest.raises(BadInput, match="one length"):
        paired([1.0], [1.0, 2.0], rng)


def test_two_groups_are_compared_as_welch_does(rng: np.random.Generator) -> None:
    here, there = rng.normal(1, 1, 40), rng.normal(0, 2, 25)
    wanted = stats.ttest_ind(here, there, equal_var=False)
    limits = wanted.confidence_interval()
    found, p = welch(there, np.append(here, np.nan))
    assert (found.value, found.low, found.high, p) == pytest.approx((here.mean() - there.mean(), limits.low, limits.high, wanted.pvalue))
    assert found.n == 65


def test_two_groups_that_cannot_be_compared_say_why() -> None:
    several, single = np.array([1.0, 2.0, 4.0]), np.array([3.0])
    assert "has no value" in welch(several, np.empty(0))[0].why
    assert "single value" in welch(several, single)[0].why and welch(several, single)[0].known
    assert welch(np.zeros(3), np.ones(3))[0].value == 1.0 and "do not differ" in welch(np.zeros(3), np.ones(3))[0].why
