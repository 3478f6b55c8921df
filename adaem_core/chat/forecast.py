"""What one kind of request will take: calls, tokens, dollars.

Data flow: `models with their expected calls, usual sizes of prompts and replies → Stage`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from adaem_core.chat.prices import price_of
from adaem_core.messages import Purpose
from adaem_core.panels import ModelSpec

SECONDS_PER_CALL = 4.0  # a hosted model's usual time for one reply
SECONDS_PER_SIMULATED_CALL = 0.012  # computing time on two cores, embeddings included
Calls = tuple[ModelSpec, float, tuple[float, float]]  # whom, how often, usual tokens of prompt and reply


@dataclass(frozen=True)
class Stage:
    """What one kind of request will take."""

    purpose: Purpose
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None  # US dollars; None when a model of this stage has no price


def stage(purpose: Purpose, calls: Sequence[Calls]) -> Stage:
    """Return the sum over the calls of one purpose."""
    prompt = math.fsum(count * size[0] for _, count, size in calls)
    reply = math.fsum(count * size[1] for _, count, size in calls)
    costs = [cost_of(spec, count * size[0], count * size[1]) for spec, count, size in calls]
    known = [cost for cost in costs if cost is not None]
    total = math.fsum(known) if len(known) == len(costs) else None
    return Stage(purpose, round(sum(count for _, count, _ in calls)), round(prompt), round(reply), total)


def cost_of(spec: ModelSpec, prompt: float, completion: float) -> float | None:
    """Return US dollars for so many tokens; None without a price."""
    price = price_of(spec)
    return None if price is None else (prompt * price.input + completion * price.output) / 1e6
