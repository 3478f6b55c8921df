"""The instrument as a whole: which values does each model's answer to a question express?

Data flow: `question × models → respond → recognise → one Answer per model`.
"""

from collections.abc import Sequence

from adaem_core.chat.model import Model
from adaem_core.elicit.recognise import recognise
from adaem_core.elicit.respond import respond
from adaem_core.elicit.turns import together
from adaem_core.records import Answer, Outcome
from adaem_core.settings import ElicitSettings
from adaem_core.values import ValueSystem


async def reveal(
    ask: Model,
    subject: str,
    question: str,
    models: Sequence[str],
    recogniser: str,
    system: ValueSystem,
    settings: ElicitSettings,
    *,
    sample: int = 0,
    system_prompt: str | None = None,
) -> tuple[Answer, ...]:
    """Return the answer of every model, in the order of `models`; all are asked at once.

    A refusal, an unreadable reply or a failure is an Answer that is not `usable`, never an exception; a kind of `Paused`
    is raised when no request can be made any more, after those under way have ended.
    """
    return await together(
        reveal_one(ask, subject, question, model, recogniser, system, settings, sample=sample, system_prompt=system_prompt)
        for model in models
    )


async def reveal_one(
    ask: Model,
    subject: str,
    question: str,
    model: str,
    recogniser: str,
    system: ValueSystem,
    settings: ElicitSettings,
    *,
    sample: int = 0,
    system_prompt: str | None = None,
) -> Answer:
    """Return one model's answer with what was recognised in it."""
    response = await respond(ask, model, subject, question, settings, sample=sample, system=system_prompt)
    if response.outcome is not Outcome.ANSWERED:
        return Answer(response, None)
    return Answer(response, await recognise(ask, recogniser, response, system, settings))
