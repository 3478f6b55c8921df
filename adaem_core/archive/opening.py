"""Open a study file safely: whole, of a version that can be read, and SQLite's errors in plain sentences."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from adaem_core.archive import chain, companions, rows
from adaem_core.errors import AdaemError, BadInput

VERSION = 3
CHECKED = 16 * 2**20  # bytes up to which a study is looked through whenever it is written


def now() -> str:
    """Return the present time, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def exists(path: Path) -> bool:
    """Return True when a study (not merely an empty file left by an interruption) is at `path`; BadInput where part of it is missing."""
    with plain_errors(path):
        if os.path.lexists(path) and not path.is_file():  # opening a pipe would wait for ever
            raise BadInput(f"{path}: no file, but a folder, a pipe, or a link to nothing. Choose a study file.")
        companions.check_companions(path)
        companions.undo_half_written(path)
        if not path.is_file() or path.stat().st_size == 0:
            return False
        alone = not companions.is_log(companions.log_of(path))
        with closing(connect(path, "ro")) as connection:
            if connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
                return True
    if alone and path.stat().st_size:
        raise BadInput(
            f"{path} is empty, but was being written: its companion {companions.log_of(path).name} may hold a study. Put that beside it, or delete both."
        )
    return False


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection; `mode` is ro, rw or rwc. NORMAL: a killed process loses nothing, only a power cut may cost the last unit."""
    companions.check_beside(path)
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=30, isolation_level=None, check_same_thread=False
    )
    with closed_on_failure(connection):
        connection.execute("PRAGMA synchronous=NORMAL")
    return connection


@contextmanager
def closed_on_failure(connection: sqlite3.Connection) -> Iterator[None]:
    """Close a connection that is not to be returned because something failed."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def open_checked(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection to an existing study of a version this engine can read; BadInput for one that is damaged."""
    if not exists(path):
        raise BadInput(f"{path}: no study there. Check the name, or start a new study.")
    with plain_errors(path):
        connection = connect(path, mode)
    with closed_on_failure(connection):
        check_version(path, connection, mode)
    return connection


def check_version(path: Path, connection: sqlite3.Connection, mode: str) -> None:
    """Raise BadInput for what is no study, or a newer version's; bring an older version's up to this one."""
    with plain_errors(path):
        row = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    if row is None or not str(row[0]).isdecimal():
        raise BadInput(f"{path}: a database, but no study. Choose a file this studio has written.")
    if int(row[0]) > VERSION:
        raise BadInput(
            f"{path} was made by a newer version of the studio (file version {row[0]}, this one reads {VERSION}). Update the studio to open it; nothing was changed."
        )
    with plain_errors(path):
        foreign = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchall()
    if foreign:
        raise BadInput(
            f"{path} holds “{foreign[0][0]}”, which acts by itself and which this studio never wrote. Choose another copy of the file."
        )
    if int(row[0]) < VERSION:
        upgrade(path) if mode == "rw" else complete(path, connection)


def complete(path: Path, connection: sqlite3.Connection) -> None:
    """Give a reader of an older version's study the tables it lacks, empty and in memory: who reads changes nothing."""
    with plain_errors(path):
        connection.execute("PRAGMA temp_store=MEMORY")
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for statement in added():
            if statement.startswith("CREATE TABLE") and statement.split()[5] not in there:
                connection.execute(statement.replace("CREATE TABLE", "CREATE TEMP TABLE"))


def upgrade(path: Path) -> None:
    """Add the tables that a study of an older version lacks and chain the replies it holds, in one transaction; nothing in it is changed."""
    with plain_errors(path), closing(connect(path, "rw")) as connection, connection:
        connection.execute("BEGIN IMMEDIATE")
        if int(connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0]) >= VERSION:
            return  # somebody else was faster
        for statement in added():
            connection.execute(statement)
        held = connection.execute(f"SELECT {', '.join(chain.COLUMNS)} FROM calls ORDER BY rowid").fetchall()
        chain.extend(connection, held)
        put_meta(connection, {"version": VERSION, "chained": {"from": len(held), "at": now()}})


def added() -> list[str]:
    """Return the statements that add what the first version's file lacks."""
    return [statement.strip() for statement in f"{rows.EXAMINATIONS};{rows.LEDGER}".split(";")]


def check_quickly(path: Path, connection: sqlite3.Connection) -> None:
    """Raise BadInput where the last reply is not as recorded, or a study that is not large has damaged pages: nothing may be written to it."""
    with plain_errors(path):
        if key := chain.broken(connection):
            raise BadInput(companions.damaged(path, f"the last reply, to request {key[:12]}, is not as it was recorded"))
    if path.stat().st_size <= CHECKED:
        with plain_errors(path):
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise BadInput(companions.damaged(path, " ".join(found.split())))


def put_meta(connection: sqlite3.Connection, values: Mapping[str, Any]) -> None:
    """Insert or replace `values` in the caller's transaction."""
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)", [(key, orjson.dumps(value).decode()) for key, value in values.items()]
    )


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the disk into sentences naming the file and what to do."""
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite's own complaint quotes the damaged place
        raise BadInput(companions.damaged(path, "its tables cannot be read")) from error
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise BadInput(f"{path}: a database, but no study ({error}). Choose a file this studio has written.") from error
        if "decode" in str(error):
            raise BadInput(companions.damaged(path, "a text cannot be read")) from error
        if "full" in str(error):
            raise AdaemError(
                f"{path}: the disk is full. Nothing already finished is lost: free some space and start the study again."
            ) from error
        raise AdaemError(
            f"{path}: the study file cannot be used ({error}). Check that the folder is there and writable and the disk not full, then try again."
        ) from error
    except OSError as error:
        raise AdaemError(
            f"{path}: the study file cannot be used ({error.strerror}). Check that you may read and write it there."
        ) from error
    except sqlite3.DatabaseError as error:
        if "malformed" in str(error):
            raise BadInput(companions.damaged(path, str(error))) from error
        raise BadInput(f"{path}: not a readable study file ({error}). Choose a file this studio has written.") from error
