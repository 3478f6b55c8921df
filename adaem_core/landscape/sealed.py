"""Files of the cache that this computer has written: each begins with its seal over name and content, and any other is a miss.

A cache folder may come from anywhere. What is not this computer's own is never parsed; a pipe is not waited for.
Data flow: `path, content → file → content | None`.
"""

import hashlib
import stat
from pathlib import Path

from adaem_core import machine
from adaem_core.archive.writing import write_whole
from adaem_core.errors import AdaemError

PURPOSE = "landscape"
SEAL_BYTES = 32
LARGEST = 400 * 2**20  # bytes: more than the vectors of as many texts as a table may have


def keep(path: Path, content: bytes) -> None:
    """Write a file that this computer will know again under its name."""
    write_whole(path, machine.seal(told(path, content), PURPOSE) + content)


def kept(path: Path) -> bytes | None:
    """Return what this computer wrote to a file of this name; None for all else."""
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > LARGEST:
            return None
        whole = path.read_bytes()
        seal, content = whole[:SEAL_BYTES], whole[SEAL_BYTES:]
        return content if machine.sealed(told(path, content), PURPOSE, seal) else None
    except (OSError, AdaemError):
        return None


def told(path: Path, content: bytes) -> bytes:
    """Return what is sealed: the name and the content's digest."""
    return path.name.encode() + b"\0" + hashlib.sha256(content).digest()
