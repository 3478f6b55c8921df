"""What every record must keep: nothing is NaN without a reason."""

from typing import Any

import numpy as np

from adaem_core.infer.change import Change
from adaem_core.infer.estimate import Estimate


def explained(found: Any) -> None:
    """Fail where an estimate or a change hides a NaN, however deep it lies."""
    if isinstance(found, Estimate):
        assert found.why or not np.isnan([found.value, found.low, found.high]).any(), found
        assert not found.why or found.why.startswith(("cannot be computed because ", "its interval cannot be computed because ")), found.why
        assert "nan" not in found.why, found.why
    elif isinstance(found, Change):
        assert found.why or not np.isnan([found.t, found.p, found.permutation_p]).any(), found
    for part in children(found):
        explained(part)


def children(found: Any) -> list[Any]:
    """Return the parts of a record, a mapping or a sequence."""
    if isinstance(found, dict):
        return list(found.values())
    if isinstance(found, list | tuple):
        return list(found)
    return list(vars(found).values()) if hasattr(found, "__dataclass_fields__") else []
