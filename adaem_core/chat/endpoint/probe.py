"""Test the connection to models with one tiny request each, and note which abilities they showed.

Data flow: `ModelSpec → one request → Probe`, for pages that ask models. Nothing is cached or recorded.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from adaem_core.chat.endpoint.provider import LiteLLMProvider, load
from adaem_core.chat.endpoint.trouble import Trouble
from adaem_core.chat.keys import bring
from adaem_core.chat.trial import cost, request
from adaem_core.chat.usage import usage_of
from adaem_core.messages import Completion
from adaem_core.panels import ModelSpec

PATIENCE = 30.0  # seconds


@dataclass(frozen=True)
class Probe:
    """What one tiny request showed."""

    model: str  # display name
    ok: bool
    sentence: str  # for the user: works, or what to do
    seconds: float  # until the reply or the failure
    logprobs: bool = False  # log-probabilities came with the reply
    json: bool = False  # the reply was a JSON object, as asked
    served_by: str = ""  # the model id the endpoint says it used
    cost: float | None = 0.0  # US dollars; None where nobody knows the price


async def probed(chosen: Iterable[ModelSpec], now: Callable[[], float] = time.perf_counter) -> list[Probe]:
    """Return what one request to each of these models showed, all sent at once; never raises for a model's own failure."""
    bring(chosen := tuple(chosen))
    load()  # which takes seconds, and none of a model's
    provider = LiteLLMProvider(PATIENCE)
    try:
        return await asyncio.gather(*(probe(provider, spec, now) for spec in chosen))
    finally:
        await provider.aclose()


async def probe(provider: LiteLLMProvider, spec: ModelSpec, now: Callable[[], float]) -> Probe:
    """Return what one request to one model showed."""
    start = now()
    try:
        reply = await provider.send(replace(spec, json=True), request(spec))
    except Trouble as trouble:
        told = f"{spec.name} did not answer: {trouble.reason}"
        return Probe(spec.name, ok=False, sentence=told, seconds=now() - start, cost=cost(spec, trouble.usage) if trouble.billed else 0.0)
    return seen(spec, reply, now() - start)


def seen(spec: ModelSpec, reply: Completion, seconds: float) -> Probe:
    """Return what a reply shows."""
    served = f", served by {reply.served_by}" if reply.served_by and not spec.model.endswith(reply.served_by) else ""
    sentence = f"{spec.name} answered in {seconds:.1f} s{served}." if not reply.failure else reply.reason
    abilities = {"logprobs": bool(reply.logprobs), "json": is_object(reply.text)}
    return Probe(spec.name, not reply.failure, sentence, seconds, **abilities, served_by=reply.served_by, cost=cost(spec, usage_of(reply)))


def is_object(text: str) -> bool:
    """Return True when a text is one JSON object."""
    with suppress(ValueError):
        return isinstance(json.loads(text), dict)
    return False
