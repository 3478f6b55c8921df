"""The shelf: studies are duplicated, put away, brought back, and taken in from a file.

Nothing is deleted by a slip: what is put away lies whole in the folder `deleted` beside the studies, until somebody deletes it for good.
Data flow: `path → study file, copied or moved`; BadInput where a worker is on it, or where the file is no study.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from adaem_core.archive import foreign
from adaem_core.archive.companions import locked
from adaem_core.archive.copying import copy_whole
from adaem_core.archive.described import described
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.archive.writing import write_whole
from adaem_core.errors import AdaemError, BadInput
from adaem_core.work import jobs

AWAY = "deleted"
COMPANIONS = ("", "-wal", "-shm", "-journal")  # what a study may consist of
BEGINS = b"SQLite format 3\x00"


def duplicate(path: Path, there: Path) -> None:
    """Copy a study: a study of its own from now on, with an identity of its own, and as much this computer's as the first."""
    with idle(path):
        ours = foreign.own(path)
        copy_whole(path, there)
    with Study.read(there) as study:
        title = f"Copy of {described(study).title}"[:200]
    Study.note(there, title=title, identity=secrets.token_hex(4))
    if ours:
        foreign.allow(there)


def take_in(name: str, content: bytes, there: Path) -> None:
    """Make a study of the bytes of a file; it is foreign to this computer. BadInput where they are none, and then nothing is kept."""
    if not content.startswith(BEGINS):
        raise BadInput(f"{name} is no study: a study is one file that ends in .db. Export it as one file where it was made.")
    write_whole(there, content)
    try:
        with Study.read(there) as study:
            settings_of(study)
    except AdaemError:
        erase(there)
        raise


def put_away(path: Path) -> Path:
    """Return where a study, whole or damaged, now lies among the deleted ones."""
    with idle(path):
        return moved(path, path.parent / AWAY)


def bring_back(path: Path) -> Path:
    """Return where a study that was put away lies now, beside the others again."""
    return moved(path, path.parent.parent)


def away() -> list[Path]:
    """Return the studies that were put away, the latest first."""
    return sorted((jobs.studies_dir() / AWAY).glob("*.db"), key=lambda path: path.lstat().st_ctime, reverse=True)


def erase(path: Path) -> None:
    """Delete a study for good."""
    for each in parts(path):
        each.unlink()


@contextmanager
def idle(path: Path) -> Iterator[None]:
    """Hold the writing lock of a study meanwhile; BadInput while a worker has it, or is coming up to take it."""
    if busy(path):
        raise BadInput(f"{path.stem} is being worked on. Pause or cancel it on the Run monitor first.")
    with locked(path):
        yield


def busy(path: Path) -> bool:
    """Say whether a worker is on a study; none is on a damaged one."""
    try:
        return jobs.watch(path).active
    except AdaemError:
        return False


def moved(path: Path, folder: Path) -> Path:
    """Return where a study lies in a folder now, with its companions, under a name that was free."""
    folder.mkdir(exist_ok=True)
    there = free(folder, path.stem)
    for each in reversed(parts(path)):  # the log first: a study that says it has one is never read without it
        os.rename(each, there.with_name(each.name.replace(path.name, there.name, 1)))
    return there


def parts(path: Path) -> list[Path]:
    """Return the files that a study consists of, itself first."""
    return [each for ending in COMPANIONS if os.path.lexists(each := path.with_name(path.name + ending))]


def free(folder: Path, stem: str) -> Path:
    """Return where a study of this name, or with a number behind it, can lie in a folder."""
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(path for name in names if not os.path.lexists(path := folder / f"{name}.db"))
