"""What figures of dots with intervals share: how far an interval reaches, which part of the scale is shown, how names are written.

Data flow: `Standings, names → parts of a plotly figure`.
"""

import numpy as np

from adaem_core.measure.standings import Standings
from adaem_core.values import ValueSystem
from adaem_core.visualize.style import MUTED, inert, label


def reach(values: list[float], low: list[float], high: list[float]) -> dict[str, object]:
    """Return the intervals as plotly wants them: as distances from the dots."""
    plus = [None if np.isnan(end) else end - value for value, end in zip(values, high, strict=True)]
    minus = [None if np.isnan(end) else value - end for value, end in zip(values, low, strict=True)]
    return {"type": "data", "symmetric": False, "array": plus, "arrayminus": minus, "thickness": 1.5, "width": 4, "color": MUTED}


def value_name(system: ValueSystem, dimension: str) -> str:
    """Return a value's full name with its code."""
    name = next((each.name for each in system.dimensions if each.id == dimension), dimension)
    return label(name) if name == dimension else f"{label(name)}  <span style='opacity:.6'>{label(dimension)}</span>"


def short(name: str, width: int = 22) -> str:
    """Return an untrusted name for an axis, cut to one line."""
    told = " ".join(name.split())
    return inert(told if len(told) <= width else told[: width - 1] + "…")


def span(standings: Standings) -> list[float]:
    """Return the shown part of the scale, the same for all panels: all intervals and 0.5 lie inside, in steps of 0.1."""
    known = [each for each in (*standings.low.ravel().tolist(), *standings.high.ravel().tolist(), 0.4, 0.6) if not np.isnan(each)]
    return [max(np.floor(min(known) * 10) / 10, 0.0) - 0.02, min(np.ceil(max(known) * 10) / 10, 1.0) + 0.02]
