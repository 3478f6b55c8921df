"""One decorator for everything pages read or compute: done once, kept by what its arguments stand for, shared by all who use the app.

So nothing personal and no key may ever be in a reading, and a function so decorated draws nothing. A study is kept by its path and state:
a running one is never shown stale. Labels are kept by their digest: hashing them anew at every rerun would take longer than reading what is kept.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.values import ValueSystem

if TYPE_CHECKING:
    from adaem_core.measure.value_labels import ValueLabels

Given = ParamSpec("Given")
Found = TypeVar("Found")
Token = tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False)
class Digested:
    """Labels with what stands for them in a key."""

    digest: str
    labels: "ValueLabels" = field(repr=False)


def state(path: Path) -> Token:
    """Return what changes whenever a file does: its time and size, and those of a study's write-ahead log; empty where there is none."""
    return tuple(found for each in (path, path.with_name(path.name + "-wal")) for found in state_of(each))


def state_of(file: Path) -> Token:
    """Return time and size of a file; empty where there is none, or none that may be seen."""
    with suppress(OSError):
        found = file.stat()
        return ((found.st_mtime_ns, found.st_size),)
    return ()


# What stands for an argument in a key, by its exact type; settings stand for themselves. An examination's id says which one only beside its
# study or its labels. A tuple of 12,310 numbers takes 250 ms to hash item by item, and 1 ms as text.
KEYED_BY: dict[type, Callable[[Any], object]] = {
    type(Path()): lambda path: (str(path), state(path)),
    Digested: attrgetter("digest"),
    Examination: attrgetter("id"),
    ValueSystem: repr,
    tuple: repr,
}


def reading(
    wait: str = "", *, keep: int = 32, copied: bool = True, keyed_by: Mapping[type, Callable[[Any], object]] | None = None
) -> Callable[[Callable[Given, Found]], Callable[Given, Found]]:
    """Return a decorator that keeps the last `keep` results, and shows `wait` only while one is being computed.

    Arguments called `_…` are no part of the key; `keyed_by` says what stands for further types. With `copied=False` everybody
    gets the same object, which is quicker for large ones: nobody may change it.
    """
    known: dict[str | type, Callable[[Any], object]] = {**KEYED_BY, **(keyed_by or {})}
    kept = st.cache_data if copied else st.cache_resource
    return cast(
        "Callable[[Callable[Given, Found]], Callable[Given, Found]]", kept(max_entries=keep, show_spinner=wait or False, hash_funcs=known)
    )
