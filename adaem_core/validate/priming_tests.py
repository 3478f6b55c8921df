"""Table 10 rebuilt: a model told to hold one value at a time, and what became of its win rates (§4.2, Appendix C.11, Table 16).

The theory says where they should go: the target up, the other values of its higher-order group up, opposing values down.
Groups and opposites come from the value system's data file; a theory without opposites (Moral Foundations) skips that part.
Tests over pairs describe a table and reject too often; the sound ones, over questions, are those of `priming_questions`
(docs/decisions/questions-are-the-unit-of-priming.md).
Data flow: `baseline (dimensions,), primed (targets, dimensions) → pairs per relation → Row, Shift, Change, sign agreement → Verdict`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.change import Change, family, no_test, paired
from adaem_core.infer.estimate import Estimate, from_draws, proportion, unknown
from adaem_core.values import ValueSystem

TARGET, SAME, OPPOSITE, OTHER = "target", "same group", "opposite group", "other"
RELATIONS = (TARGET, SAME, OPPOSITE)
EXPECTED = {TARGET: 1, SAME: 1, OPPOSITE: -1, OTHER: 0}  # the sign the theory predicts; 0: it predicts none
# Averaging the target into its own group lifts the group's gain by the target's.
DEFINITIONS = {"target excluded": "the other values of the group", "as in Table 10": "the whole group, the target itself included"}
EXCLUDED, AS_PRINTED = DEFINITIONS


@dataclass(frozen=True)
class Row:
    """One line of Table 10. NaN where the theory names no such value or nothing was measured."""

    target: str  # dimension id
    baseline: float  # of the target value
    controlled: float  # of the target value when primed for it
    same: float  # mean over the same group when primed
    opposite: float  # mean over the opposite group when primed
    same_baseline: float
    opposite_baseline: float


@dataclass(frozen=True)
class Shift:
    """What priming for `target` did to `value`."""

    target: str
    value: str
    relation: str  # one of RELATIONS, or OTHER
    expected: int  # the sign the theory predicts: 1, −1, or 0 for none
    before: float
    after: float
    change: Estimate  # after − before, with an interval where resamples were given

    @property
    def as_expected(self) -> bool | None:
        """Whether the observed sign is the predicted one; None without prediction or measurement. No change is not as predicted."""
        return bool(np.sign(self.change.value) == self.expected) if self.expected and self.change.known else None


@dataclass(frozen=True)
class Verdict:
    """The answer to: does the instrument notice priming as the theory says?"""

    word: str  # supported, partly supported, no effect found, contradicted, or cannot be told
    sentence: str
    criterion: str


def relation(system: ValueSystem, target: str, value: str) -> str:
    """Return what `value` is to `target` in the theory."""
    known = {each.id: each for each in system.dimensions}
    if target == value:
        return TARGET
    if value in known[target].opposites:
        return OPPOSITE
    return SAME if known[target].group and known[target].group == known[value].group else OTHER


def pairs(system: ValueSystem, targets: Sequence[str], which: str, definition: str = EXCLUDED) -> tuple[tuple[str, str], ...]:
    """Return the (target, value) pairs of a relation; for Schwartz 10, 16 (as in Table 10: 26) and 30. BadInput for unknown names."""
    if definition not in DEFINITIONS or which not in (*RELATIONS, OTHER):
        raise BadInput(f"The group definition must be one of {', '.join(DEFINITIONS)}, got {definition!r}; the relation was {which!r}.")
    if unknown_targets := [each for each in targets if each not in system.ids]:
        raise BadInput(f"No value {', '.join(unknown_targets)} in {system.name}. Choose among {', '.join(system.ids)}.")
    wanted = (SAME, TARGET) if which == SAME and definition == AS_PRINTED else (which,)
    return tuple((target, value) for target in targets for value in system.ids if relation(system, target, value) in wanted)


def paired_rates(
    baseline: Floats, primed: Floats, targets: Sequence[str], system: ValueSystem, which: str, definition: str = EXCLUDED
) -> tuple[Floats, Floats]:
    """Return the win rates of a relation's pairs without and with priming, each (pairs,).

    `baseline` (dimensions,) and `primed` (targets, dimensions) have the system's order of dimensions and any unit.
    """
    check_shapes(baseline, primed, targets, system)
    found = pairs(system, targets, which, definition)
    rows, columns = [list(targets).index(target) for target, _ in found], [system.ids.index(value) for _, value in found]
    return baseline[columns], primed[rows, columns]


def check_shapes(baseline: Floats, primed: Floats, targets: Sequence[str], system: ValueSystem) -> None:
    """Raise BadInput unless there is one number per dimension, and per target and dimension."""
    dimensions = len(system.ids)
    if baseline.shape != (dimensions,) or primed.shape != (len(targets), dimensions):
        raise BadInput(
            f"Priming needs a baseline of shape ({dimensions},) and primed win rates of shape ({len(targets)}, {dimensions}), "
            f"got {baseline.shape} and {primed.shape}."
        )


def table(baseline: Floats, primed: Floats, targets: Sequence[str], system: ValueSystem, definition: str = EXCLUDED) -> tuple[Row, ...]:
    """Return Table 10 for one model, a row per target."""
    check_shapes(baseline, primed, targets, system)
    return tuple(row(baseline, primed[index], target, system, definition) for index, target in enumerate(targets))


def row(baseline: Floats, primed: Floats, target: str, system: ValueSystem, definition: str) -> Row:
    """Return one line of Table 10; `primed` (dimensions,) is the model told to hold `target`."""
    places = {which: [system.ids.index(value) for _, value in pairs(system, [target], which, definition)] for which in RELATIONS}
    after = {which: average(primed[place]) for which, place in places.items()}
    before = {which: average(baseline[place]) for which, place in places.items()}
    return Row(target, before[TARGET], after[TARGET], after[SAME], after[OPPOSITE], before[SAME], before[OPPOSITE])


def average(values: Floats) -> float:
    """Return the mean of the numbers that are there; NaN for none."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def relation_tests(
    baseline: Floats, primed: Floats, targets: Sequence[str], system: ValueSystem, rng: np.random.Generator, definition: str = EXCLUDED
) -> dict[str, Change]:
    """Return the paired test of each relation over its pairs, as the paper makes them, with Holm's correction over the three.

    See the module: pairs are not independent, these p-values describe the table and promise no error rate.
    """
    found = {}
    for which in RELATIONS:
        before, after = paired_rates(baseline, primed, targets, system, which, definition)
        found[which] = paired(before, after, rng) if len(before) else no_test(nobody(system, which))
    return family(found)


def nobody(system: ValueSystem, which: str) -> str:
    """Return why a relation has no pair."""
    return f"{system.name} names no value that would be the {which} of a target"


def shifts(
    baseline: Floats, primed: Floats, targets: Sequence[str], system: ValueSystem, changes: Sequence[Sequence[Estimate]] = ()
) -> tuple[Shift, ...]:
    """Return what priming did to every value, targets × dimensions, with `changes` from `shift_intervals` per target where given."""
    check_shapes(baseline, primed, targets, system)
    return tuple(
        one_shift(target, value, float(baseline[d]), float(primed[t, d]), system, changes[t][d] if changes else None)
        for t, target in enumerate(targets)
        for d, value in enumerate(system.ids)
    )


def one_shift(target: str, value: str, before: float, after: float, system: ValueSystem, change: Estimate | None) -> Shift:
    """Return one shift; without a given change it has no interval and says so."""
    which = relation(system, target, value)
    if change is None:
        missing = np.isnan(after - before)
        why = f"{'cannot' if missing else 'its interval cannot'} be computed because {'a win rate is missing' if missing else 'no resamples were given'}"
        change = Estimate(after - before, why=why)
    return Shift(target, value, which, EXPECTED[which], before, after, change)


def shift_intervals(
    baseline: Floats, primed: Floats, baseline_drawn: Floats, primed_drawn: Floats, confidence: float = 0.95
) -> tuple[Estimate, ...]:
    """Return the shift of each dimension with its percentile interval over shared resamples; n counts the resamples.

    Win rates (dimensions,) of the model without and with priming, and the same resampled (resamples, dimensions). Both must
    come from `stand` with one seed on the same questions: then the r-th resample holds the same questions in both.
    """
    if baseline_drawn.shape != primed_drawn.shape or baseline_drawn.shape[1:] != baseline.shape:
        raise BadInput(f"Both need the same resamples of {baseline.shape[0]} values, got {baseline_drawn.shape} and {primed_drawn.shape}.")
    gaps = primed_drawn - baseline_drawn
    return tuple(
        unknown("the model has no win rate here") if np.isnan(value) else from_draws(float(value), gaps[:, d], len(gaps), confidence)
        for d, value in enumerate(primed - baseline)
    )


def sign_agreement(found: Sequence[Shift], which: str = "", confidence: float = 0.95) -> Estimate:
    """Return the share of shifts with the predicted sign, of one relation or (empty) of all three, with its exact binomial interval.

    n counts shifts. They share a baseline, so the interval is what it would be for independent ones: too narrow rather than too wide.
    """
    hits = [each.as_expected for each in found if which in ("", each.relation)]
    told = [each for each in hits if each is not None]
    return proportion(sum(told), len(told), confidence, because="the theory predicts no sign for any measured shift")


def verdict(judged: Mapping[str, Change], alpha: float = 0.05) -> Verdict:
    """Return whether the tests of `judged` (by relation, after `family`) bear out the theory. The permutation p decides."""
    criterion = (
        f"Supported: target and same group rise and the opposite group falls, each with p < {alpha:g} by permutation after Holm's "
        "correction. Contradicted: one of them moves the other way with such a p. No effect found: none reaches it."
    )
    testable = {which: each for which, each in judged.items() if not np.isnan(each.permutation_p)}
    if TARGET not in testable:
        why = judged[TARGET].why if TARGET in judged else "cannot be computed because no target was primed"
        return Verdict("cannot be told", f"The change of the targets {why}.", criterion)
    signs = {which: int(np.sign(each.difference.value)) * (p_of(each) < alpha) for which, each in testable.items()}
    word = judgement([signs[which] * EXPECTED[which] for which in testable])
    return Verdict(word, "; ".join(movement(which, sign) for which, sign in signs.items()).capitalize() + ".", criterion)


def p_of(test: Change) -> float:
    """Return the p that decides: after Holm's correction where it was made."""
    return test.permutation_p if np.isnan(test.adjusted_p) else test.adjusted_p


def judgement(signs: Sequence[int]) -> str:
    """Return the verdict's word; a sign is 1 for as predicted, −1 for against it, 0 for not significant."""
    if min(signs) < 0:
        return "contradicted"
    return "supported" if min(signs) > 0 else "partly supported" if max(signs) > 0 else "no effect found"


def movement(which: str, sign: int) -> str:
    """Return what happened to a relation, in words."""
    return f"{which}: {'falls' if sign < 0 else 'rises' if sign else 'no change that could not be chance'}"
