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
POINT = 57  # words of one point: the mean of 132 answers of real models
POINT_SIMULATED = 26  # the same of the simulated models: the mean of the demo study, as all sizes here
WORDIER = 2.0  # times as many words real models take for everything else
BETWEEN = 2  # marks between a value's code, name and meaning
QUESTION_WORDS = 14


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


def tokens(purpose: Purpose, system: ValueSystem, elicit: ElicitSettings, *, simulated: bool = False) -> tuple[float, float]:
    """Return the usual prompt and reply tokens of one call: what is expected, while the budget reckons with the most there can be.

    Prompts are our own, of known length; replies are as long as real models', or the simulated ones', which count words, usually are.
    """
    point = POINT_SIMULATED if simulated else POINT
    answer = min(elicit.words, point * elicit.opinions)
    values = sum(len(f"{each.id} {each.name} {each.definition}".split()) + BETWEEN for each in system.dimensions)
    sizes: dict[Purpose, tuple[float, float]] = {
        Purpose.FACT: (142, 25),
        Purpose.QUESTION: (219, 17),
        Purpose.ANSWER: (109, answer),
        Purpose.RECOGNISE: (160 + values + answer, 11 * elicit.opinions),
        Purpose.LABEL_QUESTION: (180 + values, 10),
        Purpose.REFLECT: (185 + 4 * answer, 40),
        Purpose.REWRITE: (265 + 4 * answer, 18),
        Purpose.GUARD: (86, 1),
    }
    if elicit.protocol == "paper":
        text = {Purpose.RECOGNISE: answer / elicit.opinions, Purpose.LABEL_QUESTION: QUESTION_WORDS}
        sizes |= {verdict: (56 + values + words, 1) for verdict, words in text.items()}
    prompt, reply = sizes[purpose]
    if simulated:
        return prompt, reply
    longer = 1.0 if purpose is Purpose.ANSWER or reply == 1 else WORDIER
    return prompt * TOKENS_PER_WORD, reply * longer * TOKENS_PER_WORD


def together(stages: Sequence[Stage]) -> Stage:
    """Return stages of one purpose, at least one, as one."""
    costs = [each.cost for each in stages if each.cost is not None]
    return Stage(
        stages[0].purpose,
        sum(each.calls for each in stages),
        sum(each.prompt_tokens for each in stages),
        sum(each.completion_tokens for each in stages),
        math.fsum(costs) if len(costs) == len(stages) else None,
    )
