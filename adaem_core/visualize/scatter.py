"""Two measurements of the same cells against each other, and two distributions of scores (Figure 20).

`profiles (models, values) twice → dots`; `scores of two sets → histograms`. Names are made inert.
"""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from adaem_core.infer.arrays import Floats
from adaem_core.values import ValueSystem
from adaem_core.visualize.style import ACCENT, MUTED, finish, label, palette
from adaem_core.visualize.win_rates import UNKNOWN


def profile_figure(
    first: Floats,
    second: Floats,
    models: Sequence[str],
    dimensions: Sequence[str],
    system: ValueSystem,
    axes: tuple[str, str],
    *,
    diagonal: bool = True,
) -> go.Figure:
    """Return one dot per model and value, (models, values) both, coloured and named by value; unknown cells have none."""
    figure = go.Figure()
    for d, id in enumerate(dimensions):
        known = ~(np.isnan(first[:, d]) | np.isnan(second[:, d]))
        told = [f"{label(model, 30, 1)} · {label(id)}" for model, kept in zip(models, known, strict=True) if kept]
        colour = palette(system).get(id, UNKNOWN).mark
        figure.add_trace(dots(first[known, d], second[known, d], told, label(id), colour))
    if diagonal and not np.isnan(first).all():
        ends = [float(np.nanmin([first, second])), float(np.nanmax([first, second]))]
        figure.add_trace(
            go.Scatter(x=ends, y=ends, mode="lines", line={"color": MUTED, "dash": "dash"}, showlegend=False, hoverinfo="skip")
        )
    finish(figure, height=470, x=label(axes[0], 40, 2), y=label(axes[1], 40, 2))
    return figure.update_layout(margin={"t": 90})


def dots(x: Floats, y: Floats, told: Sequence[str], name: str, colour: str) -> go.Scatter:
    """Return one trace of dots."""
    return go.Scatter(
        x=x.tolist(),
        y=y.tolist(),
        text=list(told),
        name=name,
        mode="markers+text" if len(x) == 1 else "markers",
        texttemplate=name if len(x) == 1 else None,
        textposition="top center",
        marker={"size": 9, "color": colour},
        hovertemplate="%{text}<br>%{x:.2f} against %{y:.2f}<extra></extra>",
    )


def forms_figure(black_box: Floats, exact: Floats, texts: Sequence[str]) -> go.Figure:
    """Return the black-box score of each question against its exact one; units differ, so there is no diagonal."""
    known = ~(np.isnan(black_box) | np.isnan(exact))
    told = [label(text) for text, kept in zip(texts, known, strict=True) if kept]
    trace = dots(black_box[known], exact[known], told, "Question", ACCENT).update(mode="markers", texttemplate=None)
    return finish(go.Figure(trace), height=420, x="Black-box score", y="Exact score", legend=False)


def distributions_figure(first: Floats, second: Floats, names: tuple[str, str]) -> go.Figure:
    """Return the scores (questions,) of two sets as histograms on shared bins, each adding up to 1."""
    both = np.concatenate([first, second])
    edges = np.histogram_bin_edges(both, bins=min(max(len(both) // 8, 6), 30))
    width = edges[1] - edges[0]
    middles = [edges[0] - width / 2, *((edges[1:] + edges[:-1]) / 2).tolist(), edges[-1] + width / 2]  # the curve starts and ends at 0
    figure = go.Figure()
    for scores, name, colour, dash in zip((first, second), names, (ACCENT, MUTED), ("solid", "dash"), strict=True):
        share = np.histogram(scores, edges)[0] / max(len(scores), 1)
        line = {"color": colour, "dash": dash, "shape": "hvh", "width": 2.5}
        told = f"{label(name, 30, 2)} ({len(scores):,})"
        figure.add_trace(go.Scatter(x=middles, y=[0, *share.tolist(), 0], name=told, mode="lines", line=line))
    return finish(figure, height=360, x="Informativeness S", y="Share of questions").update_yaxes(tickformat=".0%", rangemode="tozero")
