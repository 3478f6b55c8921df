"""Estimates as a table: value, interval, n, and what it says where there is no number. `name → Estimate` → DataFrame."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from adaem_core.validate.estimate import Estimate


def estimate_table(named: Mapping[str, Estimate], first: str = "statistic") -> pd.DataFrame:
    """Return one row per estimate with columns `first`, value, low, high, n, note; an unknown number is None and the note says why."""
    rows = [
        {first: name, "value": known(each.value), "low": known(each.low), "high": known(each.high), "n": each.n, "note": each.why}
        for name, each in named.items()
    ]
    return pd.DataFrame(rows, columns=[first, "value", "low", "high", "n", "note"]).astype(
        {"value": "Float64", "low": "Float64", "high": "Float64"}
    )


def known(number: float) -> float | None:
    """Return a number, None for NaN."""
    return None if np.isnan(number) else float(number)
