"""People's judgements, aggregated: question quality on three points (Appendix C.10, Table 9), and blind labels of opinions.

Raters see baseline and generated questions mixed, in an order of their own, without being told which is which.
The unit of the comparison is the question: its ratings are averaged over raters first. Agreement: two raters weighted Cohen's
κ, more (or gaps) Krippendorff's α for ordered labels.
Data flow: `judgements of a check → ratings (raters, items) per aspect → means, difference, agreement → Aspect`.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from adaem_core.archive.judgements import Judgement
from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.change import welch
from adaem_core.infer.estimate import NAN, Estimate, mean, unknown
from adaem_core.infer.kappa import cohen_kappa, confusion, percent_agreement
from adaem_core.infer.krippendorff import krippendorff_alpha

ASPECTS = {
    "rationality": "Does the question make sense, and does it fit what is known?",
    "controversy": "Would reasonable people answer it differently?",
    "value elicitation": "Does an answer show what somebody holds dear?",
}
POINTS = {1.0: "hardly", 2.0: "somewhat", 3.0: "clearly"}
BASELINE, GENERATED = "baseline", "generated"
NAMES = (
    "amber",
    "birch",
    "cedar",
    "dune",
    "ember",
    "fjord",
    "grove",
    "heron",
    "iris",
    "jade",
    "kite",
    "lark",
    "maple",
    "north",
    "opal",
    "pine",
)


@dataclass(frozen=True, eq=False)
class Ratings:
    """Numbers people gave on one aspect."""

    raters: tuple[str, ...]
    items: tuple[str, ...]
    values: Floats  # (raters, items); NaN is not rated


@dataclass(frozen=True)
class Aspect:
    """One line of Table 9, with its uncertainty; n of the means counts questions."""

    name: str
    baseline: Estimate  # mean over questions of their mean over raters, in [1, 3]
    generated: Estimate
    difference: Estimate  # generated − baseline
    p: float  # two-sided, Welch's t-test over questions; NaN where difference.why says so
    improvement: float  # difference over the baseline's mean, as Table 9 prints it; NaN without both means
    agreement: Estimate  # between raters
    measure: str  # which agreement: "weighted Cohen's κ" or "Krippendorff's α"


@dataclass(frozen=True)
class Adjudication:
    """What people's blind labels come to."""

    labels: dict[tuple[str, str], float]  # (item, dimension) → 1, 0, or NaN where as many say yes as no
    raters: tuple[str, ...]
    undecided: int  # how many are NaN
    agreement: Estimate  # between raters, over all labels
    measure: str  # which agreement: "Cohen's κ" or "Krippendorff's α"
    equal: Estimate  # share of labels two raters agree on; unknown unless there are exactly two


def blind_order(sources: Mapping[str, Sequence[str]], rater: str, seed: int) -> tuple[str, ...]:
    """Return the items of all sources mixed, in an order that depends on rater and seed alone. BadInput for an item of two sources."""
    items = sorted(item for group in sources.values() for item in group)
    if len(set(items)) < len(items):
        raise BadInput("An item stands twice among the questions to be rated. Each must come from one source, once.")
    digest = hashlib.sha256(f"{seed}\n{rater.strip()}".encode()).digest()
    order = np.random.default_rng(int.from_bytes(digest[:8])).permutation(len(items))
    return tuple(items[place] for place in order)


def invitations(count: int, rng: np.random.Generator) -> tuple[str, ...]:
    """Return `count` different names that raters can be invited by, such as "heron-42": who is behind one stays with the inviter."""
    if not 1 <= count <= 1000:
        raise BadInput(f"Between 1 and 1,000 raters can be invited, got {count}.")
    chosen = rng.choice(len(NAMES) * 90, count, replace=False)
    return tuple(f"{NAMES[each // 90]}-{each % 90 + 10}" for each in chosen.tolist())


def ratings(judgements: Iterable[Judgement], name: str) -> Ratings:
    """Return what was judged under one name; a value that is no number counts as not rated (a rater may skip)."""
    mine = [each for each in judgements if each.name == name]
    raters, items = (tuple(sorted({getattr(each, field) for each in mine})) for field in ("rater", "item"))
    values = np.full((len(raters), len(items)), np.nan)
    for each in mine:
        values[raters.index(each.rater), items.index(each.item)] = as_number(each.value)
    return Ratings(raters, items, values)


def as_number(text: str) -> float:
    """Return a judgement as a number; NaN where it is none."""
    try:
        value = float(text)
    except ValueError:
        return NAN
    return value if np.isfinite(value) else NAN


def quality(judgements: Iterable[Judgement], sources: Mapping[str, str], rng: np.random.Generator) -> tuple[Aspect, ...]:
    """Return Table 9 from people's ratings; `sources` says of each item whether it is BASELINE or GENERATED, others are left out."""
    judgements = [each for each in judgements if each.item in sources and as_number(each.value) in POINTS]
    return tuple(aspect(name, ratings(judgements, name), sources, rng) for name in ASPECTS)


def aspect(name: str, given: Ratings, sources: Mapping[str, str], rng: np.random.Generator) -> Aspect:
    """Return one line of Table 9."""
    of_item = item_means(given.values)
    groups = {
        source: of_item[[place for place, item in enumerate(given.items) if sources[item] == source]] for source in (BASELINE, GENERATED)
    }
    means = {source: mean(values, because=f"no {source} question was rated") for source, values in groups.items()}
    difference, p = welch(groups[BASELINE], groups[GENERATED])
    gain = difference.value / means[BASELINE].value if difference.known else NAN
    found, measure = rater_agreement(given.values, tuple(POINTS), rng)
    return Aspect(name, means[BASELINE], means[GENERATED], difference, p, gain, found, measure)


def item_means(values: Floats) -> Floats:
    """Return the mean over raters of ratings (raters, items), shape (items,); NaN for an item nobody rated."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)


def rater_agreement(values: Floats, categories: Sequence[float], rng: np.random.Generator, *, ordered: bool = True) -> tuple[Estimate, str]:
    """Return agreement of ratings (raters, items) and its name: Cohen's κ for two raters, linearly weighted if ordered; with more
    raters Krippendorff's α. Missing is NaN; `categories` in their order."""
    if len(values) < 2:
        return unknown(
            f"{len(values)} rater{'s' * (len(values) != 1)} judged and agreement needs at least two", values.shape[-1]
        ), "agreement"
    if len(values) == 2:
        counts = confusion(values[0], values[1], categories)
        return cohen_kappa(counts, "linear" if ordered else "none"), "weighted Cohen's κ" if ordered else "Cohen's κ"
    level = "ordinal" if ordered else "nominal"
    return krippendorff_alpha(values, level, rng), "Krippendorff's α"


def adjudicated(judgements: Iterable[Judgement], dimensions: Sequence[str], rng: np.random.Generator) -> Adjudication:
    """Return the majority of people's blind labels ("1", "0"; anything else is no label), and how far people agree."""
    kept = [each for each in judgements if each.name in dimensions and as_number(each.value) in (0.0, 1.0)]
    cells = [Judgement(each.kind, each.rater, f"{each.item}\n{each.name}", "label", each.value) for each in kept]
    given = ratings(cells, "label")
    share = item_means(given.values)
    majority = np.where(share == 0.5, np.nan, np.round(share))
    keys = [(item.rpartition("\n")[0], item.rpartition("\n")[2]) for item in given.items]
    found, measure = rater_agreement(given.values, (0.0, 1.0), rng, ordered=False)
    two = len(given.raters) == 2
    equal = (
        percent_agreement(confusion(given.values[0], given.values[1], (0.0, 1.0)))
        if two
        else unknown(f"{len(given.raters)} people judged, not two")
    )
    labels = dict(zip(keys, majority.tolist(), strict=True))
    return Adjudication(labels, given.raters, int(np.isnan(majority).sum()), found, measure, equal)
