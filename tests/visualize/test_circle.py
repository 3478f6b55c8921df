"""Shifts on the circle: outward for a rise, inward for a fall, filled when as expected."""

import math

import pytest

from adaem_core.infer.estimate import Estimate, unknown
from adaem_core.validate.priming_tests import EXPECTED, Shift, relation
from adaem_core.values import ValueSystem, value_system
from adaem_core.visualize.circle import place, shift_figure


def shifts(system: ValueSystem, size: float) -> list[Shift]:
    target = system.ids[0]
    kinds = [(id, relation(system, target, id)) for id in system.ids]
    return [Shift(target, id, kind, EXPECTED[kind], 0.5, 0.5 + size, Estimate(size, size - 0.1, size + 0.1)) for id, kind in kinds]


@pytest.mark.parametrize(("size", "radius"), [(0.25, 1.25), (0.0, 1.0), (-0.25, 0.75)])
def test_a_rise_points_outward_and_a_fall_inward(size: float, radius: float) -> None:
    system = value_system("schwartz")
    assert [math.hypot(*place(id, size, system)) for id in system.ids] == pytest.approx([radius] * 10)


@pytest.mark.parametrize("size", [0.2, -0.2])
def test_a_marker_is_filled_when_the_sign_is_as_expected(size: float) -> None:
    drawn = [trace for trace in shift_figure(shifts(value_system("schwartz"), size), value_system("schwartz")).data if trace.name]
    told = {trace.name: all(not symbol.endswith("-open") for symbol in trace.marker.symbol) for trace in drawn}
    assert told["target"] == (size > 0) and told["opposite group"] == (size < 0) and not told["other"]


def test_a_shift_that_is_not_known_is_not_drawn() -> None:
    system = value_system("schwartz")
    gone = [Shift("SEC", id, "other", 0, 0.5, math.nan, unknown("nothing was answered")) for id in system.ids]
    assert not shift_figure(gone, system).data
