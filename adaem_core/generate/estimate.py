"""Before a run: how many calls, tokens, dollars and minutes it will take, stage by stage.

The number of rewrites is not known beforehand; a typical one is assumed and named, and the cost cap holds in any case.
Data flow: `panel, settings, number of topics → calls per stage and model → Stage per purpose`.
"""

import math
from collections.abc import Iterator, Sequence

from adaem_core.chat.estimate import SECONDS_PER_CALL, SECONDS_PER_SIMULATED_CALL, Stage, stage, tokens
from adaem_core.messages import Purpose
from adaem_core.panels import ModelSpec, Panel
from adaem_core.records import Role
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import ValueSystem

ATTEMPTS = 2.5  # texts tried per question, the draft among them: the mean of the demo study (tests/generate/test_estimate.py)
STEPS_PER_ATTEMPT = 4  # requests that must wait for each other: reflect, rewrite, answer, recognise
STEPS_PER_PULL = 5  # fact, question, guard, and answering and recognising with P2
ROLES = ((Role.P1, 2), (Role.P2, 2), (Role.RECOGNISER, 1))  # a score compares models, so two of each panel at least

Plan = Iterator[tuple[Purpose, ModelSpec, float]]


def estimate(panel: Panel, system: ValueSystem, settings: GenerateSettings, elicit: ElicitSettings, topics: int) -> tuple[Stage, ...]:
    """Return the stages in the order a pull runs through them. Already cached replies are not subtracted."""
    planned = list(plan(panel, system, settings, elicit, topics))
    purposes = dict.fromkeys(purpose for purpose, _, calls in planned if calls)
    simulated = all(spec.simulated for spec in panel.models)
    sizes = {purpose: tokens(purpose, system, elicit, simulated=simulated) for purpose in purposes}
    return tuple(
        stage(purpose, [(spec, calls) for each, spec, calls in planned if each == purpose], *sizes[purpose]) for purpose in purposes
    )


def plan(panel: Panel, system: ValueSystem, settings: GenerateSettings, elicit: ElicitSettings, topics: int) -> Plan:
    """Yield purpose, model and expected number of calls, following Algorithm 2."""
    fast, strong = panel.having(Role.P1), panel.having(Role.P2)
    pulls, roots, questions = settings.budget, min(topics, settings.budget), settings.budget * settings.kept
    candidates = pulls * max(settings.kept, len(fast))
    per_response = 1 if elicit.protocol == "batched" else elicit.opinions * len(system.dimensions)
    answers = {spec: questions * settings.draws * ATTEMPTS for spec in fast}
    for spec in strong:
        # A P1 model's answer to the refined text is known already when it was asked once.
        again = 0 if spec in fast and settings.draws == 1 else questions
        answers[spec] = answers.get(spec, 0) + again + roots
    rewrites = questions * (ATTEMPTS - 1) / max(len(fast), 1)
    writing = ((Purpose.FACT, candidates / max(len(fast), 1)), (Purpose.QUESTION, candidates / max(len(fast), 1)))
    yield from ((purpose, spec, calls) for purpose, calls in writing for spec in fast)
    yield from ((Purpose.ANSWER, spec, calls) for spec, calls in answers.items())
    for spec in panel.having(Role.RECOGNISER)[:1]:
        yield Purpose.RECOGNISE, spec, sum(answers.values()) * per_response
        yield Purpose.LABEL_QUESTION, spec, (questions * ATTEMPTS + roots) * (1 if elicit.protocol == "batched" else len(system.dimensions))
    yield from ((purpose, spec, rewrites) for purpose in (Purpose.REFLECT, Purpose.REWRITE) for spec in fast)
    yield from ((Purpose.GUARD, spec, questions) for spec in panel.having(Role.GUARD)[:1])


def minutes(stages: Sequence[Stage], panel: Panel, settings: GenerateSettings, chat: ChatSettings) -> float:
    """Return the expected minutes: what waits for each other, or what the number of requests at once allows, whichever is longer."""
    calls = sum(each.calls for each in stages)
    if all(spec.simulated for spec in panel.models):
        return calls * SECONDS_PER_SIMULATED_CALL / 60
    waves = math.ceil(settings.budget / settings.wave)
    waiting = waves * (STEPS_PER_PULL + ATTEMPTS * STEPS_PER_ATTEMPT) * SECONDS_PER_CALL
    return max(waiting, calls / chat.concurrency * SECONDS_PER_CALL) / 60
