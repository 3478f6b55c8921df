"""What a usage object costs: whatever an endpoint says of its bill, never less than it bills.

Data flow: `usage as sent, upper bounds, price → Bill`. What is not told is charged at its bound.
"""

import math
from dataclasses import dataclass
from typing import Any

from adaem_core.chat.endpoint.fields import mapping, number
from adaem_core.chat.prices import Price
from adaem_core.messages import Completion

MOST = 2**53  # tokens: more can be neither stored nor meant


@dataclass(frozen=True)
class Bill:
    """What one reply is charged."""

    prompt_tokens: int  # from 0 up
    completion_tokens: int  # from 0 up, thoughts included
    cost: float  # US dollars


def usage_of(reply: Completion) -> Any:
    """Return the usage object a reply came with, or what was read of it."""
    return reply.usage or {"prompt_tokens": reply.prompt_tokens, "completion_tokens": reply.completion_tokens}


def bill(usage: Any, bound: tuple[int, int], price: Price) -> Bill:
    """Return the charge for a usage object of any form; `bound` are the most prompt and reply tokens there should be.

    A service that states its cost in dollars, as OpenRouter does, is believed where that is more.
    """
    prompt, reply = tokens_billed(mapping(usage), bound)
    stated = number(mapping(usage).get("cost")) or 0.0
    return Bill(prompt, reply, max(charge(price, prompt, reply), stated))


def charge(price: Price, prompt_tokens: int, completion_tokens: int) -> float:
    """Return US dollars for so many tokens."""
    return (prompt_tokens * price.input + completion_tokens * price.output) / 1e6


def tokens_billed(usage: dict[str, Any], bound: tuple[int, int]) -> tuple[int, int]:
    """Return prompt and reply tokens: a missing one follows from the total or is the bound; thoughts told beside the reply are added.

    A 0 is believed only where the total confirms it: where LiteLLM was told nothing, it says 0.
    """
    prompt, reply, total = (count(usage, *names) for names in NAMES)
    thoughts = max(count(mapping(each), "reasoning_tokens") for each in (usage, *map(usage.get, NAMES_OF_REPLY_PARTS)))
    cached = max(count(mapping(usage.get(each)), "cached_tokens") for each in NAMES_OF_PROMPT_PARTS)
    prompt, reply = told(prompt, reply, total, bound[0]), told(reply, prompt, total, bound[1])
    if count(usage, "prompt_tokens") < 0:  # the form that tells what a cache took or gave beside the prompt
        prompt += sum(max(count(usage, each), 0) for each in BESIDE_PROMPT)
    return min(beside(prompt, cached), MOST), min(max(beside(reply, thoughts), total - prompt), MOST)


def told(own: int, other: int, total: int, bound: int) -> int:
    """Return a count where it is told, else what the total leaves beside the other count, else its bound."""
    if own > 0 or (own == 0 and 0 < other == total):
        return own
    return total - other if 0 < other < total else bound


NAMES_OF_REPLY_PARTS = ("completion_tokens_details", "output_tokens_details")
NAMES_OF_PROMPT_PARTS = ("prompt_tokens_details", "input_tokens_details")
BESIDE_PROMPT = ("cache_creation_input_tokens", "cache_read_input_tokens")
NAMES = (("prompt_tokens", "input_tokens"), ("completion_tokens", "output_tokens"), ("total_tokens",))


def count(record: dict[str, Any], *names: str) -> int:
    """Return a count of tokens, rounded up; -1 where none is told."""
    found = next((each for name in names if (each := number(record.get(name))) is not None), None)
    return -1 if found is None else min(math.ceil(found), MOST)


def beside(counted: int, more: int) -> int:
    """Return a count with a part of it; a part larger than the whole was told beside it."""
    return counted + more if more > counted else counted
