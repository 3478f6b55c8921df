"""The studio's own accuracy: how well win rates recover what was planted in the simulated panel (docs/decisions/the-accuracy-is-stated.md).

Two questions are kept apart. *Order*: does a value's win rate rank the models as their planted priorities do (Spearman's ρ, mean
over values)? *Size*: how far is a win rate from the true one (root mean squared error), and how often does its interval hold it?
The true win rate is how often a model is the one that expresses the value where exactly one of two does, over very many
questions read without error. A second coverage asks for less: the method's own result on very many questions of the same kind.
Data flow: `Condition → draws → labels → standings → Recovery per repeat → Record with Monte-Carlo intervals`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any

import numpy as np

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.correlate import spearman
from adaem_core.infer.estimate import NAN, Estimate, band, mean
from adaem_core.measure.standings import Standings, stand
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings
from adaem_core.validate.planted import LABELLINGS, draw, panel, read, true_rates, truth

LONG = 10_000  # questions that stand for "very many"
LONG_SEED = 0  # repeats count from 1, so no repeat sees these questions
METHODS = ("rasch", "trueskill")


@dataclass(frozen=True)
class Condition:
    """What an examination of the simulated panel is like; the defaults are the ordinary one."""

    questions: int = 300
    models: int = 11
    miss: float = 0.03  # the recogniser's, per point and value, as planted for the simulated recogniser
    false_alarm: float = 0.005
    labelling: str = "any"

    def __post_init__(self) -> None:
        if not 1 <= self.questions < LONG:
            raise BadInput(f"A calibration asks between 1 and {LONG - 1:,} questions, got {self.questions:,}.")
        if not (0 <= self.miss <= 1 and 0 <= self.false_alarm <= 1):
            raise BadInput(f"Error rates lie between 0 and 1, got {self.miss:g} and {self.false_alarm:g}.")
        if self.labelling not in LABELLINGS:
            raise BadInput(f"Labelling must be one of {', '.join(LABELLINGS)}, got {self.labelling!r}.")


# One thing is varied at a time, around the ordinary examination.
GRID = (
    *(Condition(questions=number) for number in (30, 100, 300, 1000)),
    *(Condition(models=number) for number in (3, 5, 8)),
    *(Condition(miss=miss, false_alarm=alarm) for miss, alarm in ((0.0, 0.0), (0.1, 0.02), (0.2, 0.05), (0.3, 0.1))),
    Condition(labelling="first"),
)


@dataclass(frozen=True)
class Recovery:
    """How well one examination recovered the truth; NaN where nothing could be compared."""

    spearman: float  # mean over values
    rmse: float  # of win rates, all cells
    shrinkage: float  # how much closer to .5 win rates lie than the true ones, mean over cells; below 0: farther away
    coverage: float  # share of intervals that hold the true win rate
    coverage_own: float  # share that hold the method's own result on very many questions
    width: float  # mean width of the intervals


@dataclass(frozen=True)
class Record:
    """One condition, one method: means over repeats, with Monte-Carlo intervals."""

    condition: Condition
    method: str
    repeats: int
    spearman: Estimate
    rmse: Estimate
    shrinkage: Estimate
    coverage: Estimate
    coverage_own: Estimate
    width: Estimate
    found: tuple[Recovery, ...]  # of each repeat


def calibrate(
    conditions: Iterable[Condition] = GRID, methods: Sequence[str] = METHODS, repeats: int = 40, seed: int = 1
) -> tuple[Record, ...]:
    """Return one record per condition and method; a record does not depend on which others are asked for.

    Repeat r of all conditions sees the same questions and answers, so differences between records are paired.
    """
    if repeats < 1:
        raise BadInput(f"At least one repeat is needed, got {repeats}.")
    return tuple(record(condition, method, repeats, seed) for condition in conditions for method in methods)


def record(condition: Condition, method: str, repeats: int, seed: int) -> Record:
    """Return means over repeats of one condition and method."""
    found = [one(condition, method, stream(seed, repeat)) for repeat in range(1, repeats + 1)]
    means = {each.name: mean([getattr(every, each.name) for every in found]) for each in fields(Recovery)}
    return Record(condition, method, repeats, **means, found=tuple(found))


def stream(seed: int, repeat: int) -> int:
    """Return the number of the stream of questions for one repeat; never that of the very many questions."""
    return seed * 1_000_003 + repeat


def one(condition: Condition, method: str, seed: int) -> Recovery:
    """Return the recovery of one simulated examination."""
    models = panel(condition.models)
    labels = read(draw(models, condition.questions, seed), condition.questions, condition.miss, condition.false_alarm, condition.labelling)
    standings = stand(labels, MeasureSettings(method=method))
    perfect = replace(condition, questions=1, miss=0.0, false_alarm=0.0)
    return recovery(standings, truth(models), long_run(perfect), own_long_run(replace(condition, questions=1), method))


@lru_cache(maxsize=64)
def long_run(condition: Condition) -> Floats:
    """Return true win rates from very many questions of this kind, read without error."""
    return true_rates(very_many(condition))


@lru_cache(maxsize=64)
def own_long_run(condition: Condition, method: str) -> Floats:
    """Return the win rates that a method gives with very many questions of this kind."""
    return stand(very_many(condition), MeasureSettings(method=method, orders=3, resamples=20)).win_rates


def very_many(condition: Condition) -> ValueLabels:
    """Return the labels of very many questions of this kind."""
    return read(draw(panel(condition.models), LONG, LONG_SEED), LONG, condition.miss, condition.false_alarm, condition.labelling)


def recovery(standings: Standings, planted: Floats, true: Floats, own: Floats) -> Recovery:
    """Return how well standings recover planted priorities (models, values), true win rates and the method's own long run."""
    rates = standings.win_rates
    outward = np.sign(true - 0.5) * (true - rates)
    return Recovery(
        float(mean_known(orders(rates, planted))),
        float(np.sqrt(mean_known(np.square(rates - true)))),
        float(mean_known(outward)),
        float(mean_known(holds(standings, true))),
        float(mean_known(holds(standings, own))),
        float(mean_known(standings.high - standings.low)),
    )


def orders(rates: Floats, planted: Floats) -> Floats:
    """Return Spearman's ρ over models for each value, shape (values,); NaN where rates are all equal or fewer than three are known."""
    return np.array([spearman(*pair).value for pair in zip(rates.T, planted.T, strict=True)])


def holds(standings: Standings, true: Floats) -> Floats:
    """Return 1 where the interval holds the truth, 0 where not, NaN where either is unknown."""
    known = ~(np.isnan(standings.low) | np.isnan(true))
    return np.where(known, (standings.low <= true) & (true <= standings.high), np.nan)


def mean_known(values: Floats) -> float:
    """Return the mean without NaN; NaN of nothing."""
    kept = values[~np.isnan(values)]
    return float(kept.mean()) if len(kept) else NAN


def of_study(
    labels: ValueLabels, planted: Floats, sizes: Sequence[int], method: str, repeats: int = 20, seed: int = 1
) -> dict[int, Estimate]:
    """Return, for each number of questions drawn from a real examination, the mean ρ over values with its range over repeats.

    `planted` (examinees, dimensions) comes from `planted.truth`; examinees without a planted truth are NaN and left out.
    A size above the number of questions takes all of them. For one protocol of recognition, give the labels read by it.
    """
    quick = MeasureSettings(method=method, resamples=20)
    rng = np.random.default_rng(seed)
    found = {}
    for size in sizes:
        chosen = [rng.permutation(len(labels.questions))[:size] for _ in range(repeats)]
        found[size] = band(np.array([mean_known(orders(stand(labels.subset(rows), quick).win_rates, planted)) for rows in chosen]))
    return found


def rows(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Return the records as flat rows for a CSV: each mean with the ends of its Monte-Carlo interval; empty where unknown."""
    return [
        {"simulated": "yes", **asdict(each.condition), "method": each.method, "repeats": each.repeats, **flat(each)} for each in records
    ]


def flat(record: Record) -> dict[str, float | str]:
    """Return the estimates of a record as columns, rounded to four places."""
    told: dict[str, float | str] = {}
    for each in fields(Recovery):
        found: Estimate = getattr(record, each.name)
        ends = {"": found.value, "_low": found.low, "_high": found.high}
        told |= {f"{each.name}{end}": "" if np.isnan(number) else round(number, 4) for end, number in ends.items()}
    return told


def gain(records: Sequence[Record], measure: str = "spearman") -> dict[Condition, Estimate]:
    """Return, per condition, the mean over repeats of the first method's figure minus the second's: both saw the same answers."""
    by = {(each.condition, each.method): [getattr(every, measure) for every in each.found] for each in records}
    first, second = METHODS
    both = [condition for condition, method in by if method == first and (condition, second) in by]
    return {each: mean(np.subtract(by[each, first], by[each, second])) for each in both}
