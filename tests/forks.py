"""Commands of the studio in processes that start at once: forked from one that has imported LiteLLM and the embedding library already."""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

from adaem_core.work.cli import main

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.preloaded"])


def begin(words: Sequence[object], out: Path, said: Path, environment: Mapping[str, str]) -> BaseProcess:
    """Start `python -m adaem_core …` with these words; the two files get its standard output and standard error, and may be one."""
    process = FORKS.Process(target=work, args=([str(word) for word in words], out, said, dict(environment)), daemon=True)
    process.start()
    return process


def work(words: list[str], out: Path, said: Path, environment: dict[str, str]) -> None:
    """Run one command: the child's side of `begin`."""
    for path, stream in ((out, 1), (said, 2)):
        os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_APPEND), stream)
    os.environ.clear()
    os.environ.update(environment)
    sys.exit(main(words))
