"""Standings by category: each is the standings of its questions alone; too few questions are told, not rated."""

import numpy as np
import pytest

from adaem_core.errors import BadInput
from adaem_core.measure.by_topic import CATEGORIES, LEAST, NONE, by_category, category_name, uncovered
from adaem_core.measure.standings import stand
from adaem_core.settings import MeasureSettings
from tests.measure.simulate import name, planted

SETTINGS = MeasureSettings(orders=3, resamples=20)


def test_each_category_is_an_examination_of_its_own() -> None:
    labels = planted(np.random.default_rng(1), 40, np.zeros((4, 3)))
    found = by_category(labels, ["Law", "Arts"] * 20, SETTINGS)
    assert list(found) == ["Law", "Arts"]
    for category, rows in (("Law", range(0, 40, 2)), ("Arts", range(1, 40, 2))):
        alone = stand(labels.subset(list(rows)), SETTINGS)
        assert found[category].questions == 20
        np.testing.assert_array_equal(found[category].standings.win_rates, alone.win_rates)  # type: ignore[union-attr]
        np.testing.assert_array_equal(found[category].standings.low, alone.low)  # type: ignore[union-attr]


def test_opposite_categories_are_told_apart() -> None:
    """Planted: in one half of the questions the first model is far ahead, in the other half far behind."""
    theta, rng = np.array([[2.0], [0.0], [-2.0]]), np.random.default_rng(2)
    halves = [planted(rng, 60, sign * theta).expressed for sign in (1, -1)]
    found = by_category(name(np.concatenate(halves)), ["a"] * 60 + ["b"] * 60, SETTINGS)
    first = [found[each].standings.win_rates[0, 0] for each in "ab"]  # type: ignore[union-attr]
    assert first[0] > 0.6
    assert first[1] < 0.4


def test_too_few_questions_are_told() -> None:
    labels = planted(np.random.default_rng(1), LEAST + 1, np.zeros((3, 2)))
    found = by_category(labels, ["a"] * LEAST + ["b"], SETTINGS)
    assert found["a"].standings is not None
    assert found["b"].standings is None
    assert found["b"].why == "cannot be computed because the category has 1 question and at least 10 are needed"


def test_the_nine_come_first_then_others_and_none_last() -> None:
    labels = planted(np.random.default_rng(1), 4, np.zeros((3, 2)))
    found = by_category(labels, ["", "Other", CATEGORIES[5], f" {CATEGORIES[0].upper()} "], SETTINGS)
    assert list(found) == [CATEGORIES[0], CATEGORIES[5], "Other", NONE]
    assert category_name("  ") == NONE
    assert uncovered(CATEGORIES[1:]) == (CATEGORIES[0],)


def test_one_category_per_question() -> None:
    with pytest.raises(BadInput, match="got 1 for 4 questions"):
        by_category(planted(np.random.default_rng(1), 4, np.zeros((3, 2))), ["a"], SETTINGS)
