"""Black-box against exact scores: pingouin, the formula for standardised α, Bland and Altman by hand."""

import numpy as np
import pandas as pd
import pingouin
import pytest

from adaem_core.errors import BadInput
from adaem_core.records import Score
from adaem_core.validate.approximation import PARTS, compare_forms, limits, most_different, part
from tests.infer.explained import explained


def scores(numbers: np.ndarray, form: str) -> list[Score]:
    """Return one score per row: value diversity, opinion diversity, conformity, disentanglement, total."""
    return [Score(*map(float, row), form, 3, 3) for row in numbers]


def test_one_part_by_the_packages() -> None:
    rng = np.random.default_rng(1)
    one = rng.normal(5, 1, 40)
    other = 3 * one + rng.normal(0, 2, 40)
    found = part("total", one, other)
    r = np.corrcoef(one, other)[0, 1]
    assert found.pearson.value == pytest.approx(r)
    assert found.alpha.value == pytest.approx(2 * r / (1 + r))  # α of two standardised items
    assert found.alpha_raw.value == pytest.approx(pingouin.cronbach_alpha(pd.DataFrame({"a": one, "b": other}))[0])
    gap = other - one
    assert found.bias.value == pytest.approx(gap.mean())
    assert (found.lower.value, found.upper.value) == pytest.approx(tuple(gap.mean() + np.array([-1, 1]) * 1.959964 * gap.std(ddof=1)))
    assert found.standardised_apart.value < 1


def test_intervals_hold_the_limits_of_agreement() -> None:
    """Of normal differences with mean 0 and standard deviation 1 the upper limit is 1.96: 1,000 samples of 30."""
    rng = np.random.default_rng(4)
    found = [limits(rng.normal(size=30))[1] for _ in range(1000)]
    assert np.mean([each.low <= 1.959964 <= each.high for each in found]) == pytest.approx(0.95, abs=0.02)


def test_unrelated_forms_are_as_far_apart_as_chance() -> None:
    rng = np.random.default_rng(2)
    assert part("total", *rng.normal(size=(2, 4000))).standardised_apart.value == pytest.approx(2 / np.pi**0.5, abs=0.05)


def test_the_part_that_differs_is_named() -> None:
    rng = np.random.default_rng(3)
    first = rng.normal(size=(60, 5))
    second = 2 * first + 1
    second[:, 1] = rng.normal(size=60)
    found = compare_forms(scores(first, "black_box"), scores(second, "exact"))
    assert [each.name for each in found] == list(PARTS)
    assert most_different(found)[0] == "opinion_diversity"
    assert found[0].spearman.value == pytest.approx(1)


def test_missing_scores_leave_their_question_out() -> None:
    one, other = np.arange(6.0), np.arange(6.0) ** 2
    one[0] = np.nan
    assert part("total", one, other).bias.n == 5


def test_odd_inputs_say_why() -> None:
    for size in (0, 1, 2, 5):
        for one in (np.full(size, np.nan), np.ones(size), np.arange(float(size))):
            found = part("total", one, np.ones(size))
            for each in (
                found.pearson,
                found.spearman,
                found.alpha,
                found.alpha_raw,
                found.bias,
                found.lower,
                found.upper,
                found.standardised_apart,
            ):
                explained(each)
    assert most_different(compare_forms([], [])) == PARTS[1:]


def test_mixed_up_forms_are_refused() -> None:
    some = scores(np.ones((2, 5)), "exact")
    with pytest.raises(BadInput, match="got exact"):
        compare_forms(some, some)
    with pytest.raises(BadInput, match="2 and 1"):
        compare_forms(scores(np.ones((2, 5)), "black_box"), some[:1])
