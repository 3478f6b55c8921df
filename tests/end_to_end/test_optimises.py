"""The engine finds more telling questions than it was given (issue: the shape of the paper's Fig. 7 and 18)."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml

from adaem_core.settings import GenerateSettings
from tests.end_to_end.apparatus import ROOT, run, select
from tests.end_to_end.conftest import BUDGET

TOP, CHECKPOINTS = 30, (6, 12, 16, BUDGET)
# One row per scored question: its S, that of its topic, and the pull it was found in. Straight from the tables.
GROWN = """SELECT questions.total AS score, roots.total AS topic_score, questions.pull FROM questions
    JOIN questions AS roots ON roots.id = questions.topic_id
    WHERE questions.depth > 0 AND questions.fate = 'scored' AND roots.fate = 'scored' ORDER BY questions.total DESC"""


def lower_bound(differences: np.ndarray, resamples: int = 2000) -> float:
    """Return the 0.5th percentile of the bootstrap distribution of the mean."""
    rng = np.random.default_rng(1)
    means = rng.choice(differences, (resamples, len(differences))).mean(axis=1)
    return float(np.quantile(means, 0.005))


@pytest.fixture(scope="module")
def grown(whole_run: Path) -> list[dict[str, float]]:
    return select(whole_run, GROWN)


@pytest.mark.parametrize("count", [TOP, 10**6], ids=["the best 30", "all, so that choosing the best plays no part"])
def test_questions_tell_more_than_the_topics_they_grew_from(grown: list[dict[str, float]], count: int) -> None:
    chosen = grown[:count]
    assert len(chosen) >= TOP
    assert lower_bound(np.array([each["score"] - each["topic_score"] for each in chosen])) > 1.5


@pytest.mark.parametrize("count", [10, TOP])
def test_the_best_questions_get_better_with_the_budget(grown: list[dict[str, float]], count: int) -> None:
    means = [np.mean([each["score"] for each in grown if each["pull"] <= pulls][:count]) for pulls in CHECKPOINTS]
    assert all(later >= earlier for earlier, later in pairwise(means)), means
    assert means[-1] - means[0] > 0.2, means


def test_an_accepted_rewrite_always_raises_the_score(whole_run: Path) -> None:
    tried = select(whole_run, "SELECT question_id, step, text, total, accepted FROM attempts ORDER BY question_id, step")
    final = {each["id"]: each["text"] for each in select(whole_run, "SELECT id, text FROM questions")}
    chains: dict[str, list[dict[str, object]]] = {}
    for each in tried:
        if each["accepted"]:
            chains.setdefault(each["question_id"], []).append(each)
    gains = [later["total"] - earlier["total"] for chain in chains.values() for earlier, later in pairwise(chain)]  # type: ignore[operator]
    assert len(gains) >= BUDGET // 2, "refinement hardly ever succeeds"
    assert min(gains) > GenerateSettings().tau
    assert all(final[question] == chain[-1]["text"] for question, chain in chains.items())


def test_a_bandit_with_few_arms_goes_back_to_the_most_promising_and_grows_deeper_trees(tmp_path: Path) -> None:
    """With as many topics as pulls nothing is pulled twice; here each pull after the first three is a choice, checked by hand."""
    budget, arms = 12, 3
    done = run("generate", "--study", tmp_path / "s.db", "--max-topics", arms, "--budget", budget, "--kept", 2, "--json")
    assert done.status == 0, done.said
    pulls = select(tmp_path / "s.db", "SELECT topic_id, ucb, reward FROM pulls ORDER BY number")
    assert len({each["topic_id"] for each in pulls[:arms]}) == arms
    for number in range(arms, budget):
        rewards: dict[str, list[float]] = {}
        for each in pulls[:number]:
            rewards.setdefault(each["topic_id"], []).append(each["reward"])
        bounds = {topic: np.mean(found) + np.sqrt(2 * np.log(budget) / len(found)) for topic, found in rewards.items()}
        assert pulls[number]["topic_id"] == max(bounds, key=lambda topic: bounds[topic])
        assert pulls[number]["ucb"] == pytest.approx(max(bounds.values()))
    assert select(tmp_path / "s.db", "SELECT MAX(depth) AS depth FROM questions WHERE fate = 'scored'")[0]["depth"] >= 2
    differences = [each["score"] - each["topic_score"] for each in select(tmp_path / "s.db", GROWN)]
    assert lower_bound(np.array(differences)) > 1.0


def test_identical_respondents_show_no_difference_of_values(tmp_path: Path) -> None:
    """|union| / max(|intersection|, 1) of equal sets is 1, and 0 where nothing is expressed: nothing to gain from any question."""
    content = yaml.safe_load((ROOT / "data" / "panels" / "simulated.yaml").read_text(encoding="utf-8"))
    for model in content["models"]:
        if "p2" in model["roles"]:
            model["model"] = "simulated/aurora"
    (tmp_path / "twins.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    done = run("generate", "--study", tmp_path / "s.db", "--panel", tmp_path / "twins.yaml", "--budget", 3, "--json")
    assert done.status == 0, done.said
    diversities = [
        each["value_diversity"]
        for table in ("questions", "attempts")
        for each in select(tmp_path / "s.db", f"SELECT value_diversity FROM {table} WHERE total IS NOT NULL")
    ]
    assert len(diversities) > 10
    assert set(diversities) <= {0.0, 1.0} and 1.0 in diversities
