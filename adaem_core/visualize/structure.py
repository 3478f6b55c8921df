"""Value structure as figures: correlations as a heatmap, and the measured layout of values against the theory's circle (Figure 17).

`Correlations → heatmap`; `Scaling, ValueSystem → circle`. Codes stand beside every colour; the layout has no axes, for only distances count.
"""

import numpy as np
import plotly.graph_objects as go

from adaem_core.validate.scaling import Scaling
from adaem_core.validate.structure import Correlations
from adaem_core.values import ValueSystem
from adaem_core.visualize.style import FAINT, MUTED, finish, inert, label, palette

DIVERGING = [[0.0, "#c2702c"], [0.5, "#f3f3f1"], [1.0, "#2f6fa8"]]  # orange, light, blue: told apart by colour-blind readers


def correlation_figure(found: Correlations) -> go.Figure:
    """Return the correlations as a heatmap with the number in each cell, interval and n on hover; a cell without a number stays empty."""
    names = [label(each, 24) for each in found.names]
    values = found.values
    hover = [[cell_hover(one, other, found, i, j) for j, other in enumerate(names)] for i, one in enumerate(names)]
    text = [[f"{each:.2f}".replace("0.", ".", 1) if not np.isnan(each) else "" for each in row] for row in values]
    shown = {"colorscale": DIVERGING, "zmin": -1, "zmax": 1, "xgap": 1, "ygap": 1, "colorbar": {"title": {"text": "r"}, "thickness": 10}}
    drawn = go.Heatmap(x=names, y=names, z=values, text=text, texttemplate="%{text}", hovertext=hover, hoverinfo="text", **shown)
    figure = finish(go.Figure(drawn), height=80 + 34 * max(len(names), 6), legend=False)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(showgrid=False, side="bottom")
    return figure


def cell_hover(one: str, other: str, found: Correlations, row: int, column: int) -> str:
    """Return what a cell says on hover."""
    each = found.cells[row][column]
    if not each.known:
        return f"{one} and {other}: {label(each.why, 60)}"
    between = "" if np.isnan(each.low) else f" [{each.low:.2f}, {each.high:.2f}]"
    return f"{one} and {other}: {each.value:.2f}{between}, n = {each.n:,} {found.across}"


def scaling_figure(found: Scaling, system: ValueSystem) -> go.Figure:
    """Return the values where they were measured (filled) and where the theory puts them (hollow), a thin line between the two."""
    figure, colours = go.Figure(), palette(system)
    turn = np.linspace(0, 2 * np.pi, 181)
    radius = float(np.linalg.norm(found.circle, axis=1).mean())
    ring = {"x": radius * np.cos(turn), "y": radius * np.sin(turn), "mode": "lines", "line": {"color": FAINT, "width": 1}}
    figure.add_scatter(**ring, hoverinfo="skip", showlegend=False)
    for id, measured, wanted in zip(found.dimensions, found.points, found.circle, strict=True):
        path = np.array([measured, wanted])
        figure.add_scatter(x=path[:, 0], y=path[:, 1], mode="lines", line={"color": MUTED, "width": 1}, hoverinfo="skip", showlegend=False)
        mark = {"color": colours[id].mark}
        theory = {"symbol": "circle-open", "size": 10, "line": {"width": 2}, **mark}
        figure.add_scatter(
            x=[wanted[0]],
            y=[wanted[1]],
            mode="markers",
            marker=theory,
            hovertext=f"{inert(id)}, theory",
            hoverinfo="text",
            showlegend=False,
        )
        beside = {"text": [inert(id)], "textposition": "top center", "marker": {"size": 11, **mark}}
        figure.add_scatter(x=[measured[0]], y=[measured[1]], mode="markers+text", hovertext=f"{inert(id)}, measured", hoverinfo="text", showlegend=False, **beside)  # fmt: skip
    finish(figure, height=460, legend=False)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, scaleanchor="x")
    return figure
