"""Win rates of all models and values at a glance, the number in each cell; the interval on hover (Appendix C.8).

The scale diverges from 0.5 (as often above as below the others) in blue and orange, which colour-blind readers can tell apart.
Plotly reports no click on a heatmap: an almost invisible dot lies on every cell. `Standings, Groups → figure`.
"""

import numpy as np
import plotly.graph_objects as go

from adaem_core.measure.groups import Groups
from adaem_core.measure.standings import Standings
from adaem_core.visualize.dots import short
from adaem_core.visualize.style import finish, label
from adaem_core.visualize.win_rates import hover

SCALE = ((0.0, "#b35806"), (0.25, "#f1a340"), (0.5, "#f0f1f2"), (0.75, "#67a9cf"), (1.0, "#2166ac"))
UNSEEN = 0.01  # plotly neither hovers nor clicks on what is wholly transparent


def heat_figure(standings: Standings, found: Groups) -> go.Figure:
    """Return the heatmap, examinees down in their order, dimensions across in structural order; "–" where never rated."""
    rates = standings.win_rates
    reach = max(float(np.nanmax(np.abs(rates - 0.5), initial=0.0)), 0.1)
    columns = [label(each, width=8) for each in standings.dimensions]
    rows = [short(each, 16) for each in standings.examinees]
    figure = go.Figure(
        go.Heatmap(
            z=[[None if np.isnan(rate) else float(rate) for rate in line] for line in rates],
            x=list(range(len(columns))),
            y=list(range(len(rows))),
            text=[["–" if np.isnan(rate) else f"{rate:.2f}".lstrip("0") for rate in line] for line in rates],
            texttemplate="%{text}",
            textfont={"size": 11},
            colorscale=[list(each) for each in SCALE],
            zmid=0.5,
            zmin=0.5 - reach,
            zmax=0.5 + reach,
            xgap=1,
            ygap=1,
            hoverinfo="skip",
            colorbar={
                "orientation": "h",
                "thickness": 8,
                "y": 1.0,
                "yanchor": "bottom",
                "len": 1.0,
                "tickformat": ".1f",
                "tickangle": 0,
                "nticks": 6,
            },
        )
    )
    figure.add_trace(clickable(standings, found))
    finish(figure, height=120 + 34 * len(rows), legend=False)
    figure.update_xaxes(tickvals=list(range(len(columns))), ticktext=columns, showgrid=False, range=[-0.5, len(columns) - 0.5])
    figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=rows, showgrid=False, range=[len(rows) - 0.5, -0.5])
    return figure.update_layout(margin={"t": 40}, clickmode="event+select")


def clickable(standings: Standings, found: Groups) -> go.Scatter:
    """Return a dot per cell that can be pointed at and chosen; its customdata are the places of examinee and dimension."""
    cells = [(row, d) for row in range(len(standings.examinees)) for d in range(len(standings.dimensions))]
    return go.Scatter(
        x=[d for _, d in cells],
        y=[row for row, _ in cells],
        customdata=[list(cell) for cell in cells],
        text=[hover(standings, found, *cell) for cell in cells],
        mode="markers",
        marker={"size": 26, "symbol": "square", "opacity": UNSEEN, "color": "#8a8f98"},
        unselected={"marker": {"opacity": UNSEEN}},
        selected={"marker": {"opacity": 0.35}},
        hovertemplate="%{text}<extra></extra>",
        name="",
    )
