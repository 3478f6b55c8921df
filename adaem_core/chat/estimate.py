"""What one kind of request will take: calls, tokens, dollars.

Data flow: `models with their expected calls, usual sizes of prompts and replies → Stage`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from adaem_core.chat.prices import price_of
from adaem_core.messages import Purpose
from adaem_core.panels import ModelSpec
from adaem_core.settings import ElicitSettings
from adaem_core.values import ValueSystem

SECONDS_PER_CALL = 4.0  # a hosted model's usual time for one reply
SECONDS_PER_SIMULATED_CALL = 0.012  # computing time on two cores, embeddings included
TOKENS_PER_WORD = 1.4


@dataclass(frozen=True)
class Stage:
    """What one kind of request will take."""

    purpose: Purpose
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None  # US dollars; None when a model of this stage has no price


def stage(purpose: Purpose, calls: Sequence[tuple[ModelSpec, float]], prompt: float, completion: float) -> Stage:
    """Return the sum over models of one purpose."""
    number = sum(count for _, count in calls)
    costs = [cost_of(spec, count * prompt, count * completion) for spec, count in calls]
    known = [cost for cost in costs if cost is not None]
    total = math.fsum(known) if len(known) == len(costs) else None
    return Stage(purpose, round(number), round(number * prompt), round(number * completion), total)


def cost_of(spec: ModelSpec, prompt: float, completion: float) -> float | None:
    """Return US dollars for so many tokens; None without a price."""
    price = price_of(spec)
    return None if price is None else (prompt * price.input + completion * price.output) / 1e6


def tokens(purpose: Purpose, system: ValueSystem, elicit: ElicitSettings) -> tuple[float, float]:
    """Return usual prompt and reply tokens of one call, from the sizes of our own prompts and of usual replies."""
    answer = min(elicit.words, 60 * elicit.opinions) * TOKENS_PER_WORD
    values = sum(len(f"{each.id} {each.name} {each.definition}".split()) for each in system.dimensions) * TOKENS_PER_WORD
    sizes = {
        Purpose.FACT: (350, 70),
        Purpose.QUESTION: (500, 30),
        Purpose.ANSWER: (150, answer),
        Purpose.RECOGNISE: (250 + values + answer, 60 * elicit.opinions),
        Purpose.LABEL_QUESTION: (280 + values, 60),
        Purpose.REFLECT: (350 + 4 * answer, 200),
        Purpose.REWRITE: (650 + 4 * answer, 30),
        Purpose.GUARD: (180, 10),
    }
    return sizes[purpose]
