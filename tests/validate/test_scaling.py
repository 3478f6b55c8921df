"""Layouts against the circle: a planted circle, scipy's Procrustes, a second formula for circular correlation, and nulls."""

import numpy as np
import pytest
from scipy.spatial import procrustes
from scipy.stats import binomtest
from sklearn.metrics import pairwise_distances

from adaem_core.errors import BadInput
from adaem_core.validate.planted import draw, everybody, read
from adaem_core.validate.reliability import share_profiles
from adaem_core.validate.scaling import circle, circular_correlation, classical, scale
from adaem_core.validate.structure import across_models
from adaem_core.values import value_system

SCHWARTZ = value_system("schwartz")
NAMES = SCHWARTZ.ids


def test_distances_of_a_plane_are_laid_out_exactly() -> None:
    points = np.random.default_rng(1).normal(size=(8, 2))
    found, explained = classical(pairwise_distances(points))
    assert explained == pytest.approx(1)
    np.testing.assert_allclose(pairwise_distances(found), pairwise_distances(points), atol=1e-10)


def test_a_perfect_circle_fits_perfectly() -> None:
    correlations = circle(10) @ circle(10).T
    found = scale(correlations, SCHWARTZ, np.random.default_rng(1))
    assert found.congruence.value == pytest.approx(1)
    assert found.order.value == pytest.approx(1)
    assert found.p.value == pytest.approx(0.001)
    np.testing.assert_allclose(found.points, found.circle, atol=1e-8)


def test_congruence_is_that_of_scipys_alignment() -> None:
    correlations = np.corrcoef(np.random.default_rng(2).normal(size=(10, 12)))
    found = scale(correlations, SCHWARTZ, np.random.default_rng(1), permutations=19)
    plane, _ = classical(np.sqrt(2 * (1 - correlations)))
    assert found.congruence.value**2 == pytest.approx(1 - procrustes(circle(10), plane)[2])
    assert found.congruence.value == pytest.approx((found.points * found.circle).sum() / np.linalg.norm(found.points), abs=1e-10)


def test_the_p_value_is_that_of_aligning_every_relabelling_anew() -> None:
    correlations = np.corrcoef(np.random.default_rng(2).normal(size=(10, 12)))
    found = scale(correlations, SCHWARTZ, np.random.default_rng(7), permutations=99)
    plane, _ = classical(np.sqrt(2 * (1 - correlations)))
    orders = np.random.default_rng(7).permuted(np.tile(np.arange(10), (99, 1)), axis=1)
    observed = procrustes(circle(10), plane)[2]
    assert found.p.value == (1 + sum(procrustes(circle(10), plane[order])[2] <= observed + 1e-12 for order in orders)) / 100


def test_circular_correlation_by_the_formula_of_sums() -> None:
    """Fisher & Lee's other form: 4(AB − CD) / √((n² − E² − F²)(n² − G² − H²))."""
    a, b = np.random.default_rng(3).uniform(0, 2 * np.pi, size=(2, 12))
    cross = 4 * (
        (np.cos(a) * np.cos(b)).sum() * (np.sin(a) * np.sin(b)).sum() - (np.cos(a) * np.sin(b)).sum() * (np.sin(a) * np.cos(b)).sum()
    )
    size = [144 - np.cos(2 * each).sum() ** 2 - np.sin(2 * each).sum() ** 2 for each in (a, b)]
    assert circular_correlation(a, b) == pytest.approx(cross / np.sqrt(size[0] * size[1]))
    assert circular_correlation(a, a + 1) == pytest.approx(1)
    assert circular_correlation(a, -a) == pytest.approx(-1)


def test_labels_of_the_simulated_panel_show_its_circle() -> None:
    labels = read(draw(everybody(), 200, 5), 200, 0.03, 0.005)
    correlations = across_models(share_profiles(labels, [np.arange(200)])[0], NAMES, "pearson").values
    found = scale(correlations, SCHWARTZ, np.random.default_rng(1))
    assert found.congruence.value > 0.9
    assert found.order.value > 0.9
    assert found.p.value == pytest.approx(0.001)


def test_random_labels_are_called_a_circle_as_often_as_they_should() -> None:
    rng = np.random.default_rng(4)
    profiles = rng.binomial(40, 0.4, size=(200, 9, 10)) / 40
    p = [scale(np.corrcoef(each.T), SCHWARTZ, rng, permutations=99).p.value for each in profiles]
    false = sum(each <= 0.05 for each in p)
    assert 0.03 <= false / 200 <= 0.07
    assert binomtest(sum(each <= 0.5 for each in p), 200).pvalue > 0.01


@pytest.mark.parametrize("models", [0, 1, 2])
def test_few_models_say_why(models: int) -> None:
    profiles = np.random.default_rng(1).random((models, 10))
    found = scale(across_models(profiles, NAMES).values, SCHWARTZ, np.random.default_rng(1))
    for each in (found.explained, found.congruence, found.order, found.p):
        assert each.why.startswith("cannot be computed because some correlations are not known")
    assert len(found.points) == 0


def test_a_value_that_does_not_vary_is_named() -> None:
    profiles = np.random.default_rng(1).random((6, 10))
    profiles[:, 3] = 0.5
    assert "(ACH)" in scale(across_models(profiles, NAMES).values, SCHWARTZ, np.random.default_rng(1)).p.why


def test_no_circle_in_theory_no_fit() -> None:
    moral = value_system("moral_foundations")
    found = scale(np.eye(len(moral.ids)), moral, np.random.default_rng(1))
    assert "does not arrange its values in a circle" in found.congruence.why


def test_everything_alike_is_one_point() -> None:
    assert "one point" in scale(np.ones((10, 10)), SCHWARTZ, np.random.default_rng(1)).p.why


def test_another_shape_is_refused() -> None:
    with pytest.raises(BadInput, match="got shape"):
        scale(np.eye(3), SCHWARTZ, np.random.default_rng(1))
