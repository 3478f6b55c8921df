"""A study from its creation through a stop to its summary."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adaem_core import __version__
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.chat.model import request_key
from adaem_core.errors import BadInput, Paused
from adaem_core.generate.again import known_texts
from adaem_core.generate.arms import Arm, update
from adaem_core.generate.run import apparatus, arms_after, create_study, mean_score, run, summary
from adaem_core.messages import Completion, Request
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.records import Fate, Pull, Topic
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from tests.elicit.fakes import SYSTEM
from tests.generate.fakes import WordEmbedder, grown, panel, steady, topics


def made(path: Path, **changes: Any) -> Study:
    told = {
        "topics": topics(3),
        "panel": panel(),
        "system": SYSTEM,
        "elicit": ElicitSettings(words=90),
        "generate": GenerateSettings(budget=5, wave=2),
    }
    return create_study(path, title="A title", **{"chat": ChatSettings(max_cost=2.5), **told, **changes})


class Recorder:
    """A model that keeps every reply in the study, as the client does, and stops after so many new ones."""

    def __init__(self, study: Study, limit: float = math.inf) -> None:
        self.study, self.limit, self.asked = study, limit, 0

    async def complete(self, request: Request) -> Completion:
        key = request_key(request, request.model)
        if known := self.study.recall(key):
            return known
        if self.asked >= self.limit:
            raise Paused("Enough for now.")
        self.asked += 1
        reply = Completion(str(steady(request)), key, prompt_tokens=100, completion_tokens=20, cost=0.001)
        self.study.record("here", request, reply)
        return reply


def work(study: Study, limit: float = math.inf, after: Callable[[], None] = lambda: None) -> Recorder:
    recorder = Recorder(study, limit)
    asyncio.run(run(study, apparatus(study, recorder, WordEmbedder()), after))
    return recorder


def rows(study: Study) -> list[object]:
    tables = ("questions", "attempts", "responses", "recognitions")
    return [
        study.select("SELECT number, topic_id, ucb, reward FROM pulls"),
        *(study.select(f"SELECT * FROM {each} ORDER BY 1, 2, 3") for each in tables),
    ]


def test_a_study_holds_everything_a_run_needs(tmp_path: Path) -> None:
    with made(tmp_path / "s.db", earlier=["Should it be?"]) as study:
        assert study.topics() == list(topics(3))
        kept = settings_of(study)
        assert kept.panel == replace(panel(), name="small") and kept.system == SYSTEM
        tools = apparatus(study, Recorder(study), WordEmbedder())
        assert (tools.elicit, tools.settings) == (ElicitSettings(words=90), GenerateSettings(budget=5, wave=2))
        assert (kept.title, kept.engine, kept.simulated) == ("A title", __version__, True)
        assert kept.chat == ChatSettings(max_cost=2.5)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"topics": ()}, "There are no topics"),
        ({"topics": (Topic("T1", "A?"), Topic("T1", "B?"))}, "Topic id T1 is used twice"),
        ({"panel": panel(("ash",))}, "at least 2 model.*role p1, got 1"),
        ({"panel": panel(p2=("ash",))}, "at least 2 model.*role p2, got 1"),
        (
            {"panel": Panel("p", (ModelSpec("a", "x/a", (Role.P1, Role.P2)), ModelSpec("b", "x/b", (Role.P1, Role.P2))))},
            "role recogniser, got 0",
        ),
    ],
)
def test_a_study_that_could_not_run_is_not_made(tmp_path: Path, changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        made(tmp_path / "s.db", **changes)
    assert not (tmp_path / "s.db").exists()


def test_a_second_study_of_the_same_name_is_refused(tmp_path: Path) -> None:
    made(tmp_path / "s.db").close()
    with pytest.raises(BadInput, match="holds a study already"):
        made(tmp_path / "s.db")


def test_a_study_stopped_anywhere_asks_nothing_twice_and_ends_the_same(tmp_path: Path) -> None:
    with made(tmp_path / "whole.db") as whole:
        total = work(whole).asked
        asked = 0
        with made(tmp_path / "stopped.db") as stopped:
            for limit in (3, total // 3, total // 4):
                recorder = Recorder(stopped, limit)
                with pytest.raises(Paused, match="Enough"):
                    asyncio.run(run(stopped, apparatus(stopped, recorder, WordEmbedder()), lambda: None))
                asked += recorder.asked
            asked += work(stopped).asked
            assert asked == total
            assert rows(stopped) == rows(whole)
            assert work(stopped).asked == 0, "a finished study has nothing left to do"


def test_the_caller_hears_of_each_wave_once_it_is_stored(tmp_path: Path) -> None:
    with made(tmp_path / "s.db") as study:
        heard: list[int] = []
        work(study, after=lambda: heard.append(len(study.pulls())))
        assert heard == [2, 4, 5]


def test_a_summary_by_hand(tmp_path: Path) -> None:
    with made(tmp_path / "s.db") as study:
        assert summary(study)["mean_score_questions"] is None and summary(study)["mean_score_topics"] is None
        work(study)
        told = summary(study)
        count = {name: study.select(f"SELECT COUNT(*) AS n FROM {name}")[0]["n"] for name in ("questions", "calls")}
        assert told["pulls"] == 5 and told["simulated"] is True and told["study"] == str(tmp_path / "s.db")
        assert sum(told["fates"].values()) == count["questions"] - 3, "the topics themselves met no fate of a question"
        assert told["questions"] == told["fates"]["scored"] > 0
        assert sum(told["calls"].values()) == count["calls"] and told["cached_calls"] == 0
        assert told["tokens"] == 120 * count["calls"] and told["cost"] == pytest.approx(0.001 * count["calls"])
        scored = [each for each in study.outgrowths() if each.fate is Fate.SCORED and each.score]
        for key, depth in (("mean_score_topics", (0,)), ("mean_score_questions", (1, 2, 3))):
            totals = [each.score.total for each in scored if each.question.depth in depth and each.score]
            assert told[key] == pytest.approx(sum(totals) / len(totals))
        accepted = sum(attempt.accepted for each in scored for attempt in study.attempts(each.question.id) if attempt.step)
        unsafe = sum(
            attempt.accepted
            for each in study.outgrowths()
            if each.fate is not Fate.SCORED
            for attempt in study.attempts(each.question.id)
            if attempt.step
        )
        assert told["accepted_refinements"] == accepted + unsafe


def test_the_mean_score_is_that_of_the_scored() -> None:
    assert mean_score([grown("a", 2.0), grown("b", 3.0), grown("c", 90.0, fate=Fate.DUPLICATE), grown("d", None, fate=Fate.UNSAFE)]) == 2.5
    assert mean_score([grown("c", 90.0, fate=Fate.DUPLICATE)]) is None


def test_arms_are_left_as_their_pulls_left_them() -> None:
    first, second, _ = topics(3)
    pulls = [
        Pull(1, "T1", math.inf, grown("T1", 1.0, depth=0), (grown("T1.1.1", 4.0),), 4.0),
        Pull(2, "T2", math.inf, None, (), math.nan),
        Pull(3, "T1", 5.0, None, (grown("T1.2.1", 2.0),), 2.0),
    ]
    one, two, three = arms_after(topics(3), pulls)
    assert one == update(update(Arm(first), pulls[0]), pulls[2]) and (one.pulls, one.estimate) == (2, 3.0)
    assert two == Arm(second, (), 1, 0.0) and three == Arm(topics(3)[2])


def test_new_questions_must_differ_from_topics_earlier_editions_and_all_that_was_kept(tmp_path: Path) -> None:
    with made(tmp_path / "s.db", earlier=["Should it be?"]) as study:
        outgrowths = tuple(grown(fate.value, text=f"Is it {fate.value}?", fate=fate) for fate in Fate)
        found = known_texts(study, [Pull(1, "T1", math.inf, grown("T1", depth=0), outgrowths)])
        assert found == [
            *(each.text for each in topics(3)),
            "Should it be?",
            *(f"Is it {fate}?" for fate in ("scored", "unsafe", "unscored")),
        ]
