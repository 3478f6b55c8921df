"""Test the connection to one model with one tiny request, and note which abilities it showed.

Data flow: `ModelSpec → one request → Probe`, for the Models page. Nothing is cached or recorded.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from adaem_core.chat.endpoint.provider import LiteLLMProvider
from adaem_core.chat.endpoint.trouble import Trouble
from adaem_core.messages import Completion, Params, Purpose, Request
from adaem_core.panels import ModelSpec, Panel

PATIENCE = 30.0  # seconds
QUESTION = 'Reply with exactly this JSON object and nothing else: {"ready": true}'
LIMIT = 20  # tokens of the reply; a model that thinks first has its own limit in the panel file


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


async def probe(panel: Panel, spec: ModelSpec, now: Callable[[], float] = time.perf_counter) -> Probe:
    """Return what one request to `spec` of `panel` showed; never raises for the model's own failure."""
    provider, start = LiteLLMProvider(PATIENCE), now()
    try:
        reply = await provider.send(replace(spec, json=True), request(spec))
    except Trouble as trouble:
        return Probe(
            spec.name, ok=False, sentence=f"{spec.name} of panel {panel.name} did not answer: {trouble.reason}", seconds=now() - start
        )
    finally:
        await provider.aclose()
    return seen(spec, reply, now() - start)


def request(spec: ModelSpec) -> Request:
    """Return the tiny request."""
    params = Params(temperature=0.0, max_tokens=max(LIMIT, spec.max_tokens or 0), json=True, logprobs=not spec.moderation)
    return Request(spec.name, ({"role": "user", "content": QUESTION},), params, purpose=Purpose.PROBE)


def seen(spec: ModelSpec, reply: Completion, seconds: float) -> Probe:
    """Return what a reply shows."""
    served = f", served by {reply.served_by}" if reply.served_by and not spec.model.endswith(reply.served_by) else ""
    sentence = f"{spec.name} answered in {seconds:.1f} s{served}." if not reply.failure else reply.reason
    return Probe(spec.name, not reply.failure, sentence, seconds, bool(reply.logprobs), is_object(reply.text), reply.served_by)


def is_object(text: str) -> bool:
    """Return True when a text is one JSON object."""
    with suppress(ValueError):
        return isinstance(json.loads(text), dict)
    return False
