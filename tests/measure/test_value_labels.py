"""The input of all measuring refuses what does not fit and keeps missing missing."""

import numpy as np
import pytest

from adaem_core.errors import BadInput
from adaem_core.measure.value_labels import ValueLabels
from tests.rows import every_row

NAMES = (("q1", "q2"), ("a", "b", "c"), ("SEC",))


def test_zero_one_and_missing_are_kept_as_they_are() -> None:
    array = np.array([[[0.0], [1.0], [np.nan]], [[1.0], [np.nan], [0.0]]])
    labels = ValueLabels(array, *NAMES)
    np.testing.assert_array_equal(labels.expressed, array)


def test_labels_cannot_be_changed_afterwards() -> None:
    array = np.zeros((2, 3, 1))
    labels = ValueLabels(array, *NAMES)
    array[0, 0, 0] = 1
    assert labels.expressed[0, 0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        labels.expressed[0, 0, 0] = 1


@pytest.mark.parametrize("shape", [(3, 2, 1), (2, 3), (2, 3, 2)])
def test_shape_must_match_the_names(shape: tuple[int, ...]) -> None:
    with pytest.raises(BadInput, match=r"\(2, 3, 1\), got"):
        ValueLabels(np.zeros(shape), *NAMES)


@every_row("value", [0.5, -1.0, 2.0, np.inf])
def test_other_numbers_are_named_with_their_place(value: float) -> None:
    array = np.zeros((2, 3, 1))
    array[1, 2, 0] = value
    with pytest.raises(BadInput, match="question q2, examinee c, SEC"):
        ValueLabels(array, *NAMES)


def test_names_stand_once() -> None:
    with pytest.raises(BadInput, match="examinees must be named once, got a"):
        ValueLabels(np.zeros((2, 3, 1)), NAMES[0], ("a", "b", "a"), NAMES[2])


def test_subset_takes_rows_with_their_ids() -> None:
    array = np.array([[[0.0], [1.0], [np.nan]], [[1.0], [np.nan], [0.0]]])
    chosen = ValueLabels(array, *NAMES).subset([1])
    assert chosen.questions == ("q2",)
    np.testing.assert_array_equal(chosen.expressed, array[1:])
