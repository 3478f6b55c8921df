"""Is the black-box score a fair stand-in for the exact one (I.2)? Both forms on the same questions, part by part.

The two forms are in different units (counts of values against log-probabilities), so agreement in rank and shape is what can be
asked for; where units agree, bias and limits of agreement say how far one form is from the other (Bland & Altman 1986). The paper
compares the *models' profiles* from two benchmarks instead: for that, see `panels.robustness`.
Data flow: `black-box Score, exact Score per question → pairs of parts → r, ρ, α, bias and limits`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, zscore
from scipy.stats import t as student

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.correlate import known_pairs, pearson, spearman
from adaem_core.infer.estimate import Estimate, constant, mean, unknown, without_interval
from adaem_core.records import Score
from adaem_core.validate.reliability import cronbach_alpha

PARTS = ("total", "value_diversity", "opinion_diversity", "value_conformity", "disentanglement")
PAPER = {"pearson": 0.8560, "alpha": 0.8978}  # as printed in I.2, for models' profiles


@dataclass(frozen=True)
class Part:
    """One part of the score in both forms; n counts questions that have it in both."""

    name: str
    pearson: Estimate
    spearman: Estimate
    alpha: Estimate  # Cronbach's α of the two forms, each standardised: their units differ
    alpha_raw: Estimate  # of the forms as they are: low where units differ, however well they agree in order
    bias: Estimate  # mean of exact − black-box, unit of the part
    lower: Estimate  # limits of agreement: 95 % of questions differ by between lower and upper, if differences are normal
    upper: Estimate
    standardised_apart: Estimate  # mean absolute difference of z-scores: 0 is the same picture, 1.13 is chance


def compare_forms(black_box: Sequence[Score], exact: Sequence[Score]) -> tuple[Part, ...]:
    """Return the agreement of both forms, the total first, then each part; BadInput when the lists are not of one length or mixed up."""
    if len(black_box) != len(exact):
        raise BadInput(f"Both forms must score the same questions, got {len(black_box)} and {len(exact)} scores.")
    for scores, form in ((black_box, "black_box"), (exact, "exact")):
        if strange := sorted({each.form for each in scores} - {form}):
            raise BadInput(f"These scores must be of the form {form}, got {', '.join(strange)}.")
    columns = [[np.array([getattr(each, name) for each in scores], dtype=np.float64) for scores in (black_box, exact)] for name in PARTS]
    return tuple(part(name, *each) for name, each in zip(PARTS, columns, strict=True))


def part(name: str, black_box: Floats, exact: Floats) -> Part:
    """Return the agreement of one part, (questions,) in both forms; NaN leaves a question out."""
    one, other = known_pairs(black_box, exact)
    bias = mean(other - one, because="no question has this part in both forms")
    lower, upper = limits(other - one)
    raw = cronbach_alpha(np.column_stack([one, other]))
    if len(one) < 2 or constant(one) or constant(other):
        nothing = unknown(
            "one of the two forms is the same on every question" if len(one) > 1 else "fewer than two questions have both", len(one)
        )
        return Part(name, pearson(one, other), spearman(one, other), nothing, raw, bias, lower, upper, nothing)
    z = [zscore(each, ddof=1) for each in (one, other)]
    return Part(
        name,
        pearson(one, other),
        spearman(one, other),
        cronbach_alpha(np.column_stack(z)),
        raw,
        bias,
        lower,
        upper,
        mean(np.abs(z[0] - z[1])),
    )


def limits(gaps: Floats) -> tuple[Estimate, Estimate]:
    """Return mean ± 1.96 standard deviations of differences, each with its interval; n counts differences.

    Standard error of a limit: s √(1/n + 1.96² / (2(n − 1))). Source: Bland & Altman (1999).
    """
    n = len(gaps)
    if n < 2:
        nothing = unknown("fewer than two questions have this part in both forms", n)
        return nothing, nothing
    middle, spread, z = float(gaps.mean()), float(gaps.std(ddof=1)), float(norm.ppf(0.975))
    ends = middle - z * spread, middle + z * spread
    if constant(gaps):
        return without_interval(ends[0], "all differences are equal", n), without_interval(ends[1], "all differences are equal", n)
    half = float(student.ppf(0.975, n - 1)) * spread * float(np.sqrt(1 / n + z * z / (2 * (n - 1))))
    return Estimate(ends[0], ends[0] - half, ends[0] + half, n), Estimate(ends[1], ends[1] - half, ends[1] + half, n)


def most_different(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the names of the parts, the total left out, from the one on which both forms disagree most; parts without a ρ come last."""
    known = [each for each in parts if each.name != "total"]
    return tuple(each.name for each in sorted(known, key=lambda each: each.spearman.value if each.spearman.known else 2.0))
