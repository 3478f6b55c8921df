"""Answers that take no part, as shares of those that should be there: refused, unreadable, failed, not read, not there.

`Count per model or category → stacked bars`.
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from adaem_core.measure.missing import Count, Kind
from adaem_core.visualize.dots import short
from adaem_core.visualize.style import finish

# Pattern beside colour: kinds are told apart without seeing colour.
LOOK = {
    Kind.REFUSED: ("#b7622c", ""),
    Kind.UNREADABLE: ("#6a63b0", "/"),
    Kind.FAILED: ("#9a8420", "x"),
    Kind.UNREAD: ("#4a7fb5", "."),
    Kind.ABSENT: ("#8a8f98", "-"),
}


def missing_figure(counts: Sequence[Count]) -> go.Figure:
    """Return one bar per group, the first on top, a segment per kind that occurs, the total share at its end."""
    rows = list(counts)[::-1]
    names = [short(each.name, 30) for each in rows]
    figure = go.Figure([bars(rows, kind) for kind in Kind if any(each.kinds[kind] for each in rows)])
    figure.add_trace(totals(rows))
    finish(figure, height=130 + 40 * len(rows), x="Share of the answers asked for")
    figure.update_layout(barmode="stack", bargap=0.35, legend={"traceorder": "normal"})
    figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=names, range=[-0.6, len(rows) - 0.4], showgrid=False)
    most = max((1 - each.usable / each.asked for each in rows if each.asked), default=0.0)
    return figure.update_xaxes(tickformat=".0%", range=[0, max(most * 1.25, 0.05)], nticks=5)


def bars(rows: Sequence[Count], kind: Kind) -> go.Bar:
    """Return the segments of one kind."""
    colour, pattern = LOOK[kind]
    return go.Bar(
        x=[each.share(kind) if each.asked else None for each in rows],
        y=list(range(len(rows))),
        customdata=[[each.kinds[kind], each.asked] for each in rows],
        orientation="h",
        name=kind.value.capitalize(),
        marker={"color": colour, "pattern": {"shape": pattern, "size": 5, "solidity": 0.25}},
        hovertemplate=f"{kind.value}: %{{customdata[0]:,}} of %{{customdata[1]:,}} (%{{x:.1%}})<extra></extra>",
    )


def totals(rows: Sequence[Count]) -> go.Scatter:
    """Return the total share at the end of each bar, in figures."""
    ends = [1 - each.usable / each.asked if each.asked else 0.0 for each in rows]
    return go.Scatter(
        x=ends,
        y=list(range(len(rows))),
        text=[f" {end:.1%}" for end in ends],
        mode="text",
        textposition="middle right",
        hoverinfo="skip",
        showlegend=False,
        name="Total",
    )
