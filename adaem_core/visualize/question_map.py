"""A map of questions: one point each, near ones alike in meaning (AdAEM Fig. 3), coloured by one of their properties.

`points, a property per question → figure`. Axis-free: coordinates have no meaning of their own. Points carry their row number
as customdata, so that a lasso can be turned into questions; the figure never depends on what is selected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from adaem_core.visualize.style import MUTED, finish, inert, label

# Colours that red-green and blue-yellow blind readers tell apart, on white and on near-black (after Okabe & Ito 2008), each with a shape of its own.
KINDS = (
    ("#0b7bc1", "circle"), ("#d9741a", "square"), ("#149a76", "diamond"), ("#b0559a", "triangle-up"),
    ("#c9a000", "cross"), ("#4fb3e8", "x"), ("#8a5a44", "star"),
    ("#6a63b0", "triangle-down"), ("#8a9a2c", "hexagon"),
)  # fmt: skip
SCALE = ((0.0, "#2f6fb5"), (0.5, "#9aa0a8"), (1.0, "#e0912a"))  # low to high; no end fades into a white or a near-black page
OTHER = "other"
NONE = "none named"
HOVERED = 3000  # points up to which each carries its text for the pointer; beyond, texts would be most of what is sent
HEIGHT = 560
Rows = np.ndarray[tuple[Any, ...], np.dtype[Any]]


@dataclass(frozen=True)
class Highlight:
    """Points to be ringed, such as the hits of a search, and what the legend calls them."""

    rows: Rows
    name: str


def map_figure(
    points: np.ndarray,
    texts: Sequence[str],
    *,
    kinds: Sequence[str] | None = None,
    numbers: np.ndarray | None = None,
    title: str = "",
    highlight: Highlight | None = None,
) -> go.Figure:
    """Return the map of points, shape (questions, 2), coloured by kinds (names) or by numbers (NaN: grey); `title` names the property."""
    size = 9 if len(points) < 300 else 7 if len(points) < 2000 else 5
    told = [label(text, 40, 3) for text in texts] if len(points) <= HOVERED else None
    figure = go.Figure()
    if numbers is not None:
        add_numbers(figure, points, numbers, told, size, title)
    else:
        for name, rows, look in parted(kinds or [NONE] * len(points)):
            figure.add_trace(cloud(points, rows, told, short(name), {**look, "size": size}))
    if highlight is not None and len(highlight.rows):
        ring = {"symbol": "circle-open", "size": size + (7 if len(highlight.rows) < 100 else 3), "color": MUTED, "line": {"width": 2}}
        figure.add_trace(cloud(points, highlight.rows, None, short(highlight.name), {**ring, "opacity": 1.0}, hover=False))
    return framed(figure)


def parted(kinds: Sequence[str]) -> list[tuple[str, Rows, dict[str, Any]]]:
    """Return the commonest kinds with their rows and looks, commonest first; the rest together and grey, first drawn."""
    names, places, counts = np.unique(np.array([each or NONE for each in kinds]), return_inverse=True, return_counts=True)
    order = [int(each) for each in np.argsort(-counts, kind="stable") if names[each] != NONE]
    shown = order[: len(KINDS)]
    drawn = [
        (f"{cut(str(names[kind]), 38)} ({counts[kind]:,})", np.flatnonzero(places == kind), {"color": color, "symbol": symbol})
        for kind, (color, symbol) in zip(shown, KINDS, strict=False)
    ]
    left = np.flatnonzero(~np.isin(places, shown))
    if len(left):
        name = NONE if not order[len(KINDS) :] else OTHER
        drawn.insert(0, (f"{name} ({len(left):,})", left, {"color": MUTED, "symbol": "circle"}))
    return drawn


def cloud(
    points: np.ndarray, rows: np.ndarray, told: list[str] | None, name: str, marker: dict[str, Any], *, hover: bool = True
) -> go.Scattergl:
    """Return one trace over some of the points."""
    text = [told[row] for row in rows] if told else None
    template = "%{text}<extra></extra>" if told else "question %{customdata}<extra></extra>"
    shown = {"hovertemplate": template} if hover else {"hoverinfo": "skip"}
    return go.Scattergl(
        x=points[rows, 0], y=points[rows, 1], customdata=rows.astype(np.int32), text=text, name=name, mode="markers",
        marker={"opacity": 0.8, **marker}, **shown,
    )  # fmt: skip


def add_numbers(figure: go.Figure, points: np.ndarray, numbers: np.ndarray, told: list[str] | None, size: int, title: str) -> None:
    """Add the points with a number in its colour, and those without one in grey."""
    known = np.flatnonzero(~np.isnan(numbers))
    if len(known) < len(points):
        rest = np.flatnonzero(np.isnan(numbers))
        look = {"color": MUTED, "size": size, "symbol": "circle-open"}
        figure.add_trace(cloud(points, rest, told, short(f"no {title or 'number'} ({len(rest):,})"), look))
    bar = {
        "title": {"text": label(title)},
        "thickness": 10,
        "len": 0.6,
        "y": 1,
        "yanchor": "top",
        "x": 1,
        "xanchor": "right",
        "outlinewidth": 0,
    }
    look = {"color": numbers[known], "colorscale": SCALE, "colorbar": bar, "showscale": True, "size": size}
    if len(known):
        figure.add_trace(cloud(points, known, told, f"{short(title)} ({len(known):,})", look))


def short(name: str) -> str:
    """Return an untrusted name for a legend, cut to what a phone can show on one line."""
    return inert(cut(" ".join(name.split()), 48))


def cut(name: str, length: int) -> str:
    """Return a name of at most so many letters."""
    return name if len(name) <= length else f"{name[: length - 1]}…"


def framed(figure: go.Figure) -> go.Figure:
    """Return the map without axes, as wide as high in its units, ready for the lasso."""
    finish(figure, height=HEIGHT)
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(visible=False, range=[-0.54, 0.54])
    figure.update_yaxes(scaleanchor="x", scaleratio=1)
    figure.update_layout(dragmode="lasso", uirevision="map", margin={"l": 0, "r": 0, "t": 8, "b": 0})
    # Below the map: the names of sets and models are long, and above it they would press on it on a phone.
    figure.update_layout(legend={"y": -0.02, "yanchor": "top", "itemsizing": "constant"})
    return figure
