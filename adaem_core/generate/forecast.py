"""Before a run: how many calls, tokens, dollars and minutes it will take, stage by stage.

The number of rewrites is not known beforehand; a typical one is assumed and named, and the cost cap holds in any case.
Data flow: `panel, settings, number of topics → calls per stage and model → Stage per purpose`.
"""

import math
from collections.abc import Iterator, Sequence

from adaem_core.chat.forecast import SECONDS_PER_CALL, SECONDS_PER_SIMULATED_CALL, Stage, stage
from adaem_core.elicit.sizes import Size, answer_reading_size, answer_size, point_words, question_reading_size, usual
from adaem_core.generate.guard import GUARD
from adaem_core.generate.rewrite import REFLECT, REWRITE
from adaem_core.generate.write import FACT, QUESTION
from adaem_core.messages import Purpose
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import ValueSystem

ATTEMPTS = 2.5  # texts tried per question, the draft among them: the mean of the demo study (tests/generate/test_forecast.py)
STEPS_PER_ATTEMPT = 4  # requests that must wait for each other: reflect, rewrite, answer, recognise
STEPS_PER_PULL = 5  # fact, question, guard, and answering and recognising with P2
ROLES = ((Role.P1, 2), (Role.P2, 2), (Role.RECOGNISER, 1))  # a score compares models, so two of each panel at least

Plan = Iterator[tuple[Purpose, ModelSpec, float]]


def forecast(panel: Panel, system: ValueSystem, settings: GenerateSettings, elicit: ElicitSettings, topics: int) -> tuple[Stage, ...]:
    """Return the stages in the order a pull runs through them. Already cached replies are not subtracted."""
    planned = list(plan(panel, system, settings, elicit, topics))
    purposes = dict.fromkeys(purpose for purpose, _, calls in planned if calls)
    size = sizes(panel, system, settings, elicit, topics)
    return tuple(stage(purpose, [(spec, calls, size[purpose]) for each, spec, calls in planned if each == purpose]) for purpose in purposes)


def sizes(panel: Panel, system: ValueSystem, settings: GenerateSettings, elicit: ElicitSettings, topics: int) -> dict[Purpose, Size]:
    """Return the usual tokens of prompt and reply of each purpose."""
    lengths = usual(simulated=panel.simulated)

    def said(*texts: str, words: float) -> float:
        return (sum(len(text.split()) for text in texts) + words) * lengths.per_word

    # An arm's first pull has no example to show; later ones show up to so many, each with its score.
    examples = settings.shots * (1 - min(topics, settings.budget) / settings.budget) * (lengths.question + 3)
    asked = 2 * lengths.question + examples
    answers = len(panel.having(Role.P1)) * (point_words(elicit, lengths) * elicit.opinions + 6)
    seen = len(system.dimensions) + 2 * lengths.question + lengths.fact + answers
    question = lengths.question * lengths.per_word
    return {
        Purpose.FACT: (said(FACT, words=asked), lengths.fact * lengths.per_word),
        Purpose.QUESTION: (said(FACT, QUESTION, words=asked + lengths.fact), question),
        Purpose.ANSWER: answer_size(elicit, lengths),
        Purpose.RECOGNISE: answer_reading_size(elicit.protocol, system, elicit, lengths),
        Purpose.LABEL_QUESTION: question_reading_size(elicit.protocol, system, lengths),
        Purpose.REFLECT: (said(REFLECT, words=seen), lengths.reflection * lengths.per_word),
        Purpose.REWRITE: (said(REFLECT, REWRITE, words=seen + lengths.reflection), question),
        Purpose.GUARD: (said(GUARD, words=lengths.question), 1.0),
    }


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
