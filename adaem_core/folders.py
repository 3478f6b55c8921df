"""Where things lie: what comes with the studio, what its user adds or makes, and what can be made again.

In a checkout that is the checkout's own `data` and `cache`. Installed, the app and its data lie in the package, which may be
read-only: what the user adds or makes goes where the system keeps such files.
"""

from pathlib import Path

from platformdirs import user_cache_path, user_data_path

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


def files(kind: str, pattern: str) -> dict[str, Path]:
    """Return the files of one kind by name: those that come with the studio, and the user's own."""
    return {path.stem: path for folder in dict.fromkeys((DATA, own())) for path in sorted((folder / kind).glob(pattern)) if path.is_file()}
