"""The watch over databases: it tells what was forgotten, and a run with what reads it afterwards forgets nothing."""

import gc
import sqlite3
from pathlib import Path

import pytest

from pages.shared import stored
from tests.end_to_end.apparatus import run


def test_a_connection_that_is_forgotten_is_told_with_its_place(connections: list[str], tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "x.db").execute("PRAGMA journal_mode=WAL")
    gc.collect()
    told, connections[:] = connections[:], []
    assert len(told) == 1 and "test_databases.py" in told[0] and "journal_mode" in told[0]


def test_one_that_is_closed_is_not(connections: list[str], tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "x.db").close()
    with pytest.raises(sqlite3.OperationalError):
        sqlite3.connect(tmp_path)
    gc.collect()
    assert connections == []


def test_a_run_its_continuation_an_examination_and_pages_close_all_they_open(
    connections: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "s.db"
    size = ("--budget", 1, "--kept", 1, "--max-topics", 1)
    assert run("generate", "--study", path, *size).status == 0
    assert run("generate", "--study", path, *size).status == 0
    assert run("generate", "--study", path, "--seed", 7).status == 2, "it was begun with another"
    assert run("examine", "--study", path, "--top", 2, "--timeout", 0).status == 2
    assert run("examine", "--study", path, "--top", 2, "--read-twice", 1).status == 0
    for words in (("status",), ("benchmark", "--out", tmp_path / "b.jsonl"), ("export", "--out", tmp_path / "tables")):
        assert run(words[0], "--study", path, *words[1:]).status == 0
    assert stored.system_of(path).ids
    gc.collect()
    assert connections == []
