"""Commands of the studio, and scripts that use it, in processes that start at once: forked from one that has imported LiteLLM and the embedding library already."""

import multiprocessing
import os
import runpy
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path

from adaem_core.work.cli import main

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.preloaded"])


@cache
def ready() -> None:
    """Return when the server has imported everything: from then on a process starts at once, however busy the machine is."""
    first = FORKS.Process(target=int)
    first.start()
    first.join()


def started(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """Start a function of this module in a process of its own, which ends with this one."""
    ready()
    process = FORKS.Process(target=target, args=arguments, daemon=True)
    process.start()
    return process


def begin(words: Sequence[object], out: Path, said: Path, environment: Mapping[str, str]) -> BaseProcess:
    """Start `python -m adaem_core …` with these words; the two files get its standard output and standard error, and may be one."""
    return started(work, [str(word) for word in words], out, said, dict(environment))


def work(words: list[str], out: Path, said: Path, environment: dict[str, str]) -> None:
    """Run one command: the child's side of `begin`."""
    settle(out, said, environment)
    sys.exit(main(words))


def begin_script(script: Path, word: Path, where: Path, out: Path, said: Path, environment: Mapping[str, str]) -> BaseProcess:
    """Start `python SCRIPT WORD` in the folder `where`; the rest as `begin`."""
    return started(work_script, script, word, where, out, said, dict(environment))


def work_script(script: Path, word: Path, where: Path, out: Path, said: Path, environment: dict[str, str]) -> None:
    """Run one script: the child's side of `begin_script`."""
    settle(out, said, environment)
    os.chdir(where)
    sys.argv = [str(script), str(word)]
    runpy.run_path(str(script), run_name="__main__")


def settle(out: Path, said: Path, environment: dict[str, str]) -> None:
    """Let this process write to the two files, with these variables and no others."""
    for path, stream in ((out, 1), (said, 2)):
        os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_APPEND), stream)
    os.environ.clear()
    os.environ.update(environment)
