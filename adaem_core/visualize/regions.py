"""Countries and regions of the world beside author models: heatmap, shares of regions, and who names what more often (AdAEM Fig. 5, 12, 15).

`Counts, Lean → figures and tables`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from adaem_core.landscape.regions import countries
from adaem_core.landscape.representation import Counts, Lean, Share, shares
from adaem_core.landscape.shares import of_one
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
    percent = [[100 * counts.named[row, author] / counts.questions[author] for author in authors] for row in rows]
    told = [
        [
            f"{inert(named(counts.places[row]))}<br>{counts.named[row, author]:,} of {counts.questions[author]:,} questions"
            for author in authors
        ]
        for row in rows
    ]
    figure = go.Figure(
        go.Heatmap(
            z=[[float(np.sqrt(each)) or None for each in line] for line in percent], x=list(range(len(authors))), y=rows, customdata=told, xgap=1, ygap=1, showscale=False,
            text=[[in_short(each) for each in line] for line in percent], texttemplate="%{text}",
            textfont={"size": 11}, colorscale=[list(each) for each in SHADES], zmin=0, zmax=float(np.sqrt(max((each for line in percent for each in line), default=1.0))),
            hovertemplate="%{customdata}<br>%{text} %<extra></extra>",
        )
    )  # fmt: skip
    finish(figure, height=150 + 26 * len(rows), legend=False)
    columns = [shortened(each, 16) for each in names([counts.authors[author] for author in authors])]
    figure.update_xaxes(tickvals=list(range(len(authors))), ticktext=columns, showgrid=False, tickangle=-60)
    shown = [shortened(inert(named(counts.places[row])), 18) for row in rows]
    figure.update_yaxes(tickvals=rows, ticktext=shown, showgrid=False, range=[len(rows) - 0.5, -0.5])
    return figure


def in_short(percent: float) -> str:
    """Return a percentage in as few figures as a cell holds; nothing for none."""
    return "" if not percent else f"{percent:.0f}" if percent >= 9.95 else f"{percent:.1f}"


def shortened(name: str, width: int) -> str:
    """Return a name that fits an axis; an entity of `inert` is never cut in two."""
    kept = name if len(name) <= width else f"{name[: width - 1]}…"
    cut = kept.rfind("&")
    return kept if cut < 0 or ";" in kept[cut:] else f"{kept[:cut]}…"


def regions_figure(counts: Counts, author: str) -> go.Figure:
    """Return the share of questions that name each region of the world, with 95 % intervals: one author beside all the others.

    Without an author, or where one wrote everything, it is one series.
    """
    parts = [(shares(of_one(counts, author)), -0.14, {"color": ACCENT, "symbol": "circle", "size": 9})]
    if author and len(counts.authors) > 1:
        parts.append((shares(of_one(counts, author, others=True)), 0.14, {"color": MUTED, "symbol": "square", "size": 8}))
    order = list(counts.places)[::-1]
    figure = go.Figure()
    for found, shift, marker in parts:
        if found:
            rows = [
                {"category": each.place, "count": each.named, "share": each.share, "low": each.low, "high": each.high} for each in found
            ]
            title = f"{names([found[0].author])[0]} (n = {found[0].questions:,})"
            figure.add_trace(dots(pd.DataFrame(rows), order, title, shift, marker))
    figure.update_yaxes(tickvals=list(range(len(order))), ticktext=[wrapped(inert(each)) for each in order], range=[-0.6, len(order) - 0.4])
    figure.update_xaxes(rangemode="tozero", ticksuffix=" %")
    return finish(figure, height=120 + 32 * len(order), x="Share of questions")


def wrapped(name: str) -> str:
    """Return the name of a region (safe markup), a long one on two lines."""
    return name.replace(" and the ", "<br>and the ").replace(" and New", "<br>and New")


def shares_table(found: Sequence[Share]) -> pd.DataFrame:
    """Return a row per country or region that is named, the most named first: questions that name it, share, interval."""
    rows = [(named(each.place), each.named, each.share, each.low, each.high) for each in found if each.named]
    made = pd.DataFrame(rows, columns=["place", "named", "share", "low", "high"])
    return made.sort_values("named", ascending=False, kind="stable", ignore_index=True)


def verdict(lean: Lean) -> str:
    """Return in words how an author's share compares with that of the others."""
    if lean.why:
        return lean.why
    return "may be chance" if not lean.separable else "more often" if lean.more else "less often"


def leanings_table(found: Sequence[Lean]) -> pd.DataFrame:
    """Return a row per author and country, the surest first: more or less often than all other authors, both shares, odds ratio, q."""
    rows = [
        (each.author, named(each.place), verdict(each), each.named, each.share, each.elsewhere, each.ratio, each.low, each.high, each.q)
        for each in found
    ]
    return pd.DataFrame(rows, columns=["author", "place", "verdict", "named", "share", "elsewhere", "ratio", "low", "high", "q"])
