"""Budget, refinement, distributions and extremes as figures: their traces hold what the course says."""

from collections.abc import Iterator

import numpy as np
import pytest

from adaem_core.archive.study import Study
from adaem_core.landscape.course import PARTS, Efficiency, efficiency
from adaem_core.visualize import tables
from adaem_core.visualize.efficiency import between, budget_figure, explained, extremes, parts_figure, spread_figure, steps_figure
from tests.pages.fixture_study import IMAGE, write_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with Study.read(write_study(tmp_path_factory.mktemp("efficiency") / "rich.db")) as opened:
        yield opened


@pytest.fixture(scope="module")
def course(study: Study) -> Efficiency:
    return efficiency(study, top=5)


def test_the_budget_holds_score_interval_topics_and_baseline(course: Efficiency) -> None:
    traces = {trace.name: trace for trace in budget_figure(course.budget, course.topics).data}
    assert list(traces["Best questions so far"].x) == list(range(1, 9))
    assert list(traces["Best questions so far"].y) == pytest.approx(course.budget.score)
    assert list(traces["Topics they come from"].y) == course.budget.topics.tolist()
    assert traces["Topics themselves (n = 4)"].y[0] == pytest.approx(course.topics.mean())
    band = next(trace for trace in traces.values() if trace.fill == "toself")
    assert band.y[0] == pytest.approx(course.budget.high[0])


def test_without_topics_there_is_no_baseline(course: Efficiency) -> None:
    assert not any("themselves" in (trace.name or "") for trace in budget_figure(course.budget, np.array([])).data)


def test_refinement_names_how_many_rewrites_were_kept(course: Efficiency) -> None:
    figure = steps_figure(course.steps)
    assert list(figure.data[1].y) == pytest.approx(course.steps.score)
    assert list(figure.layout.xaxis.ticktext) == ["draft", "step 1<br>0 of 15 kept", "step 2<br>15 of 15 kept"]


def test_every_score_is_in_the_distribution(course: Efficiency) -> None:
    figure = spread_figure({"Topics": course.topics, IMAGE: course.questions})
    by_size = {len(trace.x): trace for trace in figure.data}
    assert list(by_size[15].x) == pytest.approx(course.questions)
    assert "n = 4" in by_size[4].y[0]
    assert "<img" not in figure.to_json()
    assert figure.data[-1].x is not None
    assert [len(each) for each in between(course, course, ("a", "b")).values()] == [4, 15, 4, 15]


def test_the_extremes_are_the_ends_of_the_ranking(study: Study) -> None:
    questions = tables.questions(study)
    shown = extremes(questions, 3)
    assert shown["total"].tolist() == sorted(questions["total"], reverse=True)[:3] + sorted(questions["total"])[:3][::-1]
    assert extremes(questions, 10)["id"].is_unique, "a small study has no question at both ends"
    assert len(extremes(questions, 10)) == 15
    figure = parts_figure(shown, questions[list(PARTS)].mean())
    diversity = next(trace for trace in figure.data if trace.name == "Value diversity")
    assert diversity.x[-1] == pytest.approx(shown["value_diversity"][0] - questions["value_diversity"].mean())


def test_what_sets_a_question_apart_is_said_largest_first(study: Study) -> None:
    questions = tables.questions(study)
    means = questions[list(PARTS)].mean()
    # Fixture: only value diversity differs between questions.
    assert explained(questions.iloc[0], means).startswith("Against the mean: value diversity +")
    assert explained(means, means) == "Like the mean in every part"
