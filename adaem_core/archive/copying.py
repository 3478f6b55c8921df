"""A study as one file: whole, without companions, and as it stood at one moment, also while a worker writes.

Data flow: `path → copy`.
"""

import os
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from adaem_core.archive.opening import connect, plain_errors
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput


def copy_whole(path: Path, out: Path) -> None:
    """Write the study at `path` to `out`, whole or not at all; BadInput if something is there already."""
    if out.exists():
        raise BadInput(f"{out} is there already: nothing is written over it. Choose another name.")
    part = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with plain_errors(out), Study.read(path) as study, closing(connect(part, "rwc")) as copy:
            study.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            copy.execute("PRAGMA user_version=0")
        os.replace(part, out)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written ({error.strerror}). Check the folder and the free space, then try again.") from error
    finally:
        part.unlink(missing_ok=True)


def whole_bytes(path: Path) -> bytes:
    """Return the study at `path` as the bytes of one file."""
    with TemporaryDirectory() as folder:
        copy_whole(path, copy := Path(folder) / path.name)
        return copy.read_bytes()
