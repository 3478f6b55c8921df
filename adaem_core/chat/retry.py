"""Try again when it makes sense: exponential back-off with jitter, honouring what the endpoint asks for.

Data flow: `send → Trouble → wait → send → … → reply`, or the last trouble after all tries.
"""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from adaem_core.chat.endpoint.trouble import Kind, Trouble

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_BACKOFF = 1.0, 60.0  # seconds
Reply = TypeVar("Reply")


@dataclass(frozen=True)
class Timer:
    """Where time comes from; tests put a clock of their own here."""

    now: Callable[[], float] = time.monotonic  # seconds
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random  # in [0, 1); spreads tries out and never touches a result


async def persist(send: Callable[[], Awaitable[Reply]], tries: int, timer: Timer) -> Reply:
    """Return the first reply of `send` within `tries`; raises the Trouble that ended it."""
    for number in range(1, tries + 1):
        try:
            return await send()
        except Trouble as trouble:
            if trouble.kind is not Kind.TRANSIENT or number == tries:
                raise
            wait = backoff(number, trouble.retry_after, timer.jitter())
            log.info("Try %d of %d failed: %s. Next try in %.1f s.", number, tries, trouble.reason, wait)
        await timer.sleep(wait)
    raise AssertionError("the last try returns or raises")


def backoff(number: int, asked: float | None, jitter: float) -> float:
    """Return the seconds to wait after the `number`-th try: doubling, spread over its upper half, never less than asked."""
    doubled = min(FIRST_WAIT * 2.0 ** (number - 1), LONGEST_BACKOFF)
    if asked is None:
        return doubled * (1 + jitter) / 2
    return asked + FIRST_WAIT * jitter
