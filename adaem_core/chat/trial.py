"""One short question that shows whether a model answers: what is sent, the most it can cost, and what it did cost.

Data flow: `ModelSpec → Request`; `ModelSpec, usage → US dollars`.
"""

from typing import Any

from adaem_core.chat.budget import bound_tokens
from adaem_core.chat.prices import price_of
from adaem_core.chat.usage import bill
from adaem_core.messages import Params, Purpose, Request
from adaem_core.panels import ModelSpec

QUESTION = 'Reply with exactly this JSON object and nothing else: {"ready": true}'
LIMIT = 20  # tokens of the reply; a model that thinks first has its own limit in the panel file


def request(spec: ModelSpec) -> Request:
    """Return the tiny request."""
    params = Params(temperature=0.0, max_tokens=max(LIMIT, spec.max_tokens or 0), json=True, logprobs=not spec.moderation)
    return Request(spec.name, ({"role": "user", "content": QUESTION},), params, purpose=Purpose.PROBE)


def cost(spec: ModelSpec, usage: Any = None) -> float | None:
    """Return US dollars for the request as its usage says, the most it should cost where nothing is known; None without a price."""
    price = price_of(spec)
    return None if price is None else bill(usage, bound_tokens(request(spec), spec), price).cost
