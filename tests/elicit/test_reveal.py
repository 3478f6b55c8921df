"""The instrument from question to profiles, with models that answer, refuse, babble and fail."""

import asyncio

import pytest

from adaem_core.elicit.reveal import reveal
from adaem_core.errors import BudgetReached
from adaem_core.messages import Completion, Purpose, Request
from adaem_core.records import Answer, Outcome
from adaem_core.settings import ElicitSettings
from tests.elicit.fakes import ANSWER, SYSTEM, ScriptedModel
from tests.elicit.test_recognise import REPLY

SAID = {
    "good": ANSWER,
    "shy": "I'm sorry, but I can't answer that.",
    "odd": "Banana.",
    "down": Completion("", failure="failed", reason="No reply."),
}


def panel(request: Request) -> str | Completion:
    return REPLY if request.model == "judge" else SAID[request.model]


def revealed(model: ScriptedModel, *names: str) -> tuple[Answer, ...]:
    return asyncio.run(reveal(model, "T001", "Siesta?", names, "judge", SYSTEM, ElicitSettings(), sample=1, system_prompt="Be yourself."))


def test_answers_come_in_the_order_of_the_models() -> None:
    model = ScriptedModel(panel)
    answers = revealed(model, "odd", "good", "down", "shy")
    assert [each.model for each in answers] == ["odd", "good", "down", "shy"]
    assert [each.response.outcome for each in answers] == [Outcome.UNREADABLE, Outcome.ANSWERED, Outcome.FAILED, Outcome.REFUSED]
    assert [each.usable for each in answers] == [False, True, False, False]
    assert answers[1].expressed == {"SEC"}
    asked = [request for request in model.history if request.purpose is Purpose.ANSWER]
    assert {(request.messages[0]["content"], request.sample) for request in asked} == {("Be yourself.", 1)}
    judged = [request for request in model.history if request.model == "judge"]
    assert "Be yourself." not in str(judged)


def test_an_answer_whose_values_could_not_be_recognised_is_not_usable() -> None:
    answers = revealed(ScriptedModel(lambda request: "?" if request.model == "judge" else ANSWER), "good")
    assert answers[0].response.outcome is Outcome.ANSWERED
    assert not answers[0].usable and not answers[0].expressed


def test_a_pause_is_passed_on() -> None:
    with pytest.raises(BudgetReached):
        revealed(ScriptedModel(lambda request: BudgetReached("The cap is reached.")), "good", "shy")
