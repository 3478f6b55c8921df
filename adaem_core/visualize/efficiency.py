"""What a budget buys and what refinement adds (AdAEM Figs. 7, 14, 18, 20), and the parts of S behind the extremes (Table 13).

`landscape.course.Efficiency, tables.questions → figures, table`.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from adaem_core.landscape.course import PARTS, Budget, Efficiency, Steps
from adaem_core.visualize.style import ACCENT, FAINT, MUTED, finish, inert
from adaem_core.visualize.tables import PARTS as NAMES

WASH = "rgba(47, 122, 120, 0.18)"  # the accent, for bands
ORANGE = "#d9741a"  # told from the accent by every kind of colour blindness


def budget_figure(budget: Budget, topics: np.ndarray) -> go.Figure:
    """Return mean S of the best questions so far with its interval, above it the topics they come from, against pulls; S of the topics as a line."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.68, 0.32], vertical_spacing=0.06)
    add_band(figure, budget.pulls, budget.score, budget.low, budget.high, "Best questions so far", 1)
    if len(topics):
        edge = {"color": MUTED, "width": 1.5, "dash": "dash"}
        figure.add_trace(
            go.Scatter(
                x=[budget.pulls[0], budget.pulls[-1]], y=[topics.mean()] * 2, name=f"Topics themselves (n = {len(topics):,})", mode="lines",
                line=edge, hovertemplate="mean S of topics: %{y:.2f}<extra></extra>",
            ), row=1, col=1,
        )  # fmt: skip
    line = {"color": ORANGE, "width": 2, "shape": "hv"}
    hover = "pull %{x}: %{customdata} questions from %{y} topics<extra></extra>"
    figure.add_trace(
        go.Scatter(
            x=budget.pulls, y=budget.topics, name="Topics they come from", mode="lines", line=line, customdata=budget.questions,
            hovertemplate=hover,
        ), row=2, col=1,
    )  # fmt: skip
    finish(figure, height=440)
    figure.update_yaxes(title_text="Informativeness S", row=1, col=1)
    figure.update_yaxes(title_text="Topics", rangemode="tozero", tickformat="d", row=2, col=1)
    figure.update_xaxes(title_text="Pulls (budget)", tickformat="d", row=2, col=1)
    return figure


def add_band(figure: go.Figure, x: np.ndarray, y: np.ndarray, low: np.ndarray, high: np.ndarray, name: str, row: int | None = None) -> None:
    """Add a line with the band of its interval; where there is no interval there is no band."""
    place = {} if row is None else {"row": row, "col": 1}
    known = ~np.isnan(low)
    edges = np.concatenate([high[known], low[known][::-1]])
    around = np.concatenate([x[known], x[known][::-1]])
    figure.add_trace(
        go.Scatter(x=around, y=edges, fill="toself", fillcolor=WASH, line={"width": 0}, hoverinfo="skip", showlegend=False, mode="lines"),
        **place,
    )
    told = np.stack([low, high], axis=1)
    hover = "%{x}: %{y:.2f} [%{customdata[0]:.2f}, %{customdata[1]:.2f}]<extra></extra>"
    look = {"mode": "lines+markers", "line": {"color": ACCENT, "width": 2}, "marker": {"size": 5}}
    figure.add_trace(go.Scatter(x=x, y=y, name=name, customdata=told, hovertemplate=hover, **look), **place)


def steps_figure(steps: Steps) -> go.Figure:
    """Return mean S by refinement step with its interval; the axis tells how many rewrites were tried and accepted."""
    figure = go.Figure()
    places = np.arange(len(steps.score))
    add_band(figure, places, steps.score, steps.low, steps.high, "Mean S")
    told = ["draft"] + [
        f"step {place}<br>{accepted} of {tried} kept"
        for place, (tried, accepted) in enumerate(zip(steps.tried[1:], steps.accepted[1:], strict=True), 1)
    ]
    figure.update_xaxes(tickvals=places, ticktext=told, range=[-0.4, len(places) - 0.6])
    return finish(figure, height=340, y="Informativeness S (fast models)", legend=False)


def spread_figure(groups: Mapping[str, np.ndarray]) -> go.Figure:
    """Return the distribution of S in each group: every score as a dot, a box of the middle half, a diamond at the mean."""
    figure = go.Figure()
    colors = (MUTED, ACCENT, "#6a63b0", ORANGE)
    for (name, scores), color in reversed(list(zip(groups.items(), colors, strict=False))):
        shown = f"{inert(name)}<br>n = {len(scores):,}"
        figure.add_trace(
            go.Box(
                x=scores, y=[shown] * len(scores), name=inert(name), orientation="h", boxpoints="all", jitter=0.5, pointpos=0, width=0.5,
                marker={"color": color, "size": 4, "opacity": 0.45}, line={"color": color, "width": 1.5}, fillcolor="rgba(0, 0, 0, 0)",
                boxmean=True, hovertemplate="S = %{x:.2f}<extra></extra>",
            )
        )  # fmt: skip
    figure.update_yaxes(type="category")
    return finish(figure, height=80 + 90 * len(groups), x="Informativeness S", legend=False)


def extremes(questions: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return the `count` highest- and lowest-scoring questions, each once, with the parts of S and what sets them apart, from `tables.questions`."""
    ranked = questions.sort_values("total", ascending=False, kind="stable")
    shown = pd.concat([ranked.head(count), ranked.iloc[count:].tail(count)])
    means = questions[list(PARTS)].mean()
    told = [explained(row, means) for _, row in shown.iterrows()]
    return shown[["text", "total", *PARTS, "topic", "author", "id"]].assign(why=told).reset_index(drop=True)


def explained(row: "pd.Series[float]", means: "pd.Series[float]") -> str:
    """Return which parts of S are farthest from the study's mean, largest first."""
    moves = {NAMES[part]: row[part] - means[part] for part in PARTS if not pd.isna(row[part])}
    told = [f"{name.lower()} {move:+.2f}" for name, move in sorted(moves.items(), key=lambda each: -abs(each[1])) if abs(move) >= 0.005]
    return "Against the mean: " + ", ".join(told[:3]) if told else "Like the mean in every part"


def parts_figure(shown: pd.DataFrame, means: "pd.Series[float]") -> go.Figure:
    """Return each extreme question's parts of S as differences from the study's mean, one symbol per part."""
    marks = (("value_diversity", ACCENT, "circle"), ("opinion_diversity", ORANGE, "square"), ("value_conformity", "#6a63b0", "diamond"))
    figure = go.Figure()
    ids = [inert(each) for each in shown["id"]][::-1]
    for part, color, symbol in (*marks, ("disentanglement", MUTED, "x")):
        x = (shown[part] - means[part]).tolist()[::-1]
        figure.add_trace(
            go.Scatter(
                x=x, y=ids, name=NAMES[part], mode="markers", marker={"color": color, "symbol": symbol, "size": 9},
                hovertemplate="%{y}: %{x:+.2f}<extra>" + NAMES[part] + "</extra>",
            )
        )  # fmt: skip
    figure.add_vline(0, line={"color": FAINT, "width": 1})
    figure.update_yaxes(type="category")
    return finish(figure, height=130 + 26 * len(ids), x="Part of S, against the mean of all questions")


def between(first: Efficiency, second: Efficiency, names: tuple[str, str]) -> dict[str, np.ndarray]:
    """Return the scores of two studies' topics and questions, ready for `spread_figure`."""
    return {
        f"{names[0]}: topics": first.topics,
        f"{names[0]}: questions": first.questions,
        f"{names[1]}: topics": second.topics,
        f"{names[1]}: questions": second.questions,
    }
