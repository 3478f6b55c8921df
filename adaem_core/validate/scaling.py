"""Values on a plane: does their measured similarity put them on the circle the theory draws (E.4; Schwartz 1992)?

Correlations become distances, √(2(1 − r)); classical scaling lays the values out in two dimensions; Procrustes turns, mirrors and
stretches the layout onto the theoretical circle. Two measures of fit, and one p-value: how often values relabelled at random fit as well.
Data flow: `correlations (values, values) → plane → aligned to the circle → congruence, circular order, permutation p`.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import procrustes

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.correlate import ranks
from adaem_core.infer.estimate import Estimate, unknown, without_interval
from adaem_core.values import ValueSystem

LEAST_VALUES = 4  # three points fit any circle
SINGLE = "it describes one layout; the permutation p-value says whether chance would fit as well"


@dataclass(frozen=True, eq=False)
class Scaling:
    """A layout of the values and how well it fits the theoretical circle. The arrays are empty where there is no fit."""

    dimensions: tuple[str, ...]
    points: Floats  # (values, 2), aligned to the circle; both layouts are centred and of unit size
    circle: Floats  # (values, 2), where the theory puts them, evenly spaced in its order
    explained: Estimate  # share of the squared distances that two dimensions show, in [0, 1]; n counts values
    congruence: Estimate  # Tucker's φ of the aligned layouts, in [0, 1]; its square is 1 − Procrustes' disparity
    order: Estimate  # circular correlation of measured and theoretical order, in [−1, 1]
    p: Estimate  # of the congruence, values relabelled at random; n counts relabellings


def scale(correlations: Floats, system: ValueSystem, rng: np.random.Generator, permutations: int = 999) -> Scaling:
    """Return the fit of correlations (values, values), in the system's order, to its circle. BadInput for another shape.

    Sources: Torgerson (1952) for the layout, Gower (1975) for the alignment, Tucker (1951) for φ, Fisher & Lee (1983) for the order.
    """
    if correlations.shape != (len(system.ids), len(system.ids)):
        raise BadInput(f"One correlation per pair of {len(system.ids)} values is needed, got shape {correlations.shape}.")
    if because := no_fit(correlations, system):
        nothing = unknown(because, len(system.ids))
        return Scaling(system.ids, np.empty((0, 2)), np.empty((0, 2)), nothing, nothing, nothing, nothing)
    plane, explained = classical(np.sqrt(np.maximum(2 * (1 - correlations), 0.0)))
    if np.linalg.norm(plane - plane.mean(axis=0)) < 1e-9:
        nothing = unknown("all values go together perfectly, so they lie on one point", len(plane))
        return Scaling(system.ids, np.empty((0, 2)), np.empty((0, 2)), nothing, nothing, nothing, nothing)
    target, points, disparity = procrustes(circle(len(plane)), plane)
    order = circular_correlation(circular_ranks(np.arctan2(points[:, 1], points[:, 0])), circular_ranks(angles(len(plane))))
    found = [without_interval(each, SINGLE, len(plane)) for each in (explained, float(np.sqrt(max(1 - disparity, 0.0))), order)]
    p = relabelled(target, plane, float(found[1].value), rng, permutations)
    return Scaling(system.ids, points, target, found[0], found[1], found[2], p)


def no_fit(correlations: Floats, system: ValueSystem) -> str:
    """Return why there is nothing to fit; empty when there is."""
    if not system.circular:
        return f"{system.name} does not arrange its values in a circle"
    if len(system.ids) < LEAST_VALUES:
        return f"{len(system.ids)} values are too few: at least {LEAST_VALUES} are needed"
    known = ~np.isnan(correlations)
    missing = [id for id, row in zip(system.ids, known, strict=True) if row.sum() < known.sum(axis=1).max()]
    if not known.all():
        return f"some correlations are not known ({', '.join(missing or system.ids)}): too few models, or a value that does not vary"
    return ""


def classical(distances: Floats) -> tuple[Floats, float]:
    """Return points (n, 2) whose distances come closest, and the share of what can be shown that two dimensions show (Torgerson 1952)."""
    n = len(distances)
    centre = np.eye(n) - 1 / n
    roots, vectors = np.linalg.eigh(-0.5 * centre @ np.square(distances) @ centre)
    largest = np.maximum(roots[::-1][:2], 0.0)
    total = np.maximum(roots, 0.0).sum()
    return vectors[:, ::-1][:, :2] * np.sqrt(largest), float(largest.sum() / total) if total > 0 else 0.0


def angles(count: int) -> Floats:
    """Return the theory's angles in radians, evenly spaced: it orders the values and does not say how far apart they are."""
    return np.asarray(2 * np.pi * np.arange(count) / count, dtype=np.float64)


def circle(count: int) -> Floats:
    """Return the theory's points on the unit circle, shape (values, 2)."""
    return np.column_stack([np.cos(angles(count)), np.sin(angles(count))])


def circular_ranks(angle: Floats) -> Floats:
    """Return angles replaced by evenly spaced ones in the same order round the circle, ties sharing the middle."""
    return np.asarray(2 * np.pi * (ranks(np.mod(angle, 2 * np.pi)) - 1) / len(angle), dtype=np.float64)


def circular_correlation(first: Floats, second: Floats) -> float:
    """Return ρ_T of two lists of angles, in [−1, 1], whatever their zero direction; NaN where one does not vary.

    Σ sin(a_i − a_j) sin(b_i − b_j) / √(Σ sin² Σ sin²) over pairs. Source: Fisher & Lee (1983).
    """
    pairs = np.triu_indices(len(first), k=1)
    one, other = (np.sin(np.subtract.outer(each, each))[pairs] for each in (first, second))
    below = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / below if below > 0 else float("nan")


def relabelled(target: Floats, plane: Floats, observed: float, rng: np.random.Generator, permutations: int) -> Estimate:
    """Return the share of random relabellings that fit at least as well, the observed one counted among them.

    No fit is repeated: the best alignment of two centred unit layouts A, B has congruence equal to the sum of the singular values
    of AᵀB, which for two dimensions is √(‖AᵀB‖² + 2|det AᵀB|).
    """
    unit = plane - plane.mean(axis=0)
    unit /= np.linalg.norm(unit)
    orders = rng.permuted(np.tile(np.arange(len(plane)), (permutations, 1)), axis=1)
    products = np.einsum("va,pvb->pab", target, unit[orders])
    fits = np.sqrt(np.square(products).sum(axis=(1, 2)) + 2 * np.abs(np.linalg.det(products)))
    as_good = int((fits >= observed - 1e-12).sum())
    return without_interval((1 + as_good) / (1 + permutations), "it is a p-value", permutations)
