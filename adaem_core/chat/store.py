"""What both caches stand on: bytes by key in a database of this computer's own, from which nothing can act (docs/decisions/nothing-is-paid-twice.md).

A cache folder may come from anywhere. diskcache would let rows name files to read and delete, its table of settings choose pragmas
and attributes, and triggers run; SQLite would delete a file that a journal beside the database names. So diskcache only opens a
database that was found to be as it makes them, its settings are written anew, no file is ever touched for a row, and each entry
carries a seal that no other computer can make.

Data flow: `key → bytes | None`.
"""

import hashlib
import hmac
import logging
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp
from typing import Any

from diskcache import UNKNOWN, Cache, Disk, Timeout
from diskcache.core import DEFAULT_SETTINGS, METADATA, MODE_RAW

from adaem_core import machine
from adaem_core.errors import AdaemError

PATIENCE = 10.0  # seconds to wait for another process that writes
SEAL_BYTES = 32
NAME, JOURNAL = "cache.db", "cache.db-journal"
PARTS = (NAME, JOURNAL, f"{NAME}-wal", f"{NAME}-shm")
SETTINGS: Mapping[str, str | int] = DEFAULT_SETTINGS | {
    "eviction_policy": "none",
    "cull_limit": 0,  # nothing expires: what was paid for is kept until the user deletes the folder
    "sqlite_cell_size_check": 1,
    "sqlite_mmap_size": 0,
    "sqlite_trusted_schema": 0,
}
FAILURES = (OSError, sqlite3.Error, Timeout, ValueError)  # ValueError: rows that diskcache does not expect
# What says nothing about the database itself.
PASSING = {
    getattr(sqlite3, f"SQLITE_{name}") for name in ("BUSY", "CANTOPEN", "FULL", "IOERR", "LOCKED", "NOMEM", "PERM", "PROTOCOL", "READONLY")
}
Schema = frozenset[tuple[str, str, str, str | None]]

log = logging.getLogger(__name__)


class PlainDisk(Disk):  # type: ignore[misc]
    """Keeps bytes in the database alone: whatever a row says, no file is read, written or removed, and nothing is unpickled."""

    def store(self, value: bytes, read: bool, key: Any = UNKNOWN) -> tuple[int, int, None, bytes]:
        """Return the columns size, mode, filename and value."""
        return 0, MODE_RAW, None, value

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        """Return a value that lies in the database; any other counts as absent."""
        return value if mode == MODE_RAW else None

    def remove(self, file_path: str) -> None:
        """Leave the file where it is: no entry has one."""


class SealedStore:
    """Bytes by key. Never evicts; an entry this computer did not write, or that was changed, is absent.

    Failing costs speed, never the run: what cannot be read is absent, what cannot be written is left out, and that is told once.
    Only a folder that cannot be used from the start raises AdaemError: nothing has been spent then.
    """

    def __init__(self, folder: Path, purpose: str) -> None:
        self._folder, self._renewed = folder, False
        self._key = machine.seal(b"", purpose)  # known to this computer alone, too; sealing with it takes 2 µs instead of 60
        with plain_errors(folder):
            self._cache: Cache | None = opened(folder)

    def get(self, key: str) -> bytes | None:
        """Return what is stored under `key`; None when there is none."""
        found = self._tried(lambda held: held.get(key))
        if not isinstance(found, bytes):
            return None
        seal, content = found[:SEAL_BYTES], found[SEAL_BYTES:]
        return content if hmac.compare_digest(seal, self._seal(key, content)) else None

    def set(self, key: str, content: bytes) -> None:
        """Store bytes under `key`."""
        self._tried(lambda held: held.set(key, self._seal(key, content) + content))

    def close(self) -> None:
        """Close this thread's connection."""
        if self._cache is not None:
            self._cache.close()

    def _seal(self, key: str, content: bytes) -> bytes:
        return hmac.digest(self._key, key.encode() + b"\0" + content, hashlib.sha256)

    def _tried(self, act: Callable[[Cache], Any]) -> Any:
        """Return what `act` returns, None where the cache fails."""
        if self._cache is None:
            return None
        try:
            return act(self._cache)
        except FAILURES as error:
            self._failed(first(error))
            return None

    def _failed(self, error: Exception) -> None:
        """Replace a damaged database, once; after any other failure do without: a run that waited at every reply would hardly end."""
        self.close()
        self._cache = None
        try:
            if damaged(error) and not self._renewed:
                self._renewed = True
                set_aside(self._folder / NAME, str(error))
                self._cache = opened(self._folder)
                return
        except FAILURES as second:
            error = second
        log.warning(
            "The cache in %s can no longer be used (%s). The run goes on without it: nothing is lost, but what is answered from now on "
            "is not shared with other studies. Free some space, make the folder writable, or delete it.",
            self._folder,
            said(error),
        )


def opened(folder: Path) -> Cache:
    """Return the cache in a folder; what lies there and is none as diskcache makes it is set aside."""
    folder = Path(os.path.expandvars(folder.expanduser())).absolute()  # as diskcache would read its name
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        if odd(folder / name):
            set_aside(folder / name, "no file of a cache")
    try:
        return begun(folder)
    except FAILURES as error:
        if not damaged(error):
            raise
        set_aside(folder / NAME, said(error))
        return begun(folder)


def begun(folder: Path) -> Cache:
    """Return the cache in a folder, made if there is none; raises an error of damage where the database is no cache."""
    path = folder / NAME
    if not path.exists():
        put(path)
    renew(path)
    return Cache(str(folder), timeout=PATIENCE, disk=PlainDisk, **SETTINGS)


def odd(path: Path) -> bool:
    """Return whether something stands in place of a file of the database that would lead elsewhere: a link, a folder, a journal.

    SQLite deletes the file that a journal names. A cache has none: it is made elsewhere as a whole and writes ahead (`-wal`).
    """
    with suppress(FileNotFoundError):
        found = path.lstat()
        shared = found.st_nlink > 1 and path.name != NAME  # the database itself has two names for a moment, in `put`
        return path.name == JOURNAL or not stat.S_ISREG(found.st_mode) or shared
    return False


def renew(path: Path) -> None:
    """Write the settings of a cache anew; raises sqlite3.DatabaseError, before anything is done, where other things are defined in it."""
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection, connection:
        if schema(connection) != blank()[1]:
            raise sqlite3.DatabaseError("its tables are not those of a cache")
        connection.execute("DELETE FROM Settings")
        connection.executemany("INSERT INTO Settings VALUES (?, ?)", [*SETTINGS.items(), *METADATA.items()])


def schema(connection: sqlite3.Connection) -> Schema:
    """Return everything that is defined in a database."""
    return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


@cache
def blank() -> tuple[bytes, Schema]:
    """Return an empty cache as diskcache makes it: its file and what is defined in it."""
    with TemporaryDirectory() as made:
        Cache(made, disk=PlainDisk, **SETTINGS).close()
        path = Path(made) / NAME
        with closing(sqlite3.connect(path)) as connection:
            defined = schema(connection)
        return path.read_bytes(), defined


def put(path: Path) -> None:
    """Put an empty cache at `path`; one that another process has put there meanwhile stays."""
    number, made = mkstemp(dir=path.parent, prefix=f"{NAME}.")
    with os.fdopen(number, "wb") as file:
        file.write(blank()[0])
    try:
        with suppress(FileExistsError):
            os.link(made, path)
        os.unlink(made)
    except OSError:  # a disk without links
        os.replace(made, path)


def set_aside(path: Path, reason: str) -> None:
    """Rename a file, and with a database what belongs to it, so that nobody takes it for a cache, and say so."""
    end = f".set-aside-{datetime.now():%Y-%m-%d-%H%M%S-%f}"
    with suppress(FileNotFoundError):  # another process was faster
        path.rename(path.with_name(path.name + end))
        log.warning(
            "The cache %s is damaged or of foreign make (%s): it was set aside as %s, and a new one begun.", path, reason, path.name + end
        )
    for each in path.parent.glob(f"{path.name}-???"):
        with suppress(FileNotFoundError):
            each.rename(each.with_name(each.name + end))


def first(error: Exception) -> Exception:
    """Return the error that counts: a full disk ends a transaction itself, and diskcache then fails to roll it back."""
    before = error.__context__
    return before if "cannot rollback" in str(error) and isinstance(before, sqlite3.Error) else error


def damaged(error: Exception) -> bool:
    """Return whether an error lies in the database rather than in its surroundings."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return isinstance(error, sqlite3.DatabaseError | ValueError) and code not in PASSING


def said(error: Exception) -> str:
    """Return what an error says; diskcache's Timeout, which may be a full disk, too, has no words of its own."""
    return str(error) or "no write got through"


@contextmanager
def plain_errors(folder: Path) -> Iterator[None]:
    """Turn errors of disk and database into a sentence that names the folder and what to do."""
    try:
        yield
    except FAILURES as error:
        raise AdaemError(
            f"The cache in {folder} cannot be used ({said(error)}). Free some space or make the folder writable, "
            "or set ADAEM_CACHE_DIR to another one; the study keeps everything answered so far."
        ) from error
