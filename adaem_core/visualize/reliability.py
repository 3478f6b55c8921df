"""How far a result can be relied on: agreement of subsets by size (Figure 21), and any list of estimates with intervals.

`SubsetSize per size → figure`; `name → Estimate → figure`. What cannot be computed has a row and no dot.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from adaem_core.infer.estimate import Estimate
from adaem_core.validate.subsets import SubsetSize
from adaem_core.visualize.style import ACCENT, FAINT, MUTED, finish, hues, label, swatch

ROW = 30
NAMES = {
    "icc_agreement": "ICC, same numbers",
    "icc_consistency": "ICC, same order and distance",
    "pearson": "Pearson's r",
    "spearman": "Spearman's ρ",
    "alpha": "Cronbach's α",
}
DASHES = ("solid", "dot", "dash", "longdash", "dashdot")


def subset_figure(sizes: Sequence[SubsetSize], threshold: float) -> go.Figure:
    """Return each statistic against the number of questions: median over repeats and the range of 95 % of them."""
    figure = go.Figure()
    for number, (name, colour) in enumerate(zip(NAMES, colours(len(NAMES)), strict=True)):
        known = [(each.size, each.bands[name]) for each in sizes if each.bands[name].known]
        figure.add_trace(line([size for size, _ in known], [band for _, band in known], NAMES[name], colour, DASHES[number]))
    figure.add_hline(y=threshold, line={"color": MUTED, "width": 1, "dash": "dash"})
    figure.update_xaxes(type="log", tickvals=[each.size for each in sizes], ticktext=[f"{each.size:,}" for each in sizes])
    return finish(figure, height=430, x="Questions in the subset", y="Agreement").update_layout(margin={"t": 96})


def line(sizes: Sequence[float], found: Sequence[Estimate], name: str, colour: str, dash: str) -> go.Scatter:
    """Return a line through estimates with their intervals."""
    return go.Scatter(
        x=list(sizes),
        y=[each.value for each in found],
        name=name,
        mode="lines+markers",
        line={"color": colour, "dash": dash, "width": 2},
        marker={"size": 7},
        error_y=reach(found),
        hovertemplate=f"{name}: %{{y:.2f}}, %{{x:,}} questions<extra></extra>",
    )


def estimates_figure(named: Mapping[str, Estimate], *, title: str, threshold: float | None = None, colour: str = ACCENT) -> go.Figure:
    """Return one dot with its interval per name, from the top; a dashed line at the criterion."""
    order = list(named)[::-1]
    found = [named[name] for name in order]
    dots = go.Scatter(
        x=[each.value if each.known else None for each in found],
        y=list(range(len(order))),
        error_x=reach(found),
        mode="markers",
        marker={"size": 10, "color": colour},
        text=[spoken(each) for each in found],
        hovertemplate="%{text}<extra></extra>",
    )
    figure = go.Figure(dots)
    if threshold is not None:
        figure.add_vline(x=threshold, line={"color": MUTED, "width": 1.5, "dash": "dash"})
    finish(figure, height=90 + ROW * len(order), x=label(title), legend=False)
    names = [label(name, 26, 2) for name in order]
    return figure.update_yaxes(tickvals=list(range(len(order))), ticktext=names, range=[-0.7, len(order) - 0.3], gridcolor=FAINT)


def reach(found: Sequence[Estimate]) -> dict[str, object]:
    """Return Plotly's error bars: how far each interval reaches; nothing where there is none."""
    up = [each.high - each.value if each.known and not np.isnan(each.high) else 0.0 for each in found]
    down = [each.value - each.low if each.known and not np.isnan(each.low) else 0.0 for each in found]
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down, "thickness": 1.5, "width": 3}


def spoken(found: Estimate) -> str:
    """Return what a dot says when pointed at."""
    if not found.known:
        return ""
    told = "" if np.isnan(found.low) else f" ({found.low:.3f} to {found.high:.3f})"
    return f"{found.value:.3f}{told}"


def colours(count: int) -> list[str]:
    """Return colours far apart."""
    return [swatch(hue).mark for hue in hues(count, circular=False)]
