"""Comparing two: McNemar and Holm against statsmodels, intervals against hand-made resamples, questions by hand."""

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar
from statsmodels.stats.multitest import multipletests

from adaem_core.errors import BadInput
from adaem_core.measure.compare import compare, mcnemar, separating, share_expressed, shares
from adaem_core.measure.groups import p_values
from adaem_core.measure.standings import stand
from adaem_core.settings import MeasureSettings
from tests.measure.made_standings import made
from tests.measure.simulate import name, planted
from tests.rows import every_row

NAN = float("nan")
SETTINGS = MeasureSettings(orders=3, resamples=100)


def test_difference_and_interval_of_two() -> None:
    """Errors .03 and .04 make .05 by Pythagoras: .1 ± 1.96 · .05."""
    found = compare(made([0.6, 0.5], [0.03, 0.04]), "model 0", "model 1")
    assert found.difference[0] == pytest.approx(0.1)
    assert found.low[0] == pytest.approx(0.1 - 1.96 * 0.05, abs=0.01)
    assert found.high[0] == pytest.approx(0.1 + 1.96 * 0.05, abs=0.01)


def test_p_is_corrected_over_the_dimensions() -> None:
    standings = stand(planted(np.random.default_rng(1), 150, np.array([[0.8, 0.4, 0.0], [0, 0, 0], [-0.5, 0, 0]])), SETTINGS)
    found = compare(standings, "model 0", "model 1")
    np.testing.assert_array_equal(found.p, p_values(standings)[0, 1])
    np.testing.assert_allclose(found.adjusted, multipletests(found.p, method="holm")[1])


def test_comparing_backwards_turns_the_sign() -> None:
    standings = stand(planted(np.random.default_rng(2), 80, np.array([[0.8], [0.0], [-0.5]])), SETTINGS)
    one, other = compare(standings, "model 0", "model 2"), compare(standings, "model 2", "model 0")
    np.testing.assert_allclose(one.difference, -other.difference)
    np.testing.assert_allclose([one.low, one.high], [-other.high, -other.low])
    np.testing.assert_array_equal(one.p, other.p)


def test_never_rated_has_no_difference() -> None:
    found = compare(made([0.6, NAN, 0.4], 0.01), "model 0", "model 1")
    assert np.isnan([found.difference[0], found.low[0], found.p[0], found.adjusted[0]]).all()


@pytest.mark.parametrize(("first", "second", "says"), [("model 0", "x", "No examinee 'x'"), ("model 0", "model 0", "twice")])
def test_two_known_examinees_are_needed(first: str, second: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        compare(made([0.6, 0.4], 0.01), first, second)


@every_row("only_first, only_second", [(0, 0), (3, 3), (1, 9), (40, 22)])
def test_mcnemar_equals_statsmodels(only_first: int, only_second: int) -> None:
    ours = mcnemar(np.array([only_first * 1.0]), np.array([only_second * 1.0]))[0]
    expected = statsmodels_mcnemar([[5, only_first], [only_second, 7]], exact=True).pvalue if only_first + only_second else 1.0
    assert ours == pytest.approx(expected)


def test_shares_count_only_questions_both_answered() -> None:
    """Both answered the first four: the first expresses 3 of 4, the second 1 of 4, never the second alone."""
    one, other = [1, 1, 1, 0, 1, NAN], [1, 0, 0, 0, NAN, 1]
    found = shares(name(np.array([one, other]).T[:, :, None]), "model 0", "model 1", SETTINGS)
    assert (found.answered[0], found.first[0], found.second[0], found.difference[0]) == (4, 0.75, 0.25, 0.5)
    assert (found.only_first[0], found.only_second[0]) == (2, 0)
    assert found.p[0] == pytest.approx(0.5)


def test_the_interval_of_a_share_difference_is_about_that_of_paired_means() -> None:
    """Second formula: mean ± 1.96 standard errors of the question-level differences."""
    labels = planted(np.random.default_rng(3), 800, np.array([[0.5], [0.0]]))
    found = shares(labels, "model 0", "model 1", MeasureSettings(resamples=2000))
    gap = labels.expressed[:, 0, 0] - labels.expressed[:, 1, 0]
    reach = 1.96 * gap.std(ddof=1) / np.sqrt(len(gap))
    np.testing.assert_allclose([found.low[0], found.high[0]], [gap.mean() - reach, gap.mean() + reach], atol=0.005)


def test_shares_without_a_common_question_are_unknown() -> None:
    found = shares(name(np.array([[1, NAN], [NAN, 1]])[:, :, None]), "model 0", "model 1", SETTINGS)
    assert found.answered[0] == 0
    assert np.isnan([found.first[0], found.low[0], found.p[0]]).all()


def test_separating_questions_by_hand() -> None:
    """q2 differs on two values; q1 and q3 on one each, of which V1 is the rarer; q0 not at all; a missing answer separates nothing."""
    first = [[1, 0], [1, 0], [1, 1], [0, 1], [1, 1]]
    second = [[1, 0], [0, 0], [0, 0], [0, 0], [NAN, NAN]]
    labels = name(np.array([first, second]).transpose(1, 0, 2))
    np.testing.assert_allclose(share_expressed(labels), [5 / 9, 3 / 9])
    found = separating(labels, "model 0", "model 1")
    assert [each.question for each in found] == ["q2", "q3", "q1"]
    assert found[0].only_first == ("V0", "V1")
    assert found[1].rarity == pytest.approx(6 / 9)
    assert separating(labels, "model 1", "model 0")[0].only_second == ("V0", "V1")
    assert len(separating(labels, "model 0", "model 1", limit=1)) == 1
