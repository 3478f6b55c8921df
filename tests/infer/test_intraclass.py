"""ICC against Shrout & Fleiss' own table and pingouin."""

import numpy as np
import pandas as pd
import pingouin
import pytest

from adaem_core.errors import BadInput
from adaem_core.infer.intraclass import KINDS, icc
from tests.infer.explained import explained
from tests.rows import every_row

# Shrout & Fleiss (1979), Table 2 and the six forms they give for it.
TABLE_2 = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float)
PUBLISHED = dict(zip(KINDS, (0.17, 0.29, 0.71, 0.44, 0.62, 0.91), strict=True))


@every_row("kind", KINDS)
def test_shrout_and_fleiss(kind: str) -> None:
    assert icc(TABLE_2, kind).value == pytest.approx(PUBLISHED[kind], abs=0.006)


@pytest.mark.parametrize("shape", [(6, 4), (30, 2), (12, 3)])
def test_pingouin(shape: tuple[int, int], rng: np.random.Generator) -> None:
    ratings = rng.normal(size=(shape[0], 1)) + rng.normal(0, 0.3, size=shape[1]) + rng.normal(0, 0.7, size=shape)
    long = pd.DataFrame(ratings).melt(ignore_index=False).reset_index()
    with pd.option_context("mode.copy_on_write", True):
        table = pingouin.intraclass_corr(long, "index", "variable", "value")
    for kind, (_, row) in zip(KINDS, table.iterrows(), strict=True):
        found = icc(ratings, kind)
        assert found.value == pytest.approx(row["ICC"], abs=1e-8)
        assert (found.low, found.high) == pytest.approx(tuple(row["CI95"]), abs=0.0051)  # pingouin prints two digits


def test_rows_with_a_gap_are_left_out() -> None:
    holed = np.vstack([TABLE_2, [1, np.nan, 2, 3]])
    assert icc(holed) == icc(TABLE_2)


ODD = {
    "none": np.zeros((0, 2)),
    "one target": [[1.0, 2.0]],
    "one rater": [[1.0], [2.0]],
    "all equal": np.ones((4, 3)),
    "raters agree": [[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]],
    "a constant apart": [[1.0, 2.0], [2.0, 3.0], [4.0, 5.0]],
    "only raters differ": [[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]],
    "targets do not differ": [[1.0, 2.0], [2.0, 1.0], [1.5, 1.5]],
    "missing": np.full((3, 3), np.nan),
    "rounding": np.full((3, 2), 0.1) * 3 + [[0, 1e-17], [0, 0], [1e-17, 0]],
}


@every_row("kind", KINDS)
@every_row("ratings", ODD.values(), ids=ODD.keys())
def test_odd_ratings_are_explained(ratings: list[list[float]], kind: str) -> None:
    explained(icc(ratings, kind))


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(BadInput, match="ICC must be"):
        icc(TABLE_2, "4,1")
    with pytest.raises(BadInput, match="targets, raters"):
        icc(np.ones(3))
