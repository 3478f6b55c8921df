"""Caps on calls, tokens and money: reserved before a request, settled after it, so that parallel requests cannot overshoot.

Data flow: `request → upper bound → reserve … settle(actual use)`. Every try that brought a reply is charged, readable or not;
one whose reply never arrived may be billed, too, and is charged its bound. Providers do not bill errors told in words.
"""

import asyncio
import math
from dataclasses import dataclass

from adaem_core.archive.study import Study
from adaem_core.errors import BudgetReached
from adaem_core.messages import Completion, Request
from adaem_core.panels import ModelSpec
from adaem_core.settings import ChatSettings

TOKENS_PER_MESSAGE = 16  # upper bound of what a chat template adds around one message


@dataclass(frozen=True)
class Amount:
    """So many calls, tokens and US dollars."""

    calls: int = 0
    tokens: int = 0
    cost: float = 0.0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.calls + other.calls, self.tokens + other.tokens, self.cost + other.cost)

    def __mul__(self, times: float) -> "Amount":
        """Return as many calls with so many times the tokens and dollars."""
        return Amount(self.calls, math.ceil(self.tokens * times), self.cost * times)


class Budget:
    """What has been spent and what is set aside for requests under way."""

    def __init__(self, settings: ChatSettings, spent: Amount) -> None:
        self._settings, self.spent = settings, spent
        self._reserved: dict[int, Amount] = {}
        self._ticket = 0
        self._settled = asyncio.Event()
        self.capped = any(cap is not None for cap in (settings.max_calls, settings.max_tokens, settings.max_cost))

    async def reserve(self, bound: Amount) -> int:
        """Set `bound` aside and return the ticket to settle it with; waits while others may still give back what they do not use.

        Raises BudgetReached when nothing is under way and `bound` still does not fit under a cap.
        """
        while self.capped and (exceeded := self._exceeded(bound)):
            if not self._reserved:
                raise BudgetReached(exceeded)
            await self._settled.wait()
        self._ticket += 1
        self._reserved[self._ticket] = bound
        return self._ticket

    def settle(self, ticket: int, actual: Amount) -> None:
        """Charge what was really used and free the rest; a request that was not answered costs `Amount()`."""
        del self._reserved[ticket]
        self.spent += actual
        self._settled.set()
        self._settled = asyncio.Event()

    def add(self, amount: Amount) -> None:
        """Charge what no reservation was made for."""
        self.spent += amount

    @property
    def overshot(self) -> bool:
        """True when what is spent and set aside no longer fits under a cap: something used more than its bound."""
        return self.capped and bool(self._exceeded(Amount()))

    def _exceeded(self, bound: Amount) -> str:
        """Return the sentence about the cap that `bound` would exceed, empty when it fits."""
        held, caps = self._reserved.values(), self._settings
        calls = self.spent.calls + sum(each.calls for each in held) + bound.calls
        tokens = self.spent.tokens + sum(each.tokens for each in held) + bound.tokens
        cost = math.fsum([self.spent.cost, *(each.cost for each in held), bound.cost])
        if caps.max_calls is not None and calls > caps.max_calls:
            return sentence("call", f"{caps.max_calls:,} calls", f"{self.spent.calls:,} are made")
        if caps.max_tokens is not None and tokens > caps.max_tokens:
            return sentence("token", f"{caps.max_tokens:,} tokens", f"{self.spent.tokens:,} are used")
        if caps.max_cost is not None and cost > caps.max_cost:
            return sentence("cost", f"{caps.max_cost:,.2f} US dollars", f"{self.spent.cost:,.4f} are spent")
        return ""


def sentence(kind: str, cap: str, spent: str) -> str:
    """Return what the user reads when the study pauses at a cap."""
    return (
        f"The study paused at its {kind} cap of {cap}: {spent}, and the next request might exceed the cap. "
        f"Nothing is lost: raise the {kind} cap and start the study again to go on where it stopped."
    )


def bound_tokens(request: Request, spec: ModelSpec) -> tuple[int, int]:
    """Return upper bounds of prompt and reply tokens: no tokenizer makes more tokens than the text has bytes."""
    size = sum(len(message["content"].encode()) + TOKENS_PER_MESSAGE for message in request.messages)
    if request.params.continuation is not None:
        return size + len(request.params.continuation.encode()), 1
    return size, 0 if spec.moderation else request.params.max_tokens


def amount_of(reply: Completion) -> Amount:
    """Return what a priced reply used."""
    return Amount(1, reply.prompt_tokens + reply.completion_tokens, reply.cost)


def spent_by(study: Study | None) -> Amount:
    """Return what a study has paid for so far."""
    if study is None:
        return Amount()
    spent = study.spent()
    return Amount(int(spent["calls"]), int(spent["tokens"]), float(spent["cost"]))
