"""Begin a command of the studio in a process of its own, which goes on when the browser or this process ends."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from adaem_core.folders import STUDIO


def begin(words: Sequence[str], log: Path) -> int:
    """Start `python -m adaem_core …` with these words and return its process number; what it says goes to the file `log`."""
    command = [sys.executable, "-m", "adaem_core", *words]
    with log.open("w") as said:
        worker = subprocess.Popen(command, cwd=STUDIO, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)
    return worker.pid
