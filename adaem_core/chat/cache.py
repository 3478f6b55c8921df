"""The disk cache all studies share: replies by the content address of their request, as JSON.

Data flow: `key → Completion | None`. Refusals are kept; failures are not (docs/decisions/nothing-is-paid-twice.md).
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from diskcache import Cache, Disk, Timeout
from diskcache.core import MODE_PICKLE

from adaem_core import folders
from adaem_core.archive.rows import reply_of
from adaem_core.errors import AdaemError
from adaem_core.messages import Completion


class PlainDisk(Disk):  # type: ignore[misc]
    """Stores text and bytes alone: a cache file from elsewhere must not be able to run code when it is read."""

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        """Return a stored value; one that would have to be unpickled counts as absent."""
        return None if mode == MODE_PICKLE else super().fetch(mode, filename, value, read)


class ReplyCache:
    """Replies on disk. Never evicts: what was paid for is kept until the user deletes the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with plain_errors(folder):
            self._cache = Cache(str(folder / "replies"), disk=PlainDisk, eviction_policy="none")

    def get(self, key: str) -> Completion | None:
        """Return the reply under `key`, marked as cached; None when there is none or it cannot be read."""
        with plain_errors(self.folder):
            stored = self._cache.get(key)
        try:
            return None if stored is None else unpacked(key, stored)
        except (orjson.JSONDecodeError, TypeError, ValueError):
            return None

    def set(self, key: str, reply: Completion) -> None:
        """Store a reply under `key`."""
        with plain_errors(self.folder):
            self._cache.set(key, packed(reply))

    def close(self) -> None:
        self._cache.close()


def cache_folder() -> Path:
    """Return the cache's folder: ADAEM_CACHE_DIR if set."""
    return Path(os.environ.get("ADAEM_CACHE_DIR") or folders.cache())


def packed(reply: Completion) -> bytes:
    """Return a reply as JSON, without its key (it is stored under it) and whether this study paid for it."""
    content = {name: value for name, value in vars(reply).items() if name not in ("key", "cached")}
    return orjson.dumps(content)


def unpacked(key: str, stored: bytes) -> Completion:
    """Return the reply in `stored`."""
    return reply_of(orjson.loads(stored) | {"key": key, "cached": True})


@contextmanager
def plain_errors(folder: Path) -> Iterator[None]:
    """Turn errors of disk and database into a sentence that names the folder and what to do."""
    try:
        yield
    except (OSError, sqlite3.Error, Timeout) as error:  # a Timeout may be a full disk, too, and has no words of its own
        raise AdaemError(
            f"The cache in {folder} cannot be used ({str(error) or 'no write got through'}). Free some space or make the folder writable, "
            "or set ADAEM_CACHE_DIR to another one; the study keeps everything answered so far."
        ) from error
