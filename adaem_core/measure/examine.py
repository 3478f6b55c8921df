"""Put a benchmark to the examinees and read the values in their answers (§3.3); every finished question is stored at once.

A question is finished when every examinee's response is stored and every answer among them was read by the recogniser at hand,
and nothing among them failed for the moment: what failed is asked again when the work is taken up again.
So imported answers need only be read, another recogniser or protocol reads stored answers without asking anybody again, and
an interrupted examination goes on where it stopped.
Data flow: `Examination, stored answers → what is missing → respond, recognise → stored answers → ValueLabels`.
"""

from asyncio import Semaphore
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.study import Study
from adaem_core.chat.model import Model
from adaem_core.elicit.recognise import recognise
from adaem_core.elicit.respond import respond
from adaem_core.elicit.turns import together
from adaem_core.records import Answer, Outcome, Response
from adaem_core.settings import ElicitSettings
from adaem_core.values import ValueSystem


@dataclass(frozen=True)
class Instrument:
    """What stays the same through an examination."""

    ask: Model
    system: ValueSystem
    elicit: ElicitSettings
    recogniser: str
    at_once: int  # questions worked on together


Unfinished = tuple[Asked, list[Answer]]  # a question, and the answers to it that are stored so far


def unfinished(study: Study, tools: Instrument, examination: Examination) -> list[Unfinished]:
    """Return the questions that lack a response or a reading."""
    stored: dict[str, list[Answer]] = {}
    for answer in examinations.answers(study, examination, tools.elicit.protocol, recogniser=tools.recogniser):
        stored.setdefault(answer.response.subject, []).append(answer)
    known = [(asked, stored.get(examination.subject(asked.id), [])) for asked in examination.asked]
    return [(asked, answers) for asked, answers in known if not finished(answers, examination)]


def finished(answers: Sequence[Answer], examination: Examination) -> bool:
    """Return True when all examinees responded, all that answered were read, and nothing failed; an imported file may lack some examinees."""
    everybody = len(answers) == len(examination.examinees) or (examination.imported and bool(answers))
    return everybody and not any(each.passing or unread(each) for each in answers)


def unread(answer: Answer) -> bool:
    """Return True for an answer in which values are still to be recognised."""
    return answer.response.outcome is Outcome.ANSWERED and answer.recognition is None


async def examine(study: Study, tools: Instrument, examination: Examination, left: Sequence[Unfinished], after: Callable[[], None]) -> None:
    """Finish the questions that are left, `after` each; raises a kind of Paused at a stop, what is finished being stored."""
    slots = Semaphore(tools.at_once)

    async def finish(asked: Asked, known: Sequence[Answer]) -> None:
        async with slots:
            examinations.save(study, await completed(tools, examination, asked, known))
            after()

    await together(finish(asked, known) for asked, known in left)


async def completed(tools: Instrument, examination: Examination, asked: Asked, known: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return the answers of all examinees to one question; what is known is not asked again."""
    by_model = {answer.model: answer for answer in known}
    models = [model for model in examination.examinees if model in by_model or not examination.imported]
    return await together(answered(tools, examination, asked, model, by_model.get(model)) for model in models)


async def answered(tools: Instrument, examination: Examination, asked: Asked, model: str, known: Answer | None) -> Answer:
    """Return one examinee's answer with its values read."""
    if known is not None and not (known.passing or unread(known)):
        return known
    came = known is not None and known.response.outcome is not Outcome.FAILED
    response = known.response if known and came else await put(tools, examination, asked, model)
    if response.outcome is not Outcome.ANSWERED:
        return Answer(response, None)
    return Answer(response, await recognise(tools.ask, tools.recogniser, response, tools.system, tools.elicit))


async def put(tools: Instrument, examination: Examination, asked: Asked, model: str) -> Response:
    """Return the examinee's response to the question, under the examination's condition."""
    subject, said = examination.subject(asked.id), examination.system_prompt or None
    return await respond(tools.ask, model, subject, asked.text, tools.elicit, sample=examination.sample, system=said)


async def read_again(study: Study, tools: Instrument, examination: Examination, count: int, seed: int) -> None:
    """Have `count` answers, drawn by `seed`, read by the protocol of `tools` as well, so that two readings can be compared."""
    answers = [each for each in examinations.answers(study, examination) if each.usable]
    chosen = np.random.default_rng(seed).permutation(len(answers))[:count]
    have = examinations.answers(study, examination, tools.elicit.protocol, recogniser=tools.recogniser)
    done = {(each.response.subject, each.model) for each in have if each.recognition and not each.recognition.passing}
    fresh = [answers[place] for place in chosen if (answers[place].response.subject, answers[place].model) not in done]

    async def read(answer: Answer) -> Answer:
        return replace(answer, recognition=await recognise(tools.ask, tools.recogniser, answer.response, tools.system, tools.elicit))

    examinations.save(study, await together(read(each) for each in fresh))
