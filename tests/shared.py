"""What costs minutes is made once, by the worker that needs it first; the others wait and find it (pytest-xdist's documented way)."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from adaem_core.archive import foreign


def common(factory: pytest.TempPathFactory) -> Path:
    """Return the temporary folder of this run that all its workers share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder `name` that all workers share, filled by `make` for the first that asks; what failed is made anew by the next."""
    folder = common(factory) / name
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            part = factory.mktemp(name)
            make(part)
            part.rename(folder)
    return folder


def copied(study: Path, place: Path) -> Path:
    """Return a copy of a study that is this computer's own as the first one was."""
    copy = Path(shutil.copy2(study, place))
    foreign.allow(copy)
    return copy
