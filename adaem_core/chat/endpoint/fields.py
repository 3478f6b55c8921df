"""Take what can be taken from what an endpoint sends, whatever it really is: nothing here raises.

Data flow: `any value → mapping | number | None`.
"""

import math
from typing import Any


def mapping(value: Any) -> dict[str, Any]:
    """Return a mapping, or a record's fields, as a dictionary; empty for anything else."""
    if isinstance(value, dict):
        return value
    return dict(vars(value)) if hasattr(value, "__dict__") and not isinstance(value, type) else {}


def number(value: Any, *, negative: bool = False) -> float | None:
    """Return a finite number, also one written as a text; None for anything else and, unless allowed, below 0."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) and (negative or found >= 0) else None
