"""Where things lie: what comes with the studio, what its user adds or makes, and what can be made again.

In a checkout that is the checkout's own `data` and `cache`. Installed, the app and its data lie in the package, which may be
read-only: what the user adds or makes goes where the system keeps such files.
"""

import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from adaem_core.marks import spelt_out

PACKAGE = Path(__file__).resolve().parent
INSTALLED = (PACKAGE / "studio").is_dir()
STUDIO = PACKAGE / "studio" if INSTALLED else PACKAGE.parent  # holds app.py, pages and data
DATA = STUDIO / "data"
NAME = "adaem-studio"


def own() -> Path:
    """Return the folder of what the user adds or makes; in a checkout, `DATA`."""
    return user_data_path(NAME, appauthor=False) if INSTALLED else DATA


def own_named(kind: str) -> str:
    """Return what to call the folder where a user adds files of one kind: in a checkout data/panels, say, else the full path."""
    return str(own() / kind) if INSTALLED else f"{DATA.name}/{kind}"


def cache() -> Path:
    """Return the folder of what can be made again."""
    return user_cache_path(NAME, appauthor=False) if INSTALLED else STUDIO / "cache"


def files(kind: str, ending: str) -> dict[str, Path]:
    """Return the files of one kind by name: those that come with the studio, and the user's own; whether one can be read, its reader tells.

    A name that is not plain text would act where it is shown, and is none.
    """
    found = (path for folder in dict.fromkeys((DATA, own())) for path in within(folder / kind))
    return {path.stem: path for path in found if path.suffix == ending and is_file(path) and spelt_out(path.stem) == path.stem}


def within(folder: Path) -> list[Path]:
    """Return what lies in a folder, by name; nothing where it cannot be looked through."""
    with suppress(OSError):
        return sorted(folder / name for name in os.listdir(folder))
    return []


def is_file(path: Path) -> bool:
    """Say whether a file lies there; one whose folder may not be entered counts, so that reading it tells why."""
    try:
        return path.is_file()
    except OSError:
        return True
