"""A cache folder made by somebody else: whatever lies in it, no other file is touched, nothing runs, and the cache still works."""

import os
import pickle
import random
import shutil
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from diskcache import Cache

from adaem_core.chat import embed, store
from adaem_core.chat.cache import ReplyCache, packed
from adaem_core.chat.embed import Embedder
from adaem_core.chat.store import SealedStore
from adaem_core.messages import Completion
from tests.end_to_end.apparatus import run, select

KEY, OTHER, REPLY = "a" * 64, "b" * 64, Completion("Yes, it should.", cost=0.25)
PAST, FUTURE = 1.0, 1e12  # seconds since 1970
Attack = Callable[[Path, Path], None]  # cache.db, a document elsewhere


class Bomb:
    """What makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return self.path.touch, ()


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Path]:
    """Return a document outside the cache; nothing may have changed where it lies."""
    path = tmp_path / "home" / "thesis.txt"
    path.parent.mkdir()
    path.write_text("three years of work\n")
    yield path
    assert {each.name: each.read_text() for each in path.parent.iterdir()} == {"thesis.txt": "three years of work\n"}
    assert path.parent.stat().st_mode & 0o777 == 0o755
    assert not path.is_symlink()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return the database of a cache with a reply of this computer in it."""
    with closing(ReplyCache(tmp_path / "cache")) as cache:
        cache.set(KEY, REPLY)
    return tmp_path / "cache" / "replies" / "cache.db"


def altered(database: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    """Change a database as its maker can, who need not ask diskcache."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in statements:
            connection.execute(statement, values)


def row(mode: int, filename: str | None, expires: float | None = None, value: object = None, key: str = KEY) -> Attack:
    """Return an attack that puts a row in the place of the reply's or beside it; {} in `filename` is the document's path."""

    def attack(database: Path, document: Path) -> None:
        made = pickle.dumps(Bomb(document.with_name("went off"))) if value is Bomb else value
        name = filename and filename.format(document, os.path.relpath(document, database.parent))
        columns = (key, 1, expires, len(name or ""), mode, name, made)
        altered(
            database,
            "INSERT OR REPLACE INTO Cache (key, raw, expire_time, size, mode, filename, value) VALUES (?,?,?,?,?,?,?)",
            values=columns,
        )

    return attack


def rows() -> dict[str, Attack]:
    """Return rows of every mode, by any name, under the key that is asked for and beside it, lasting and expired."""
    named = {
        f"mode {mode}, {kind}, {when}, {whose}": row(mode, name, expires, None, key)
        for mode in range(6)
        for kind, name in (("absolute", "{0}"), ("relative", "{1}"))
        for when, expires in (("for ever", None), ("expired", PAST), ("for long", FUTURE))
        for whose, key in (("asked for", KEY), ("beside it", "c" * 64))
    }
    plain = {
        "pickled": row(4, None, None, Bomb),
        "pickled, called raw": row(1, None, None, Bomb),
        "a number": row(1, None, None, 7),
        "text": row(1, None, None, "{}"),
        "huge": row(1, None, None, b"x" * 30_000_000),
        "a reply without a seal": row(1, None, None, packed(REPLY)),
        "a name of bytes that are no text": lambda database, _: altered(database, "UPDATE Cache SET filename = CAST(x'ff' AS TEXT)"),
    }
    return named | plain


def setting(key: str, value: object) -> Attack:
    """Return an attack by one of the settings that diskcache reads from the database, with a row it may want to remove."""

    def attack(database: Path, document: Path) -> None:
        row(2, "{0}", None, None, "c" * 64)(database, document)
        made = value.format(document.parent) if isinstance(value, str) else value
        altered(database, "INSERT OR REPLACE INTO Settings VALUES (?, ?)", values=(key, made))

    return attack


SETTINGS: dict[str, Attack] = {
    f"{key} = {value}": setting(key, value)
    for key, value in {
        "_directory": "{0}",
        "_disk": None,
        "close": 1,
        "count": "{0}",
        "cull_limit": 1000,
        "disk__directory": "{0}",
        "disk_min_file_size": 0,
        "disk_remove": 1,
        "eviction_policy": "least-recently-stored",
        "size_limit": 0,
        "sqlite_journal_mode": "off",
        "sqlite_page_count; DROP TABLE Cache; --": 1,
        "sqlite_query_only": 1,
        "sqlite_temp_store_directory": "'{0}'",
        "statistics": 1,
        "tag_index": 1,
    }.items()
}


def defined(*statements: str) -> Attack:
    return lambda database, _: altered(database, *statements)


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
SCHEMAS: dict[str, Attack] = {
    "a trigger that empties the cache": defined("CREATE TRIGGER t AFTER INSERT ON Cache BEGIN DELETE FROM Cache; END"),
    "a trigger that never ends": defined(
        f"CREATE TRIGGER t BEFORE UPDATE ON Settings BEGIN SELECT count(*) FROM ({ENDLESS} SELECT i FROM n); END",
    ),
    "a view in place of the table": defined(
        "ALTER TABLE Cache RENAME TO Hidden",
        f"CREATE VIEW Cache AS {ENDLESS} SELECT i AS key, 1 AS raw, 0 AS expire_time, 0 AS tag, 2 AS mode, '/' AS filename, 0 AS value FROM n",
    ),
    "a view in place of the settings": defined(
        "DROP TABLE Settings", f"CREATE VIEW Settings AS {ENDLESS} SELECT i AS key, i AS value FROM n"
    ),
    "a virtual table": defined("CREATE VIRTUAL TABLE more USING fts5(text)"),
    "an index that computes": defined("CREATE INDEX i ON Cache (abs(size))"),
    "one column more": defined("ALTER TABLE Cache ADD COLUMN later"),
    "no tables": defined("DROP TABLE Cache", "DROP TABLE Settings"),
}


def put_in_place(content: bytes) -> Attack:
    return lambda database, _: database.write_bytes(content) and None


def changed(change: Callable[[bytearray], None]) -> Attack:
    """Return an attack on the bytes of the database."""

    def attack(database: Path, _: Path) -> None:
        content = bytearray(database.read_bytes())
        change(content)
        database.write_bytes(content)

    return attack


def noise(content: bytearray) -> None:
    """Overwrite all pages but the first, where the tables are defined."""
    content[4096:] = random.Random(1).randbytes(len(content) - 4096)


def cut(content: bytearray) -> None:
    del content[len(content) // 2 :]


def newer(content: bytearray) -> None:
    """Say that the schema is of a format that SQLite does not know yet."""
    content[44:48] = struct.pack(">I", 9)


def folder_in_place(database: Path, _: Path) -> None:
    database.unlink()
    (database / "inner").mkdir(parents=True)


def link_to(name: str, to: str = "", make: Callable[[Path, Path], None] = Path.symlink_to) -> Attack:
    """Return an attack by a link called `name` beside the database, to the document or to another file where it lies."""

    def attack(database: Path, document: Path) -> None:
        database.with_name(name).unlink(missing_ok=True)
        make(database.with_name(name), document.with_name(to) if to else document)

    return attack


def journal(database: Path, document: Path) -> None:
    """Put a rollback journal beside the database that names the document: SQLite deletes what such a journal names."""
    magic, named = bytes.fromhex("d9d505f920a163d7"), str(document).encode()
    head = (magic + struct.pack(">IIIII", 0, 1, database.stat().st_size // 4096, 512, 4096)).ljust(512, b"\0")
    tail = struct.pack(">I", 0x40000000 // 4096 + 1) + named + struct.pack(">II", len(named), sum(named)) + magic
    database.with_name("cache.db-journal").write_bytes(head + tail)


FILES: dict[str, Attack] = {
    "empty": put_in_place(b""),
    "garbage": put_in_place(random.Random(2).randbytes(50_000)),
    "a head alone": put_in_place(b"SQLite format 3\0" + b"\1" * 4096),
    "cut off": changed(cut),
    "noise": changed(noise),
    "newer": changed(newer),
    "a folder": folder_in_place,
    "a link to a document": link_to("cache.db"),
    "a link to nothing yet": link_to("cache.db", "new.db"),
    "a write-ahead log that is a link": link_to("cache.db-wal"),
    "a write-ahead log that is a second name": link_to("cache.db-wal", make=Path.hardlink_to),
    "an index of the log that is a second name": link_to("cache.db-shm", make=Path.hardlink_to),
    "garbage as a log": lambda database, _: database.with_name("cache.db-wal").write_bytes(random.Random(3).randbytes(9000)) and None,
    "a journal that names a document": journal,
}


ATTACKS = rows() | SETTINGS | SCHEMAS | FILES


@pytest.mark.parametrize("name", ATTACKS)
def test_no_cache_touches_a_file_runs_anything_or_stops_working(database: Path, document: Path, name: str) -> None:
    ATTACKS[name](database, document)
    for _ in range(2):  # what is set aside must not come back
        with closing(ReplyCache(database.parents[1])) as cache:
            found = cache.get(KEY)
            assert found is None or packed(found) == packed(REPLY)
            cache.set(OTHER, REPLY)
            cache.set(KEY, REPLY)
            assert [packed(each) for key in (KEY, OTHER) if (each := cache.get(key))] == [packed(REPLY)] * 2
    assert not [each for each in database.parent.rglob("*") if each.suffix == ".val"]


@pytest.mark.parametrize("name", [*SCHEMAS, *FILES])
def test_what_is_no_cache_is_set_aside_and_this_is_told(
    database: Path, document: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    (SCHEMAS | FILES)[name](database, document)
    for _ in range(2):
        with closing(ReplyCache(database.parents[1])) as cache:
            cache.get(KEY)
            cache.set(KEY, REPLY)
    if name == "garbage as a log":  # SQLite knows it for none
        return
    assert len(caplog.messages) == 1 and "set aside as cache.db" in caplog.text
    [aside] = database.parent.glob("*.set-aside-*")
    assert aside.name in caplog.text
    assert aside.name.startswith("cache.db")


def test_only_what_this_computer_wrote_under_this_key_for_this_purpose_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Path
) -> None:
    def found(key: str = KEY, purpose: str = "cached reply") -> bytes | None:
        with closing(SealedStore(database.parent, purpose)) as opened:
            return opened.get(key)

    assert found() == packed(REPLY)
    assert found(purpose="embedding") is None
    altered(database, f"UPDATE Cache SET key = '{OTHER}'")
    assert found(OTHER) is None
    altered(database, f"UPDATE Cache SET key = '{KEY}'")
    assert found() == packed(REPLY)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "another"))
        assert found() is None
    altered(database, "UPDATE Cache SET value = CAST(replace(value, CAST('0.25' AS BLOB), CAST('0.00' AS BLOB)) AS BLOB)")
    assert found() is None


def test_a_poisoned_vector_is_computed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = np.eye(1, 384, dtype=np.float32)
    monkeypatch.setattr(embed, "encoded", lambda model, texts: right)
    with closing(Embedder(folder=tmp_path)) as own:
        own.sentences_now(["Is it fair?"])
    vector = "substr(value, 1, 32) || zeroblob(length(value) - 32)"
    altered(tmp_path / "embeddings" / "cache.db", f"UPDATE Cache SET value = CAST({vector} AS BLOB)")
    with closing(Embedder(folder=tmp_path)) as own:
        assert (own.sentences_now(["Is it fair?"]) == right).all()


def test_nothing_expires_or_is_removed_for_want_of_space(tmp_path: Path) -> None:
    with closing(SealedStore(tmp_path, "test")) as made:
        for number in range(50):
            made.set(str(number), b"x" * 50_000)
        altered(tmp_path / "cache.db", "UPDATE Cache SET store_time = 1, access_time = 1, expire_time = 1 WHERE key = '7'")
        for number in range(50, 100):
            made.set(str(number), b"x")
        assert all(made.get(str(number)) for number in range(100) if number != 7)
    with closing(sqlite3.connect(tmp_path / "cache.db")) as raw:
        assert raw.execute("SELECT count(*) FROM Cache").fetchone() == (100,)


def removed(folder: Path) -> None:
    shutil.rmtree(folder)


def replaced(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("a file")


def emptied(folder: Path) -> None:
    (folder / "cache.db").write_bytes(b"")


def overwritten(folder: Path) -> None:
    (folder / "cache.db").write_bytes(random.Random(4).randbytes(60_000))


@pytest.mark.parametrize("harm", [removed, replaced, emptied, overwritten])
def test_a_cache_that_vanishes_meanwhile_costs_nothing_but_speed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: Callable[[Path], None]
) -> None:
    folder = tmp_path / "store"
    with closing(SealedStore(folder, "test")) as made:
        made.set(KEY, b"1")
        harm(folder)
        for number in range(20):
            made.set(str(number), b"2")
            assert made.get(str(number)) in (b"2", None)
        assert made.get(KEY) in (b"1", None)
    assert len(caplog.messages) <= 1


def test_a_cache_that_another_process_holds_is_done_without_and_this_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.01)
    with closing(SealedStore(tmp_path, "test")) as made, closing(sqlite3.connect(tmp_path / "cache.db")) as other:
        made.set(KEY, b"1")
        other.execute("BEGIN IMMEDIATE")
        assert made.get(KEY) == b"1"
        made.set(OTHER, b"2")
        made.set(OTHER, b"2")
        assert made.get(KEY) is None
    assert len(caplog.messages) == 1 and "goes on without it" in caplog.text
    with closing(SealedStore(tmp_path, "test")) as again:
        assert (again.get(KEY), again.get(OTHER)) == (b"1", None)


def filled(held: Cache) -> None:
    """Write more than the database may hold."""
    held._con.execute("PRAGMA max_page_count = 1")
    held.set(OTHER, b"x" * 100_000)


def filled_and_ended(held: Cache) -> None:
    """Fail as a full disk does that ends the transaction itself, so that there is none to roll back."""
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    try:
        raise full
    except sqlite3.Error:
        held._con.execute("ROLLBACK")


@pytest.mark.parametrize("fill", [filled, filled_and_ended])
def test_a_full_disk_is_no_damage(tmp_path: Path, caplog: pytest.LogCaptureFixture, fill: Callable[[Cache], None]) -> None:
    with closing(SealedStore(tmp_path, "test")) as made:
        made.set(KEY, b"1")
        for _ in range(3):
            made._tried(fill)
    assert len(caplog.messages) == 1 and "disk is full" in caplog.text and "goes on without it" in caplog.text
    with closing(SealedStore(tmp_path, "test")) as again:
        assert again.get(KEY) == b"1"


def test_a_run_on_a_hostile_cache_ends_as_any_other(tmp_path: Path, document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("--budget", 1, "--kept", 1, "--max-topics", 2)
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))
    assert run("generate", "--study", tmp_path / "calm.db", *words).status == 0
    replies, vectors = (tmp_path / "cache" / name / "cache.db" for name in ("replies", "embeddings"))
    altered(replies, "UPDATE Cache SET mode = 2, value = NULL, filename = ?", values=(str(document),))
    altered(replies, "UPDATE Cache SET expire_time = 1 WHERE rowid % 2")
    altered(vectors, "UPDATE Cache SET value = zeroblob(1536)")
    journal(vectors, document)
    assert run("generate", "--study", tmp_path / "attacked.db", *words).status == 0
    calls = "SELECT key, reply FROM calls ORDER BY key"
    assert select(tmp_path / "calm.db", calls) == select(tmp_path / "attacked.db", calls)
