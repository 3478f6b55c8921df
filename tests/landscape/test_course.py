"""The course of a search. Oracles: numbers chosen by hand in the rich study, scipy, the engine's own bandit, planted orders."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import create
from adaem_core.generate.arms import Arm, ucb, update
from adaem_core.landscape.course import (
    budget_curve,
    category_shares,
    efficiency,
    favoured,
    step_curve,
    why_favoured,
)
from tests.pages.fixture_study import SETTINGS, TOPICS, write_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with Study.read(write_study(tmp_path_factory.mktemp("course") / "rich.db")) as opened:
        yield opened


def test_the_best_questions_after_each_pull() -> None:
    pulls, topics = np.array([1, 1, 2, 3]), ["a", "a", "b", "c"]
    found = budget_curve(pulls, topics, np.array([1.0, 2.0, 5.0, 3.0]), 4, top=2)
    assert found.pulls.tolist() == [1, 2, 3, 4]
    assert found.score.tolist() == [1.5, 3.5, 4.0, 4.0]
    assert found.topics.tolist() == [1, 2, 2, 2]
    assert found.questions.tolist() == [2, 2, 2, 2]
    assert (found.low[0], found.high[0]) == pytest.approx(stats.t.interval(0.95, 1, 1.5, stats.sem([1.0, 2.0])))


def test_with_a_fixed_number_of_best_questions_the_score_never_falls() -> None:
    rng = np.random.default_rng(0)
    pulls = np.repeat(np.arange(1, 41), 3)
    found = budget_curve(pulls, ["t"] * 120, rng.normal(size=120), 40, top=3)
    assert (np.diff(found.score) >= 0).all()


def test_before_the_first_score_there_is_none() -> None:
    found = budget_curve(np.array([2]), ["a"], np.array([1.0]), 2, top=5)
    assert math.isnan(found.score[0])
    assert found.topics.tolist() == [0, 1]


def test_the_rich_study(study: Study) -> None:
    found = efficiency(study, top=100)
    assert len(found.questions) == 15
    assert found.topics.tolist() == pytest.approx([2.55, 2.6, 2.65, 2.7])
    # Fixture: each draft scores 1.3 less than its final text; step 1 is rejected, step 2 accepted.
    assert found.refined - found.drafts == pytest.approx(1.3)
    assert found.refinement.value == pytest.approx(1.3)
    assert found.steps.score == pytest.approx([found.drafts.mean(), found.drafts.mean(), found.drafts.mean() + 1.3])
    assert found.steps.tried.tolist() == [15, 15, 15]
    assert found.steps.accepted.tolist() == [15, 0, 15]
    assert found.budget.topics.tolist() == [1, 2, 3, 4, 4, 4, 4, 4]


def test_the_gain_is_over_topics_not_questions(study: Study) -> None:
    by_topic: dict[str, list[float]] = {}
    for each in study.select("SELECT topic_id, total FROM questions WHERE fate = 'scored' AND author IS NOT NULL"):
        by_topic.setdefault(each["topic_id"], []).append(each["total"])
    gains = [np.mean(by_topic[f"T00{place}"]) - (2.5 + 0.05 * place) for place in range(1, 5)]
    found = efficiency(study).gain
    assert found.value == pytest.approx(np.mean(gains))
    assert (found.low, found.high) == pytest.approx(stats.t.interval(0.95, 3, np.mean(gains), stats.sem(gains)))


def test_an_empty_study_has_reasons_and_no_numbers(tmp_path: Path) -> None:
    with create(tmp_path / "empty.db", SETTINGS, TOPICS) as empty:
        found, topics = efficiency(empty), favoured(empty)
    assert not len(found.questions)
    assert not len(found.budget.pulls)
    assert "cannot be computed because" in found.gain.why
    assert [each.pulls for each in topics] == [0, 0, 0, 0]
    assert why_favoured(topics[0], topics).startswith("Not pulled yet")


def test_a_question_that_stopped_keeps_its_score() -> None:
    found = step_curve(np.array([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]]), np.array([2, 2, 1]), np.array([2, 1, 0]))
    assert found.score.tolist() == [1.5, 2.5, 2.5]


def test_the_bandit_is_replayed(study: Study) -> None:
    arms = {topic.id: Arm(topic) for topic in TOPICS}
    for pull in study.finished_pulls():
        arms[pull.topic_id] = update(arms[pull.topic_id], pull)
    for each in favoured(study):
        assert (each.pulls, each.mean) == (2, pytest.approx(arms[each.id].estimate))
        assert each.bound == pytest.approx(ucb(arms[each.id], 12))
    assert favoured(study)[0].id == "T004", "of equally many pulls, the best mean comes first"


def test_why_a_topic_was_preferred(study: Study) -> None:
    every = favoured(study)
    assert "Pulled 2 of 8 times." in why_favoured(every[0], every)
    assert "would be pulled next" in why_favoured(every[0], every)
    assert "3 of 3 other topics have a higher one" in why_favoured(every[-1], every)


def test_category_shares_add_up() -> None:
    found = category_shares(["law", "law", "", "art"])
    assert [(name, count) for name, count, *_ in found] == [("law", 2), ("art", 1), ("none", 1)]
    assert sum(each[2] for each in found) == 1.0
