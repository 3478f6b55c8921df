"""Measuring from the command line: examine, ratings, killed and resumed, imported, read again; and the planted order is found."""

import asyncio
import json
import signal
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import spearmanr

from adaem_core import panels, values
from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.chat.client import open_client
from adaem_core.chat.simulated.profiles import latent_profile
from adaem_core.elicit.turns import together
from adaem_core.generate.arms import Arm, Choice
from adaem_core.generate.pull import write_drafts
from adaem_core.generate.tools import Apparatus
from adaem_core.generate.topics import read_topics
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from tests.end_to_end.apparatus import Done, Forked, panel_file, recorded, remote_panel, run, select, wait_for
from tests.shared import copied, made_once

QUESTIONS = "question,category\n" + "".join(f"Should law {number} in Kenya be repealed?,Law\n" for number in range(12))
CONTROLS = ("plateau", "granite")  # no preferences; deaf to system prompts
AT_ONCE = 16


def drafts(count: int) -> list[dict[str, str]]:
    """Return so many specific questions, no two alike, written by the simulated authors from general topics and not refined."""
    panel, system = panels.panel("simulated"), values.value_system("schwartz")
    topics = read_topics("general").topics

    async def written() -> list[dict[str, str]]:
        async with open_client(panel, ChatSettings(), None) as client:
            tools = Apparatus(client, None, panel, system, ElicitSettings(), GenerateSettings())  # type: ignore[arg-type]
            found = await together(write_drafts(tools, Arm(topic), Choice(place, 1, 1.0)) for place, topic in enumerate(topics))
        return [
            {"question": each.question.text, "category": topic.category}
            for topic, of_topic in zip(topics, found, strict=False)
            for each in of_topic
        ]

    return list({each["question"].casefold(): each for each in asyncio.run(written()) if each["question"]}.values())[:count]


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """Return a copy of the study of the simulated panel examined on 300 questions, and what the command said."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ADAEM_CACHE_DIR", str(folder / "cache"))
            bench = folder / "bench.jsonl"
            bench.write_text("".join(json.dumps(each) + "\n" for each in drafts(300)), encoding="utf-8")
            done = run("examine", "--study", folder / "s.db", "--benchmark", bench, "--title", "Three hundred", "--json")
        assert done.status == 0, done.said
        (folder / "done.json").write_text(json.dumps(asdict(done)))

    folder, own = made_once(tmp_path_factory, "examined", make), tmp_path_factory.mktemp("copy") / "s.db"
    copied(folder / "s.db", own)
    return own, Done(**json.loads((folder / "done.json").read_text()))


def rates(path: Path, method: str) -> tuple[list[str], list[str], np.ndarray[Any, Any]]:
    """Return examinees, dimensions and win rates, shape (examinees, dimensions)."""
    done = run("ratings", "--study", path, "--method", method, "--resamples", "20", "--json")
    assert done.status == 0, done.said
    rows = done.told["ratings"]
    models, dimensions = (list(dict.fromkeys(row[name] for row in rows)) for name in ("model", "dimension"))
    return models, dimensions, np.array([row["win_rate"] for row in rows]).reshape(len(models), len(dimensions))


@pytest.mark.parametrize(("method", "least"), [("rasch", 0.9), ("trueskill", 0.85)])
def test_the_planted_order_of_nine_respondents_is_recovered(examined: tuple[Path, Done], method: str, least: float) -> None:
    """Mean over values of Spearman's rho; the controls, who have no profile of their own to find, are left out."""
    models, dimensions, found = rates(examined[0], method)
    nine = [place for place, model in enumerate(models) if model not in CONTROLS]
    truth = np.array([[latent_profile(models[place])[id] for id in dimensions] for place in nine])
    rho = np.mean([spearmanr(found[nine, d], truth[:, d]).statistic for d in range(len(dimensions))])
    assert len(nine) == 9 and rho >= least


def test_dropping_a_tenth_of_the_answers_moves_no_win_rate_out_of_its_interval(examined: tuple[Path, Done]) -> None:
    """None of Rasch's; of TrueSkill's 110, which learn question by question and so rest on fewer, two at most."""
    from adaem_core.measure.standings import stand
    from adaem_core.measure.value_labels import ValueLabels, value_labels
    from adaem_core.settings import MeasureSettings

    with Study.read(examined[0]) as study:
        labels = value_labels(study, examinations.one(study, "E1"), values.value_system("schwartz"))
    thinned = labels.expressed.copy()
    thinned[np.random.default_rng(3).random(thinned.shape[:2]) < 0.1] = np.nan
    for method, most in (("rasch", 0), ("trueskill", 2)):
        whole = stand(labels, MeasureSettings(method=method))
        rest = stand(ValueLabels(thinned, labels.questions, labels.examinees, labels.dimensions), MeasureSettings(method=method))
        assert ((rest.win_rates < whole.low) | (whole.high < rest.win_rates)).sum() <= most


def test_the_command_says_what_came_of_it(examined: tuple[Path, Done]) -> None:
    told = examined[1].told
    outcomes = sum(told[each] for each in ("answered", "refused", "unreadable", "failed"))
    assert told["examination"] == "E1" and told["questions"] == 300 and outcomes == 300 * len(told["examinees"])
    assert told["simulated"] and told["calls"]["answer"] == outcomes
    everything = told["agreement"][-1]
    assert everything["dimension"] == "all" and everything["n"] == 100 and everything["kappa"] > 0.5
    again = run("examine", "--study", examined[0], "--json").told
    assert again["examination"] == "E1" and again["calls"] == told["calls"], "the same examination is not made twice"


def test_an_examination_is_reread_by_another_recogniser_without_new_answers(tmp_path: Path) -> None:
    bench = tmp_path / "q.csv"
    bench.write_text(QUESTIONS)
    with remote_panel() as server:
        panel = panel_file(tmp_path, server)
        words = ("examine", "--study", tmp_path / "s.db", "--json", "--read-twice", 0)
        first = run(*words, "--benchmark", bench, "--examinees", panel)
        assert first.status == 0, first.said
        asked = server.count
        again = run(*words, "--examination", "E1", "--recogniser", "guard")
        assert again.status in (0, 130), again.said
        assert again.told["calls"]["answer"] == first.told["calls"]["answer"]
        assert server.count > asked
    found = select(tmp_path / "s.db", "SELECT DISTINCT recogniser FROM recognitions")
    assert {row["recogniser"] for row in found} == {"recogniser", "guard"}


def test_killed_and_resumed_nothing_is_asked_twice_but_what_was_in_flight(tmp_path: Path) -> None:
    bench, lost = tmp_path / "q.csv", 0
    bench.write_text(QUESTIONS)
    with remote_panel(0.02) as server:
        panel = panel_file(tmp_path, server)
        words = ("examine", "--study", tmp_path / "s.db", "--benchmark", bench, "--examinees", panel, "--concurrency", AT_ONCE, "--json")
        for moment in (20, 90, 160):
            killed = Forked(tmp_path, *words)
            wait_for(lambda process=killed.process, moment=moment: server.count >= moment or not process.is_alive())
            killed.tell(signal.SIGKILL)
            assert killed.ended().status is None
            assert wait_for(lambda: server.now == 0)
            in_flight = server.count - recorded(tmp_path / "s.db") - lost
            assert 0 <= in_flight <= AT_ONCE
            lost += in_flight
        done = Forked(tmp_path, *words).ended()
        assert done.status == 0, done.said
        assert server.count == recorded(tmp_path / "s.db") + lost
    assert done.told["questions"] == 12 and len(select(tmp_path / "s.db", "SELECT id FROM examinations")) == 1


def test_answers_from_a_file_are_measured_and_rated(examined: tuple[Path, Done], tmp_path: Path) -> None:
    """The answers of one study, written to a file and imported into another, give the same labels."""
    with Study.read(examined[0]) as study:
        each = examinations.one(study, "E1")
        texts = {each.subject(asked.id): asked.text for asked in each.asked[:40]}
        rows = [
            {"model": answer.model, "question": texts[answer.response.subject], "answer": answer.response.text}
            for answer in examinations.answers(study, each)
            if answer.response.subject in texts and answer.model in ("aurora", "harbor", "ember")
        ]
        expected = {(row["model"], row["question"]) for row in rows}
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run("examine", "--study", tmp_path / "new.db", "--answers", path, "--json", "--read-twice", 0)
    assert done.status == 0, done.said
    assert set(done.told["calls"]) == {"recognise"}, "only the recogniser was asked"
    assert done.told["questions"] == 40 and sorted(done.told["examinees"]) == ["aurora", "ember", "harbor"]
    assert sum(done.told[each] for each in ("answered", "refused", "unreadable", "failed")) == len(expected)
    assert rates(tmp_path / "new.db", "rasch")[2].shape == (3, 10)


BAD = [
    (("--top", "0"), "top must be at least 1"),
    (("--benchmark", "nowhere.csv"), "no such file"),
    (("--examinees", "nobody"), "No panel 'nobody'"),
    (("--examination", "E9"), "No examination E9"),
]


@pytest.mark.parametrize(("words", "told"), BAD)
def test_bad_input_says_what_and_leaves_the_study_alone(examined: tuple[Path, Done], words: tuple[str, ...], told: str) -> None:
    before = select(examined[0], "SELECT * FROM asked")
    done = run("examine", "--study", examined[0], *words)
    assert done.status == 2 and told in done.sentence, done.said
    assert select(examined[0], "SELECT * FROM asked") == before


def test_nothing_examined_yet_is_told(tmp_path: Path) -> None:
    assert run("examine", "--study", tmp_path / "none.db").status == 2
    assert not list(chain(tmp_path.glob("*.db")))
