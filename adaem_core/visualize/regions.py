"""Countries and regions of the world beside author models: heatmap, shares of regions, and who names what more often (AdAEM Fig. 5, 12, 15).

`Counts, Lean → figures and tables`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from adaem_core.landscape.regions import countries
from adaem_core.landscape.representation import Counts, Lean, Share, shares
from adaem_core.visualize.categories import names
from adaem_core.visualize.categories import shares as dots
from adaem_core.visualize.style import ACCENT, MUTED, finish, inert
from adaem_core.visualize.world import SHADES

ROWS = 20  # countries of the heatmap: more need scrolling inside the chart
COLUMNS = 12  # author models of the heatmap, those with the most questions


def named(place: str) -> str:
    """Return the name of a country by its code; regions of the world are their own names."""
    return countries()[place].name if place in countries() else place


def heat_figure(counts: Counts) -> go.Figure:
    """Return the share of each author's questions that name each country, in per cent, the most named countries on top."""
    authors = sorted(np.argsort(-counts.questions, kind="stable")[:COLUMNS].tolist())
    rows = list(range(min(ROWS, len(counts.places))))
    percent = [[100 * counts.named[row, column] / counts.questions[column] for column in authors] for row in rows]
    told = [
        [
            f"{inert(named(counts.places[row]))}<br>{counts.named[row, column]:,} of {counts.questions[column]:,} questions"
            for column in authors
        ]
        for row in rows
    ]
    figure = go.Figure(
        go.Heatmap(
            z=np.sqrt(percent).tolist() if rows else [], x=list(range(len(authors))), y=rows, customdata=told, xgap=1, ygap=1, showscale=False,
            text=[[f"{each:.0f}" if each >= 9.95 else f"{each:.1f}" for each in line] for line in percent], texttemplate="%{text}",
            textfont={"size": 11}, colorscale=[list(each) for each in SHADES], zmin=0,
            hovertemplate="%{customdata}<br>%{text} %<extra></extra>",
        )
    )  # fmt: skip
    finish(figure, height=150 + 26 * len(rows), legend=False)
    columns = [each if len(each) <= 16 else f"{each[:15]}…" for each in names([counts.authors[column] for column in authors])]
    figure.update_xaxes(tickvals=list(range(len(authors))), ticktext=columns, showgrid=False, tickangle=-60, side="bottom")
    shown = [each if len(each) <= 18 else f"{each[:17]}…" for each in (named(counts.places[row]) for row in rows)]
    figure.update_yaxes(tickvals=rows, ticktext=shown, showgrid=False, range=[len(rows) - 0.5, -0.5])
    return figure


def regions_figure(counts: Counts, author: str) -> go.Figure:
    """Return the share of questions that name each region of the world, with 95 % intervals: one author beside all the others.

    An author who wrote everything stands alone.
    """
    here = counts.authors.index(author)
    parts = [(counts.named[:, here], int(counts.questions[here]), author, -0.14, {"color": ACCENT, "symbol": "circle", "size": 9})]
    rest = int(counts.questions.sum()) - parts[0][1]
    if rest:
        grey = {"color": MUTED, "symbol": "square", "size": 8}
        parts.append((counts.totals - parts[0][0], rest, "All others", 0.14, grey))
    order = list(counts.places)[::-1]
    figure = go.Figure()
    for held, questions, name, shift, marker in parts:
        alone = Counts(counts.places, (name,), held[:, None], np.array([questions]))
        rows = [
            {"category": each.place, "count": each.named, "share": each.share, "low": each.low, "high": each.high} for each in shares(alone)
        ]
        figure.add_trace(dots(pd.DataFrame(rows), order, f"{names([name])[0]} (n = {questions:,})", shift, marker))
    figure.update_yaxes(tickvals=list(range(len(order))), ticktext=[wrapped(each) for each in order], range=[-0.6, len(order) - 0.4])
    figure.update_xaxes(rangemode="tozero", ticksuffix=" %")
    return finish(figure, height=120 + 32 * len(order), x="Share of questions")


def wrapped(name: str) -> str:
    """Return the name of a region, a long one on two lines."""
    return name.replace(" and the ", "<br>and the ").replace(" and New", "<br>and New")


def shares_table(found: Sequence[Share]) -> pd.DataFrame:
    """Return a row per country or region and author: questions that name it, share, interval; those that no question names are left out."""
    rows = [(named(each.place), each.author, each.named, each.questions, each.share, each.low, each.high) for each in found if each.named]
    return pd.DataFrame(rows, columns=["place", "author", "named", "questions", "share", "low", "high"])


def leanings_table(found: Sequence[Lean]) -> pd.DataFrame:
    """Return a row per comparison, the surest first; `direction` says whether the author names the place more or less often than the others."""
    rows = [
        (named(each.place), each.author, "more" if each.more else "less", each.named, each.share, each.elsewhere, each.ratio, each.q)
        for each in found
    ]
    return pd.DataFrame(rows, columns=["place", "author", "direction", "named", "share", "elsewhere", "ratio", "q"])
