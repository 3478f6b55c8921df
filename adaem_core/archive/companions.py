"""The files beside a study: its lock, and SQLite's log of what is not yet folded into the study itself.

While a study is written, part of it lies in `….db-wal`. The study says so in its own first bytes, so that a copy made without
the log is told from a whole one. Data flow: `path → lock`; `path, connection → log begun | folded`.
"""

import contextlib
import sqlite3
from contextlib import closing
from pathlib import Path

from filelock import FileLock, Timeout

from adaem_core.errors import AdaemError, BadInput

LOGGED = 1  # SQLite's `user_version` while part of the study may lie in its log
JOURNAL = bytes.fromhex("d9d505f920a163d7")  # how a journal of changes begins, and ends where it names another file
PATIENCE = 1.0  # seconds to wait for a lock: somebody may be storing a single value just now
FOLDING = 2000  # milliseconds to wait for others' reading before the log is folded


def log_of(path: Path) -> Path:
    """Return where the log of the study at `path` lies."""
    return Path(f"{path.resolve()}-wal")


def locked(path: Path, patience: float = PATIENCE) -> FileLock:
    """Return the held writing lock of the study at `path`; the system frees it when the process dies, however it dies."""
    beside = Path(f"{path.resolve()}.lock")
    if beside.is_symlink() or beside.is_dir():
        raise BadInput(
            f"{beside} is no lock of this studio but a link or a folder: nothing is written through it. Delete it, then try again."
        )
    lock = FileLock(beside)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise BadInput(f"{path.name} is being worked on by another process. Wait for it, or pause it first.") from None
    except OSError as error:
        raise AdaemError(
            f"{path} can only be read: its lock cannot be made ({error.strerror}). Make the folder writable, or copy the study to one that is."
        ) from error
    return lock


def free_lock(path: Path) -> FileLock | None:
    """Return the held writing lock if nobody holds it, else None."""
    with contextlib.suppress(AdaemError):
        return locked(path, patience=0)
    return None


def begin_log(connection: sqlite3.Connection) -> None:
    """Let changes go to the log from now on, and have the study itself say so before the first."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA user_version={LOGGED}")
    connection.execute("PRAGMA wal_checkpoint(FULL)")  # which leaves the log longer than nothing


def logging(connection: sqlite3.Connection) -> bool:
    """Say whether part of the study may lie in its log."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == LOGGED)


def leave_single_file(connection: sqlite3.Connection) -> None:
    """Fold the log into the study, so that it can be sent or read from a read-only folder; the log stays while others read too long."""
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute(f"PRAGMA busy_timeout={FOLDING}")
        connection.execute("PRAGMA wal_checkpoint(FULL)")  # first: on a full disk this makes room for the mark
        connection.execute("PRAGMA user_version=0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA busy_timeout=0")
        connection.execute("PRAGMA journal_mode=DELETE")


def check_companions(path: Path) -> None:
    """Raise BadInput where part of a study is not there: its log, or the study to a log."""
    log = log_of(path)
    if is_log(log) and not (path.is_file() and path.stat().st_size):
        raise BadInput(
            f"{path} is missing or empty, but {log.name} lies beside it and holds part of a study. Put both back, or move the log away."
        )
    if says_logged(path) and not is_log(log) and says_logged(path):  # asked again: a writer folds the log before it is gone
        raise BadInput(
            f"{path}: its companion {log.name} is missing or empty, and with it what was stored last: the study was copied without it, or it was deleted. "
            f"Copy both files together; or save what is here: python -m adaem_core verify --study {path.name} --salvage NEW.db"
        )


def check_beside(path: Path) -> None:
    """Raise BadInput where a file beside a study would have SQLite write or delete something else: a link, or a journal that names another file.

    SQLite deletes the file that such a journal names as soon as the study is opened, be it only to read. The studio never makes one.
    """
    for beside in (Path(f"{path.resolve()}{ending}") for ending in ("-journal", "-wal", "-shm")):
        if beside.is_symlink() or (beside.exists() and (not beside.is_file() or beside.stat().st_nlink > 1)):
            raise BadInput(
                f"{beside} is a link or a folder, not a companion of the study: nothing is opened. Move it away, then try again."
            )
    journal = Path(f"{path.resolve()}-journal")
    if journal.is_file() and journal.read_bytes()[-len(JOURNAL) :] == JOURNAL:
        raise BadInput(
            f"{journal} names a file elsewhere, which opening the study would delete: nothing is opened. Move it away, then try again."
        )


def damaged(path: Path, what: str) -> str:
    """Return the sentence about a damaged study."""
    return f"{path}: the file is damaged ({what}). Take another copy, or save what survives: python -m adaem_core verify --study {path.name} --salvage NEW.db"


def is_log(path: Path) -> bool:
    """Say whether a log with something in it lies there."""
    return path.is_file() and path.stat().st_size > 0


def says_logged(path: Path) -> bool:
    """Say whether the study itself, whatever its log holds, says that part of it lies there."""
    # By SQLite, never by opening the file here: closing it would free the locks that this process holds on it, and another one would fold the log.
    with contextlib.suppress(sqlite3.Error), closing(by_itself(path)) as connection:
        return logging(connection)
    return False


def by_itself(path: Path) -> sqlite3.Connection:
    """Return a connection to the file alone, without its log, that makes nothing beside it."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def undo_half_written(path: Path) -> None:
    """Let SQLite take back what a killed process has half written into a study without a log, which who only reads cannot."""
    check_beside(path)
    if is_log(Path(f"{path.resolve()}-journal")) and path.is_file():
        with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
