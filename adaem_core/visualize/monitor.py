"""How a run comes along: scores by pull against the topics they grew from (the shape of AdAEM Fig. 7), and how promising each topic looks.

An arm's bar is its mean score so far, its mark the upper confidence bound now (Algorithm 2, selection). `tables.course, tables.arms → figures`.
"""

import pandas as pd
import plotly.graph_objects as go

from adaem_core.visualize.style import ACCENT, MUTED, finish, label

SHOWN = 15  # rows that fit a phone without scrolling inside the chart


def course_figure(course: pd.DataFrame) -> go.Figure:
    """Return mean S of each pull's questions, the best question so far, and S of each pull's general topic."""
    told = [
        f"Pull {number} · {label(id)}<br>{label(topic)}"
        for number, id, topic in zip(course["number"], course["topic_id"], course["topic"], strict=True)
    ]
    figure = go.Figure()
    dash = {"symbol": "line-ew-open", "size": 9, "color": MUTED}
    figure.add_trace(points(course, "topic_total", "Topic itself", told, mode="markers", marker=dash))
    figure.add_trace(
        points(course, "score", "Mean of the pull", told, mode="markers", marker={"size": 8, "color": ACCENT, "opacity": 0.75})
    )
    line = {"color": ACCENT, "width": 2, "shape": "hv"}
    figure.add_trace(points(course, "best", "Best so far", told, mode="lines", line=line))
    figure.update_xaxes(rangemode="tozero", tickformat="d")
    return finish(figure, height=340, x="Pull", y="Informativeness S")


def points(course: pd.DataFrame, column: str, name: str, told: list[str], **drawn: object) -> go.Scatter:
    """Return one trace over the pulls."""
    hover = "%{text}<br>" + name + ": %{y:.2f}<extra></extra>"
    return go.Scatter(x=course["number"].tolist(), y=course[column].tolist(), text=told, name=name, hovertemplate=hover, **drawn)


def arms_figure(arms: pd.DataFrame) -> go.Figure:
    """Return a dot per topic (mean S of its questions) with a line to its upper confidence bound; the best topics on top."""
    shown = arms.head(SHOWN).iloc[::-1]
    told = [hover(*each) for each in zip(shown["id"], shown["pulls"], shown["text"], strict=True)]
    figure = go.Figure()
    figure.add_trace(reach(shown))
    figure.add_trace(marks(shown, "topic_total", "Topic itself", told, {"symbol": "line-ns-open", "size": 12, "color": MUTED}))
    figure.add_trace(marks(shown, "bound", "Upper bound now", told, {"symbol": "diamond-open", "size": 9, "color": ACCENT}))
    figure.add_trace(marks(shown, "score", "Mean S", told, {"symbol": "circle", "size": 11, "color": ACCENT}))
    figure.update_yaxes(type="category")
    return finish(figure, height=130 + 30 * len(shown), x="Informativeness S")


def marks(shown: pd.DataFrame, column: str, name: str, told: list[str], marker: dict[str, object]) -> go.Scatter:
    """Return the marks of one column, one per topic."""
    template = "%{text}<br>" + name + ": %{x:.2f}<extra></extra>"
    return go.Scatter(
        x=shown[column].tolist(),
        y=[label(each) for each in shown["id"]],
        text=told,
        name=name,
        mode="markers",
        marker=marker,
        hovertemplate=template,
    )


def hover(id: str, pulls: int, text: str) -> str:
    """Return what a topic's marks say when pointed at."""
    return f"<b>{label(id)}</b> · {pulls} pull{'s' if pulls != 1 else ''}<br>{label(text)}"


def reach(shown: pd.DataFrame) -> go.Scatter:
    """Return thin lines from each mean to its bound."""
    x = [end for low, high in zip(shown["score"], shown["bound"], strict=True) for end in (low, high, None)]
    y = [end for id in shown["id"] for end in (label(id), label(id), None)]
    return go.Scatter(x=x, y=y, mode="lines", line={"color": ACCENT, "width": 1}, hoverinfo="skip", showlegend=False)
