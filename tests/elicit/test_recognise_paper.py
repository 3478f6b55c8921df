"""The paper's protocol: one yes/no request per text and value, and probabilities from log-probabilities or draws."""

import asyncio
import math

import pytest

from adaem_core.chat.blocks import read_blocks
from adaem_core.elicit.recognise import label_text, recognise
from adaem_core.elicit.recognise_paper import value_probabilities, yes_probability
from adaem_core.elicit.turns import Unread
from adaem_core.elicit.yes_no import read_yes_no
from adaem_core.messages import Completion, Purpose, Request, TokenProbability
from adaem_core.records import Answer, Gap, Label, Outcome
from adaem_core.settings import ElicitSettings
from tests.elicit.fakes import SYSTEM, ScriptedModel
from tests.elicit.test_recognise import RESPONSE
from tests.rows import every_row

PAPER = ElicitSettings(protocol="paper")


def judge(request: Request) -> str:
    """Say yes to security in the first text and to self-direction in the second."""
    text, value = read_blocks(request.messages, "opinion")[0], read_blocks(request.messages, "value")[0]
    return "Yes" if (text[:4], value[:3]) in {("Safe", "SEC"), ("Own ", "SDI")} else "No."


def shown(request: Request) -> str:
    """Return the text that is judged."""
    return str(read_blocks(request.messages, "opinion")[0])


def told(*tokens: tuple[str, float, dict[str, float]], text: str = "Yes") -> Completion:
    """Return a reply with probabilities (not logarithms) of its tokens and their alternatives."""
    made = (TokenProbability(word, math.log(p), {other: math.log(q) for other, q in rest.items()}) for word, p, rest in tokens)
    return Completion(text, "k", logprobs=tuple(made))


def test_one_request_per_opinion_and_value() -> None:
    model = ScriptedModel(judge)
    found = asyncio.run(recognise(model, "judge", RESPONSE, SYSTEM, PAPER))
    assert found.labels == (Label(0, "SEC"), Label(1, "SDI"))
    assert (found.outcome, found.protocol, len(found.requests), len(model.history)) == (Outcome.ANSWERED, "paper", 6, 6)
    assert {request.params.temperature for request in model.history} == {0.0}


def test_a_verdict_that_cannot_be_read_is_asked_for_once_more_and_then_missing() -> None:
    model = ScriptedModel(lambda request: "Hmm" if "POW |" in read_blocks(request.messages, "value")[0] else judge(request))
    found = asyncio.run(recognise(model, "judge", RESPONSE, SYSTEM, PAPER))
    assert (found.outcome, found.labels) == (Outcome.ANSWERED, (Label(0, "SEC"), Label(1, "SDI")))
    assert found.gaps == (Gap(0, "POW", Outcome.UNREADABLE), Gap(1, "POW", Outcome.UNREADABLE))
    assert len(found.requests) == 8 and not found.passing
    answer = Answer(RESPONSE, found)
    assert (answer.expressed, answer.unknown) == ({"SEC", "SDI"}, {"POW"})
    assert asyncio.run(label_text(model, "judge", "Safe streets?", SYSTEM, PAPER)) is None


def test_a_value_that_another_opinion_expresses_is_known_in_spite_of_a_gap() -> None:
    model = ScriptedModel(lambda request: "Hmm" if "SEC |" in request.messages[0]["content"] and "Own " in shown(request) else "Yes")
    found = asyncio.run(recognise(model, "judge", RESPONSE, SYSTEM, PAPER))
    assert {gap.opinion for gap in found.gaps} == {1} and not Answer(RESPONSE, found).unknown


def test_without_any_verdict_the_whole_is_unreadable_or_failed() -> None:
    found = asyncio.run(recognise(ScriptedModel(lambda request: "Hmm"), "judge", RESPONSE, SYSTEM, PAPER))
    assert (found.outcome, found.labels, found.gaps) == (Outcome.UNREADABLE, (), ())
    dead = ScriptedModel(lambda request: Completion("", failure="failed", reason="It is down."))
    assert asyncio.run(recognise(dead, "judge", RESPONSE, SYSTEM, PAPER)).passing


def test_a_questions_own_values() -> None:
    model = ScriptedModel(judge)
    assert asyncio.run(label_text(model, "judge", "Safe streets?", SYSTEM, PAPER)) == ("SEC",)
    assert {request.purpose for request in model.history} == {Purpose.LABEL_QUESTION}


def test_labels_carry_the_probability_of_yes() -> None:
    model = ScriptedModel(lambda request: told(("Yes", 0.6, {"No": 0.2})))
    found = asyncio.run(recognise(model, "judge", RESPONSE, SYSTEM, PAPER))
    assert [label.probability for label in found.labels] == pytest.approx([0.75] * 6)


@every_row(
    "reply, said",
    [
        ("Yes", True),
        ("**No.**", False),
        ("### [Label]: yes", True),
        ('{"answer": "No"}', False),
        ("Yes, yes!", True),
        ("Yes, there is no doubt.", True),
        ("**No**: saying yes would add to it.", False),
        ("<think>no?</think>Yes", True),
    ],
)
def test_verdicts(reply: str, said: bool) -> None:
    assert read_yes_no(reply) is said


@every_row("reply", ["", "Perhaps", "Yes and no", "Yes/No", "No doubt, yes", "Noyes", "x" * 200_000])
def test_no_verdict(reply: str) -> None:
    assert isinstance(read_yes_no(reply), Unread)


def test_yes_probability_sums_the_variants_of_both_words() -> None:
    reply = told(("Yes", 0.5, {"Yes": 0.5, " yes": 0.1, "No": 0.15, "NO": 0.05, "Maybe": 0.2}))
    assert yes_probability(reply) == pytest.approx(0.6 / 0.8)


def test_yes_probability_skips_marks_before_the_word() -> None:
    assert yes_probability(told(("**", 1.0, {}), ("\n", 1.0, {}), ("▁No", 0.7, {"▁Yes": 0.3}))) == pytest.approx(0.3)


@pytest.mark.parametrize("reply", [Completion("Yes"), Completion("", logprobs=()), told(("Well", 0.9, {"So": 0.1}), text="Well")])
def test_yes_probability_unknown(reply: Completion) -> None:
    assert yes_probability(reply) is None


def test_value_probabilities_from_log_probabilities_take_one_request_each() -> None:
    model = ScriptedModel(lambda request: told(("Yes", 0.8, {"No": 0.2})))
    assert asyncio.run(value_probabilities(model, "judge", "x", SYSTEM, 5)) == pytest.approx({"SEC": 0.8, "POW": 0.8, "SDI": 0.8})
    assert len(model.history) == 3


def test_value_probabilities_from_draws() -> None:
    # Draws 0 and 1 of 4 say yes, draw 3 says nothing: two of the three that can be read.
    model = ScriptedModel(lambda request: ("Yes", "Yes", "No", "Hmm")[request.sample])
    found = asyncio.run(value_probabilities(model, "judge", "x", SYSTEM, 4))
    assert found == pytest.approx(dict.fromkeys(SYSTEM.ids, 2 / 3))
    assert {request.params.temperature for request in model.history} == {1.0}


def test_value_probabilities_unknown() -> None:
    assert (
        asyncio.run(value_probabilities(ScriptedModel(lambda request: Completion("", failure="failed")), "judge", "x", SYSTEM, 2)) is None
    )


def test_a_model_that_begins_with_another_word_is_judged_by_the_likelihood_of_the_two_words() -> None:
    def base_model(request: Request) -> Completion:
        word = request.params.continuation
        if word is None:
            return Completion("</i>", logprobs=(TokenProbability("</i>", -0.1),))
        return Completion(
            "", logprobs=(TokenProbability(word[0], math.log(0.6 if word == "Yes" else 0.15)), TokenProbability(word[1:], 0.0))
        )

    assert asyncio.run(value_probabilities(ScriptedModel(base_model), "judge", "x", SYSTEM, 2)) == pytest.approx(
        {"SEC": 0.8, "POW": 0.8, "SDI": 0.8}
    )
