"""One look for every figure: the palette, the layout, and the texts that may stand in a chart.

Colour carries theory: a value's hue is its angle on the value system's circle, at one lightness and chroma (OKLCH), so
that compatible values look alike and opposing ones look complementary. Systems without a circle get separated hues.
Colour is never the only code: short codes stand beside it. `ValueSystem → Swatch per dimension → figures and badges`.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adaem_core.marks import bare
from adaem_core.values import ValueSystem

if TYPE_CHECKING:  # the palette also serves pages without a figure, which should not wait for plotly
    import plotly.graph_objects as go

ACCENT = "#2f7a78"  # the studio's one accent; the same in .streamlit/config.toml
MUTED = "#8a8f98"  # readable on white and on near-black
FAINT = "rgba(138, 143, 152, 0.45)"
# Lightness and chroma per use. Chroma stays inside sRGB at every hue (tests/visualize/test_style.py), so no hue is dulled by clipping.
MARK, WASH, INK = (0.66, 0.105), (0.93, 0.030), (0.40, 0.065)
DARK_WASH, DARK_INK = (0.34, 0.055), (0.90, 0.045)
FIRST_HUE = 20.0
GOLDEN = 137.508  # successive multiples of this angle keep any number of hues apart


@dataclass(frozen=True)
class Swatch:
    """The colours of one dimension as hex: marks in charts; background and text of badges, light and dark."""

    mark: str
    wash: str
    ink: str
    dark_wash: str
    dark_ink: str


def palette(system: ValueSystem) -> dict[str, Swatch]:
    """Return one swatch per dimension id, in structural order; hue = angle on the circle where there is one."""
    return {id: swatch(hue) for id, hue in zip(system.ids, hues(len(system.ids), circular=system.circular), strict=True)}


def hues(count: int, *, circular: bool) -> list[float]:
    """Return `count` hue angles in degrees, [0, 360): even steps round a circle, else far apart in sequence."""
    step = 360 / count if circular else GOLDEN
    return [(FIRST_HUE + step * position) % 360 for position in range(count)]


def swatch(hue: float) -> Swatch:
    """Return the five colours of one hue (degrees)."""
    return Swatch(*(oklch(lightness, chroma, hue) for lightness, chroma in (MARK, WASH, INK, DARK_WASH, DARK_INK)))


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return the sRGB hex of an OKLCH colour (lightness in [0, 1], hue in degrees). Source: B. Ottosson, Oklab (2020)."""
    return "#" + "".join(f"{round(255 * gamma(min(max(each, 0.0), 1.0))):02x}" for each in linear_rgb(lightness, chroma, hue))


def linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Return linear-light sRGB of an OKLCH colour; outside [0, 1] when the colour is out of gamut."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def gamma(linear: float) -> float:
    """Return the sRGB-encoded value of a linear one, both in [0, 1]."""
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def label(text: str, width: int = 46, lines: int = 4) -> str:
    """Return untrusted `text` for a chart, wrapped: Plotly reads a subset of HTML, so no tag, entity or formula may survive."""
    wrapped, line = [], ""
    for word in " ".join(text.split()).split(" "):
        if line and len(line) + len(word) >= width:
            wrapped.append(line)
            line = ""
        line = f"{line} {word}".strip()[: 3 * width]
    wrapped.append(line)
    kept = wrapped[:lines] + (["…"] if len(wrapped) > lines else [])
    return "<br>".join(inert(each) for each in kept)


def inert(text: str) -> str:
    """Return untrusted `text` such that Plotly shows it letter by letter: no tag, no entity, no TeX, no template, no mark that turns or steers.

    Every text of a study that enters a figure comes through here (tests/hostile/test_figures.py).
    """
    text = bare(text)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("$", "&#36;"), ("%{", "%\u2060{")):
        text = text.replace(character, entity)
    return text


def finish(figure: "go.Figure", *, height: int, x: str = "", y: str = "", legend: bool = True) -> "go.Figure":
    """Return `figure` with the studio's layout: thin margins, faint grid, legend above, readable at 390 pixels."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 36 if legend else 12, "b": 8},
        showlegend=legend,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left", "font": {"size": 12}},
        hoverlabel={"align": "left", "namelength": -1},
        dragmode=False,
    )
    figure.update_xaxes(title_text=x, automargin=True, zeroline=False, gridcolor=FAINT, gridwidth=0.5)
    figure.update_yaxes(title_text=y, automargin=True, zeroline=False, gridcolor=FAINT, gridwidth=0.5)
    return figure
