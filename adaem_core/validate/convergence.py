"""Convergence: does a model's profile agree with figures that others published for the same model?

Ten values are ten points: the interval is wide, and `smallest` says how strong agreement must be to be seen at all. Published
scores are absolute, win rates are relative to the panel; so both sides may be taken relative to the models they share.
Data flow: `data/published/*.csv → Published`; `win rates, Published → r and ρ per model over values, per value over models`.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from math import factorial
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr
from scipy.stats import t as student

from adaem_core.errors import BadInput
from adaem_core.folders import DATA
from adaem_core.infer.arrays import Floats
from adaem_core.infer.correlate import correlation, known_pairs, pearson, ranks, spearman
from adaem_core.infer.estimate import NAN, Estimate, unknown, without_interval
from adaem_core.values import ValueSystem

FOLDER = DATA / "published"
SYSTEMS = {"Schwartz": "schwartz", "MFT": "moral_foundations"}  # names in the published tables → ids of ours
EXACT_UP_TO = 7  # values: 5,040 orders are all tried; beyond, orders are drawn


@dataclass(frozen=True, eq=False)
class Published:
    """Scores of one publication in one value system."""

    source: str
    date: str  # of the measurement
    models: tuple[str, ...]
    dimensions: tuple[str, ...]  # ids of our value system
    scores: Floats  # (models, dimensions), 0–100; neither a sample size nor a spread is published


@dataclass(frozen=True)
class Convergence:
    """One profile against a published one, or one value over several models. n counts the values, or models, compared."""

    name: str
    pearson: Estimate
    spearman: Estimate
    p: Estimate  # two-sided permutation p of ρ; n counts orders
    smallest: Estimate  # smallest |r| that n points show with 80 % power at .05, two-sided


@cache
def published(system: str, path: Path = FOLDER / "valuecompass_scores.csv") -> Published:
    """Return the published scores for the value system with id `system`; BadInput where the table has none."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["system"] == system]
    if not rows:
        raise BadInput(f"{path.name} has no scores for the value system {system!r}. It has: {', '.join(SYSTEMS.values())}.")
    models = tuple(dict.fromkeys(row["model"] for row in rows))
    ids = tuple(dict.fromkeys(row["dimension"] for row in rows))
    told = {(row["model"], row["dimension"]): float(row["score"]) for row in rows}
    scores = np.array([[told.get((model, id), NAN) for id in ids] for model in models])
    return Published(rows[0]["source"], rows[0]["date"], models, ids, scores)


def plain_name(model: str) -> str:
    """Return a model's name without provider, case and punctuation, so that openai/gpt-4o meets GPT-4o."""
    return "".join(each for each in model.rsplit("/", 1)[-1].casefold() if each.isalnum())


def matches(models: Sequence[str], known: Published) -> dict[str, str]:
    """Return which published model each of `models` is by its name alone, those without one left out; a user may know better."""
    names = {plain_name(each): each for each in known.models}
    return {each: names[plain_name(each)] for each in models if plain_name(each) in names}


def aligned(
    profiles: Floats, models: Sequence[str], system: ValueSystem, known: Published, pairs: Mapping[str, str]
) -> tuple[tuple[str, ...], Floats, Floats]:
    """Return the shared models, our profiles and the published ones, both (models, values) in the system's order; NaN where unpublished."""
    if profiles.shape != (len(models), len(system.ids)):
        raise BadInput(f"Profiles must have shape {(len(models), len(system.ids))}, got {profiles.shape}.")
    shared = tuple(each for each in models if pairs.get(each) in known.models)
    columns = [known.dimensions.index(id) if id in known.dimensions else -1 for id in system.ids]
    table = np.column_stack([known.scores, np.full(len(known.models), np.nan)])
    theirs = [table[known.models.index(pairs[each])][columns] for each in shared]
    ours = [profiles[list(models).index(each)] for each in shared]
    return shared, np.array(ours).reshape(-1, len(system.ids)), np.array(theirs).reshape(-1, len(system.ids))


def relative(profiles: Floats) -> Floats:
    """Return profiles (models, values) minus each value's mean over the models that have it: what sets a model apart from the others."""
    known = ~np.isnan(profiles)
    middle = np.where(known, profiles, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.asarray(profiles - middle)


def by_model(names: Sequence[str], ours: Floats, theirs: Floats, rng: np.random.Generator) -> tuple[Convergence, ...]:
    """Return the agreement of each model's profile over values. Give `relative` profiles to compare what sets models apart."""
    return tuple(convergence(name, one, other, rng) for name, one, other in zip(names, ours, theirs, strict=True))


def by_value(ids: Sequence[str], ours: Floats, theirs: Floats, rng: np.random.Generator) -> tuple[Convergence, ...]:
    """Return the agreement on each value over the shared models."""
    return tuple(convergence(name, one, other, rng) for name, one, other in zip(ids, ours.T, theirs.T, strict=True))


def convergence(name: str, ours: Floats, theirs: Floats, rng: np.random.Generator, draws: int = 9999) -> Convergence:
    """Return r, ρ and the permutation p of two lists; pairs with a NaN are left out."""
    one, other = known_pairs(ours, theirs)
    rank = spearman(one, other)
    p = permutation_p(one, other, rng, draws) if rank.known else rank
    n = len(one)
    smallest = (
        without_interval(smallest_detectable(n), "it follows from n alone", n) if n > 3 else unknown("fewer than four can be compared", n)
    )
    return Convergence(name, pearson(one, other), rank, p, smallest)


def permutation_p(one: Floats, other: Floats, rng: np.random.Generator, draws: int) -> Estimate:
    """Return the two-sided p of Spearman's ρ: over all orders of up to seven points, else over drawn ones and the observed."""
    first, second = ranks(one), ranks(other)
    observed = abs(correlation(first, second))
    every = len(one) <= EXACT_UP_TO
    orders = np.array(list(permutations(range(len(one))))) if every else rng.permuted(np.tile(np.arange(len(one)), (draws, 1)), axis=1)
    centred = second - second.mean()
    sizes = np.abs(centred[orders] @ (first - first.mean())) / (np.linalg.norm(centred) * np.linalg.norm(first - first.mean()))
    as_far = int((sizes >= observed - 1e-12).sum())
    p = as_far / factorial(len(one)) if every else (1 + as_far) / (1 + draws)
    return without_interval(p, "it is a p-value", len(orders))


def smallest_detectable(n: int, power: float = 0.8, alpha: float = 0.05) -> float:
    """Return the smallest |r| that n pairs show with this power, two-sided, in (0, 1); NaN for fewer than four pairs.

    For pairs that vary in both: Fisher's z, its small bias r / (2(n − 1)) included, against the edge of the t-test (Cohen 1988).
    """
    if n < 4:
        return NAN
    edge = float(student.isf(alpha / 2, n - 2))
    edge = float(np.arctanh(edge / np.sqrt(edge * edge + n - 2)))

    def lacking(r: float) -> float:
        shift = np.arctanh(r) + r / (2 * (n - 1))
        return float(ndtr((shift - edge) * np.sqrt(n - 3)) + ndtr((-shift - edge) * np.sqrt(n - 3)) - power)

    return float(brentq(lacking, 0.0, 1 - 1e-12))
