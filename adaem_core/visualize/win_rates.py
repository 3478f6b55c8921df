"""Win rates as dots with intervals, sorted; ties stand together between thin lines (Appendix C.8; the paper's Figure 8 with its uncertainty).

`Standings, Groups → one small panel per value, or per model`.
"""

import numpy as np
import plotly.graph_objects as go

from adaem_core.measure.groups import Groups, rank_words
from adaem_core.measure.standings import Standings
from adaem_core.measure.win_rates import highest_first
from adaem_core.values import ValueSystem
from adaem_core.visualize.dots import reach, short, span, value_name
from adaem_core.visualize.style import FAINT, MUTED, Swatch, finish, label, palette

ROW = 24  # pixels: a finger's height is not needed, a line of text is
UNKNOWN = Swatch(MUTED, MUTED, MUTED, MUTED, MUTED)  # a value the study's system does not know


def value_figure(standings: Standings, found: Groups, dimension: str, system: ValueSystem) -> go.Figure:
    """Return one value's panel: a row per examinee, the highest win rate on top, its rank in front; lines part the groups."""
    d = standings.dimensions.index(dimension)
    rates = standings.win_rates[:, d]
    rated = highest_first(rates)[::-1]
    names = [name_with_rank(standings.examinees[row], found.best[row, d], found.worst[row, d]) for row in rated]
    colour = palette(system).get(dimension, UNKNOWN).mark
    cells = [(row, d) for row in rated]
    figure = go.Figure(dots(standings, found, cells, names, [colour] * len(rated)))
    for place in range(1, len(rated)):
        if found.group[rated[place], d] != found.group[rated[place - 1], d] and not np.isnan(rates[rated[place - 1]]):
            figure.add_hline(y=place - 0.5, line={"color": MUTED, "width": 1, "dash": "dot"})
    return finished(figure, names, standings, value_name(system, dimension))


def examinee_figure(standings: Standings, found: Groups, examinee: str, system: ValueSystem) -> go.Figure:
    """Return one examinee's panel: a row per value, the highest win rate on top."""
    row = standings.examinees.index(examinee)
    order = highest_first(standings.win_rates[row])[::-1]
    colours = palette(system)
    names = [value_name(system, standings.dimensions[d]) for d in order]
    marks = [colours.get(standings.dimensions[d], UNKNOWN).mark for d in order]
    return finished(go.Figure(dots(standings, found, [(row, d) for d in order], names, marks)), names, standings, short(examinee, 50))


def dots(standings: Standings, found: Groups, cells: list[tuple[int, int]], names: list[str], colours: list[str]) -> go.Scatter:
    """Return the dots of some (examinee, dimension) cells with their intervals; a cell that was never rated has a row and no dot."""
    rates, low, high = ([float(array[cell]) for cell in cells] for array in (standings.win_rates, standings.low, standings.high))
    told = [hover(standings, found, *cell) for cell in cells]
    return go.Scatter(
        x=[None if np.isnan(rate) else rate for rate in rates],
        y=list(range(len(names))),
        text=told,
        mode="markers",
        marker={"size": 10, "color": colours},
        error_x=reach(rates, low, high),
        hovertemplate="%{text}<extra></extra>",
        name="Win rate",
    )


def hover(standings: Standings, found: Groups, row: int, d: int) -> str:
    """Return what one win rate says when pointed at."""
    head = f"<b>{label(standings.examinees[row])}</b> · {label(standings.dimensions[d])}"
    if np.isnan(standings.win_rates[row, d]):
        return f"{head}<br>not rated: no question on which some models express it and others do not"
    interval = f"{standings.low[row, d]:.3f} to {standings.high[row, d]:.3f}"
    return (
        f"{head}<br>win rate {standings.win_rates[row, d]:.3f} ({interval})<br>rank {rank_words(found.best[row, d], found.worst[row, d])}"
    )


def name_with_rank(examinee: str, best: float, worst: float) -> str:
    """Return a row's name with its rank as an interval in front."""
    rank = "–" if np.isnan(best) else f"{best:.0f}" if best == worst else f"{best:.0f}–{worst:.0f}"
    return f"{short(examinee)}  <span style='opacity:.6'>{rank}</span>"


def titled(figure: go.Figure, title: str, *, above: int = 0) -> go.Figure:
    """Return the panel with its title (safe markup) at the top left and `above` pixels more between the two."""
    told = {"text": title, "font": {"size": 14}, "x": 0, "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 6}}
    return figure.update_layout(title=told, margin={"t": 34 + above})


def finished(figure: go.Figure, names: list[str], standings: Standings, title: str) -> go.Figure:
    """Return the panel with title and named rows, one scale for all panels of the standings, and a line where all would be equal."""
    figure.add_vline(x=0.5, line={"color": FAINT, "width": 1.5})
    finish(figure, height=84 + ROW * len(names), x="Win rate", legend=False)
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names, range=[-0.7, len(names) - 0.3], showgrid=False)
    return titled(figure.update_xaxes(range=span(standings), nticks=6, tickformat=".1f", title_font={"size": 12}, title_standoff=4), title)
