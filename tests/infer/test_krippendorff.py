"""Krippendorff's α against the package of that name and his own example."""

import krippendorff
import numpy as np
import pytest

from adaem_core.errors import BadInput
from adaem_core.infer.krippendorff import krippendorff_alpha
from tests.infer.explained import explained
from tests.rows import every_row

N = np.nan
# Krippendorff (2011), four observers and twelve units; published: nominal .743, ordinal .815, interval .849.
EXAMPLE = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    ]
)


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_his_own_example(level: str, published: float, rng: np.random.Generator) -> None:
    found = krippendorff_alpha(EXAMPLE, level, rng)
    assert found.value == pytest.approx(published, abs=5e-4) and found.n == 11
    assert found.low < found.value < found.high
    assert found.value == pytest.approx(krippendorff.alpha(EXAMPLE, level_of_measurement=level), abs=1e-10)


@every_row("level", ["nominal", "ordinal", "interval"])
@every_row("raters", [2, 3, 5])
def test_the_package_with_gaps(level: str, raters: int, rng: np.random.Generator) -> None:
    truth = rng.integers(1, 4, size=60)
    ratings = np.where(rng.random((raters, 60)) < 0.7, truth, rng.integers(1, 4, size=(raters, 60))).astype(float)
    ratings[rng.random(ratings.shape) < 0.2] = np.nan
    assert krippendorff_alpha(ratings, level, rng).value == pytest.approx(
        krippendorff.alpha(ratings, level_of_measurement=level), abs=1e-10
    )


def test_a_label_given_by_a_single_rater_counts_for_nothing(rng: np.random.Generator) -> None:
    lone = np.array([[1, 1, 2, 2, 3], [1, 1, 2, 2, N]])
    assert krippendorff_alpha(lone, "ordinal", rng).value == 1


@every_row("ratings", [np.zeros((2, 0)), [[1.0, 2.0]], [[N, 1.0], [1.0, N]], [[1.0, 1.0], [1.0, 1.0]], [[N], [N]], [[1.0], [2.0]]])
def test_odd_ratings_are_explained(ratings: list[list[float]], rng: np.random.Generator) -> None:
    explained(krippendorff_alpha(ratings, "nominal", rng))


def test_unknown_level_is_refused(rng: np.random.Generator) -> None:
    with pytest.raises(BadInput, match="level"):
        krippendorff_alpha([[1.0]], "ratio", rng)
