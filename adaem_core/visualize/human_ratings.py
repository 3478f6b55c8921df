"""People's ratings of questions (Appendix C.10, Table 9): means of baseline and generated questions with intervals.

`Aspect per line of Table 9 → figure, DataFrame`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from adaem_core.validate.human_ratings import BASELINE, GENERATED, Aspect
from adaem_core.visualize.dots import reach
from adaem_core.visualize.label_scores import hover
from adaem_core.visualize.style import ACCENT, MUTED, finish, inert

APART = 0.14  # between the two dots of an aspect, in rows
SIDES = ((BASELINE, MUTED, "diamond", APART), (GENERATED, ACCENT, "circle", -APART))


def ratings_figure(found: Sequence[Aspect]) -> go.Figure:
    """Return one row per aspect, the first on top, with the mean of either set of questions and its interval, on the scale 1 to 3."""
    figure = go.Figure([side(found, *each) for each in SIDES])
    finish(figure, height=96 + 56 * len(found), x="Mean rating (1 hardly, 3 clearly)")
    names = [inert(each.name.capitalize()) for each in reversed(found)]
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names, range=[-0.6, len(names) - 0.4], showgrid=False)
    return figure.update_xaxes(range=[0.95, 3.05], tickvals=[1, 1.5, 2, 2.5, 3])


def side(found: Sequence[Aspect], source: str, colour: str, symbol: str, apart: float) -> go.Scatter:
    """Return the dots of one set of questions."""
    means = [getattr(each, source) for each in reversed(found)]
    values, low, high = ([getattr(each, end) for each in means] for end in ("value", "low", "high"))
    return go.Scatter(
        x=[None if np.isnan(value) else value for value in values],
        y=[row + apart for row in range(len(means))],
        text=[f"{source}: {hover(each)}" for each in means],
        mode="markers",
        marker={"size": 10, "color": colour, "symbol": symbol},
        error_x=reach(values, low, high),
        hovertemplate="%{text}<extra></extra>",
        name=f"{source} questions",
    )


def ratings_table(found: Sequence[Aspect]) -> pd.DataFrame:
    """Return a row per aspect: both means with intervals and n, difference, p, improvement, agreement of the raters, and notes."""
    return pd.DataFrame([row(each) for each in found])


def row(each: Aspect) -> dict[str, object]:
    """Return one line of Table 9."""
    told: dict[str, object] = {"aspect": each.name}
    for name in (BASELINE, GENERATED, "difference"):
        estimate = getattr(each, name)
        told |= {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high, f"{name}_n": estimate.n}
    told |= {"p": each.p, "improvement": each.improvement, "agreement": each.agreement.value, "agreement_measure": each.measure}
    reasons = [f"{name} {getattr(each, name).why}" for name in (BASELINE, GENERATED, "difference", "agreement") if getattr(each, name).why]
    return told | {"note": "; ".join(reasons)}
