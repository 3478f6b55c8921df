"""How two models differ, value by value, with intervals: win rates, shares, and the chance that one beats the other (Appendix C.8).

Filled dots are differences that hold after Holm's correction; open ones may be chance. `Comparison | Shares | Superiority → figure`.
"""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from adaem_core.infer.arrays import Floats
from adaem_core.measure.compare import Comparison, Shares
from adaem_core.measure.standings import Superiority
from adaem_core.values import ValueSystem
from adaem_core.visualize.dots import reach, short, value_name
from adaem_core.visualize.style import ACCENT, finish, palette
from adaem_core.visualize.win_rates import ROW, UNKNOWN


def difference_figure(found: Comparison, system: ValueSystem, *, alpha: float) -> go.Figure:
    """Return first minus second win rate per value, in structural order from the top; filled where adjusted p < alpha."""
    sure = [bool(p < alpha) for p in found.adjusted]
    told = [f"p = {p:.3g}, corrected {q:.3g}" for p, q in zip(found.p, found.adjusted, strict=True)]
    axis = f"← {short(found.second, 18)} higher · {short(found.first, 18)} higher →"
    return drawn(found.dimensions, (found.difference, found.low, found.high), sure, told, system, 0.0, f"{axis}<br>Difference of win rates")


def shares_figure(found: Shares, dimensions: Sequence[str], system: ValueSystem, *, alpha: float) -> go.Figure:
    """Return first minus second share of questions that express each value, on questions both answered."""
    sure = [bool(p < alpha) for p in found.adjusted]
    parts = zip(found.first, found.second, found.answered, found.adjusted, strict=True)
    told = [f"{one:.0%} against {other:.0%} of {n:,.0f} questions, corrected p = {p:.3g}" for one, other, n, p in parts]
    return drawn(dimensions, (found.difference, found.low, found.high), sure, told, system, 0.0, "Difference of shares", ".0%")


def superiority_figure(found: Superiority, first: str, second: str, system: ValueSystem) -> go.Figure:
    """Return the chance that the first beats the second per value; filled where the interval leaves out 0.5."""
    i, j = found.examinees.index(first), found.examinees.index(second)
    chances, low, high = (array[i, j] for array in (found.chances, found.low, found.high))
    sure = [bool(down > 0.5 or up < 0.5) for down, up in zip(low, high, strict=True)]
    title = f"Chance that {short(first, 18)} beats {short(second, 18)}"
    return drawn(found.dimensions, (chances, low, high), sure, [""] * len(sure), system, 0.5, title, ".0%")


def drawn(
    dimensions: Sequence[str],
    numbers: tuple[Floats, Floats, Floats],
    sure: list[bool],
    told: list[str],
    system: ValueSystem,
    equal: float,
    title: str,
    style: str = "+.2f",
) -> go.Figure:
    """Return dots with intervals, one row per value from the top, with a line where both are equal."""
    order = list(range(len(dimensions)))[::-1]
    values, low, high = ([float(each[d]) for d in order] for each in numbers)
    colours = [palette(system).get(dimensions[d], UNKNOWN).mark for d in order]
    symbols = ["circle" if sure[d] else "circle-open" for d in order]
    names = [value_name(system, dimensions[d]) for d in order]
    dots = go.Scatter(
        x=[None if np.isnan(value) else value for value in values],
        y=list(range(len(names))),
        text=[hover(value, a, b, told[d], style) for value, a, b, d in zip(values, low, high, order, strict=True)],
        mode="markers",
        marker={"size": 11, "color": colours, "symbol": symbols, "line": {"width": 2, "color": colours}},
        error_x=reach(values, low, high),
        hovertemplate="%{text}<extra></extra>",
    )
    figure = go.Figure(dots).add_vline(x=equal, line={"color": ACCENT, "width": 1.5})
    finish(figure, height=90 + ROW * len(names), x=title, legend=False)
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names, range=[-0.7, len(names) - 0.3], showgrid=False)
    return figure.update_xaxes(nticks=6, tickformat=style, title_font={"size": 12})


def hover(value: float, low: float, high: float, told: str, style: str) -> str:
    """Return what one dot says when pointed at; nothing where there is no dot."""
    if np.isnan(value):
        return ""
    return f"{format(value, style)} ({format(low, style)} to {format(high, style)})<br>{told}"
