"""What failed for the moment is asked again by the same command; what is final stays, and no single answer stops a run."""

import json
from pathlib import Path

import numpy as np
import pytest
import yaml

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.measure.value_labels import value_labels
from tests.end_to_end.apparatus import panel_file, played, remote_panel, run, select
from tests.loopback import Body, Loopback, Reply, Script

QUESTIONS = 12
DOWN = Reply(status=503)
MODERATED = Reply(
    status=403,
    error={
        "message": 'Your chosen model requires moderation and your input was flagged for "violence".',
        "code": 403,
        "metadata": {"reasons": ["violence"]},
    },
)
QUICK = ("--retries", "1", "--concurrency", "1", "--read-twice", "0", "--json")


def small_panel(folder: Path, server: Loopback) -> Path:
    """Return a panel of two examinees and a recogniser behind the server."""
    path = panel_file(folder, server)
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["models"] = [each for each in content["models"] if each["name"] in ("aurora", "boreal", "recogniser")]
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def questions(folder: Path) -> Path:
    """Return a file of twelve questions."""
    path = folder / "questions.csv"
    path.write_text(
        "id,question\n" + "".join(f"Q{n},Should law number {n} stand for ever?\n" for n in range(1, QUESTIONS + 1)), encoding="utf-8"
    )
    return path


def examine(folder: Path, server: Loopback, *more: str) -> tuple[str | Path, ...]:
    """Return the words of an examination of the small panel."""
    return (
        "examine",
        "--study",
        folder / "s.db",
        "--benchmark",
        questions(folder),
        "--examinees",
        small_panel(folder, server),
        *QUICK,
        *more,
    )


def flags(body: Body, number: int) -> bool:
    """Say whether a request asks question `number`."""
    return f"law number {number} stand" in json.dumps(body["messages"])


def test_after_a_server_was_down_the_same_command_gets_all_answers(tmp_path: Path) -> None:
    with remote_panel() as server:
        words = examine(tmp_path, server)
        well, server.scripts = server.scripts, {"*": DOWN}
        stopped = run(*words)
        assert stopped.status == 130 and "Traceback" not in stopped.said
        server.scripts = well
        done = run(*words)
        assert done.status == 0, done.said
        assert (done.told["answered"], done.told["failed"], done.told["values_not_read"]) == (2 * QUESTIONS, 0, 0)
        asked = len(server.requests)
        assert run(*words).status == 0 and len(server.requests) == asked, "a whole examination asks nothing"


@pytest.mark.parametrize("model", ["boreal", "recogniser"])
def test_single_failures_are_stored_told_and_asked_again(tmp_path: Path, model: str) -> None:
    """An answer or a reading that failed is no reason to stop: the run ends well, says so, and the same command mends it."""

    def sometimes(body: Body) -> Reply:
        return DOWN if flags(body, 3) or flags(body, 7) else played(body)

    def reading(body: Body) -> Reply:
        count["seen"] += 1
        return DOWN if count["seen"] in (3, 9) else played(body)

    count = {"seen": 0}
    script: Script = reading if model == "recogniser" else sometimes
    with remote_panel(**{model: script}) as server:
        words = examine(tmp_path, server)
        first = run(*words)
        assert first.status == 0, first.said
        assert (first.told["failed"], first.told["values_not_read"]) == ((2, 0) if model == "boreal" else (0, 2))
        assert first.told["asked_again"] == 2 and "Start the same command again" in first.said
        server.scripts = {"*": played}
        asked = len(server.requests)
        done = run(*words)
        assert done.status == 0 and done.told["asked_again"] == 0
        assert (done.told["answered"], done.told["failed"], done.told["values_not_read"]) == (2 * QUESTIONS, 0, 0)
        assert len(server.requests) - asked == (4 if model == "boreal" else 2), "nothing else is asked"
    failed = select(tmp_path / "s.db", "SELECT key FROM calls WHERE failure = 'failed'")
    assert len(failed) == 2, "what failed stays in the ledger"


def test_a_question_that_is_withheld_is_one_refusal_and_final(tmp_path: Path) -> None:
    def moderated(body: Body) -> Reply:
        return MODERATED if flags(body, 5) else played(body)

    with remote_panel(boreal=moderated) as server:
        words = examine(tmp_path, server)
        done = run(*words)
        assert done.status == 0, done.said
        assert (done.told["answered"], done.told["refused"], done.told["failed"]) == (2 * QUESTIONS - 1, 1, 0)
        asked = len(server.requests)
        assert run(*words).status == 0 and len(server.requests) == asked
    found = select(tmp_path / "s.db", "SELECT subject, model, reason FROM responses WHERE outcome = 'refused'")
    assert [(each["subject"], each["model"]) for each in found] == [("E1:Q5", "boreal")] and "withheld" in found[0]["reason"]


@pytest.mark.parametrize("act", ["prime", "retest"])
def test_prime_and_retest_ask_again_what_failed(tmp_path: Path, act: str) -> None:
    with remote_panel() as server:
        assert run(*examine(tmp_path, server)).status == 0
        more = ("--model", "boreal", "--values", "SEC") if act == "prime" else ()
        words = (act, "--study", tmp_path / "s.db", *more, "--retries", "1", "--concurrency", "1", "--json")
        server.scripts = {"*": played, "boreal": lambda body: DOWN if flags(body, 4) else played(body)}
        first = run(*words)
        assert first.status == 0 and first.told["failed"] == first.told["asked_again"] == 1, first.said
        server.scripts = {"*": played}
        done = run(*words)
        assert done.status == 0 and done.told["failed"] == done.told["asked_again"] == 0


def test_a_refusal_is_not_pressed_and_what_was_pressed_is_marked_and_can_be_left_out(tmp_path: Path) -> None:
    """Boreal refuses one question in Chinese and answers another only when asked again."""

    def moody(body: Body) -> Reply:
        if flags(body, 2):
            return Reply("很抱歉，我无法就此问题发表个人观点。")
        return Reply("Hm.") if flags(body, 6) and len(body["messages"]) == 1 else played({**body, "messages": body["messages"][:1]})

    study = tmp_path / "s.db"
    with remote_panel(boreal=moody) as server:
        done = run(*examine(tmp_path, server))
        assert done.status == 0, done.said
        assert (done.told["refused"], done.told["pressed"], done.told["answered"]) == (1, 1, 2 * QUESTIONS - 1)
        assert done.told["calls"]["repair"] == 1
    with Study.read(study) as file:
        each, system = examinations.one(file, "E1"), settings_of(file).system
        marked = [(answer.response.subject, answer.model) for answer in examinations.answers(file, each) if answer.response.pressed]
        kept, left_out = (value_labels(file, each, system, pressed=pressed).expressed for pressed in (True, False))
    assert marked == [("E1:Q6", "boreal")]
    assert np.isnan(kept).all(axis=2).sum() == 1 and np.isnan(left_out).all(axis=2).sum() == 2
    all_of_them, fewer = (run("ratings", "--study", study, "--json", *more).told for more in ((), ("--without-pressed",)))
    assert fewer["pressed"] == "left out" and all_of_them["ratings"] != fewer["ratings"]


def test_an_answer_that_was_cut_off_is_asked_for_with_more_room_and_else_recorded_as_cut(tmp_path: Path) -> None:
    def cut(body: Body) -> Reply:
        reply = played(body)
        if flags(body, 1) and body["max_tokens"] < 4_000:
            return Reply(reply.text[:-45], finish="length")
        return Reply(reply.text[:-45], finish="length") if flags(body, 8) else reply

    with remote_panel(boreal=cut) as server:
        done = run(*examine(tmp_path, server))
        assert done.status == 0, done.said
        assert (done.told["answered"], done.told["unreadable"], done.told["pressed"]) == (2 * QUESTIONS - 1, 1, 0)
    found = select(tmp_path / "s.db", "SELECT subject, reason FROM responses WHERE outcome = 'unreadable'")
    assert found[0]["subject"] == "E1:Q8" and "was cut off after" in found[0]["reason"]


def test_a_missing_verdict_of_the_papers_protocol_costs_one_value_and_is_counted(tmp_path: Path) -> None:
    def mumbling(body: Body) -> Reply:
        text = json.dumps(body["messages"])
        return Reply("Hm.") if "SEC |" in text.rsplit("<value", 1)[-1] and "opinion" in text else played(body)

    study = tmp_path / "s.db"
    with remote_panel(recogniser=mumbling) as server:
        done = run(*examine(tmp_path, server, "--protocol", "paper", "--opinions", "1"))
        assert done.status == 0, done.said
    assert (done.told["answered"], done.told["values_not_read"]) == (2 * QUESTIONS, 0)
    assert done.told["verdicts_missing"] == 2 * QUESTIONS
    with Study.read(study) as file:
        labels = value_labels(file, examinations.one(file, "E1"), settings_of(file).system)
    missing = np.isnan(labels.expressed)
    assert missing[:, :, labels.dimensions.index("SEC")].all() and missing.sum() == 2 * QUESTIONS


def test_generate_asks_again_what_failed_and_ends_where_it_would_have_without(tmp_path: Path) -> None:
    """One answer of boreal and one fact of cedar fail; the same command mends both pulls, and the benchmark is that of a run without."""
    size = ("--budget", "3", "--max-topics", "2", "--kept", "2", "--retries", "1", "--concurrency", "8", "--json")
    count = {"boreal": 0, "cedar": 0}

    def now_and_then(body: Body) -> Reply:
        count[body["model"]] += 1
        return DOWN if count[body["model"]] == 3 else played(body)

    made = {}
    for name, scripts in (("whole", {}), ("mended", {"boreal": now_and_then, "cedar": now_and_then})):
        folder = tmp_path / name
        folder.mkdir()
        with remote_panel(**scripts) as server:
            words = ("generate", "--study", folder / "s.db", "--panel", panel_file(folder, server), *size)
            first = run(*words)
            assert first.status == 0, first.said
            assert bool(first.told["asked_again"]) is (name == "mended")
            server.scripts = {"*": played}
            done = run(*words)
            assert done.status == 0 and done.told["asked_again"] == 0, done.said
            asked = len(server.requests)
            assert run(*words).status == 0 and len(server.requests) == asked, "nothing is left to ask"
        assert select(folder / "s.db", "SELECT * FROM responses WHERE outcome = 'failed'") == []
        made[name] = select(folder / "s.db", "SELECT id, fate, answered FROM questions ORDER BY id")
    assert [each["id"] for each in made["whole"]] == [each["id"] for each in made["mended"]]
    assert {each["answered"] for each in made["mended"] if each["fate"] == "scored"} == {9}


def test_a_run_that_came_to_nothing_is_whole_after_the_same_command(tmp_path: Path) -> None:
    with remote_panel(**{"*": Reply(status=500)}) as server:
        words = (
            "generate",
            "--study",
            tmp_path / "s.db",
            "--panel",
            panel_file(tmp_path, server),
            "--budget",
            "1",
            "--retries",
            "1",
            "--json",
        )
        assert run(*words).status == 0
        server.scripts = {"*": played}
        done = run(*words)
        assert done.status == 0 and done.told["questions"] > 0 and done.told["asked_again"] == 0, done.said
