"""The palette keeps its promises, and no text comes alive in a chart."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adaem_core.marks import bare
from adaem_core.values import value_system
from adaem_core.visualize.style import DARK_INK, DARK_WASH, INK, MARK, WASH, hues, inert, label, linear_rgb, oklch, palette
from tests.rows import every_row


@every_row("tone", [MARK, WASH, INK, DARK_WASH, DARK_INK])
def test_every_hue_is_inside_srgb(tone: tuple[float, float]) -> None:
    channels = [channel for hue in range(360) for channel in linear_rgb(*tone, hue)]
    assert min(channels) >= 0
    assert max(channels) <= 1


def test_oklch_gives_the_published_reference_colours() -> None:
    # CSS Color 4: oklch of pure sRGB red, white and black.
    assert oklch(0.62796, 0.25768, 29.2339) == "#ff0000"
    assert oklch(1, 0, 0) == "#ffffff"
    assert oklch(0, 0, 0) == "#000000"


@pytest.mark.parametrize(("front", "back"), [(INK, WASH), (DARK_INK, DARK_WASH)])
def test_badges_have_the_contrast_of_wcag_aa_at_every_hue(front: tuple[float, float], back: tuple[float, float]) -> None:
    def luminance(tone: tuple[float, float], hue: int) -> float:
        red, green, blue = linear_rgb(*tone, hue)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for hue in range(0, 360, 5):
        light, dark = sorted((luminance(front, hue), luminance(back, hue)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_opposite_places_on_a_circle_are_opposite_hues() -> None:
    angles = hues(10, circular=True)
    for place in range(5):
        assert abs(angles[place] - angles[place + 5]) == pytest.approx(180)


def test_a_system_without_a_circle_gets_hues_that_are_apart() -> None:
    angles = sorted(hues(8, circular=False))
    gaps = [(high - low) % 360 for low, high in zip(angles, [*angles[1:], angles[0]], strict=True)]
    assert min(gaps) > 15


def test_every_dimension_has_its_own_colour() -> None:
    for name in ("schwartz", "moral_foundations"):
        system = value_system(name)
        assert len({swatch.mark for swatch in palette(system).values()}) == len(system.dimensions)


@given(some.text())
def test_chart_texts_carry_no_markup(text: str) -> None:
    shown = inert(text)
    assert not set("<>$") & set(shown)
    assert "%{" not in shown
    assert html.unescape(shown).replace("\u2060", "") == bare(text).replace("\u2060", ""), "the reader sees every letter"


@given(some.text(max_size=2000))
def test_labels_are_short(text: str) -> None:
    lines = re.split("<br>", label(text))
    assert len(lines) <= 5
    assert all(len(html.unescape(line)) <= 3 * 46 + 5 for line in lines)
