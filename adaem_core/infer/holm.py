"""Many tests at once: p-values adjusted so that all verdicts of a family hold together.

Data flow: `p of each test → adjusted p`.
"""

import numpy as np

from adaem_core.infer.arrays import Floats


def holm(p: Floats) -> Floats:
    """Return p-values (tests,) adjusted so that all verdicts of the family hold together (Holm 1979); NaN is no test."""
    result = p.copy()
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    result[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return result
