"""Order of questions: against the ratings themselves, and where the truth is plain."""

import numpy as np
import pytest

from adaem_core.measure.ratings import rate
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.measure.win_rates import skill_chances, win_rates
from adaem_core.settings import MeasureSettings
from adaem_core.validate.in_common import in_common
from adaem_core.validate.order import order_spread

SETTINGS = MeasureSettings(method="trueskill")


def labels(expressed: np.ndarray, models: tuple[str, ...], values: tuple[str, ...], first: int = 0) -> ValueLabels:
    return ValueLabels(expressed, tuple(f"q{number + first}" for number in range(len(expressed))), models, values)


def test_the_same_game_every_time_does_not_depend_on_the_order() -> None:
    found = order_spread(labels(np.tile([[[1.0], [0.0]]], (12, 1, 1)), ("a", "b"), ("SEL",)), SETTINGS)
    assert found.typical.value == pytest.approx(0, abs=1e-12)


def test_two_contrary_games_are_the_spread_of_the_two_orders() -> None:
    expressed = np.array([[[1.0], [0.0]], [[0.0], [1.0]]])
    given = labels(expressed, ("a", "b"), ("SEL",))
    found = order_spread(given, SETTINGS, orders=400)
    rates = win_rates(skill_chances(rate(given, np.array([[0, 1], [1, 0]]), SETTINGS)))
    assert rates[0, 0, 0] != pytest.approx(rates[1, 0, 0]), "the last game counts more"
    assert found.deviation[0, 0] == pytest.approx(abs(rates[0, 0, 0] - rates[1, 0, 0]) / 2, rel=0.02)
    assert found.by_dimension["SEL"].value == pytest.approx(found.typical.value)


def test_nothing_to_compare_says_why() -> None:
    assert "cannot be computed because one question" in order_spread(labels(np.ones((1, 2, 1)), ("a", "b"), ("SEL",)), SETTINGS).typical.why
    assert "nobody is rated" in order_spread(labels(np.ones((5, 2, 1)), ("a", "b"), ("SEL",)), SETTINGS).typical.why


def test_what_two_examinations_share_keeps_its_cells() -> None:
    rng = np.random.default_rng(1)
    one = labels(rng.integers(0, 2, (5, 3, 2)).astype(float), ("a", "b", "c"), ("SEL", "STI"))
    other = labels(rng.integers(0, 2, (4, 2, 2)).astype(float), ("c", "a"), ("STI", "HED"), first=3)
    left, right = in_common(one, other, questions=True)
    assert (left.examinees, left.dimensions, left.questions) == (("a", "c"), ("STI",), ("q3", "q4"))
    assert left.expressed[:, :, 0].tolist() == [[one.expressed[q, m, 1] for m in (0, 2)] for q in (3, 4)]
    assert right.expressed[:, :, 0].tolist() == [[other.expressed[q, m, 0] for m in (1, 0)] for q in (0, 1)]
    assert len(in_common(one, other)[0].questions) == 5
    none = labels(np.ones((2, 1, 1)), ("z",), ("SEL",), first=90)
    assert in_common(one, none, questions=True)[0].examinees == ()
