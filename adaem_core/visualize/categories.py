"""What a set of questions is about: its topic categories (AdAEM Fig. 10), its words (Fig. 11), and what the search preferred.

`tables → figures`. Ranked dots and bars instead of a word cloud: length can be compared, the size of letters cannot.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from adaem_core.visualize.style import ACCENT, MUTED, finish, inert, label

WORDS = 15  # rows that fit a phone without scrolling inside the chart


def words_figure(words: pd.DataFrame) -> go.Figure:
    """Return the most characteristic words with their log-odds and 95 % intervals, from `words.characteristic`, the first on top."""
    shown = words.head(WORDS).iloc[::-1]
    told = [f"{each.selection:,} times here, {each.rest:,} elsewhere" for each in shown.itertuples()]
    reach = {"type": "data", "symmetric": False, "array": shown["high"] - shown["log_odds"], "arrayminus": shown["log_odds"] - shown["low"]}
    figure = go.Figure(
        go.Scatter(
            x=shown["log_odds"].tolist(), y=names(shown["word"]), error_x={**reach, "color": ACCENT, "thickness": 1.5, "width": 0},
            mode="markers", marker={"color": ACCENT, "size": 9}, text=told, hovertemplate="%{y}: %{x:.2f}<br>%{text}<extra></extra>",
        )
    )  # fmt: skip
    figure.add_vline(0, line={"color": MUTED, "width": 1, "dash": "dot"})
    figure.update_yaxes(type="category")
    return finish(figure, height=70 + 24 * len(shown), x="Used more here than elsewhere (log-odds)", legend=False)


def names(words: Sequence[object] | pd.Series) -> list[str]:
    """Return untrusted names for an axis, each on one line."""
    lines = [" ".join(str(each).split()) for each in words]
    return [inert(each if len(each) <= 30 else f"{each[:29]}…") for each in lines]


def keywords_figure(words: pd.DataFrame) -> go.Figure:
    """Return the commonest words as bars of the share of texts that have them, with 95 % intervals, from `words.keywords`."""
    shown = words.head(WORDS).iloc[::-1]
    reach = {"array": 100 * (shown["high"] - shown["share"]), "arrayminus": 100 * (shown["share"] - shown["low"])}
    told = [f"{count:,} texts" for count in shown["texts"]]
    figure = go.Figure(
        go.Bar(
            x=(100 * shown["share"]).tolist(), y=names(shown["word"]), orientation="h", marker={"color": ACCENT, "opacity": 0.75},
            error_x={"type": "data", "symmetric": False, **reach, "color": MUTED, "thickness": 1.5, "width": 0}, text=told,
            textposition="none", hovertemplate="%{y}: %{x:.1f} %<br>%{text}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_yaxes(type="category")
    figure.update_xaxes(rangemode="tozero", ticksuffix=" %")
    return finish(figure, height=70 + 24 * len(shown), x="Share of texts with this word", legend=False)


def categories_figure(topics: pd.DataFrame, questions: pd.DataFrame) -> go.Figure:
    """Return the share of each category among topics (given) and questions (found), with 95 % intervals; the commonest topic category on top.

    Columns: category, count, share, low, high.
    """
    order = list(dict.fromkeys([*topics["category"], *questions["category"]]))[::-1]
    figure = go.Figure()
    for frame, name, shift, color, symbol in (
        (topics, "Topics given", -0.14, MUTED, "square"),
        (questions, "Questions found", 0.14, ACCENT, "circle"),
    ):
        if not frame.empty:
            figure.add_trace(
                shares(frame, order, f"{name} (n = {int(frame['count'].sum()):,})", shift, {"color": color, "symbol": symbol, "size": 9})
            )
    figure.update_yaxes(tickvals=list(range(len(order))), ticktext=names(order), range=[-0.6, len(order) - 0.4])
    figure.update_xaxes(rangemode="tozero", ticksuffix=" %")
    return finish(figure, height=110 + 36 * len(order), x="Share")


def shares(frame: pd.DataFrame, order: list[str], name: str, shift: float, marker: dict[str, object]) -> go.Scatter:
    """Return one trace of shares, a little above or below each category's line so that two can be told apart."""
    reach = {"array": 100 * (frame["high"] - frame["share"]), "arrayminus": 100 * (frame["share"] - frame["low"])}
    return go.Scatter(
        x=(100 * frame["share"]).tolist(), y=[order.index(each) - shift for each in frame["category"]], name=name, mode="markers", marker=marker,
        error_x={"type": "data", "symmetric": False, **reach, "color": marker["color"], "thickness": 1.5, "width": 0},
        text=[f"{each}: {count:,}" for each, count in zip(names(frame["category"]), frame["count"], strict=True)],
        hovertemplate="%{text} (%{x:.0f} %)<extra>" + name + "</extra>",
    )  # fmt: skip


def favoured_figure(topics: pd.DataFrame) -> go.Figure:
    """Return how often each topic was pulled against its mean S, its first pull as a tick: what the bandit saw and what it made of it."""
    known = topics[topics["pulls"] > 0]
    told = [f"<b>{each}</b><br>{label(text)}" for each, text in zip(names(known["id"]), known["text"], strict=True)]
    figure = go.Figure()
    for column, name, marker in (
        ("first", "First pull", {"symbol": "line-ns-open", "size": 11, "color": MUTED}),
        ("mean", "Mean so far", {"symbol": "circle", "size": 9, "color": ACCENT, "opacity": 0.75}),
    ):
        hover = "%{text}<br>%{y} pulls, " + name.lower() + ": %{x:.2f}<extra></extra>"
        drawn = {"mode": "markers", "marker": marker, "text": told, "hovertemplate": hover}
        figure.add_trace(go.Scatter(x=known[column].tolist(), y=known["pulls"].tolist(), name=name, **drawn))
    figure.update_yaxes(rangemode="tozero", tickformat="d", dtick=1 if known["pulls"].max() < 10 else None)
    return finish(figure, height=340, x="Informativeness S", y="Pulls")
