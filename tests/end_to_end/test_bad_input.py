"""What a user can get wrong, through the command line: one sentence with file, line and remedy; nothing lost, nothing half-written."""

import os
import random
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.end_to_end.apparatus import ROOT, Done, run, select

SIZE = ("--budget", "1", "--kept", "1")
MEGABYTE = 1_000_000
TOPIC_FILES: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "empty": ("topics.csv", b"", ("empty", "at least one topic")),
    "a header and no topic": ("topics.csv", b"id,text\n", ("topic",)),
    "wrong encoding": (
        "topics.csv",
        "text\nIs it fair?\nSoll es ein Grundeinkommen für alle geben?\n".encode("latin-1"),
        ("line 3", "UTF-8"),
    ),
    "50 MB": ("topics.csv", b"text\n" + b"Is it fair that this line is so very long?\n" * (50 * MEGABYTE // 43 + 1), ("48 MB", "20 MB")),
    "duplicate ids": ("topics.csv", b"id,text\nA1,Is it fair?\nB1,Is it just?\nA1,Is it good?\n", ("line 4", "A1", "line 2", "rename")),
    "missing columns": ("topics.csv", b"id,number\n1,2\n3,4\n", ("missing column", "id, number", "choose the column")),
    "ragged lines": ("topics.csv", b"id,text\n1,Is it fair?\n2,Is it, in a way, just?\n", ("line 3", "Check the separators")),
    "broken JSON": ("topics.jsonl", b'{"text": "Is it fair?"}\n{"text": \n', ("line 2", "not valid JSON")),
    "a workbook": ("topics.xlsx", b"PK\x03\x04", ("not a workbook", ".xlsx")),
}
PANELS: dict[str, tuple[str, tuple[str, ...]]] = {
    "no YAML": ("models: [", ("line 1 is no YAML", "text editor")),
    "no models": ("name: x", ("expected a list under 'models'",)),
    "unknown field": ("models: [{model: simulated/aurora, roles: [p1], api_key: sk-1}]", ("model 1", "api_key", "key_env")),
    "unknown role": ("models: [{model: simulated/aurora, roles: [p3]}]", ("model 1", "p3", "roles are p1")),
    "no recogniser": (
        "models: [{model: simulated/aurora, roles: [p1, p2]}, {model: simulated/cedar, roles: [p1, p2]}]",
        ("recogniser", "add the role"),
    ),
}


def refused(done: Done, *words: str, status: int = 2) -> None:
    """Assert that the command ended with `status` and one sentence that has all `words`."""
    assert done.status == status, done.said
    assert done.out == ""
    assert "Traceback" not in done.said
    assert all(word in done.said for word in words), done.said
    assert len(done.said.strip().splitlines()) == 1, done.said


@pytest.mark.parametrize("case", TOPIC_FILES)
def test_a_topic_file_that_cannot_be_used(tmp_path: Path, case: str) -> None:
    name, content, words = TOPIC_FILES[case]
    (tmp_path / name).write_bytes(content)
    refused(run("generate", "--study", tmp_path / "s.db", "--topics", tmp_path / name, *SIZE), name, *words)
    assert not (tmp_path / "s.db").exists()


@pytest.mark.parametrize("case", PANELS)
def test_a_panel_file_that_cannot_be_used(tmp_path: Path, case: str) -> None:
    content, words = PANELS[case]
    (tmp_path / "panel.yaml").write_text(content, encoding="utf-8")
    refused(run("generate", "--study", tmp_path / "s.db", "--panel", tmp_path / "panel.yaml", *SIZE), *words)
    assert not (tmp_path / "s.db").exists()


@pytest.mark.parametrize("option", ["--panel", "--topics", "--value-system"])
def test_a_name_that_nobody_knows(tmp_path: Path, option: str) -> None:
    refused(run("generate", "--study", tmp_path / "s.db", option, "nowhere", *SIZE), "nowhere")
    assert not (tmp_path / "s.db").exists()


@pytest.mark.parametrize("model", ["simulated/nobody", "nocompany/nothing-1"])
def test_a_model_that_nobody_knows(tmp_path: Path, model: str) -> None:
    content = yaml.safe_load((ROOT / "data" / "panels" / "simulated.yaml").read_text(encoding="utf-8"))
    content["models"][1]["model"] = model
    (tmp_path / "panel.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    done = run("generate", "--study", tmp_path / "s.db", "--panel", tmp_path / "panel.yaml", *SIZE)
    assert done.status in (2, 130), done.said
    assert "boreal" in done.sentence and model in done.sentence and "'model'" in done.sentence


def test_settings_outside_their_bounds(tmp_path: Path) -> None:
    refused(run("generate", "--study", tmp_path / "s.db", "--budget", 0), "budget must be between 1 and 100000, got 0")
    refused(run("generate", "--study", tmp_path / "s.db", "--max-topics", 0), "must be at least 1, got 0")
    assert run("generate", "--study", tmp_path / "s.db", "--budget", "many").status == 2
    assert run("generate").status == 2
    assert not (tmp_path / "s.db").exists()


COMMANDS = (("generate",), ("status",), ("benchmark", "--out", "b.jsonl"), ("export", "--out", "tables"))


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("content", [random.Random(1).randbytes(20_000), b"SQLite format 3\0" + b"\1" * 4096], ids=["noise", "torn"])
def test_a_study_file_that_cannot_be_read(tmp_path: Path, words: tuple[str, ...], content: bytes) -> None:
    path = tmp_path / "s.db"
    path.write_bytes(content)
    refused(run(words[0], "--study", path, *words[1:]), "s.db", "not a readable study file", "Choose a file this studio has written")
    assert path.read_bytes() == content


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_database_that_is_no_study(tmp_path: Path, words: tuple[str, ...]) -> None:
    path = tmp_path / "s.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    content = path.read_bytes()
    refused(run(words[0], "--study", path, *words[1:]), "s.db", "no study")
    assert path.read_bytes() == content


@pytest.mark.parametrize("words", COMMANDS[1:], ids=lambda words: words[0])
def test_a_study_that_is_not_there(tmp_path: Path, words: tuple[str, ...]) -> None:
    refused(run(words[0], "--study", tmp_path / "s.db", *words[1:]), "s.db", "no study there")
    assert not (tmp_path / "s.db").exists()


def test_a_study_from_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    assert run("generate", "--study", path, *SIZE).status == 0
    with sqlite3.connect(path) as study:
        study.execute("UPDATE meta SET value = '99' WHERE key = 'version'")
    study.close()
    content = path.read_bytes()
    for words in COMMANDS:
        refused(run(words[0], "--study", path, *words[1:]), "s.db", "newer version", "99", "Update the studio")
    assert path.read_bytes() == content


def test_a_benchmark_or_export_that_cannot_be_written(tmp_path: Path) -> None:
    path, file = tmp_path / "s.db", tmp_path / "file"
    assert run("generate", "--study", path, *SIZE).status == 0
    file.write_text("in the way")
    refused(run("benchmark", "--study", path, "--out", file / "b.jsonl"), "b.jsonl", "cannot be written")
    refused(run("export", "--study", path, "--out", file), "cannot be written")
    refused(run("benchmark", "--study", path, "--out", tmp_path / "b.jsonl", "--top", 0), "top must be at least 1")
    assert file.read_text() == "in the way" and not (tmp_path / "b.jsonl").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 1 MB; skipped where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("only root can mount a small disk here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def enlarge(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=256m", str(disk)], check=True)


WORDS = ("--budget", "3", "--max-topics", "3", "--json")


def test_a_full_disk_stops_the_run_which_continues_when_there_is_space(small_disk: Path) -> None:
    path = small_disk / "s.db"
    stopped = run("generate", "--study", path, *WORDS)
    assert stopped.status == 1, stopped.said
    assert "Traceback" not in stopped.said
    assert str(path) in stopped.sentence and "space" in stopped.sentence
    before = {each["key"] for each in select(path, "SELECT key FROM calls")}
    assert before
    enlarge(small_disk)
    done = run("generate", "--study", path, *WORDS)
    assert done.status == 0, done.said
    assert done.told["pulls"] == 3
    assert before <= {each["key"] for each in select(path, "SELECT key FROM calls")}


@pytest.mark.parametrize("full", ["replies", "embeddings"])
def test_a_cache_that_finds_no_more_space_is_told_once_and_the_run_goes_on(
    tmp_path: Path, small_disk: Path, cache: Path, caplog: pytest.LogCaptureFixture, full: str
) -> None:
    (cache / full).unlink(missing_ok=True)
    (cache / full).symlink_to(small_disk)
    done = run("generate", "--study", tmp_path / "s.db", *WORDS)
    assert done.status == 0, done.said
    assert done.told["pulls"] == 3
    [told] = [each for each in caplog.messages if "cache" in each]
    assert str(cache / full) in told and "goes on without it" in told and "space" in told
    assert not list(small_disk.glob("*set-aside*"))


def test_an_export_to_a_full_disk_leaves_no_part_of_a_file(tmp_path: Path, small_disk: Path) -> None:
    path = tmp_path / "s.db"
    assert run("generate", "--study", path, *SIZE).status == 0
    (small_disk / "filler").write_bytes(b"x" * (os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize - 8192))
    refused(run("export", "--study", path, "--out", small_disk / "tables"), "cannot be written", "free space")
    assert not list(small_disk.rglob("*.part"))
