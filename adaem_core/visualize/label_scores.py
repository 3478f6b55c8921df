"""How well a machine's labels match people's: F1 per value as dots with intervals, scores, confusion and disagreements as tables.

`AllScores | references → figure, DataFrame`. What cannot be computed has a row and no dot.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from adaem_core.infer.estimate import Estimate
from adaem_core.validate.scores import ALL, AllScores, Scores
from adaem_core.values import ValueSystem
from adaem_core.visualize.dots import reach, value_name
from adaem_core.visualize.style import ACCENT, finish, label, palette
from adaem_core.visualize.win_rates import ROW, UNKNOWN

if TYPE_CHECKING:
    from adaem_core.validate.recogniser import Reference

MEASURES = ("accuracy", "precision", "recall", "f1", "kappa")
SAYS = {1.0: "expressed", 0.0: "not expressed"}


def scores_figure(found: AllScores, system: ValueSystem) -> go.Figure:
    """Return F1 per value with intervals, the system's order from the top, the plain mean of the values at the bottom."""
    colours = palette(system)
    names = ["<b>Mean of the values</b>", *(value_name(system, each.name) for each in reversed(found.values))]
    marks = [ACCENT, *(colours.get(each.name, UNKNOWN).mark for each in reversed(found.values))]
    return intervals([found.macro_f1, *(each.f1 for each in reversed(found.values))], names, marks, "F1 (0 none, 1 perfect)", (0, 1))


def intervals(found: list[Estimate], names: list[str], marks: list[str], title: str, scale: tuple[float, float]) -> go.Figure:
    """Return one dot with its interval per row, from the bottom; names are safe markup."""
    values, low, high = ([getattr(each, end) for each in found] for end in ("value", "low", "high"))
    dots = go.Scatter(
        x=[None if np.isnan(value) else value for value in values],
        y=list(range(len(names))),
        text=[f"{name}<br>{hover(each)}" for name, each in zip(names, found, strict=True)],
        mode="markers",
        marker={"size": 10, "color": marks},
        error_x=reach(values, low, high),
        hovertemplate="%{text}<extra></extra>",
        name=title,
    )
    figure = finish(go.Figure(dots), height=84 + ROW * len(names), x=title, legend=False)
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names, range=[-0.7, len(names) - 0.3], showgrid=False)
    margin = 0.02 * (scale[1] - scale[0])
    return figure.update_xaxes(range=[scale[0] - margin, scale[1] + margin])


def hover(found: Estimate) -> str:
    """Return what a dot says when pointed at."""
    if not found.known:
        return label(found.why)
    return f"{found.value:.2f}" + (f" ({found.low:.2f} to {found.high:.2f})" if not np.isnan(found.low) else "") + f", n = {found.n:,}"


def scores_table(found: AllScores, system: ValueSystem) -> pd.DataFrame:
    """Return a row per value and one for all: counts of the 2 × 2 table, every measure with its interval, and why one is missing."""
    return pd.DataFrame([scores_row(each, system) for each in (*found.values, found.all)])


def scores_row(each: Scores, system: ValueSystem) -> dict[str, object]:
    """Return one row of the table."""
    row: dict[str, object] = {"value": "All values" if each.name == ALL else system.name_of(each.name), "n": each.n}
    row |= {"both": each.both, "only_machine": each.only_machine, "only_reference": each.only_reference, "neither": each.neither}
    for name in MEASURES:
        estimate: Estimate = getattr(each, name)
        row |= {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
    return row | {"note": "; ".join(sorted({f"{name} {getattr(each, name).why}" for name in MEASURES if getattr(each, name).why}))}


def disagreements(reference: "Reference", machine: "Reference", system: ValueSystem) -> pd.DataFrame:
    """Return a row per text and value on which the two, of one shape, differ: text, value, both labels."""
    places = np.argwhere((reference.labels != machine.labels) & ~np.isnan(reference.labels) & ~np.isnan(machine.labels))
    rows = [
        {
            "text": reference.texts[item],
            "value": system.name_of(reference.dimensions[d]),
            "reference": SAYS[float(reference.labels[item, d])],
            "machine": SAYS[float(machine.labels[item, d])],
        }
        for item, d in places.tolist()
    ]
    return pd.DataFrame(rows, columns=["text", "value", "reference", "machine"])
