"""Figures of value structure hold the numbers they are given, and no number where there is none."""

import numpy as np

from adaem_core.validate.scaling import scale
from adaem_core.validate.structure import across_models
from adaem_core.values import value_system
from adaem_core.visualize.structure import correlation_figure, scaling_figure

SYSTEM = value_system("schwartz")
RNG = np.random.default_rng(2)
ANGLES = 2 * np.pi * np.arange(10) / 10


def test_the_heatmap_shows_each_correlation_and_leaves_unknown_cells_empty() -> None:
    profiles = RNG.random((8, 10))
    profiles[:, 3] = np.nan
    found = across_models(profiles, SYSTEM.ids)
    heat = correlation_figure(found).data[0]
    np.testing.assert_array_equal(np.array(heat.z, dtype=float), found.values)
    assert heat.text[0][3] == "" and "cannot be computed because" in heat.hovertext[0][3].replace("<br>", " ")
    assert heat.text[0][1] == f"{found.values[0, 1]:.2f}".replace("0.", ".", 1) and "n = 8 models" in heat.hovertext[0][1]


def test_values_on_the_circle_are_drawn_on_the_circle() -> None:
    found = scale(np.cos(ANGLES[:, None] - ANGLES[None, :]), SYSTEM, RNG, 99)
    figure = scaling_figure(found, SYSTEM)
    measured = {each.text[0]: (each.x[0], each.y[0]) for each in figure.data if each.mode == "markers+text"}
    theory = [(each.x[0], each.y[0]) for each in figure.data if each.mode == "markers"]
    assert list(measured) == list(SYSTEM.ids)
    np.testing.assert_allclose(list(measured.values()), theory, atol=1e-6)
    assert not figure.layout.xaxis.visible and figure.layout.yaxis.scaleanchor == "x"
