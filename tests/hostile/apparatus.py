"""What attacks are tried with: a bound on the processor's time and the memory, whatever else the machine does."""

import re
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

import pytest

from adaem_core.errors import AdaemError


class Stalled(Exception):
    """Something took more of the processor's time than it may."""


def stalled(_: int, __: FrameType | None) -> NoReturn:
    raise Stalled


@contextmanager
def bounded(seconds: float = 15, megabytes: int = 1500) -> Iterator[None]:
    """Raise Stalled or MemoryError where the block takes more: processor's time is the same on a busy machine."""
    before, limits = signal.signal(signal.SIGPROF, stalled), resource.getrlimit(resource.RLIMIT_AS)
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + megabytes * 2**20, limits[1]))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, limits)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """Fail unless the block is refused within bounds, in sentences for people that hold these words."""
    with pytest.raises(AdaemError) as caught, bounded():
        yield
    told = str(caught.value)
    assert all(word in told for word in words), told
    assert told.endswith((".", "?"))
    assert len(re.sub(r"/\S*/", "", told)) < 3000, "whatever the folder's name takes, which each fault repeats"
    assert "Traceback" not in told
