"""Open a study file safely: its lock, its version, and SQLite's errors in plain sentences."""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from filelock import FileLock, Timeout

from adaem_core.archive import rows
from adaem_core.errors import AdaemError, BadInput

VERSION = 2


def now() -> str:
    """Return the present time, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def exists(path: Path) -> bool:
    """Return True when a study (not merely an empty file left by an interruption) is at `path`."""
    if not path.is_file() or path.stat().st_size == 0:
        return False
    with plain_errors(path), closing(connect(path, "ro")) as connection:
        return bool(connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0])


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection; `mode` is ro, rw or rwc. NORMAL: a killed process loses nothing, only a power cut may cost the last unit."""
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


def leave_single_file(connection: sqlite3.Connection) -> None:
    """Fold the write-ahead log into the file, so that it can be sent or read from a read-only folder; skipped while others read."""
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA busy_timeout=0")
        connection.execute("PRAGMA journal_mode=DELETE")


def open_checked(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection to an existing study of a version this engine can read."""
    if not exists(path):
        raise BadInput(f"{path}: no study there. Check the name, or start a new study.")
    with plain_errors(path):
        connection = connect(path, mode)
    with closed_on_failure(connection):
        check_version(path, connection)
    return connection


def check_version(path: Path, connection: sqlite3.Connection) -> None:
    """Raise BadInput for what is no study, or a newer version's; bring an older version's up to this one."""
    with plain_errors(path):
        row = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    if row is None:
        raise BadInput(f"{path}: a database, but no study. Choose a file this studio has written.")
    if int(row[0]) > VERSION:
        raise BadInput(
            f"{path} was made by a newer version of the studio (file version {row[0]}, this one reads {VERSION}). Update the studio to open it; nothing was changed."
        )
    if int(row[0]) < VERSION:
        upgrade(path)


def upgrade(path: Path) -> None:
    """Add the tables that a study of an older version lacks, in one transaction; nothing in it is changed."""
    with plain_errors(path), closing(connect(path, "rw")) as connection, connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in rows.EXAMINATIONS.split(";"):
            connection.execute(statement)
        put_meta(connection, {"version": VERSION})


def put_meta(connection: sqlite3.Connection, values: Mapping[str, Any]) -> None:
    """Insert or replace `values` in the caller's transaction."""
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)", [(key, orjson.dumps(value).decode()) for key, value in values.items()]
    )


def locked(path: Path) -> FileLock:
    """Return the held writing lock of the study at `path`; the system frees it when the process dies, however it dies."""
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BadInput(f"{path.name} is being worked on by another process. Wait for it, or pause it first.") from None
    return lock


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences naming the file and what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise BadInput(f"{path}: a database, but no study ({error}). Choose a file this studio has written.") from error
        if "full" in str(error):
            raise AdaemError(
                f"{path}: the disk is full. Nothing already finished is lost: free some space and start the study again."
            ) from error
        raise AdaemError(
            f"{path}: the study file cannot be used ({error}). Check that the folder is there and writable, then try again."
        ) from error
    except sqlite3.DatabaseError as error:
        raise BadInput(f"{path}: not a readable study file ({error}). Choose a file this studio has written.") from error
