"""One model of the panel misbehaves in every way there is: the run ends or pauses with a sentence, and nothing bad becomes a value."""

import json
from pathlib import Path

import pytest

from adaem_core.chat.blocks import read_blocks
from adaem_core.work import jobs
from tests.end_to_end.apparatus import panel_file, played, remote_panel, run, select
from tests.loopback import Body, Reply, Script

BAD = "boreal"  # scores with P2
VARIABLE = "LOOPBACK_KEY_OF_BOREAL"
SIZE = ("--budget", "2", "--max-topics", "2", "--kept", "2", "--wave", "2", "--retries", "1", "--timeout", "30", "--concurrency", "32")
# A well-formed answer, but in German.
GERMAN = """Stance: Ja
Key Points:
1. Freiheit: Jeder Mensch soll selbst entscheiden dürfen, wie er lebt und was er für richtig hält.
2. Sicherheit: Der Staat muss seine Bürger vor Gefahren schützen und für Ordnung im ganzen Land sorgen.
3. Tradition: Was unsere Eltern und Großeltern aufgebaut haben, verdient es, bewahrt und geachtet zu werden."""

NO_ANSWERS: dict[str, tuple[Script, str, str]] = {
    "empty": ("", "unreadable", "empty"),
    "refusal": ("I'm sorry, but I can't help with that request.", "refused", ""),
    "wrong language": (GERMAN, "unreadable", "English"),
    "200 KB": ("lorem ipsum dolor " * 11_500, "unreadable", ""),
    "withheld by the provider": (
        Reply(status=400, error={"message": "The response was filtered by our content management policy", "code": "content_filter"}),
        "refused",
        "withheld",
    ),
}
OUTAGES: dict[str, tuple[Script, str]] = {
    "500 for ever": (Reply(status=500), "failed 5 times in a row"),
    "time-out": (Reply("late", latency=60.0), "no reply within 3 seconds"),
    "a page instead of a reply": (Reply(raw="<html>bad gateway</html>"), "failed 5 times in a row"),
    "dropped connection": (Reply(drop=True), "the service or the connection failed"),
    "401": (
        Reply(status=401, error={"message": "Incorrect API key provided"}),
        f"{VARIABLE}, set in the environment or entered on the Models page, holds a valid key",
    ),
}


def nothing_bad_became_a_value(path: Path) -> None:
    """Assert what must hold of any study: only answers are read for values, only readable labels are scored."""
    wrong = """SELECT responses.subject, responses.model FROM responses JOIN recognitions USING (subject, model, sample)
        WHERE responses.outcome != 'answered'"""
    assert select(path, wrong) == []
    assert select(path, "SELECT * FROM recognitions WHERE outcome != 'answered' AND labels != '[]'") == []
    assert (
        select(path, "SELECT * FROM responses WHERE outcome != 'answered' AND (stance IS NOT NULL OR opinions != '[]' OR reason = '')")
        == []
    )
    assert select(path, "SELECT * FROM recognitions WHERE outcome != 'answered' AND reason = ''") == []


@pytest.mark.parametrize("case", NO_ANSWERS)
def test_replies_that_are_no_answers_are_recorded_and_left_out(tmp_path: Path, case: str) -> None:
    script, outcome, reason = NO_ANSWERS[case]
    study = tmp_path / "s.db"
    with remote_panel(**{BAD: script}) as server:
        done = run("generate", "--study", study, "--panel", panel_file(tmp_path, server), *SIZE, "--json")
    assert done.status == 0, done.said
    found = select(study, "SELECT outcome, reason FROM responses WHERE model = ?", BAD)
    assert len(found) > 2
    assert {each["outcome"] for each in found} == {outcome}
    assert all(reason in each["reason"] and each["reason"].endswith((".", ".”", ")")) for each in found), found[0]
    assert all(len(each["reason"]) < 400 for each in found)
    nothing_bad_became_a_value(study)
    scored = select(study, "SELECT answered, asked, total FROM questions WHERE fate = 'scored'")
    assert scored and {(each["answered"], each["asked"]) for each in scored} == {(8, 9)}
    assert done.told["questions"] == len([each for each in scored]) - 2


def test_an_author_that_refuses_everything_writes_nothing_and_answers_nothing(tmp_path: Path) -> None:
    study = tmp_path / "s.db"
    with remote_panel(cedar="I'm sorry, but I can't help with that.") as server:
        done = run("generate", "--study", study, "--panel", panel_file(tmp_path, server), *SIZE, "--json")
    assert done.status == 0, done.said
    nothing_bad_became_a_value(study)
    written = select(study, "SELECT author, fate, reason FROM questions WHERE depth > 0")
    assert {each["fate"] for each in written if each["author"] == "cedar"} == {"unwritten"}
    assert all(each["reason"] for each in written if each["author"] == "cedar")
    assert done.told["fates"]["scored"] == 4, "the others write enough"
    tried = select(study, "SELECT DISTINCT answered, asked FROM attempts")
    assert tried == [{"answered": 3, "asked": 4}]


@pytest.mark.parametrize("case", OUTAGES)
def test_a_model_that_cannot_go_on_pauses_the_study_which_continues_when_it_is_mended(
    tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, sentence = OUTAGES[case]
    monkeypatch.setenv(VARIABLE, "sk-loopback-secret")
    study = tmp_path / "s.db"
    with remote_panel(**{BAD: script}) as server:
        panel = panel_file(tmp_path, server, {BAD: {"key_env": VARIABLE}})
        words = ("generate", "--study", study, "--panel", panel, *SIZE, "--json", *(("--timeout", "3") if case == "time-out" else ()))
        stopped = run(*words)
        assert stopped.status == 130, stopped.said
        assert sentence in stopped.sentence and BAD in stopped.sentence
        assert "start the study again" in stopped.sentence and "Traceback" not in stopped.said
        assert "sk-loopback" not in stopped.said
        failed = select(
            study, "SELECT failure, json_extract(reply, '$.reason') AS reason FROM calls WHERE model = ? AND failure != ''", BAD
        )
        assert all(each["failure"] == "failed" and BAD in each["reason"] for each in failed)
        server.scripts = {"*": played}
        done = run(*words)
        assert done.status == 0, done.said
    nothing_bad_became_a_value(study)
    assert len(failed) <= 4 and select(study, "SELECT subject FROM responses WHERE outcome = 'failed'") == []
    gaps = select(study, "SELECT SUM(asked - answered) AS gaps FROM questions WHERE fate = 'scored'")
    assert gaps[0]["gaps"] == 0, "what failed before the model was stopped is asked again like the rest"


def test_a_recogniser_that_writes_broken_json_gives_no_labels(tmp_path: Path) -> None:
    """Every third reply is broken off, in the repair turn as well: those answers are left out, the others are scored."""

    def broken(body: Body) -> Reply:
        reply = played(body)
        asked = next(iter(read_blocks(body["messages"], "opinions")))
        return Reply(reply.text[: len(reply.text) // 2], usage=reply.usage) if len(asked) % 3 == 0 else reply

    study = tmp_path / "s.db"
    with remote_panel(recogniser=broken) as server:
        done = run("generate", "--study", study, "--panel", panel_file(tmp_path, server), *SIZE, "--json")
    assert done.status == 0, done.said
    counts = {each["outcome"]: each["n"] for each in select(study, "SELECT outcome, COUNT(*) AS n FROM recognitions GROUP BY outcome")}
    assert counts["unreadable"] > 5 and counts["answered"] > counts["unreadable"]
    nothing_bad_became_a_value(study)
    for question in select(study, "SELECT id, answered, asked FROM questions WHERE form IS NOT NULL"):
        read = select(study, "SELECT COUNT(*) AS n FROM recognitions WHERE subject = ? AND outcome = 'answered'", question["id"])
        assert question["answered"] == read[0]["n"] <= question["asked"]


def test_a_recogniser_that_writes_nothing_readable_leaves_every_question_unscored(tmp_path: Path) -> None:
    study = tmp_path / "s.db"
    with remote_panel(recogniser=json.dumps({"opinions": "none"})) as server:
        done = run("generate", "--study", study, "--panel", panel_file(tmp_path, server), *SIZE, "--json")
        assert done.status == 0, done.said
    assert (done.told["questions"], done.told["mean_score_questions"]) == (0, None)
    assert done.told["fates"]["unscored"] > 0
    nothing_bad_became_a_value(study)
    out = run("benchmark", "--study", study, "--out", tmp_path / "b.jsonl")
    assert out.status == 2 and "no scored question yet" in out.sentence


def test_a_run_that_comes_to_nothing_says_why(tmp_path: Path) -> None:
    """Too few requests fail to stop a model, but nothing is left to score."""
    study = tmp_path / "s.db"
    with remote_panel(**{"*": Reply(status=500)}) as server:
        done = run("generate", "--study", study, "--panel", panel_file(tmp_path, server), "--budget", "1", "--retries", "1")
    assert done.status == 0, done.said
    assert done.sentence.startswith("No question could be scored: ") and "start the same command again" in done.sentence
    assert "gave no answer in one try: the service or the connection failed" in done.sentence
    assert jobs.watch(study).message == done.sentence
