"""The chain over the ledger of replies: each reply is linked to the one before.

A link holds digests of the row's columns and a digest over these and the link before, so that a reply that was changed, removed
or added later is found and named (`archive.verify`; docs/decisions/the-ledger-is-chained.md). Data flow: `row of calls → digests → link`.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

COLUMNS = (
    "key", "purpose", "model", "endpoint", "request", "reply", "cached", "cost", "prompt_tokens", "completion_tokens", "failure", "at",
)  # fmt: skip
START = bytes(32)  # what the first link follows
PART = 4  # bytes kept of each column's digest: enough to say which column differs; the link covers the whole ones


def address(key: str) -> str:
    """Return a reply's key without what marks it as a failure that was asked again."""
    return key.split("/", 1)[0]


def digests(row: Sequence[Any]) -> list[bytes]:
    """Return the digest of every column of a row of `calls`, 32 bytes each."""
    values = (address(str(row[0])), *row[1:])
    told = (each.encode("utf-8", "surrogateescape") if isinstance(each, str) else repr(each).encode() for each in values)
    return [hashlib.sha256(each).digest() for each in told]


def parts_of(found: Iterable[bytes]) -> bytes:
    """Return what a link keeps of its columns' digests."""
    return b"".join(each[:PART] for each in found)


def linked(previous: bytes, found: Iterable[bytes]) -> bytes:
    """Return the digest of the link after `previous`."""
    return hashlib.sha256(previous + b"".join(found)).digest()


def head(connection: sqlite3.Connection) -> bytes:
    """Return the digest of the last link."""
    row = connection.execute("SELECT digest FROM chain ORDER BY number DESC LIMIT 1").fetchone()
    return bytes(row[0]) if row else START


def extend(connection: sqlite3.Connection, written: Iterable[Sequence[Any]]) -> None:
    """Chain rows of `calls` inside the caller's transaction."""
    previous = head(connection)
    for row in written:
        found = digests(row)
        previous = linked(previous, found)
        connection.execute("INSERT INTO chain (key, parts, digest) VALUES (?, ?, ?)", (address(row[0]), parts_of(found), previous))


def broken(connection: sqlite3.Connection) -> str:
    """Return the key of the last reply where its row is gone or no longer what was chained, empty where it stands."""
    row = connection.execute("SELECT key, parts FROM chain ORDER BY number DESC LIMIT 1").fetchone()
    if row is None:
        return ""
    found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM calls WHERE key = ?", (row[0],)).fetchone()
    return "" if found and parts_of(digests(found)) == row[1] else str(row[0])
