"""How many questions are enough? Subsets of growing size against the others, and halves against halves (Appendix K.2, Figure 21).

Figure 21 holds a subset against the whole benchmark, which contains it and therefore agrees too well; the default here is the
rest of the questions. Repeated draws give a band instead of one lucky or unlucky subset.
Data flow: `labels, sizes → repeated subsets and their counterparts → profiles → ICC, r, ρ, α per repeat → band per size`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats, Integers
from adaem_core.infer.correlate import correlation
from adaem_core.infer.estimate import Estimate, band, unknown
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.validate.reliability import Consistency, Profiles, consistency, relative_share_profiles, split

SIZES = (50, 100, 200, 500, 1000)
COUNTERPARTS = {
    "rest": "all other questions",
    "disjoint": "another subset of the same size, without a question in common",
    "full": "all questions, the subset included (as in Figure 21)",
}
STATISTICS = ("icc_agreement", "icc_consistency", "pearson", "spearman", "alpha")  # fields of Consistency


@dataclass(frozen=True)
class SubsetSize:
    """Agreement at one subset size: per statistic the median over repeats and the range of 95 % of them; n counts repeats."""

    size: int
    bands: dict[str, Estimate]  # keys: STATISTICS


@dataclass(frozen=True)
class Halves:
    """Split-half reliability: of a half, and stepped up to the whole length. Median and band over random splits; n counts splits."""

    half: Estimate  # Pearson's r between halves
    whole: Estimate  # Spearman & Brown: 2r / (1 + r)
    by_dimension: dict[str, Estimate]  # stepped up, over the examinees of one dimension


def subset_consistency(
    labels: ValueLabels,
    rng: np.random.Generator,
    sizes: Sequence[int] = SIZES,
    repeats: int = 20,
    against: str = "rest",
    profiles: Profiles = relative_share_profiles,
) -> tuple[SubsetSize, ...]:
    """Return how well subsets of each size agree with their counterparts (COUNTERPARTS), cells being examinee × dimension."""
    if against not in COUNTERPARTS:
        raise BadInput(f"A subset is held against one of {', '.join(COUNTERPARTS)}, got {against!r}.")
    return tuple(of_size(labels, size, repeats, against, profiles, rng) for size in sizes)


def of_size(labels: ValueLabels, size: int, repeats: int, against: str, profiles: Profiles, rng: np.random.Generator) -> SubsetSize:
    """Return the bands of one size, or why there are none."""
    questions = len(labels.questions)
    needed = {"rest": size + 1, "disjoint": 2 * size, "full": size}[against]
    if size < 1 or questions < needed:
        because = f"a subset of {size:,} held against {COUNTERPARTS[against]} needs {needed:,} questions, and there are {questions:,}"
        return SubsetSize(size, dict.fromkeys(STATISTICS, unknown(because)))
    drawn = [sides(rng.permutation(questions), size, against) for _ in range(repeats)]
    found = [profiles(labels, side) for side in zip(*drawn, strict=True)]
    return SubsetSize(size, bands([consistency(np.stack(pair)) for pair in zip(*found, strict=True)]))


def sides(order: Integers, size: int, against: str) -> tuple[Integers, Integers]:
    """Return the first `size` questions of an order and what they are held against."""
    return order[:size], {"rest": order[size:], "disjoint": order[size : 2 * size], "full": order}[against]


def bands(found: Sequence[Consistency]) -> dict[str, Estimate]:
    """Return per statistic the band over repeats; where no repeat gives a value, the reason the first one gave."""
    return {name: over_repeats([getattr(each, name) for each in found]) for name in STATISTICS}


def over_repeats(found: Sequence[Estimate]) -> Estimate:
    """Return the band of one statistic."""
    if not any(each.known for each in found):
        return found[0] if found else unknown("no subset was drawn")
    return band(np.array([each.value for each in found]))


def split_half(labels: ValueLabels, rng: np.random.Generator, splits: int = 100, profiles: Profiles = relative_share_profiles) -> Halves:
    """Return how well random halves of the questions agree. Sources: Spearman (1910), Brown (1910)."""
    drawn = [split(len(labels.questions), 2, rng) for _ in range(splits)]
    one, other = (profiles(labels, side) for side in zip(*drawn, strict=True))
    half = np.array([known_correlation(a, b) for a, b in zip(one, other, strict=True)])
    columns = {
        id: np.array([known_correlation(a, b) for a, b in zip(one[:, :, d], other[:, :, d], strict=True)])
        for d, id in enumerate(labels.dimensions)
    }
    whole = stepped_up(half)
    return Halves(over_splits(half), over_splits(whole), {id: over_splits(stepped_up(column)) for id, column in columns.items()})


def stepped_up(half: Floats) -> Floats:
    """Return the reliability of twice the questions, at most 1; NaN for r = −1. It rises with r, so medians and bands carry over."""
    known = half > -1 + 1e-12
    return np.where(known, 2 * half / np.where(known, 1 + half, 1.0), np.nan)


def known_correlation(one: Floats, other: Floats) -> float:
    """Return r over the cells known in both halves; NaN for fewer than three, or where one half does not vary."""
    known = ~(np.isnan(one) | np.isnan(other))
    return correlation(one[known], other[known]) if known.sum() > 2 else float("nan")


def over_splits(draws: Floats) -> Estimate:
    """Return the band over splits, or why there is none."""
    because = "fewer than three cells are known in both halves, or all are equal"
    return band(draws, because=because)
