"""No database is left open: every SQLite connection of a test's process is watched, whoever opened it.

Python 3.13 warns of a connection that is forgotten unclosed; this tells on any version, and where it was opened.
"""

import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from _pytest.monkeypatch import MonkeyPatch

ROOT = Path(__file__).parents[1]
forgotten: list[str] = []  # where connections were opened that ended without having been closed


class Watched(sqlite3.Connection):
    """A connection that tells where it was opened, should it end unclosed."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.opened = ""  # nothing to close, should opening fail
        super().__init__(*arguments, **options)
        ours = [each for each in traceback.extract_stack(limit=20) if str(ROOT) in each.filename and each.filename != __file__]
        self.opened = "".join(traceback.format_list(ours))

    def close(self) -> None:
        super().close()
        self.opened = ""

    def __del__(self) -> None:
        if self.opened:
            forgotten.append(self.opened)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Watch every connection opened meanwhile; give the list of those forgotten."""
    connect = sqlite3.connect
    with MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *arguments, **options: connect(*arguments, **{"factory": Watched, **options}))
        yield forgotten
