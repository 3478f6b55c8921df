"""The score S and its four parts at every refinement step of one question (AdAEM Eq. 1, Algorithm 1).

`tables.attempts → figure`.
"""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from adaem_core.visualize.style import ACCENT, MUTED, finish
from adaem_core.visualize.tables import PARTS


def parts_figure(attempts: pd.DataFrame) -> go.Figure:
    """Return five small rows sharing the steps: S on top, its parts below; filled = accepted, open = rejected."""
    figure = make_subplots(rows=len(PARTS), cols=1, shared_xaxes=True, vertical_spacing=0.06, subplot_titles=list(PARTS.values()))
    for row, (part, name) in enumerate(PARTS.items(), 1):
        for trace in part_traces(attempts, part, name, legend=row == 1):
            figure.add_trace(trace, row=row, col=1)
    figure.update_annotations(x=0, xanchor="left", font={"size": 12})
    steps = attempts["step"].tolist()
    figure.update_xaxes(
        tickvals=steps, ticktext=["draft" if step == 0 else f"rewrite {step}" for step in steps], range=[-0.4, max(steps) + 0.4]
    )
    figure.update_yaxes(nticks=3)
    return finish(figure, height=470).update_layout(margin={"t": 56}, legend={"y": 1.06})


def part_traces(attempts: pd.DataFrame, part: str, name: str, *, legend: bool) -> tuple[go.Scatter, ...]:
    """Return the line through the accepted steps and the dots of accepted and rejected ones."""
    kept, rejected = attempts[attempts["accepted"]], attempts[~attempts["accepted"]]
    shared = {"legendgroup": "", "showlegend": legend, "hovertemplate": name + ": %{y:.2f}<extra></extra>"}
    full, open_ = {"size": 10, "color": ACCENT}, {"size": 10, "color": MUTED, "symbol": "circle-open"}
    return (
        go.Scatter(
            x=kept["step"].tolist(),
            y=kept[part].tolist(),
            mode="lines+markers",
            marker=full,
            line={"color": ACCENT, "width": 1.5},
            name="Accepted",
            **shared,
        ),
        go.Scatter(x=rejected["step"].tolist(), y=rejected[part].tolist(), mode="markers", marker=open_, name="Rejected", **shared),
    )
