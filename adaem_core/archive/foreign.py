"""Is a study this computer's own? One that came from elsewhere, was moved, or was changed by others can be read; nothing in it starts unseen.

What a start would do follows from a few settings: whom it asks, at what cost, what was begun. Their seal lies in this computer's own
folder, never in the study: a copy carries no trust along (docs/decisions/a-study-from-elsewhere-starts-nothing.md). Data flow: `study → its steering settings → seal, compared with those noted`.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import orjson

from adaem_core import machine
from adaem_core.archive.opening import open_checked, plain_errors
from adaem_core.archive.writing import write_whole
from adaem_core.errors import BadInput

STEERING = ("panel", "chat", "generate", "elicit")  # settings that say whom a start would ask, and how much
ASKING = "SELECT id, examinees, config, condition, system_prompt, sample, imported, part_of FROM examinations ORDER BY rowid"
KEPT = 3  # seals of one study: a process killed between two of them leaves a study that is still known


class Foreign(BadInput):
    """A study that this computer did not make, or not at this place, or that was changed by others."""


def check(path: Path | None) -> None:
    """Raise Foreign unless the study at `path` is this computer's own, or its owner has allowed it; None is no study."""
    if path and not own(path):
        raise Foreign(
            f"{path.name} was not made on this computer, was moved, or was changed by others: nothing in it starts before you have seen "
            f"what it would do. Look at it on the Run monitor and allow it there, or run: python -m adaem_core allow --study {path.name}"
        )


def own(path: Path) -> bool:
    """Return whether the study at `path` is this computer's own as it stands now."""
    with closing(open_checked(path, "ro")) as connection:
        return known(path, connection)


def allow(path: Path) -> None:
    """Make a study this computer's own, as it stands now."""
    with closing(open_checked(path, "ro")) as connection:
        note(path, connection)


@contextmanager
def steering(path: Path, connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that may change what a start would do: a study that was this computer's own before stays so."""
    with plain_errors(path), connection:
        connection.execute("BEGIN IMMEDIATE")
        ours = known(path, connection)
        yield
        if ours:
            note(path, connection)


def known(path: Path, connection: sqlite3.Connection) -> bool:
    """Return whether the study's present seal is noted."""
    return seal(path, connection) in noted(place(path))


def note(path: Path, connection: sqlite3.Connection) -> None:
    """Note the study's present seal, before what it seals is committed."""
    file, present = place(path), seal(path, connection)
    before = noted(file)
    if present not in before[-1:]:
        write_whole(file, "\n".join([*(each for each in before if each != present), present][-KEPT:]).encode())


def noted(file: Path) -> list[str]:
    """Return the seals noted for a study, the newest last."""
    try:
        return file.read_text("ascii").split()
    except (OSError, ValueError):
        return []


def place(path: Path) -> Path:
    """Return the file in this computer's own folder that holds the seals of the study at `path`."""
    return machine.folder() / "studies" / hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def seal(path: Path, connection: sqlite3.Connection) -> str:
    """Return this computer's seal of where a study lies and what a start would do, as hexadecimal digits."""
    settings = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    job = told(settings.get("job"))
    content = [str(path.resolve()), *(settings.get(each) for each in STEERING), job.get("act"), job.get("arguments")]
    content += [list(map(str, row)) for row in connection.execute(ASKING)]
    return machine.seal(orjson.dumps(content, default=repr), "study").hex()


def told(job: Any) -> dict[str, Any]:
    """Return the job a study's setting tells; empty where it tells none."""
    try:
        found = orjson.loads(job or "{}")
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}
