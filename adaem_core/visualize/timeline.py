"""Which times the questions of each author model name, beside what the model can know (AdAEM Fig. 6, 16).

One row per author model, one bubble per year, its area the number of mentions; a bar across the row stands at the model's knowledge cut-off,
and times beyond it have another colour and shape. A decade or a long event stands in its middle. `Dated per question → figure, tables`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from adaem_core.landscape.timeline import Timed, cutoff_at, cutoff_year
from adaem_core.landscape.years import Dated
from adaem_core.visualize.categories import names
from adaem_core.visualize.style import ACCENT, MUTED, finish, inert

ROWS = 12  # author models shown: those with the most questions
BEYOND = "#d9741a"
LARGEST = 26.0  # pixels across of the largest bubble
EXAMPLES = 3  # mentions that the pointer reads at a bubble
Found = Sequence[tuple[Dated, ...]]


def timeline_figure(found: Found, authors: Sequence[str], summaries: Sequence[Timed], since: int = 1900) -> go.Figure:
    """Return the timeline of the mentions of each question; those before the year `since` are not drawn."""
    shown = sorted(sorted(summaries, key=lambda each: -each.questions)[:ROWS], key=summaries.index)
    rows = {each.author: place for place, each in enumerate(reversed(shown))}
    marks = counted(found, authors, rows, {each.author: cutoff_year(each.cutoff) for each in shown}, since)
    figure = go.Figure()
    for beyond, name, color, symbol in ((False, "Named time", ACCENT, "circle"), (True, "Beyond the cut-off", BEYOND, "diamond")):
        part = marks[marks["beyond"] == beyond]
        if len(part):
            figure.add_trace(bubbles(part, name, color, symbol, int(marks["count"].max())))
    figure.add_trace(cutoffs(shown, rows))
    told = [f"{name}<br>{each.share:.0%} of {each.questions:,}" for name, each in zip(names([s.author for s in shown]), shown, strict=True)]
    figure.update_yaxes(tickvals=[rows[each.author] for each in shown], ticktext=told, range=[-0.6, len(rows) - 0.4])
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(tickformat="d", **({"dtick": 1} if len(marks) and np.ptp(marks["year"]) < 8 else {}))
    return finish(figure, height=110 + 52 * len(rows), x="Year")


def counted(found: Found, authors: Sequence[str], rows: Mapping[str, int], until: Mapping[str, int | None], since: int) -> pd.DataFrame:
    """Return one row per author and time: its place, how many mentions, whether it lies beyond what the author knows, and examples."""
    held: dict[tuple[str, float, bool], Counter[str]] = {}
    for mentions, author in zip(found, authors, strict=True):
        for each in mentions if author in rows else ():
            last = until[author]
            if each.middle >= since:
                key = (author, each.middle, last is not None and each.first_year > last)
                held.setdefault(key, Counter())[each.event or each.words] += 1
    marks = [
        (rows[author], year, words.total(), beyond, "<br>".join(f"{inert(word)} ({n:,})" for word, n in words.most_common(EXAMPLES)))
        for (author, year, beyond), words in held.items()
    ]
    return pd.DataFrame(marks, columns=["row", "year", "count", "beyond", "told"])


def bubbles(part: pd.DataFrame, name: str, color: str, symbol: str, most: int) -> go.Scatter:
    """Return one bubble per time, its area proportional to the mentions."""
    return go.Scatter(
        x=part["year"].tolist(),
        y=part["row"].tolist(),
        mode="markers",
        name=f"{name} ({int(part['count'].sum()):,})",
        marker={
            "size": np.maximum(LARGEST * np.sqrt(part["count"] / most), 5.0).tolist(),
            "color": color,
            "symbol": symbol,
            "opacity": 0.65,
            "line": {"width": 0},
        },
        text=part["told"].tolist(),
        customdata=part["count"].tolist(),
        hovertemplate="%{x}: %{customdata:,} mentions<br>%{text}<extra></extra>",
    )


def cutoffs(shown: Sequence[Timed], rows: Mapping[str, int]) -> go.Scatter:
    """Return a bar across the row of each model whose knowledge cut-off is known."""
    # A bubble stands in the middle of its year, so that the year ends half a unit to its right.
    known = [(rows[each.author], at - 0.5, each.cutoff) for each in shown if (at := cutoff_at(each.cutoff)) is not None]
    return go.Scatter(
        x=[value for _, at, _ in known for value in (at, at, None)],
        y=[value for row, _, _ in known for value in (row - 0.4, row + 0.4, None)],
        mode="lines",
        name="Knowledge cut-off",
        line={"color": MUTED, "width": 2},
        text=[f"Knows until {inert(cutoff)}" for _, _, cutoff in known for _ in range(3)],
        hovertemplate="%{text}<extra></extra>",
        showlegend=bool(known),
    )


def summary_table(summaries: Sequence[Timed]) -> pd.DataFrame:
    """Return a row per author model: questions, those with a time, share and interval, middle and latest time, cut-off, questions beyond it."""
    columns = {
        "author": [each.author for each in summaries],
        "questions": [each.questions for each in summaries],
        "dated": [each.dated for each in summaries],
        "share": [each.share for each in summaries],
        "low": [each.low for each in summaries],
        "high": [each.high for each in summaries],
        "middle": [each.middle for each in summaries],
        "latest": pd.array([each.latest for each in summaries], dtype="Int64"),
        "cutoff": [each.cutoff for each in summaries],
        "beyond": pd.array([each.beyond for each in summaries], dtype="Int64"),
    }
    return pd.DataFrame(columns)


def events_table(found: Found, authors: Sequence[str]) -> pd.DataFrame:
    """Return a row per dated event and author model: its years and how many questions name it, the most named event first."""
    pairs = Counter((each, author) for mentions, author in zip(found, authors, strict=True) for each in events_of(mentions))
    total = Counter[tuple[str, int, int]]()
    for (event, _), number in pairs.items():
        total[event] += number
    order = sorted(pairs, key=lambda pair: (-total[pair[0]], pair[0], -pairs[pair], pair[1]))
    rows = [(name, first, last, author, pairs[(name, first, last), author]) for (name, first, last), author in order]
    return pd.DataFrame(rows, columns=["event", "first_year", "last_year", "author", "questions"])


def events_of(mentions: Sequence[Dated]) -> set[tuple[str, int, int]]:
    """Return the events among the mentions of one question, with their years."""
    return {(each.event, each.first_year, each.last_year) for each in mentions if each.event}


def dated_questions(frame: pd.DataFrame, found: Found) -> pd.DataFrame:
    """Return the questions that name a time, with its words and years in front, latest time first."""
    rows = [place for place, mentions in enumerate(found) if mentions]
    times = [max(each.last_year for each in found[place]) for place in rows]
    words = [", ".join(dict.fromkeys(each.words for each in found[place])) for place in rows]
    first = [min(each.first_year for each in found[place]) for place in rows]
    made = frame.iloc[rows].assign(named=words, first_year=first, last_year=times)
    return made.sort_values(["last_year", "first_year"], ascending=False, kind="stable")
