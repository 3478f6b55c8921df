"""The study file: everything comes back as it went in, one writer at a time, and no accident leaves half of anything."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adaem_core.archive import rows
from adaem_core.archive.study import Study
from adaem_core.errors import AdaemError, BadInput
from adaem_core.messages import Completion, Params, Purpose, Request, TokenProbability
from adaem_core.records import Pull
from tests.rich_pulls import HOSTILE, TOPICS, rich_pulls

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a study.db"


@pytest.fixture
def study(path: Path) -> Iterator[Study]:
    made = Study.create(path, {"title": HOSTILE, "date": "2026-11-21"}, TOPICS)
    yield made
    with contextlib.suppress(sqlite3.ProgrammingError):  # some tests have closed it
        made.close()


def counts(study: Study) -> dict[str, int]:
    tables = ("topics", "calls", "pulls", "questions", "attempts", "responses", "recognitions")
    return {name: study.select(f"SELECT COUNT(*) AS n FROM {name}")[0]["n"] for name in tables}


def test_every_record_comes_back_as_it_went_in(study: Study, path: Path) -> None:
    pulls = rich_pulls()
    study.save_pulls(pulls)
    study.close()
    with Study.read(path) as found:
        assert found.topics() == list(TOPICS) and found.meta("title") == HOSTILE
        for pull in pulls:
            for grown in (pull.root, *pull.outgrowths):
                if grown:
                    assert repr(found.question(grown.question.id)) == repr(grown)  # repr: NaN is not equal to itself
        bare = [repr((each.number, each.topic_id, each.ucb, each.reward, [one.question for one in each.outgrowths])) for each in pulls]
        again = found.finished_pulls()
        assert [
            repr((each.number, each.topic_id, each.ucb, each.reward, [one.question for one in each.outgrowths])) for each in again
        ] == bare
        assert [each.root.question if each.root else None for each in again] == [
            each.root.question if each.root else None for each in pulls
        ]
        ids = [grown.question.id for pull in pulls for grown in (pull.root, *pull.outgrowths) if grown]
        assert [each.question.id for each in found.outgrowths()] == ids
        assert [each.question.id for each in found.outgrowths("T2")] == [id for id in ids if id.startswith("T2")]


def test_an_unknown_question(study: Study) -> None:
    with pytest.raises(BadInput, match="No question T9"):
        study.question("T9")


def request(text: str = "Should it be?", sample: int = 0) -> Request:
    return Request("ash", ({"role": "user", "content": text},), Params(json=True), sample, Purpose.RECOGNISE)


REPLY = Completion(
    f"Yes {HOSTILE}", "k1", "filtered", "withheld", "length", (TokenProbability("Y", -0.25, {"N": -1.5}), TokenProbability("es", -9999.0)),
    120, 30, 0.0125, cached=False, served_by="ash-2026",
)  # fmt: skip


def test_a_reply_comes_back_with_everything_known_about_it(study: Study) -> None:
    study.record("openai/ash", request(HOSTILE), REPLY)
    assert study.recall("k1") == REPLY and study.recall("k2") is None
    row = study.call("k1")
    assert row is not None and (row["purpose"], row["model"], row["endpoint"]) == ("recognise", "ash", "openai/ash")


def test_a_second_reply_to_the_same_request_is_ignored(study: Study) -> None:
    study.record("openai/ash", request(), REPLY)
    study.record("openai/ash", request(), Completion("other", "k1", cost=5.0))
    assert study.recall("k1") == REPLY and study.spent() == {"calls": 1, "tokens": 150, "cost": 0.0125}


def test_only_what_this_study_paid_for_is_spent(study: Study) -> None:
    assert study.spent() == {"calls": 0, "tokens": 0, "cost": 0}
    study.record("e", request("a"), Completion("", "k1", prompt_tokens=10, completion_tokens=5, cost=0.5))
    study.record("e", request("b"), Completion("", "k2", prompt_tokens=100, completion_tokens=50, cost=5.0, cached=True))
    study.record("e", request("c"), Completion("", "k3", failure="failed", prompt_tokens=1, completion_tokens=1, cost=0.25))
    assert study.spent() == {"calls": 2, "tokens": 17, "cost": 0.75}
    (tally,) = study.tally()
    assert tally == {"purpose": "recognise", "model": "ash", "calls": 3, "cached": 1, "failed": 1, "tokens": 167, "cost": 0.75}


def test_the_words_of_an_answer_are_read_from_the_ledger(study: Study) -> None:
    """A text is stored once: in the reply to its request. An answer without a request keeps its own."""
    first = rich_pulls()[0].outgrowths[0]
    keyed = first.answers[0].response
    study.save_pulls([Pull(1, "T1", 1.0, None, (first,), 1.0)])
    assert study.answers(first.question.id)[0].response.text == keyed.text and not keyed.request
    study.record("e", request(), Completion("the words", "k1"))
    study.connection.execute("UPDATE responses SET request = 'k1', text = '' WHERE subject = ?", (first.question.id,))
    assert {each.response.text for each in study.answers(first.question.id)} == {"the words"}


def test_a_full_disk_is_told_in_words_and_loses_nothing_finished(study: Study, path: Path) -> None:
    first, *others = rich_pulls()
    study.save_pulls([first])
    study.record("e", request(), REPLY)
    before = counts(study)
    pages = study.connection.execute("PRAGMA page_count").fetchone()[0]
    study.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(AdaemError, match=r"the disk is full\. Nothing already finished is lost"):
        study.save_pulls(others)
    with pytest.raises(AdaemError, match="the disk is full"):
        study.record("e", request("other"), Completion("x" * 100_000, "k2"))
    assert counts(study) == before
    study.connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
    study.save_pulls(others)
    study.close()
    with Study.read(path) as found:
        assert len(found.pulls()) == len(rich_pulls()) and found.recall("k1") == REPLY


def test_an_error_in_the_middle_of_a_wave_leaves_none_of_it(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = rich_pulls()
    study.save_pulls([first])
    before = counts(study)
    original = rows.attempt_row

    def failing(attempt: object) -> tuple[object, ...]:
        if study.select("SELECT COUNT(*) AS n FROM pulls")[0]["n"] == 2:
            raise RuntimeError("pulled the plug")
        return original(attempt)  # type: ignore[arg-type]

    monkeypatch.setattr(rows, "attempt_row", failing)
    with pytest.raises(RuntimeError):
        study.save_pulls(others)
    assert counts(study) == before
    monkeypatch.undo()
    study.save_pulls(others)
    assert len(study.pulls()) == len(rich_pulls())


def test_several_values_are_stored_together_or_not_at_all(study: Study) -> None:
    with pytest.raises(TypeError):
        study.set_meta(job="running", broken=object())
    study.connection.execute("CREATE TRIGGER stop BEFORE INSERT ON meta WHEN NEW.key = 'b' BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(AdaemError):
        study.set_meta(a=1, b=2)
    assert study.meta("job") is None and study.meta("a") is None


def test_a_process_killed_in_the_middle_of_a_wave_leaves_none_of_it(study: Study, path: Path) -> None:
    study.save_pulls(rich_pulls()[:1])
    before = counts(study)
    study.close()
    code = """
import os, sys
from pathlib import Path
from adaem_core.archive import rows
from adaem_core.archive.study import Study
from tests.rich_pulls import rich_pulls
study, original, seen = Study.write(Path(sys.argv[1])), rows.response_row, []
def last(each):
    seen.append(each)
    if len(seen) > 5:
        os.kill(os.getpid(), 9)
    return original(each)
rows.response_row = last
study.save_pulls(rich_pulls()[1:])
"""
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == -9
    with Study.write(path) as again:
        assert counts(again) == before
        again.save_pulls(rich_pulls()[1:])
