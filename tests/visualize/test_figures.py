"""Figures are checked by their data: what the study says is what the traces hold."""

import math
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import create
from adaem_core.records import Fate, Outgrowth, Question, Score
from adaem_core.visualize import tables
from adaem_core.visualize.monitor import arms_figure, course_figure
from adaem_core.visualize.score_parts import parts_figure
from adaem_core.visualize.tree import ancestry, positions, tree_figure
from tests.pages.fixture_study import write_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with Study.read(write_study(tmp_path_factory.mktemp("figures") / "rich.db")) as opened:
        yield opened


def grown(id: str, parent: str | None, depth: int, fate: Fate = Fate.SCORED) -> Outgrowth:
    return Outgrowth(Question(id, "T", f"{id}?", depth, parent, "m" if parent else None), fate)


TREE = [grown("T", None, 0), grown("a", "T", 1), grown("b", "T", 1), grown("aa", "a", 2), grown("ab", "a", 2)]


def test_questions_are_best_first_and_gain_is_over_the_topic(study: Study) -> None:
    frame = tables.questions(study)
    assert len(frame) == 15
    assert frame["total"].is_monotonic_decreasing
    # Fixture: the eighth pull's second question scores 3.4 + .3 · 8; its topic T004, first pulled fourth, 2.5 + .05 · 4.
    assert frame.iloc[0]["total"] == pytest.approx(5.8)
    assert frame.iloc[0]["gain"] == pytest.approx(5.8 - 2.7)
    assert set(frame["rewrites"]) == {1}


def test_the_course_never_falls(study: Study) -> None:
    course = tables.course(study)
    assert list(course["number"]) == list(range(1, 9))
    assert course["best"].is_monotonic_increasing
    assert course["best"].iloc[-1] == pytest.approx(5.8)


def test_the_bound_of_an_arm_is_that_of_the_topics_page(tmp_path: Path) -> None:
    from adaem_core.landscape.course import favoured
    from tests.pages.fixture_study import SETTINGS, TOPICS, pull_of

    with create(tmp_path / "one.db", SETTINGS, TOPICS) as study:
        study.save_pulls([pull_of(study, 1)])
        arms, now = tables.arms(study), {each.id: each.bound for each in favoured(study)}
    assert list(arms["pulls"]) == [1]
    expected = arms["score"].iloc[0] + math.sqrt(2 * math.log(SETTINGS.generate.budget) / 1)
    assert list(arms["bound"]) == [now[arms["id"].iloc[0]]] == [pytest.approx(expected)]


def test_what_was_left_out_is_listed_with_its_reason(study: Study) -> None:
    assert sorted(tables.dropped(study)["fate"]) == ["duplicate", "unsafe", "unscored", "unwritten"]
    missing = tables.missing(study)
    assert set(missing["outcome"]) == {"refused", "unreadable"} - ({"unreadable"} - set(missing["outcome"]))
    assert missing["answers"].sum() > 0


def test_arms_figure_shows_the_best_topic_on_top(study: Study) -> None:
    arms = tables.arms(study)
    mean = next(trace for trace in arms_figure(arms).data if trace.name == "Mean S")
    assert mean.y[-1] == arms["id"].iloc[0], "the last category is drawn on top"
    assert mean.x[-1] == pytest.approx(arms["score"].iloc[0])


def test_course_figure_holds_the_pulls(study: Study) -> None:
    traces = {trace.name: trace for trace in course_figure(tables.course(study)).data}
    assert list(traces["Mean of the pull"].x) == list(range(1, 9))
    assert list(traces["Best so far"].y) == list(tables.course(study)["best"])


def test_hostile_topics_stay_text_in_hovers(study: Study) -> None:
    for figure in (arms_figure(tables.arms(study)), course_figure(tables.course(study))):
        assert "<img" not in figure.to_json()


def test_parts_figure_parts_accepted_from_rejected(study: Study) -> None:
    figure = parts_figure(tables.attempts(study.attempts("T001.1.1")))
    accepted, rejected = figure.data[:2]
    assert list(accepted.x) == [0, 2]
    assert list(rejected.x) == [1]
    assert rejected.marker.symbol == "circle-open"


def test_tree_positions_put_a_parent_amid_its_children() -> None:
    places = positions(TREE)
    assert places["aa"] == (2, 0)
    assert places["ab"] == (2, 1)
    assert places["a"] == (1, 0.5)
    assert places["b"] == (1, 2)
    assert places["T"] == (0, 1.25)


def test_ancestry_and_family_lead_from_the_topic_down() -> None:
    assert ancestry(TREE, "ab") == {"T", "a", "ab"}
    assert [each.question.id for each in tables.family(TREE, "ab")] == ["T", "a", "ab"]
    assert tables.family(TREE, "unknown") == ()


def test_tree_figure_shows_a_child_whose_parent_is_missing() -> None:
    figure = tree_figure([grown("lone", "gone", 1)], "lone")
    assert sum(len(trace.x) for trace in figure.data if trace.name == "This question") == 1


def test_why_names_the_parts_that_moved_largest_first() -> None:
    before = Score(2.0, 0.5, 1.5, 1.0, 4.0, "black_box", 4, 4)
    after = Score(3.0, 0.6, 1.5, 0.9, 4.95, "black_box", 4, 4)
    assert tables.why(before, after) == "S rose from 4.00 to 4.95 (value diversity +1.00, opinion diversity +0.10, disentanglement -0.10)."


def test_exported_rows_have_no_nan() -> None:
    assert tables.rows(pd.DataFrame({"a": [1.0, float("nan")]})) == [{"a": 1.0}, {"a": None}]
