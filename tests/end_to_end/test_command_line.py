"""The command line as others script it: what it prints, where, and how a study is continued, replayed and exported."""

import contextlib
import csv
import signal
import sqlite3
from pathlib import Path

import orjson
import pytest
import yaml

from tests.end_to_end.apparatus import ROOT, Done, Forked, panel_file, recorded, remote_panel, run, select, wait_for

SIZE = ("--budget", 2, "--max-topics", 2, "--kept", 1)
KEYS = ("study", "pulls", "questions", "accepted_refinements", "mean_score_topics", "mean_score_questions", "calls", "cached_calls")
TOUCHE = ROOT.parent / "shared" / "testdata" / "touche23" / "touche23_10values.csv"
OWN_VALUES = {
    "name": "Three values",
    "dimensions": [
        {"id": "FREE", "name": "Freedom", "definition": "choosing one's own way"},
        {"id": "SAFE", "name": "Safety", "definition": "being safe from harm and danger"},
        {"id": "CUST", "name": "Custom", "definition": "keeping to customs and elders"},
    ],
}


def content(path: Path) -> list[str]:
    """Return every row of the file, as statements that would make it again."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def small(folder: Path, *words: object) -> Done:
    return run("generate", "--study", folder / "s.db", *words)


def test_one_json_object_last_on_standard_output_and_progress_on_standard_error(tmp_path: Path) -> None:
    done = small(tmp_path, *SIZE, "--json")
    assert done.status == 0 and len(done.out.splitlines()) == 1
    assert set(done.told) >= {*KEYS, "tokens", "cost", "seconds"}
    assert done.told["pulls"] == 2 and sum(done.told["calls"].values()) == len(select(tmp_path / "s.db", "SELECT key FROM calls"))
    assert "SIMULATED, pull 1 of 2" in done.said
    status = run("status", "--study", tmp_path / "s.db", "--json")
    assert status.told["state"] == "finished" and status.told["questions"] == done.told["questions"]


def test_a_finished_study_is_told_again_without_a_call_and_a_larger_budget_continues_it(tmp_path: Path) -> None:
    first = small(tmp_path, *SIZE, "--json").told
    again = small(tmp_path, "--json").told
    assert {key: again[key] for key in KEYS} == {key: first[key] for key in KEYS}
    assert small(tmp_path, "--budget", 3, "--json").told["pulls"] == 3


@pytest.mark.parametrize(
    "words", [("--seed", 2), ("--tau", 1), ("--budget", 1), ("--topics", "moral"), ("--value-system", "moral_foundations")]
)
def test_other_settings_are_refused_by_name_and_change_nothing(tmp_path: Path, words: tuple[str, object]) -> None:
    small(tmp_path, *SIZE)
    before = content(tmp_path / "s.db")
    done = small(tmp_path, *words)
    assert done.status == 2 and words[0].strip("-").replace("-", "_") in done.sentence
    assert content(tmp_path / "s.db") == before


def test_replay_makes_no_call_and_says_what_is_missing(tmp_path: Path) -> None:
    with remote_panel() as server:
        panel = panel_file(tmp_path, server)
        cold = run("generate", "--study", tmp_path / "cold.db", "--panel", panel, *SIZE, "--replay")
        assert cold.status == 130 and server.count == 0 and "cache" in cold.sentence
        assert small(tmp_path, "--panel", panel, *SIZE).status == 0
        asked = server.count
        warm = run("generate", "--study", tmp_path / "warm.db", "--panel", panel, *SIZE, "--replay", "--json")
        assert warm.status == 0 and server.count == asked and warm.told["cost"] == 0
        assert warm.told["cached_calls"] == sum(warm.told["calls"].values())


def test_control_c_pauses_the_study_which_continues(tmp_path: Path) -> None:
    with remote_panel(latency=0.05) as server:
        words = ("generate", "--study", tmp_path / "s.db", "--panel", panel_file(tmp_path, server), *SIZE)
        stopped = Forked(tmp_path, *words)
        assert wait_for(lambda: server.count > 20)
        stopped.tell(signal.SIGINT)
        assert stopped.ended().status == 130
        asked = server.count
        assert recorded(tmp_path / "s.db") == asked, "what was under way is kept"
        assert run(*words).status == 0 and server.count > asked


def test_benchmark_and_export(tmp_path: Path) -> None:
    small(tmp_path, *SIZE)
    files = []
    for name in ("one.jsonl", "two.jsonl"):
        assert run("benchmark", "--study", tmp_path / "s.db", "--top", 1, "--out", tmp_path / name).status == 0
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1] and len(files[0].splitlines()) == 1
    assert orjson.loads(files[0])["rank"] == 1 and orjson.loads(files[0])["simulated"] is True
    assert run("export", "--study", tmp_path / "s.db", "--out", tmp_path / "tables").status == 0
    with (tmp_path / "tables" / "questions.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file)} == {row["id"] for row in select(tmp_path / "s.db", "SELECT id FROM questions")}


def test_questions_of_an_earlier_edition_do_not_come_back(tmp_path: Path) -> None:
    small(tmp_path, *SIZE)
    run("benchmark", "--study", tmp_path / "s.db", "--out", tmp_path / "old.jsonl")
    old = {orjson.loads(line)["question"] for line in (tmp_path / "old.jsonl").read_bytes().splitlines()}
    assert run("generate", "--study", tmp_path / "new.db", *SIZE, "--against", tmp_path / "old.jsonl").status == 0
    new = {row["text"] for row in select(tmp_path / "new.db", "SELECT text FROM questions WHERE fate = 'scored' AND depth > 0")}
    assert old and new and not old & new


@pytest.mark.parametrize("own", [False, True], ids=["moral foundations", "a user's own"])
def test_other_value_systems(tmp_path: Path, own: bool) -> None:
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(OWN_VALUES), encoding="utf-8")
    done = small(tmp_path, *SIZE, "--value-system", tmp_path / "own.yaml" if own else "moral_foundations", "--json")
    assert done.status == 0 and done.told["questions"] > 0, done.said


def test_a_hundred_real_conclusions_as_topics(tmp_path: Path) -> None:
    """The README's command, with a smaller budget."""
    if not TOUCHE.is_file():
        pytest.skip(f"no real arguments at {TOUCHE}")
    done = run("generate", "--study", tmp_path / "touche.db", "--topics", TOUCHE, "--max-topics", 100, "--budget", 2, "--json")
    assert done.status == 0 and done.told["questions"] >= 3, done.said
    texts = [row["text"] for row in select(tmp_path / "touche.db", "SELECT text FROM topics")]
    assert len(set(texts)) == 100 and all(text.endswith("?") for text in texts)
