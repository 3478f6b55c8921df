"""Win rates on the circle of values, scale fixed from 0 to 1, the interval as a band (the paper's Figures 8, 9b and 13).

Neighbours on the axes are compatible by the theory, so a profile that follows it bulges to one side. A radar shows a shape;
differences are read off dots and intervals. `Standings → figure; CategoryStandings → one figure per category`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from adaem_core.measure.by_topic import CategoryStandings
from adaem_core.measure.standings import Standings
from adaem_core.values import ValueSystem
from adaem_core.visualize.dots import short
from adaem_core.visualize.style import ACCENT, FAINT, finish, label
from adaem_core.visualize.win_rates import titled

# The accent first; told apart by colour-blind readers, on light and dark (the theme's categorical colours).
COLOURS = (ACCENT, "#b7622c", "#6a63b0", "#9a8420", "#b04a78", "#4a7fb5")


def radar_figure(standings: Standings, examinees: Sequence[str], system: ValueSystem, *, title: str = "") -> go.Figure:
    """Return one radar with the chosen examinees; a dimension that was never rated leaves a gap."""
    figure = go.Figure()
    names = {each.id: each.name for each in system.dimensions}
    for examinee, colour in zip(examinees, COLOURS * len(examinees), strict=False):
        row = standings.examinees.index(examinee)
        figure.add_trace(band(standings, row, colour))
        figure.add_trace(profile(standings, row, colour, names))
    finish(figure, height=400 if len(examinees) > 1 else 370, legend=len(examinees) > 1)
    angular = {
        "direction": "clockwise",
        "rotation": 90,
        "categoryarray": [label(each) for each in standings.dimensions],
        "gridcolor": FAINT,
    }
    radial = {
        "range": [0, 1],
        "tickvals": [0.25, 0.5, 0.75],
        "tickfont": {"size": 10},
        "angle": 18,
        "tickangle": 18,
        "gridcolor": FAINT,
        "linecolor": FAINT,
    }
    figure.update_polars(angularaxis=angular, radialaxis=radial, bgcolor="rgba(0,0,0,0)")
    figure.update_layout(margin={"l": 40, "r": 40, "b": 30}, legend={"y": 1.08})
    return titled(figure, short(title, 60), above=24 + 26 * (len(examinees) > 1))


def profile(standings: Standings, row: int, colour: str, names: Mapping[str, str]) -> go.Scatterpolar:
    """Return the closed line through one examinee's win rates."""
    rates, low, high = standings.win_rates[row], standings.low[row], standings.high[row]
    told = [
        "" if np.isnan(rate) else f"{label(names.get(id, id))}: {rate:.3f} ({down:.3f} to {up:.3f})"
        for id, rate, down, up in zip(standings.dimensions, rates, low, high, strict=True)
    ]
    around = [*range(len(rates)), 0]
    name = short(standings.examinees[row], 40)
    return go.Scatterpolar(
        r=[None if np.isnan(rates[d]) else float(rates[d]) for d in around],
        theta=[label(standings.dimensions[d]) for d in around],
        text=[told[d] for d in around],
        mode="lines+markers",
        line={"color": colour, "width": 2},
        marker={"size": 6, "color": colour},
        connectgaps=False,
        name=name,
        hovertemplate=f"<b>{name}</b><br>%{{text}}<extra></extra>",
    )


def band(standings: Standings, row: int, colour: str) -> go.Scatterpolar:
    """Return the interval as a ring: out along its upper ends, back along its lower ones."""
    known = [d for d in range(len(standings.dimensions)) if not np.isnan(standings.low[row, d])]
    around = [*known, *known[:1]]
    path = [(standings.high[row, d], d) for d in around] + [(standings.low[row, d], d) for d in reversed(around)]
    return go.Scatterpolar(
        r=[float(end) for end, _ in path],
        theta=[label(standings.dimensions[d]) for _, d in path],
        mode="lines",
        line={"width": 0, "color": colour},
        fill="toself",
        opacity=0.22,
        fillcolor=colour,
        hoverinfo="skip",
        showlegend=False,
        name="interval",
    )


def category_figures(found: Mapping[str, CategoryStandings], examinees: Sequence[str], system: ValueSystem) -> dict[str, go.Figure]:
    """Return one radar per category that could be rated, its number of questions in the title; the same scale for all."""
    rated = {name: each for name, each in found.items() if each.standings is not None}
    return {
        name: radar_figure(each.standings, examinees, system, title=f"{name} · {each.questions:,} questions")
        for name, each in rated.items()
        if each.standings is not None
    }
