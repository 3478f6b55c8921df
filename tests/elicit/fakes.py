"""A scripted model for tests: replies are queued or computed, and every request is kept."""

from collections.abc import Callable, Iterable

from adaem_core.messages import Completion, Request
from adaem_core.values import Dimension, ValueSystem

Said = str | Completion | BaseException

SYSTEM = ValueSystem(
    "tiny",
    "Tiny",
    "test",
    True,
    (
        Dimension("SEC", "Security", "safety and stability"),
        Dimension("POW", "Power", "status and control"),
        Dimension("SDI", "Self-direction", "independent thought and action"),
    ),
)
ANSWER = """Stance: Yes
Key Points:
1. Safe streets: People sleep better when the rules are known and kept.
2. Own choices: Everybody should decide for themselves how to live."""


class ScriptedModel:
    """A `Model` whose replies come from a list, in order, or from a function of the request.

    A reply is a text, a whole Completion, or an exception to raise. `history` holds the requests in the order they came.
    """

    def __init__(self, replies: Iterable[Said] | Callable[[Request], Said] = ()) -> None:
        self.function = replies if callable(replies) else None
        self.queue: list[Said] = [] if callable(replies) else list(replies)
        self.history: list[Request] = []

    def enqueue(self, *replies: Said) -> None:
        """Add replies to the end of the queue."""
        self.queue += replies

    async def complete(self, request: Request) -> Completion:
        """Return the next reply; its key is `r1`, `r2`, … by the order of requests."""
        self.history.append(request)
        number = len(self.history)
        if self.function is None and not self.queue:
            raise AssertionError(f"no reply is left for request {number}: {request.messages[-1]['content'][:200]}")
        said = self.function(request) if self.function else self.queue.pop(0)
        if isinstance(said, BaseException):
            raise said
        return said if isinstance(said, Completion) else Completion(said, key=f"r{number}")
