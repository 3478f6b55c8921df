"""Scores against scikit-learn; intervals by coverage; weights by a known population."""

import numpy as np
import pytest
from sklearn import metrics

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.validate.scores import Cells, dense, scored
from tests.infer.explained import explained
from tests.rows import every_row

VALUES = ("A", "B", "C")


def made(rng: np.random.Generator, items: int = 200) -> tuple[Floats, Floats]:
    reference = (rng.random((items, 3)) < [0.5, 0.2, 0.05]).astype(float)
    return reference, np.where(rng.random((items, 3)) < 0.15, 1 - reference, reference)


def test_scikit_learn(rng: np.random.Generator) -> None:
    reference, machine = made(rng)
    found = scored(dense(reference, machine, VALUES), rng, 200)
    explained(found)
    for one, truth, told in zip((*found.values, found.all), [*reference.T, reference.ravel()], [*machine.T, machine.ravel()], strict=True):
        wanted = metrics.precision_recall_fscore_support(truth, told, average="binary")[:3]
        assert (one.precision.value, one.recall.value, one.f1.value) == pytest.approx(wanted, abs=1e-10)
        assert one.accuracy.value == pytest.approx(metrics.accuracy_score(truth, told), abs=1e-10)
        assert one.kappa.value == pytest.approx(metrics.cohen_kappa_score(truth, told), abs=1e-10)
        assert [[one.neither, one.only_machine], [one.only_reference, one.both]] == metrics.confusion_matrix(truth, told).tolist()
    assert found.macro_f1.value == pytest.approx(metrics.f1_score(reference, machine, average="macro"), abs=1e-10)


def test_weights_are_scikit_learns(rng: np.random.Generator) -> None:
    reference, machine = made(rng)
    cells = dense(reference, machine, VALUES)
    weight = rng.uniform(1, 9, size=len(cells.unit))
    found = scored(Cells(cells.dimensions, cells.dimension, cells.reference, cells.machine, cells.unit, weight), rng, 50)
    assert found.all.f1.value == pytest.approx(metrics.f1_score(cells.reference, cells.machine, sample_weight=weight), abs=1e-10)
    assert found.all.kappa.value == pytest.approx(
        metrics.cohen_kappa_score(cells.reference, cells.machine, sample_weight=weight), abs=1e-10
    )


def test_intervals_cover_as_often_as_they_say() -> None:
    rng = np.random.default_rng(6)
    truth = 2 * 0.5 * 0.85 / (2 * 0.5 * 0.85 + 0.15)
    found = [scored(dense(*(each[:, :1] for each in made(rng, 150)), ("A",)), rng, 300).all.f1 for _ in range(300)]
    assert 0.91 <= np.mean([each.low <= truth <= each.high for each in found]) <= 0.98


def test_items_of_one_unit_are_resampled_together(rng: np.random.Generator) -> None:
    """The same item ten times is one item: its interval must not shrink."""
    reference, machine = made(rng, 60)
    once = scored(dense(reference, machine, VALUES), np.random.default_rng(1), 2000).all.accuracy
    cells = dense(np.repeat(reference, 10, axis=0), np.repeat(machine, 10, axis=0), VALUES)
    units = Cells(cells.dimensions, cells.dimension, cells.reference, cells.machine, cells.unit // 10)
    tenfold = scored(units, np.random.default_rng(1), 2000).all.accuracy
    assert (tenfold.low, tenfold.high) == pytest.approx((once.low, once.high), abs=1e-9)


def test_missing_labels_are_counted_not_scored(rng: np.random.Generator) -> None:
    reference, machine = made(rng, 20)
    reference[0], machine[1, 0] = np.nan, np.nan
    found = scored(dense(reference, machine, VALUES), rng, 50)
    assert found.kept_out == 4 and found.all.n == 56


@every_row("reference", [0.0, 1.0, np.nan])
@every_row("machine", [0.0, 1.0, np.nan])
@every_row("items", [0, 1, 4])
def test_odd_labels_are_explained(reference: float, machine: float, items: int, rng: np.random.Generator) -> None:
    found = scored(dense(np.full((items, 3), reference), np.full((items, 3), machine), VALUES), rng, 20)
    explained(found)
    assert found.all.kappa.why or reference != machine


def test_what_does_not_fit_is_refused(rng: np.random.Generator) -> None:
    with pytest.raises(BadInput, match="both sides"):
        dense(np.ones((2, 3)), np.ones((3, 3)), VALUES)
    with pytest.raises(BadInput, match="got 2 among the machine"):
        scored(dense(np.ones((2, 3)), np.full((2, 3), 2.0), VALUES), rng)
    place = np.zeros(2, dtype=np.intp)
    with pytest.raises(BadInput, match="one length"):
        scored(Cells(("A",), place, np.ones(2), np.ones(3), place), rng)
