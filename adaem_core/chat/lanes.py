"""One lane per model: how many requests at once, how many a minute, when to slow down, and whether it was stopped.

Data flow: `a request enters its model's lane → waits its turn → is sent`.
"""

from asyncio import CancelledError, Future, Lock, ensure_future, get_running_loop
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from heapq import heappop, heappush
from itertools import count
from typing import Any, TypeVar

from adaem_core.chat.budget import Amount
from adaem_core.chat.endpoint.trouble import Kind, Trouble
from adaem_core.chat.retry import Timer
from adaem_core.errors import ModelStopped
from adaem_core.panels import ModelSpec

Result = TypeVar("Result")
FAR = 2.0  # times its bound: a model that bills more is stopped even where no cap is passed
BREAKER = 5  # requests in a row that failed in all their tries before a model is stopped

patience: ContextVar[int] = ContextVar("patience", default=0)  # of a task's requests: where many queue, those with less go first


async def in_turn(turn: int, work: Awaitable[Result]) -> Result:
    """Return the result of `work`, whose requests let those of earlier turns go first. To be run as a task of its own."""
    patience.set(turn)
    return await work


class Slots:
    """A semaphore whose free slots go to the waiter with the least patience, first come first served among equals."""

    def __init__(self, free: int) -> None:
        self._free, self._order = free, count()
        self._waiting: list[tuple[int, int, Future[None]]] = []

    async def __aenter__(self) -> None:
        if self._free:
            self._free -= 1
            return
        given = get_running_loop().create_future()
        heappush(self._waiting, (patience.get(), next(self._order), given))
        try:
            await given
        except CancelledError:
            if not given.cancelled():  # the slot came in the same moment
                self._hand_on()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._hand_on()

    def _hand_on(self) -> None:
        """Give a slot that was in use to the next who still waits, or keep it free."""
        while self._waiting:
            _, _, given = heappop(self._waiting)
            if not given.done():
                return given.set_result(None)
        self._free += 1


class Lane:
    """The way to one model."""

    def __init__(self, spec: ModelSpec, concurrency: int, timer: Timer) -> None:
        self.spec, self._timer = spec, timer
        self.slots = Slots(min(spec.concurrency or concurrency, concurrency))
        self._interval = 60 / spec.requests_per_minute if spec.requests_per_minute else 0.0  # seconds between requests
        self._next, self._held_until = 0.0, 0.0
        self._exhausted = 0
        self.served = False  # whether it has given a reply since it was opened
        self._stopped = ""
        self._first, self._tried = Lock(), False
        self._sent = set[Future[Any]]()  # replies that are being waited for
        self.excess = 1.0  # how many times its bound the model has billed, at most; it is reckoned with from then on

    def check(self) -> None:
        """Raise ModelStopped when this model was stopped before."""
        if self._stopped:
            raise ModelStopped(self._stopped)

    def stop(self, reason: str) -> ModelStopped:
        """Stop the model for good and return the error to raise."""
        self._stopped = self._stopped or reason
        return ModelStopped(self._stopped)

    @asynccontextmanager
    async def trial(self, *, wanted: bool) -> AsyncIterator[None]:
        """Where there is a cap, let the first try end before others start: it shows whether the model bills as it should."""
        if not wanted or self._tried:
            yield
            return
        await self._first.acquire()
        if self._tried:  # somebody else has shown it meanwhile: nobody need wait any more
            self._first.release()
            yield
            return
        try:
            yield
        finally:
            self._tried = True
            self._first.release()

    async def until_stopped(self, reply: Coroutine[Any, Any, Result]) -> Result:
        """Return the reply; a Trouble that may cost its bound when the model is stopped meanwhile for what it bills."""
        task = ensure_future(reply)
        self._sent.add(task)
        try:
            return await task
        except CancelledError:
            if not self._stopped:
                raise
            trouble = Trouble(Kind.FATAL, self._stopped)
            trouble.billed = True
            raise trouble from None
        finally:
            self._sent.discard(task)

    def overrun(self, bound: Amount, paid: Amount, *, capped: bool) -> None:
        """Note how far a bill goes beyond its bound; stop the model at once where a cap is passed (`capped`) or it is far."""
        times = max(paid.tokens / max(bound.tokens, 1), paid.cost / bound.cost if bound.cost else 0.0)
        if times <= 1:
            return
        self.excess *= times
        if not capped and times < FAR:
            return
        self.stop(
            f"{self.spec.name} ({self.spec.model}) was stopped: it billed {paid.tokens:,} tokens for a request of at most {bound.tokens:,}, "
            "so no cap could hold. Check what the service bills, or raise max_tokens of the model in the panel file. "
            "Everything answered so far is kept: start the study again and it goes on where it stopped."
        )
        for task in self._sent:
            task.cancel()

    def turn(self) -> float:
        """Take the next place in line and return the seconds until it comes."""
        now = self._timer.now()
        start = max(now, self._next)
        self._next = start + self._interval
        return start - now

    def cooling(self) -> float:
        """Return the seconds that nobody may start for: above 0 after the endpoint asked to slow down."""
        return self._held_until - self._timer.now()

    def hold(self, seconds: float | None) -> None:
        """Let nobody start for so many seconds, because the endpoint asked for it; None when it did not."""
        if seconds:
            self._held_until = max(self._held_until, self._timer.now() + seconds)

    def answered(self) -> None:
        """Note that the model answered, if only to decline: it is alive."""
        self._exhausted = 0

    def exhausted(self, reason: str) -> None:
        """Note a request that failed in all its tries; raises ModelStopped at the fifth in a row."""
        self._exhausted += 1
        if self._exhausted >= BREAKER:
            raise self.stop(
                f"{self.spec.name} ({self.spec.model}) failed {BREAKER} times in a row: {reason}. Check the service and your connection. "
                "Everything answered so far is kept: start the study again and it goes on where it stopped."
            )
