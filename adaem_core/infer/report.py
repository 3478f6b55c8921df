"""Statistics as people report them: t(9) = 3.90, p = .004, d = 1.23, 95 % CI [0.41, 2.05], n = 10 pairs.

What cannot exceed 1 (p, correlations, α, κ) goes without its leading zero; what cannot be computed says why.
Data flow: `Estimate, Change → text`.
"""

import numpy as np

from adaem_core.infer.change import Change
from adaem_core.infer.estimate import Estimate


def number(value: float, digits: int = 2, *, bounded: bool = False) -> str:
    """Return a number for people with a true minus sign; `bounded`: it lies in [−1, 1] by definition and drops its leading zero."""
    text = f"{abs(value):.{digits}f}"
    sign = "−" if value < 0 and float(text) else ""
    return sign + (text[1:] if bounded and text.startswith("0.") else text)


def p_value(p: float) -> str:
    """Return "p = .004", "p < .001" or "p > .999"."""
    if p < 0.001:
        return "p < .001"
    return "p > .999" if p > 0.999 else f"p = {number(p, 3, bounded=True)}"


def interval(estimate: Estimate, digits: int = 2, *, bounded: bool = False) -> str:
    """Return "95 % CI [0.41, 2.05]"; empty where there is no interval."""
    if np.isnan(estimate.low) or np.isnan(estimate.high):
        return ""
    low, high = (number(each, digits, bounded=bounded) for each in (estimate.low, estimate.high))
    return f"{100 * estimate.confidence:g} % CI [{low}, {high}]"


def estimate(symbol: str, found: Estimate, *, digits: int = 2, bounded: bool = False, unit: str = "") -> str:
    """Return "α = .90, 95 % CI [.85, .94], n = 48", or "α cannot be computed because …"; `unit` names what n counts."""
    if not found.known:
        return f"{symbol} {found.why}"
    parts = (f"{symbol} = {number(found.value, digits, bounded=bounded)}", interval(found, digits, bounded=bounded), size(found.n, unit))
    return ", ".join(part for part in parts if part) + (f" ({found.why})" if found.why else "")


def size(n: int, unit: str = "") -> str:
    """Return "n = 12,310 questions"; empty for nothing counted."""
    return f"n = {n:,} {unit}".strip() if n else ""


def change(found: Change, unit: str = "pairs") -> str:
    """Return "t(9) = 3.90, p = .004, d = 1.23, 95 % CI […], n = 10 pairs", or that the t-test cannot be computed, and why."""
    if found.why:
        return f"The t-test {found.why}" + (f"; {permutation(found)}" if found.n else "")
    parts = (
        f"t({found.df:,}) = {number(found.t)}",
        p_value(found.p),
        f"d = {number(found.d.value)}",
        interval(found.d),
        size(found.n, unit),
    )
    return ", ".join(part for part in parts if part)


def permutation(found: Change) -> str:
    """Return "p = .006 by permutation (exact)", with Holm's correction where it was made."""
    if np.isnan(found.permutation_p):
        return f"a permutation test {found.why}"
    text = f"{p_value(found.permutation_p)} by permutation ({'exact' if found.exact else 'Monte Carlo'})"
    return text if np.isnan(found.adjusted_p) else f"{text}, {p_value(found.adjusted_p)} after Holm's correction"


def shift(found: Change, digits: int = 2) -> str:
    """Return "76.46 → 98.62, mean difference 22.16, 95 % CI […]", or why there is none."""
    if not found.n:
        return f"The change {found.why}"
    ends = f"{number(found.before, digits)} → {number(found.after, digits)}"
    text = f"{ends}, mean difference {number(found.difference.value, digits)}"
    return ", ".join(part for part in (text, interval(found.difference, digits)) if part)
