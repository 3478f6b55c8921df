"""Priming tested on questions: the unit that was sampled (§4.2, Appendix C.11; the unit is ours).

Values and their pairs share answers and baseline; questions do not (docs/decisions/questions-are-the-unit-of-priming.md). Per question
and dimension the difference is −1, 0, 1 or missing; per relation (target, same group, opposite group) it is the mean over its pairs.
Questions of one topic may move together: give their topics as `clusters`, and whole topics keep or change their sign.
Data flow: `labels without, labels with priming → differences (questions, dimensions) → Change per dimension or relation`.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.stats import binomtest

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.change import EXACT, Change, family, flip_p, no_test, paired, random_flips, t_test
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.validate.priming_tests import EXCLUDED, RELATIONS, nobody, pairs
from adaem_core.values import ValueSystem


def shift_by_question(
    before: ValueLabels, after: ValueLabels, examinee: str, rng: np.random.Generator, clusters: Sequence[Hashable] = ()
) -> dict[str, Change]:
    """Return per dimension whether the share of questions on which `examinee` expresses it changed; n counts questions.

    Without clusters the permutation p is exact (McNemar's). Holm's correction is over the dimensions.
    """
    one, other = of_examinee(before, after, examinee)
    tests = {id: t_test(one[:, d], other[:, d]) for d, id in enumerate(before.dimensions)}
    gaps = other - one
    flipped = clustered_p(gaps, clusters, rng) if clusters else [discordant_p(column) for column in gaps.T]
    exact = not clusters or len(set(clusters)) <= EXACT
    return family({id: with_p(test, p, exact=exact) for (id, test), p in zip(tests.items(), flipped, strict=True)})


def relations_by_question(
    before: ValueLabels,
    after: Mapping[str, ValueLabels],
    examinee: str,
    system: ValueSystem,
    rng: np.random.Generator,
    definition: str = EXCLUDED,
    clusters: Sequence[Hashable] = (),
) -> dict[str, Change]:
    """Return per relation whether its pairs moved, n counting questions; `after` holds the labels primed for each target.

    A question's number is the mean over the pairs (target, value) it has readable answers for. Holm's correction is over relations.
    """
    found = {}
    for which in RELATIONS:
        chosen = pairs(system, list(after), which, definition)
        found[which] = moved(before, after, examinee, chosen, rng, clusters) if chosen else no_test(nobody(system, which))
    return family(found)


def moved(
    before: ValueLabels,
    after: Mapping[str, ValueLabels],
    examinee: str,
    chosen: Sequence[tuple[str, str]],
    rng: np.random.Generator,
    clusters: Sequence[Hashable],
) -> Change:
    """Return the test of one relation's pairs."""
    ends = [of_pair(before, after[target], examinee, value) for target, value in chosen]
    one, other = (mean_over_pairs(np.stack(each, axis=1)) for each in zip(*ends, strict=True))
    if not clusters:
        return paired(one, other, rng)
    return with_p(t_test(one, other), clustered_p((other - one)[:, None], clusters, rng)[0], exact=len(set(clusters)) <= EXACT)


def of_pair(before: ValueLabels, after: ValueLabels, examinee: str, value: str) -> tuple[Floats, Floats]:
    """Return both sides of one pair, each (questions,); a question missing on one side is missing on both."""
    one, other = of_examinee(before, after, examinee)
    column = before.dimensions.index(value)
    missing = np.isnan(one[:, column]) | np.isnan(other[:, column])
    return np.where(missing, np.nan, one[:, column]), np.where(missing, np.nan, other[:, column])


def mean_over_pairs(values: Floats) -> Floats:
    """Return the mean over the second axis of the numbers that are there, shape (questions,); NaN for none."""
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def of_examinee(before: ValueLabels, after: ValueLabels, examinee: str) -> tuple[Floats, Floats]:
    """Return one examinee's labels without and with priming, each (questions, dimensions); BadInput when the two do not fit."""
    for axis in ("questions", "dimensions"):
        if getattr(before, axis) != getattr(after, axis):
            raise BadInput(f"Labels without and with priming must have the same {axis} in the same order.")
    for each in (before, after):
        if examinee not in each.examinees:
            raise BadInput(f"No examinee {examinee!r}. Choose among {', '.join(each.examinees)}.")
    return before.expressed[:, before.examinees.index(examinee)], after.expressed[:, after.examinees.index(examinee)]


def discordant_p(gaps: Floats) -> float:
    """Return the exact p that a changed question is as likely to rise as to fall; NaN where no question has both answers."""
    rises, falls = int((gaps > 0).sum()), int((gaps < 0).sum())
    if np.isnan(gaps).all():
        return float("nan")
    return float(binomtest(rises, rises + falls).pvalue) if rises + falls else 1.0


def clustered_p(gaps: Floats, clusters: Sequence[Hashable], rng: np.random.Generator) -> list[float]:
    """Return the p of each column of differences (questions, tests) when whole clusters flip; NaN for a column without numbers."""
    if len(clusters) != len(gaps):
        raise BadInput(f"There must be one cluster per question, got {len(clusters)} for {len(gaps)} questions.")
    numbers = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
    sums = np.zeros((len(numbers), gaps.shape[1]))
    np.add.at(sums, [numbers[name] for name in clusters], np.nan_to_num(gaps))
    drawn = [flip_p(column, rng)[0] for column in sums.T] if len(numbers) <= EXACT else random_flips(sums, rng).tolist()
    return [float("nan") if np.isnan(column).all() else float(p) for p, column in zip(drawn, gaps.T, strict=True)]


def with_p(test: Change, p: float, *, exact: bool) -> Change:
    """Return the test with another permutation p."""
    return replace(test, permutation_p=p, exact=exact)
