"""Studies on the shelf: described, duplicated, put away and brought back, taken in; whole, damaged, and while a worker is on them."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from adaem_core.archive import foreign
from adaem_core.archive.companions import locked
from adaem_core.archive.copying import whole_bytes
from adaem_core.archive.described import Described, describe, described
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import identity_of
from adaem_core.errors import AdaemError, BadInput
from adaem_core.work import jobs, shelf
from tests.pages.fixture_study import write_study


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a study in the studies folder."""
    monkeypatch.setenv("ADAEM_STUDIES_DIR", str(tmp_path))
    return write_study(tmp_path / "first.db")


def said(path: Path) -> Described:
    """Return what people say of the study at a path."""
    with Study.read(path) as study:
        return described(study)


def identity(path: Path) -> str:
    """Return the identity of the study at a path."""
    with Study.read(path) as study:
        return identity_of(study)


def test_what_people_say_is_kept_and_a_study_stays_this_computers_own(path: Path) -> None:
    describe(path, "  A better\ntitle ", "for the paper", " pilot, draft,, pilot ")
    assert said(path) == Described("A better title", "for the paper", ("pilot", "draft"))
    assert foreign.own(path)


@pytest.mark.parametrize(
    ("title", "notes", "tags", "named"),
    [(" ", "", "", "title"), ("t" * 201, "", "", "title"), ("t", "n" * 20_001, "", "notes"), ("t", "", "x" * 41, "tags"), ("t", "", ",".join(map(str, range(21))), "tags")],
)  # fmt: skip
def test_what_is_too_long_is_told_and_nothing_is_stored(path: Path, title: str, notes: str, tags: str, named: str) -> None:
    before = said(path)
    with pytest.raises(BadInput, match=named):
        describe(path, title, notes, tags)
    assert said(path) == before


@pytest.mark.parametrize(("key", "value"), [("notes", "7"), ("tags", '"pilot"'), ("tags", "[7]"), ("notes", "{")])
def test_damaged_words_are_told(path: Path, key: str, value: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
    with pytest.raises(BadInput, match=key):
        said(path)


def test_a_duplicate_holds_everything_and_is_a_study_of_its_own(path: Path) -> None:
    copy = path.with_name("second.db")
    shelf.duplicate(path, copy)
    assert said(copy).title == f"Copy of {said(path).title}"[:200]
    assert identity(copy) != identity(path)
    assert foreign.own(copy)
    with Study.read(path) as one, Study.read(copy) as other:
        for table in ("questions", "attempts", "responses", "recognitions", "calls", "chain"):
            assert one.select(f"SELECT * FROM {table}") == other.select(f"SELECT * FROM {table}")


def test_a_duplicate_of_a_foreign_study_is_foreign(path: Path, tmp_path: Path) -> None:
    received = tmp_path / "received.db"
    received.write_bytes(whole_bytes(path))
    copy = tmp_path / "copy.db"
    shelf.duplicate(received, copy)
    assert not foreign.own(copy)


def test_what_is_put_away_comes_back_as_it_was(path: Path) -> None:
    before = whole_bytes(path)
    there = shelf.put_away(path)
    assert jobs.studies() == [] and shelf.away() == [there]
    back = shelf.bring_back(there)
    assert back == path and shelf.away() == []
    assert whole_bytes(back) == before and foreign.own(back)


def test_two_of_one_name_are_both_kept(path: Path) -> None:
    first = shelf.put_away(path)
    second = shelf.put_away(write_study(path))
    assert {each.name for each in (first, second)} == {"first.db", "first-2.db"}
    write_study(path)
    assert shelf.bring_back(first).name == "first-2.db", "nothing is written over the study that has the name now"


def test_a_study_goes_with_the_log_that_holds_a_part_of_it(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("INSERT INTO meta VALUES ('late', '1')")
        connection.commit()
        log = path.with_name(f"{path.name}-wal").read_bytes()
        held = path.read_bytes()
    path.write_bytes(held)
    path.with_name(f"{path.name}-wal").write_bytes(log)  # as a killed worker leaves it
    back = shelf.bring_back(shelf.put_away(path))
    with Study.read(back) as study:
        assert study.meta("late") == 1


def test_a_damaged_study_can_be_put_away_and_deleted_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_STUDIES_DIR", str(tmp_path))
    (tmp_path / "broken.db").write_bytes(b"nothing like a database" * 40)
    there = shelf.put_away(tmp_path / "broken.db")
    shelf.erase(there)
    assert not list(tmp_path.rglob("broken*"))[1:] and shelf.away() == []


@pytest.mark.parametrize(
    "act", [shelf.put_away, lambda path: shelf.duplicate(path, path.with_name("copy.db"))], ids=["delete", "duplicate"]
)
def test_nothing_is_done_with_a_study_that_is_worked_on(path: Path, act: object) -> None:
    with locked(path), pytest.raises(BadInput, match="worked on"):
        act(path)  # type: ignore[operator]
    Study.note(path, job={"state": "starting", "heartbeat": time.time()})
    with pytest.raises(BadInput, match="worked on"):
        act(path)  # type: ignore[operator]
    assert jobs.studies() == [path]


def test_a_study_is_taken_in_from_its_one_file_and_starts_nothing(path: Path, tmp_path: Path) -> None:
    content, there = whole_bytes(path), tmp_path / "taken.db"
    shelf.take_in("theirs.db", content, there)
    assert identity(there) == identity(path) and said(there) == said(path)
    assert not foreign.own(there)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\x00" + b"x" * 500], ids=["empty", "zip", "broken"])
def test_what_is_no_study_is_told_and_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(AdaemError):
        shelf.take_in("theirs.db", content, tmp_path / "taken.db")
    assert not list(tmp_path.glob("taken*"))


def test_a_database_that_is_no_study_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with closing(sqlite3.connect(other := tmp_path / "other.sqlite")) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
    with pytest.raises(AdaemError):
        shelf.take_in("theirs.db", other.read_bytes(), tmp_path / "taken.db")
    assert not list(tmp_path.glob("taken*"))
