"""The disk cache all studies share: replies by the content address of their request, as JSON.

Data flow: `key → Completion | None`. Refusals are kept; failures are not (docs/decisions/nothing-is-paid-twice.md).
"""

import os
from pathlib import Path

import orjson

from adaem_core import folders
from adaem_core.archive.rows import reply_of
from adaem_core.chat.store import SealedStore
from adaem_core.messages import Completion


class ReplyCache:
    """Replies on disk. Never evicts: what was paid for is kept until the user deletes the folder."""

    def __init__(self, folder: Path) -> None:
        self._store = SealedStore(folder / "replies", "cached reply")

    def get(self, key: str) -> Completion | None:
        """Return the reply under `key`, marked as cached; None when there is none or it cannot be read."""
        stored = self._store.get(key)
        try:
            return None if stored is None else unpacked(key, stored)
        except (orjson.JSONDecodeError, TypeError, ValueError):
            return None

    def set(self, key: str, reply: Completion) -> None:
        """Store a reply under `key`."""
        self._store.set(key, packed(reply))

    def close(self) -> None:
        self._store.close()


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
