"""Who did what, and when: a file in this computer's own folder to which lines are only ever added, one JSON object each.

Data flow: `who, what, details → one line`; `lines → whose a study is`.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from adaem_core import machine
from adaem_core.archive.opening import now
from adaem_core.errors import AdaemError

NAME = "journal.jsonl"
LONGEST = 300  # characters of one detail
Entry = dict[str, Any]  # at (ISO 8601, UTC), who, what, and details


def write(who: str, what: str, **details: Any) -> None:
    """Add a line, whole or not at all; AdaemError where none can be added, so that nothing happens unwritten."""
    told = {name: value[:LONGEST] if isinstance(value, str) else value for name, value in details.items()}
    line = orjson.dumps({"at": now(), "who": who[:LONGEST], "what": what, **told}, option=orjson.OPT_APPEND_NEWLINE)
    path = place()
    try:
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            written = os.write(file, line)
        finally:
            os.close(file)
    except OSError as error:
        raise AdaemError(f"The journal {path.name} cannot be written ({error.strerror}), so this was not done.") from error
    if written < len(line):
        raise AdaemError(f"The journal {path.name} could be written in part only, so this was not done. Is the disk full?")


def entries() -> tuple[Entry, ...]:
    """Return all lines in their order; one that was broken off by a full disk is left out."""
    path = place()
    return read(path, path.stat().st_size) if path.is_file() else ()


@lru_cache(maxsize=2)
def read(path: Path, size: int) -> tuple[Entry, ...]:
    """Return the lines of a file of this size: as it only grows, one size has one content."""
    return tuple(entry for line in path.read_bytes().splitlines() if (entry := understood(line)))


def understood(line: bytes) -> Entry:
    """Return one line; empty where it is none."""
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def place() -> Path:
    """Return where the journal is."""
    return machine.folder() / NAME


def maker(study: str) -> str:
    """Return who made the study of this name last; empty where nobody of the lab did."""
    return next((str(each.get("who", "")) for each in reversed(entries()) if (each.get("what"), each.get("study")) == ("make", study)), "")


def made_by(who: str) -> set[str]:
    """Return the names of all studies somebody made."""
    named = {str(each.get("study")): each.get("who") for each in entries() if each.get("what") == "make"}
    return {study for study, name in named.items() if name == who}


def last_run(study: str) -> Entry:
    """Return the line of a study's last start; empty where there was none."""
    return next((each for each in reversed(entries()) if (each.get("what"), each.get("study")) == ("run", study)), {})
