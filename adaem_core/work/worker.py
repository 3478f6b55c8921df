"""Begin a command of the studio in a process of its own, which goes on when the browser or this process ends; see whether it still runs."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from adaem_core.errors import AdaemError, BadInput
from adaem_core.folders import STUDIO


def begin(words: Sequence[str], log: Path, keys: Mapping[str, str]) -> int:
    """Start `python -m adaem_core …` with these words and return its process number; what it says goes to the file `log`.

    `keys` are variables that its environment holds beside this process's own: nobody else's worker gets them.
    """
    command = [sys.executable, "-m", "adaem_core", *words]
    with opened(log) as said:
        worker = subprocess.Popen(
            command, cwd=STUDIO, env={**os.environ, **keys}, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
        )
    return worker.pid


def opened(log: Path) -> IO[bytes]:
    """Return the emptied file for what a worker says; BadInput where it is a link or no file, for that would empty something else."""
    if log.is_symlink() or (log.exists() and not log.is_file()):
        raise BadInput(
            f"{log} is to hold what the worker says, but is a link or no file: nothing is written to it. Delete it, then try again."
        )
    try:
        return os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o644), "wb")
    except OSError as error:
        raise AdaemError(f"{log} cannot be written ({error.strerror}). Make the folder writable, then try again.") from error


def alive(pid: int) -> bool:
    """Return True when a process with this number runs; a worker of our own that has ended is let go first."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def born(pid: int) -> int:
    """Return when the process of a number began, in the system's ticks since the computer started: another one that has the number now began later.

    0 where the system does not tell; there a heart that has stopped is all that can be seen.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[19])
    return 0
