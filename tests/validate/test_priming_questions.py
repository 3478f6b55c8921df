"""Priming on questions: the false-positive rate under simulated nulls, power under a planted shift, and odd input."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import binomtest
from statsmodels.stats.contingency_tables import mcnemar

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.validate import priming_tests
from adaem_core.validate.priming_questions import relations_by_question, shift_by_question
from adaem_core.validate.priming_tests import RELATIONS, TARGET, relation_tests
from adaem_core.values import value_system
from tests.infer.explained import explained

SCHWARTZ = value_system("schwartz")
IDS = SCHWARTZ.ids
QUESTIONS = 120


def labels(expressed: Floats) -> ValueLabels:
    """Return one model's labels (questions, dimensions)."""
    return ValueLabels(expressed[:, None, :], tuple(f"q{q}" for q in range(len(expressed))), ("m",), IDS)


def answered(rng: np.random.Generator, pull: Floats, shift: Floats | float = 0.0) -> ValueLabels:
    """Return one run: how talkative an answer is moves all its values together, so values of one answer are not independent."""
    talkative = rng.normal(0, 1, size=(len(pull), 1))
    return labels((rng.random(pull.shape) < expit(pull + talkative + shift)).astype(float))


def primed(rng: np.random.Generator, pull: Floats, strength: float) -> dict[str, ValueLabels]:
    """Return a run per target, shifted as the theory says with this strength (logits)."""
    signs = {t: np.array([priming_tests.EXPECTED[priming_tests.relation(SCHWARTZ, t, v)] for v in IDS]) for t in IDS}
    return {target: answered(rng, pull, strength * sign) for target, sign in signs.items()}


def one_null(seed: int) -> tuple[list[float], list[float], list[float]]:
    """Return p-values of one simulated null: by relation over questions, by value over questions, by relation over pairs."""
    rng = np.random.default_rng(seed)
    pull = rng.normal(-0.5, 1, size=(QUESTIONS, len(IDS)))
    before, after = answered(rng, pull), primed(rng, pull, 0.0)
    over_questions = relations_by_question(before, after, "m", SCHWARTZ, rng)
    by_value = shift_by_question(before, after["SEC"], "m", rng)
    rates = np.stack([after[target].expressed[:, 0].mean(axis=0) for target in IDS])
    over_pairs = relation_tests(before.expressed[:, 0].mean(axis=0), rates, IDS, SCHWARTZ, rng)
    return (
        [over_questions[which].p for which in RELATIONS],
        [by_value[id].p for id in IDS],
        [over_pairs[which].permutation_p for which in RELATIONS],
    )


def test_false_positives_over_200_simulated_nulls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over questions 3–7 % at .05, pooled over relations (600 tests) and over values (2,000).

    One relation alone has 200 tests and a standard error of 1.5 points, too coarse for that band: with these seeds the target
    comes to 7.5 %, with 2,000 others to 5.2 % (same group 5.1 %, opposite 4.9 %). So each has to be compatible with 5 %.
    Over pairs it is far more: they share one baseline, which is why the unit is the question.
    """
    monkeypatch.setattr("adaem_core.infer.change.FLIPS", 199)
    found = [one_null(seed) for seed in range(200)]
    by_relation, by_value, over_pairs = (np.array([each[place] for each in found]) for place in range(3))
    assert 0.03 <= np.mean(by_relation < 0.05) <= 0.07
    assert all(binomtest(int(hits), 200, 0.05).pvalue > 0.01 for hits in (by_relation < 0.05).sum(axis=0))
    assert 0.03 <= np.mean(by_value < 0.05) <= 0.07
    assert np.mean(over_pairs[:, 1:] < 0.05) > 0.2


def test_planted_priming_is_found_and_supported(rng: np.random.Generator) -> None:
    pull = rng.normal(-0.5, 1, size=(QUESTIONS, len(IDS)))
    found = relations_by_question(answered(rng, pull), primed(rng, pull, 1.0), "m", SCHWARTZ, rng)
    explained(found)
    assert priming_tests.verdict(found).word == "supported" and found[TARGET].n == QUESTIONS


def test_a_model_that_ignores_its_prompt_yields_a_null_verdict(rng: np.random.Generator) -> None:
    before = answered(rng, rng.normal(-0.5, 1, size=(QUESTIONS, len(IDS))))
    found = relations_by_question(before, dict.fromkeys(IDS, before), "m", SCHWARTZ, rng)
    explained(found)
    assert priming_tests.verdict(found).word == "no effect found"


def test_p_per_value_is_mcnemars(rng: np.random.Generator) -> None:
    pull = rng.normal(-0.5, 1, size=(QUESTIONS, len(IDS)))
    before, after = answered(rng, pull), answered(rng, pull, 0.5)
    found = shift_by_question(before, after, "m", rng)
    for d, id in enumerate(IDS):
        rises, falls = (int((after.expressed[:, 0, d] - before.expressed[:, 0, d] == sign).sum()) for sign in (1, -1))
        wanted = mcnemar([[0, rises], [falls, 0]], exact=True).pvalue
        assert found[id].permutation_p == pytest.approx(wanted, abs=1e-10) and found[id].exact


def test_single_questions_as_clusters_change_nothing(rng: np.random.Generator) -> None:
    pull = rng.normal(-0.5, 1, size=(12, len(IDS)))
    before, after = answered(rng, pull), answered(rng, pull)
    plain, clustered = (shift_by_question(before, after, "m", rng, clusters) for clusters in ((), tuple(range(12))))
    assert [each.permutation_p for each in plain.values()] == pytest.approx([each.permutation_p for each in clustered.values()])


def test_questions_that_move_together_need_clusters(rng: np.random.Generator) -> None:
    """Every topic's ten questions are one question ten times: 8 topics, not 80 questions."""
    pull = rng.normal(0, 1, size=(8, len(IDS)))
    before, after = answered(rng, pull), answered(rng, pull)
    long_before, long_after = (labels(np.repeat(each.expressed[:, 0], 10, axis=0)) for each in (before, after))
    once = shift_by_question(before, after, "m", rng)
    tenfold = shift_by_question(long_before, long_after, "m", rng, tuple(np.repeat(np.arange(8), 10).tolist()))
    assert [each.permutation_p for each in tenfold.values()] == pytest.approx([each.permutation_p for each in once.values()])
    related = relations_by_question(long_before, {"SEC": long_after}, "m", SCHWARTZ, rng, clusters=np.repeat(np.arange(8), 10).tolist())
    explained(related)
    assert related[TARGET].permutation_p == pytest.approx(once["SEC"].permutation_p)


def test_refusals_and_small_examinations_are_explained(rng: np.random.Generator) -> None:
    refused = labels(np.full((5, len(IDS)), np.nan))
    answers = labels(np.ones((5, len(IDS))))
    for before, after in (
        (refused, answers),
        (answers, refused),
        (answers, answers),
        (labels(np.ones((1, 10))), labels(np.zeros((1, 10)))),
    ):
        clusters = tuple("a" * len(before.questions))
        explained([shift_by_question(before, after, "m", rng, clusters), shift_by_question(before, after, "m", rng)])
        explained(relations_by_question(before, {"SEC": after}, "m", SCHWARTZ, rng))


def test_missing_answers_are_left_out_pair_by_pair(rng: np.random.Generator) -> None:
    before, after = np.ones((6, len(IDS))), np.zeros((6, len(IDS)))
    after[0] = np.nan
    found = shift_by_question(labels(before), labels(after), "m", rng)["SEC"]
    assert (found.n, found.before, found.after) == (5, 1, 0)


def test_what_does_not_fit_is_refused(rng: np.random.Generator) -> None:
    one, other = labels(np.ones((3, len(IDS)))), labels(np.ones((4, len(IDS))))
    with pytest.raises(BadInput, match="same questions"):
        shift_by_question(one, other, "m", rng)
    with pytest.raises(BadInput, match="No examinee 'x'"):
        shift_by_question(one, one, "x", rng)
    with pytest.raises(BadInput, match="one cluster per question"):
        shift_by_question(one, replace(one), "m", rng, ("a",))
