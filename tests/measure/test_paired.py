"""Paired differences against hand-made resamples."""

import numpy as np
import pytest
from scipy.stats import norm

from adaem_core.measure.groups import difference_errors, differences, p_values
from tests.measure.made_standings import made


def test_errors_of_differences_follow_pythagoras() -> None:
    errors = difference_errors(made([0.6, 0.5, 0.4], [0.03, 0.04, 0.0]))[:, :, 0]
    np.testing.assert_allclose(errors, [[0, 0.05, 0.03], [0.05, 0, 0.04], [0.03, 0.04, 0]], atol=1e-12)


def test_differences_and_p_of_two() -> None:
    """.1 / .05 is two standard errors: p = .0455 for a normal, a little more for Student's t with 1,999 degrees of freedom."""
    standings = made([0.6, 0.5], [0.03, 0.04])
    assert differences(standings)[0, 1, 0] == pytest.approx(0.1)
    assert p_values(standings)[0, 1, 0] == pytest.approx(2 * norm.sf(2), abs=2e-4)
    np.testing.assert_array_equal(np.diag(p_values(standings)[:, :, 0]), 1)


def test_without_any_spread_equal_is_equal_and_different_is_sure() -> None:
    p = p_values(made([0.6, 0.6, 0.3], 0.0))[:, :, 0]
    np.testing.assert_array_equal(p, [[1, 1, 0], [1, 1, 0], [0, 0, 1]])


def test_never_rated_has_no_p() -> None:
    p = p_values(made([0.6, np.nan, 0.4], 0.01))[:, :, 0]
    np.testing.assert_array_equal(np.isnan(p), [[False, True, False], [True, True, True], [False, True, False]])


def test_what_rounding_alone_parts_is_equal() -> None:
    standings = made([0.6, 0.6 + 2e-16, 0.3], 1e-17)
    assert p_values(standings)[0, 1, 0] == 1
    assert p_values(standings)[0, 2, 0] == 0
