"""How scores rise with the number of pulls, against the general topics they started from (the shape of AdAEM Fig. 7).

`tables.course → figure`.
"""

import pandas as pd
import plotly.graph_objects as go

from adaem_core.visualize.style import ACCENT, MUTED, finish, label


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
