"""Convergence with published figures: pingouin's power, scipy's permutations, and a planted agreement."""

import numpy as np
import pingouin
import pytest
from scipy.stats import permutation_test, rankdata, spearmanr
from scipy.stats import t as student

from adaem_core.errors import BadInput
from adaem_core.validate.convergence import aligned, by_model, by_value, convergence, matches, published, relative, smallest_detectable
from adaem_core.values import value_system
from tests.infer.explained import explained
from tests.rows import every_row

SCHWARTZ = value_system("schwartz")


def test_published_scores_are_complete() -> None:
    found = published("schwartz")
    assert found.scores.shape == (33, 10)
    assert set(found.dimensions) == set(SCHWARTZ.ids)
    assert found.scores[found.models.index("GPT-4-Turbo"), found.dimensions.index("UNI")] == 71.8
    assert published("moral_foundations").scores.shape == (33, 5)
    assert not np.isnan(found.scores).any()
    assert found.scores.min() >= 0 and found.scores.max() <= 100


def test_another_value_system_has_no_published_scores() -> None:
    with pytest.raises(BadInput, match="moral_foundations"):
        published("big_five")


def test_names_meet_without_provider_case_and_punctuation() -> None:
    assert matches(["openai/gpt-4o", "DeepSeek V3", "aurora"], published("schwartz")) == {
        "openai/gpt-4o": "GPT-4o",
        "DeepSeek V3": "DeepSeek-V3",
    }


def test_profiles_are_put_in_the_systems_order() -> None:
    known = published("schwartz")
    ours = np.random.default_rng(1).random((3, 10))
    names, one, other = aligned(ours, ["gpt-4o", "mine", "o1"], SCHWARTZ, known, {"gpt-4o": "GPT-4o", "o1": "o1"})
    assert names == ("gpt-4o", "o1")
    np.testing.assert_array_equal(one, ours[[0, 2]])
    assert other[0][SCHWARTZ.ids.index("SEL")] == 51.1
    with pytest.raises(BadInput, match="shape"):
        aligned(ours, ["gpt-4o"], SCHWARTZ, known, {})


@every_row("n", [5, 10, 16, 33])
def test_smallest_detectable_is_pingouins(n: int) -> None:
    assert pingouin.power_corr(r=smallest_detectable(n), n=n) == pytest.approx(0.8, abs=0.01)


def test_at_the_smallest_detectable_correlation_eight_of_ten_samples_show_it() -> None:
    rng = np.random.default_rng(9)
    r, n = smallest_detectable(10), 10
    one = rng.normal(size=(4000, n))
    other = r * one + np.sqrt(1 - r * r) * rng.normal(size=(4000, n))
    found = np.array([np.corrcoef(*pair)[0, 1] for pair in zip(one, other, strict=True)])
    ratio = np.abs(found) * np.sqrt((n - 2) / (1 - found**2))
    assert np.mean(ratio > student.isf(0.025, n - 2)) == pytest.approx(0.8, abs=0.02)


def test_ten_values_show_little() -> None:
    assert smallest_detectable(10) == pytest.approx(0.77, abs=0.01)
    assert smallest_detectable(10) > smallest_detectable(100)
    assert np.isnan(smallest_detectable(3))


def test_p_over_all_orders_is_scipys() -> None:
    rng = np.random.default_rng(2)
    one, other = rng.random((2, 6))
    told = permutation_test(
        (rankdata(one),), lambda x: abs(spearmanr(x, other).statistic), permutation_type="pairings", alternative="greater"
    )
    assert convergence("m", one, other, rng).p.value == pytest.approx(told.pvalue)


def test_p_over_drawn_orders_is_close_to_the_t_test() -> None:
    rng = np.random.default_rng(3)
    one = rng.random(10)
    other = one + rng.normal(size=10) * 0.4
    found = convergence("m", one, other, rng)
    assert found.spearman.value == pytest.approx(spearmanr(one, other).statistic)
    assert found.p.value == pytest.approx(spearmanr(one, other).pvalue, abs=0.03)
    assert found.spearman.n == 10


def test_unrelated_profiles_agree_as_often_as_chance_lets_them() -> None:
    rng = np.random.default_rng(4)
    p = [convergence("m", *rng.random((2, 10)), rng, draws=199).p.value for _ in range(400)]
    assert 0.03 <= np.mean(np.array(p) <= 0.05) <= 0.07


def test_relative_profiles_show_what_sets_models_apart() -> None:
    """All models share the order of values; apart from it, ours is the published one upside down."""
    rng = np.random.default_rng(5)
    common, own = np.linspace(0, 5, 10), rng.normal(size=(6, 10))
    ours, theirs = common + own, common - own
    plain = by_model([f"m{n}" for n in range(6)], ours, theirs, rng)
    apart = by_model([f"m{n}" for n in range(6)], relative(ours), relative(theirs), rng)
    assert np.mean([each.pearson.value for each in plain]) > 0.3
    assert np.mean([each.pearson.value for each in apart]) < -0.9
    assert [each.name for each in by_value(SCHWARTZ.ids, ours, theirs, rng)] == list(SCHWARTZ.ids)


def test_odd_inputs_say_why() -> None:
    rng = np.random.default_rng(6)
    nothing = np.full(10, np.nan)
    for one, other in ((nothing, nothing), (np.ones(10), rng.random(10)), (rng.random(2), rng.random(2))):
        found = convergence("m", one, other, rng)
        for each in (found.pearson, found.spearman, found.p, found.smallest):
            explained(each)
    assert by_model([], np.empty((0, 10)), np.empty((0, 10)), rng) == ()
