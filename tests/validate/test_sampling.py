"""The blind sample: rare labels are in it, and weights lead back to the population."""

import numpy as np
import pytest

from adaem_core.errors import BadInput
from adaem_core.validate.sampling import allocate, judged_cells, stratified_sample
from adaem_core.validate.scores import dense, scored
from tests.infer.explained import explained
from tests.rows import every_row

VALUES = ("A", "B", "C")


def population(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return truth and machine labels; the machine is much worse where it says yes."""
    machine = (rng.random((4000, 3)) < [0.4, 0.1, 0.01]).astype(float)
    wrong = rng.random(machine.shape) < np.where(machine == 1, 0.4, 0.02)
    return np.where(wrong, 1 - machine, machine), machine


def test_rare_labels_are_seen_and_weights_add_up(rng: np.random.Generator) -> None:
    _, machine = population(rng)
    found = stratified_sample(machine, 120, rng)
    assert len(found.item) == 120 == len(set(zip(found.item.tolist(), found.dimension.tolist(), strict=True)))
    assert np.unique(found.stratum, return_counts=True)[1].tolist() == [20] * 6
    assert found.weight.sum() == pytest.approx(machine.size)
    assert (machine[found.item, found.dimension] == found.stratum % 2).all()


def test_weighted_accuracy_finds_the_population_and_its_interval_covers(rng: np.random.Generator) -> None:
    truth, machine = population(rng)
    wanted = scored(dense(truth, machine, VALUES), rng, 20).all
    plain, covered, weighted = [], [], []
    for _ in range(150):
        sample = stratified_sample(machine, 240, rng)
        cells = judged_cells(sample, truth[sample.item, sample.dimension], machine, VALUES)
        found = scored(cells, rng, 200).all
        weighted.append(found.accuracy.value)
        covered.append(found.accuracy.low <= wanted.accuracy.value <= found.accuracy.high)
        plain.append((cells.reference == cells.machine).mean())
    assert np.mean(weighted) == pytest.approx(wanted.accuracy.value, abs=0.005)
    assert abs(np.mean(plain) - wanted.accuracy.value) > 0.05
    assert 0.88 <= np.mean(covered) <= 0.99


def test_skipped_cells_leave_their_weight_to_their_stratum(rng: np.random.Generator) -> None:
    truth, machine = population(rng)
    sample = stratified_sample(machine, 120, rng)
    verdicts = truth[sample.item, sample.dimension]
    verdicts[::3] = np.nan
    cells = judged_cells(sample, verdicts, machine, VALUES)
    assert len(cells.unit) == 80 and cells.weight.sum() == pytest.approx(machine.size)
    explained(scored(cells, rng, 50))


@every_row("counts, size, given", [([5, 100, 100], 45, [5, 20, 20]), ([2, 3], 99, [2, 3]), ([], 5, []), ([1, 9, 9], 7, [1, 3, 3])])
def test_allocation(counts: list[int], size: int, given: list[int], rng: np.random.Generator) -> None:
    assert allocate(np.array(counts, dtype=np.intp), size, rng).tolist() == given


def test_a_size_below_the_number_of_strata_is_kept(rng: np.random.Generator) -> None:
    assert allocate(np.array([9, 9, 9, 9], dtype=np.intp), 3, rng).sum() == 3


@pytest.mark.parametrize("labels", [np.zeros((0, 2)), np.full((3, 2), np.nan), np.ones((1, 2))])
def test_odd_labels_give_small_samples(labels: np.ndarray, rng: np.random.Generator) -> None:
    found = stratified_sample(labels, 10, rng)
    assert len(found.item) == (~np.isnan(labels)).sum()
    explained(scored(judged_cells(found, np.ones(len(found.item)), labels, ("A", "B")), rng, 20))


def test_same_seed_same_sample_and_size_is_checked(rng: np.random.Generator) -> None:
    _, machine = population(rng)
    first, second = (stratified_sample(machine, 30, np.random.default_rng(3)) for _ in range(2))
    assert first.item.tolist() == second.item.tolist()
    with pytest.raises(BadInput, match="at least 1"):
        stratified_sample(machine, 0, rng)
