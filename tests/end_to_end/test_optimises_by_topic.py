"""The gain over the topics, with the topic as the unit: questions of one topic are no independent evidence.

Beside `test_optimises.py`, on the same run, read through the study's own records.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from adaem_core.archive.study import Study
from adaem_core.records import Fate, Outgrowth
from adaem_core.settings import GenerateSettings
from tests.end_to_end.conftest import BUDGET
from tests.end_to_end.test_optimises import CHECKPOINTS, TOP

RESAMPLES = 2000
Found = list[tuple[int, Outgrowth]]  # the pull that found it, and the question


@pytest.fixture(scope="module")
def topics_and_questions(whole_run: Path) -> tuple[dict[str, float], Found]:
    """Return S of each topic, and every scored question with its pull, the best first."""
    with Study.read(whole_run) as study:
        pulls = study.finished_pulls()
    roots = {pull.topic_id: pull.root.score.total for pull in pulls if pull.root and pull.root.score}
    found = [(pull.number, each) for pull in pulls for each in pull.outgrowths if each.fate is Fate.SCORED]
    return roots, sorted(found, key=lambda each: -total(each[1]))


def total(grown: Outgrowth) -> float:
    assert grown.score is not None
    return grown.score.total


def test_the_best_questions_gain_over_their_topics_whichever_topics_are_drawn(
    topics_and_questions: tuple[dict[str, float], Found],
) -> None:
    """Topics are drawn with replacement, each with its gain (mean of its questions among the best 30 less its own S): 95 % interval."""
    roots, found = topics_and_questions
    gains: dict[str, list[float]] = {}
    for _, each in found[:TOP]:
        gains.setdefault(each.question.topic_id, []).append(total(each) - roots[each.question.topic_id])
    per_topic = np.array([np.mean(each) for each in gains.values()])
    assert len(per_topic) >= 10, "the best questions come from a few topics only"
    means = np.random.default_rng(7).choice(per_topic, (RESAMPLES, len(per_topic))).mean(axis=1)
    assert np.quantile(means, 0.025) > 1.0


def test_the_best_twenty_never_get_worse_from_pull_to_pull_and_end_higher(
    topics_and_questions: tuple[dict[str, float], Found],
) -> None:
    found = topics_and_questions[1]
    means = [np.mean([total(each) for pull, each in found if pull <= spent][:20]) for spent in CHECKPOINTS]
    assert sorted(means) == means and means[-1] > means[0], means


def test_every_chain_of_attempts_is_accepted_exactly_while_it_rises_by_more_than_tau(whole_run: Path) -> None:
    """The draft is the first best; a rewrite is accepted if and only if it beats the best so far by more than τ, and the first that does not ends it."""
    tau, accepted = GenerateSettings().tau, 0
    with Study.read(whole_run) as study:
        chains = [study.attempts(each["question_id"]) for each in study.select("SELECT DISTINCT question_id FROM attempts")]
    for chain in chains:
        assert [each.step for each in chain] == list(range(len(chain))) and chain[0].accepted
        for best, tried in pairwise(chain):
            assert best.accepted, "nothing is tried after a rewrite that was not accepted"
            assert tried.accepted == (tried.score.total - best.score.total > tau)
            accepted += tried.accepted
    assert accepted > BUDGET / 2
