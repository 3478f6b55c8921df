"""Several models of a panel misbehave in one run, each in its way: all is recorded, nothing becomes a value, no key is written anywhere.

Single faults, one run each, are in `tests/end_to_end/test_misbehaving.py`; here they meet, through a command in its own process.
"""

import json
from pathlib import Path
from typing import Any

from adaem_core.archive.study import Study
from adaem_core.chat.blocks import read_blocks
from tests.end_to_end.apparatus import Done, Forked, panel_file, played, remote_panel
from tests.loopback import Body, Reply, Script

SIZE = ("--budget", "1", "--max-topics", "1", "--kept", "1", "--retries", "1", "--timeout", "30", "--concurrency", "32", "--json")
VARIABLE, KEY = "BOREAL_TEST_KEY", "sk-loopback-7hQ2vX9mT4bLr8Zk1Wc6"
P2_ONLY = ("boreal", "delta", "fennel", "harbor", "indigo")
CHINESE = """Stance: Yes
Key Points:
1. 自由: 每个人都应当能够自己决定怎样生活,国家不应当替他做出选择。
2. 安全: 政府有责任保护公民免受危险,并维护整个社会的秩序与稳定。
3. 传统: 父辈留下的文化和习俗值得我们尊重、保存并传给下一代。"""
LONG = "lorem ipsum dolor " * 11_500
BAD_KEY = Reply(status=401, error={"message": f"Incorrect API key provided: {KEY}."})


def generate(folder: Path, panel: Path, *words: str) -> Done:
    """Return how `generate` on `folder/s.db` ended, with the key in its environment."""
    return Forked(folder, "generate", "--study", folder / "s.db", "--panel", panel, *SIZE, *words, **{VARIABLE: KEY}).ended(120)


def select(folder: Path, query: str) -> list[dict[str, Any]]:
    """Return the rows of a query on the study."""
    with Study.read(folder / "s.db") as study:
        return study.select(query)


def by_model(folder: Path, table: str, column: str = "outcome") -> dict[str, set[str]]:
    """Return what stands in a column of `table`, for each model."""
    found: dict[str, set[str]] = {}
    for each in select(folder, f"SELECT model, {column} AS told FROM {table}"):
        found.setdefault(each["model"], set()).add(each["told"])
    return found


def labels_only_from_answers(folder: Path) -> None:
    """Assert that what is no answer has a reason and neither stance, opinions, recognition nor label, and does not count in a score."""
    missing = select(folder, "SELECT * FROM responses WHERE outcome != 'answered'")
    assert all(each["stance"] is None and each["opinions"] == "[]" and each["reason"] for each in missing)
    assert (
        select(folder, "SELECT * FROM recognitions JOIN responses USING (subject, model, sample) WHERE responses.outcome != 'answered'")
        == []
    )
    assert select(folder, "SELECT * FROM recognitions WHERE outcome != 'answered' AND (labels != '[]' OR reason = '')") == []
    for each in select(folder, "SELECT id, answered, asked FROM questions WHERE form IS NOT NULL"):
        usable = select(folder, f"SELECT model FROM recognitions WHERE subject = '{each['id']}' AND outcome = 'answered'")
        assert each["answered"] == len(usable) < each["asked"] == 9


def without_key(folder: Path, *said: str) -> None:
    """Assert that the key stands in no file of the run and in nothing it said."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.is_relative_to(folder / "cache") for path in files) and folder / "s.db" in files
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []
    assert all(KEY not in text for text in said)


def test_five_models_that_do_not_answer_are_recorded_and_the_others_scored(tmp_path: Path) -> None:
    withheld = Reply(status=400, error={"message": f"Output filtered by content_policy, key {KEY}", "code": "content_filter"})
    scripts: dict[str, Script] = {
        "boreal": Reply(""),
        "delta": "I'm sorry, but I can't help with that request.",
        "fennel": CHINESE,
        "harbor": LONG,
        "indigo": withheld,
    }
    with remote_panel(**scripts) as server:
        done = generate(tmp_path, panel_file(tmp_path, server, {"indigo": {"key_env": VARIABLE}}))
    assert done.status == 0, done.said
    outcomes = by_model(tmp_path, "responses")
    assert [outcomes[name] for name in P2_ONLY] == [{"unreadable"}, {"refused"}, {"unreadable"}, {"unreadable"}, {"refused"}]
    reasons = by_model(tmp_path, "responses", "reason")
    assert all("English" in reason for reason in reasons["fennel"])
    assert all(len(reason) < 400 for each in reasons.values() for reason in each)
    labels_only_from_answers(tmp_path)
    scored = select(tmp_path, "SELECT answered, asked FROM questions WHERE fate = 'scored'")
    assert {(each["answered"], each["asked"]) for each in scored} == {(4, 9)}
    assert json.loads(done.out)["questions"] == 1
    without_key(tmp_path, done.out, done.said)


def test_five_models_that_cannot_be_reached_or_read_are_recorded_and_the_others_scored(tmp_path: Path) -> None:
    """Each model fails fewer times than would stop it. One answers well, but the recogniser's JSON on its answers breaks off."""
    unreachable: dict[str, Script] = {
        "boreal": Reply(raw='{"choices": [{"message": '),
        "delta": Reply(status=500),
        "fennel": Reply("Stance: Yes", latency=60.0),
        "harbor": Reply(drop=True),
    }
    with remote_panel(**unreachable, indigo=marked, recogniser=broken) as server:
        done = generate(tmp_path, panel_file(tmp_path, server), "--timeout", "5")
    assert done.status == 0, done.said
    assert "Traceback" not in done.said
    outcomes = by_model(tmp_path, "responses")
    assert all(outcomes[name] == {"failed"} for name in unreachable), outcomes
    assert outcomes["indigo"] == {"answered"} and by_model(tmp_path, "recognitions")["indigo"] == {"unreadable"}
    reasons = by_model(tmp_path, "responses", "reason")
    assert all(name in reason and "gave no answer in one try" in reason for name in unreachable for reason in reasons[name]), reasons
    assert all("within 5 seconds" in reason for reason in reasons["fennel"])
    labels_only_from_answers(tmp_path)
    scored = select(tmp_path, "SELECT answered, asked FROM questions WHERE fate = 'scored'")
    assert {(each["answered"], each["asked"]) for each in scored} == {(4, 9)}


def marked(body: Body) -> Reply:
    """Answer as the model does, with a mark by which the recogniser knows it."""
    reply = played(body)
    return Reply(reply.text.replace("1. ", "1. On balance, in my own view, ", 1), usage=reply.usage)


def broken(body: Body) -> Reply:
    """Play the recogniser, whose JSON breaks off for answers that bear the mark."""
    reply = played(body)
    asked = " ".join(read_blocks(body["messages"], "opinions"))
    return Reply(reply.text[: len(reply.text) // 2], usage=reply.usage) if "in my own view" in asked else reply


def test_a_refused_key_stops_the_study_is_named_but_never_shown_and_a_good_one_continues_it(tmp_path: Path) -> None:
    with remote_panel(boreal=BAD_KEY) as server:
        panel = panel_file(tmp_path, server, {"boreal": {"key_env": VARIABLE}})
        stopped = generate(tmp_path, panel)
        assert stopped.status in (2, 130), stopped.said
        assert "boreal" in stopped.sentence and VARIABLE in stopped.sentence and "Traceback" not in stopped.said
        assert any(headers.get("Authorization") == f"Bearer {KEY}" for headers in server.headers), "the key was to be sent"
        without_key(tmp_path, stopped.out, stopped.said)
        server.scripts = {"*": played}
        done = generate(tmp_path, panel)
    assert done.status == 0, done.said
    assert json.loads(done.out)["pulls"] == 1
    assert by_model(tmp_path, "responses")["boreal"] == {"answered"}
    without_key(tmp_path, done.out, done.said)
