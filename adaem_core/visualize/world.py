"""The world, coloured by how many questions name each country (AdAEM Fig. 5, 12, 15).

Countries are filled areas on plain axes, in the Equal Earth projection (Šavrič, Patterson & Jenny 2019), so that areas can be compared;
plotly's own maps would fetch their shapes from another host. Shapes: data/gazetteer/world.json, from Natural Earth (public domain).
`Share per country → figure`.
"""

import json
from collections.abc import Sequence
from functools import cache

import numpy as np
import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from adaem_core.landscape.gazetteer import FOLDER
from adaem_core.landscape.regions import countries
from adaem_core.landscape.representation import Share
from adaem_core.visualize.style import FAINT, finish, inert

# Few to many: lightness falls steadily, no end fades into a white or a near-black page (after viridis).
SHADES = ((0.0, "#d3cf45"), (0.35, "#45b36f"), (0.7, "#24868e"), (1.0, "#45489a"))
GROUND = "rgba(138, 143, 152, 0.22)"  # countries that no question names
BOTTOM, TOP = -57.0, 84.0  # degrees of latitude shown: no country lies beyond
A = (1.340264, -0.081106, 0.000893, 0.003796)  # of the projection's polynomial
Rings = tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]


def project(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the plane coordinates of degrees in the Equal Earth projection, on a sphere of radius 1. Source: Šavrič et al. 2019, eq. (6)."""
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(latitude)))
    slope = A[0] + 3 * A[1] * theta**2 + theta**6 * (7 * A[2] + 9 * A[3] * theta**2)
    x = 2 * np.sqrt(3) * np.radians(longitude) * np.cos(theta) / (3 * slope)
    return x, theta * (A[0] + A[1] * theta**2 + theta**6 * (A[2] + A[3] * theta**2))


@cache
def shapes() -> dict[str, Rings]:
    """Return the outlines of each country as projected rings (x, y), by its code; small countries have none."""
    return {code: tuple(map(ring, rings)) for code, rings in world()["shapes"].items()}


@cache
def points() -> dict[str, tuple[float, float]]:
    """Return a projected point in the middle of each country's largest part."""
    found = {code: project(np.array(at[0]), np.array(at[1])) for code, at in world()["points"].items()}
    return {code: (float(x), float(y)) for code, (x, y) in found.items()}


@cache
def world() -> dict[str, dict[str, list[list[list[float]]]]]:
    """Return the content of the file of shapes, in degrees."""
    content: dict[str, dict[str, list[list[list[float]]]]] = json.loads((FOLDER / "world.json").read_text(encoding="utf-8"))
    return content


def ring(degrees: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return one closed line projected, rounded to what a screen can show."""
    x, y = project(*np.array(degrees).T)
    return tuple(np.round(x, 3).tolist()), tuple(np.round(y, 3).tolist())


def world_figure(shares: Sequence[Share]) -> go.Figure:
    """Return the map of one author's shares; countries too small for a shape are dots; the European Union has neither."""
    named = [each for each in shares if each.named and each.place in points()]
    figure = go.Figure(area([code for code in shapes() if code not in {each.place for each in named}], GROUND, ""))
    top = max((each.share for each in named), default=0.0)
    for each in named:
        if each.place in shapes():
            figure.add_trace(area([each.place], shade(each.share, top), hover(each)))
    figure.add_trace(dots(named, top))
    return framed(figure)


def shade(share: float, top: float) -> str:
    """Return the colour of a share; the scale is that of square roots, for a few countries are named far more often than all others."""
    return str(sample_colorscale([list(each) for each in SHADES], [np.sqrt(share / top)])[0])


def hover(share: Share) -> str:
    """Return what the pointer reads at a country."""
    name = inert(countries()[share.place].name)
    return f"{name}<br>{share.named:,} of {share.questions:,} questions<br>{share.share:.1%} [{share.low:.1%}, {share.high:.1%}]"


def area(codes: Sequence[str], color: str, text: str) -> go.Scatter:
    """Return countries as one filled area; without text it is silent."""
    rings = [each for code in codes for each in shapes()[code]]
    return go.Scatter(
        x=[value for x, _ in rings for value in (*x, None)],
        y=[value for _, y in rings for value in (*y, None)],
        mode="lines",
        fill="toself",
        fillcolor=color,
        line={"color": FAINT, "width": 0.6},
        hoveron="fills",
        hoverinfo="text" if text else "skip",
        text=text,
        name="",
    )


def dots(named: Sequence[Share], top: float) -> go.Scatter:
    """Return a dot per country in its colour: all there is of small ones; it carries the scale."""
    ticks = [share for share in (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0) if share <= top][-4:] or [top]
    scale = {
        "orientation": "h", "thickness": 8, "len": 0.7, "y": 0.0, "yanchor": "top", "tickvals": np.sqrt(ticks).tolist(),
        "ticktext": [f"{tick:.1%}" if tick < 0.01 else f"{tick:.0%}" for tick in ticks], "title": {"text": "Share of questions", "side": "top"},
    }  # fmt: skip
    return go.Scatter(
        x=[points()[each.place][0] for each in named],
        y=[points()[each.place][1] for each in named],
        mode="markers",
        marker={
            "size": [4 if each.place in shapes() else 9 for each in named],
            "color": [float(np.sqrt(each.share)) for each in named],
            "colorscale": [list(each) for each in SHADES],
            "cmin": 0.0,
            "cmax": float(np.sqrt(top)) or 1.0,
            "colorbar": scale,
            "showscale": bool(named),
        },
        customdata=[each.place for each in named],
        text=[hover(each) for each in named],
        hovertemplate="%{text}<extra></extra>",
        name="",
    )


def framed(figure: go.Figure) -> go.Figure:
    """Return the map without axes, at one scale along both."""
    finish(figure, height=410, legend=False)
    (low, high), width = project(np.zeros(2), np.array([BOTTOM, TOP]))[1], float(project(np.array([180.0]), np.array([0.0]))[0][0])
    bare = {"visible": False, "constrain": "domain"}
    figure.update_xaxes(range=[-width, width], **bare)
    figure.update_yaxes(range=[float(low), float(high)], scaleanchor="x", constraintoward="bottom", **bare)
    return figure.update_layout(margin={"l": 0, "r": 0, "t": 4, "b": 60}, hovermode="closest")
