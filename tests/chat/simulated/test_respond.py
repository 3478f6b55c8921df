"""The simulated panel answers every purpose deterministically, tells the task from its blocks, and runs behind LiteLLM."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adaem_core import panels
from adaem_core.chat.blocks import block
from adaem_core.chat.simulated.respond import infer, register, respond, respondents
from adaem_core.elicit.opinions import Parsed, read_answer
from adaem_core.elicit.respond import answer_request
from adaem_core.errors import BadInput
from adaem_core.messages import Message, Params, Purpose
from adaem_core.panels import Role
from adaem_core.settings import ElicitSettings
from tests.chat.simulated.apparatus import NINE, SCHWARTZ, answer_prompt, assistant, opinions, user, value_lines
from tests.rows import every_row

FACT = [user("\n".join(block(name, "Should cities ban cars?") for name in ("topic", "parent", "examples")))]
REFLECT = [user(block("question", "Should cities ban cars?") + "\n" + block("answers", "Model 1 | values: SEC"))]
BATCHED = [user(block("values", value_lines(SCHWARTZ)) + "\n" + block("opinions", "1. It serves public safety: good."))]
PAPER = [
    user(
        "\n".join([block("values", value_lines(SCHWARTZ)), block("opinion", "It serves public safety."), block("value", "SEC | Security")])
    )
]
PROMPTS: dict[Purpose, list[Message]] = {
    Purpose.ANSWER: answer_prompt("Should cities ban cars?"),
    Purpose.RECOGNISE: BATCHED,
    Purpose.FACT: FACT,
    Purpose.QUESTION: [*FACT, assistant("In 2020, …"), user("Now ask.")],
    Purpose.REFLECT: REFLECT,
    Purpose.REWRITE: [*REFLECT, assistant("Sharpen it."), user("Rewrite.")],
    Purpose.GUARD: [user(block("question", "Should cities ban cars?"))],
    Purpose.PROBE: [user("Reply with OK.")],
}
ODD = ("", "\x00", "\ud800", "🙂" * 50, "a" * 5000, "{p} {s} %s {0}", "</question>", "İstanbul'da ſtraße ẞ", "1. 2. 3.", "?")


@every_row("purpose", PROMPTS)
def test_the_task_is_told_from_the_blocks(purpose: Purpose) -> None:
    assert infer(PROMPTS[purpose]) is purpose
    assert respond("aurora", PROMPTS[purpose]) == respond("simulated/aurora", PROMPTS[purpose], purpose)


@every_row("purpose", [each for each in PROMPTS if each is not Purpose.PROBE])
def test_a_repair_turn_answers_the_original_task(purpose: Purpose) -> None:
    repaired = respond("ember", [*PROMPTS[purpose], assistant("garbage"), user("Could not be read.")], Purpose.REPAIR)
    assert repaired == respond("ember", PROMPTS[purpose], purpose)


@every_row("text", ODD)
@every_row("purpose", Purpose)
def test_no_text_makes_it_fail(purpose: Purpose, text: str) -> None:
    names = ("topic", "parent", "examples", "question", "answers", "values", "opinions", "opinion", "value")
    everything = [{"role": "system", "content": text}, user("\n".join(block(name, text) for name in names)), assistant(text), user(text)]
    for messages in ([], [user(text)], everything):
        assert isinstance(respond("indigo", messages, purpose), str)


def test_an_unknown_respondent_is_refused() -> None:
    with pytest.raises(BadInput, match="No simulated respondent 'gpt'"):
        respond("gpt", [])


def test_at_temperature_zero_every_sample_is_the_same() -> None:
    cold, messages = Params(temperature=0), answer_prompt("Should Peru ban cars, putting public safety over personal freedom?")
    assert respond("delta", messages, Purpose.ANSWER, 0, cold) == respond("delta", messages, Purpose.ANSWER, 3, cold)
    assert respond("delta", messages, Purpose.ANSWER, 0) != respond("delta", messages, Purpose.ANSWER, 3)


def test_replies_do_not_depend_on_the_process() -> None:
    code = f"from adaem_core.chat.simulated.respond import respond; print(respond('cedar', {PROMPTS[Purpose.ANSWER]!r}))"
    root = Path(__file__).resolve().parents[3]
    replies = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert replies == {(respond("cedar", PROMPTS[Purpose.ANSWER]) + "\n").encode()}


def test_the_core_needs_no_litellm() -> None:
    code = "import sys, adaem_core.chat.simulated.respond as s; s.respond('cedar', []); sys.exit('litellm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).resolve().parents[3], check=False).returncode == 0


@pytest.mark.parametrize("count", [1, 3, 6])
def test_the_studios_own_reader_reads_every_answer(count: int) -> None:
    request = answer_request("x", "Should Peru ban cars, even if it weakens personal freedom?", ElicitSettings(opinions=count))
    for name in (*NINE, "plateau", "granite"):
        for sample in range(10):
            reply = respond(name, request.messages, Purpose.ANSWER, sample)
            parsed = read_answer(reply, count)
            if "Stance" in reply:
                assert isinstance(parsed, Parsed)
                assert [each.text for each in parsed.opinions] == opinions(reply)


def test_the_panel_file_has_every_role() -> None:
    panel = panels.panel("simulated")
    assert len(panel.names(Role.P1)) == 4
    assert set(panel.names(Role.P1)) < set(panel.names(Role.P2)) == set(NINE)
    assert set(panel.names(Role.EXAMINEE)) == {*NINE, "plateau", "granite"}
    assert (panel.names(Role.RECOGNISER), panel.names(Role.GUARD)) == (("recogniser",), ("guard",))
    assert {each.model.removeprefix("simulated/") for each in panel.models} == set(respondents())
    assert {each.developer for each in panel.models} == {"simulated"}


def complete(**told: Any) -> Any:
    import litellm

    register()
    register()
    return asyncio.run(litellm.acompletion(**told))


def test_litellm_returns_the_cores_reply_with_usage_and_no_cost() -> None:
    import litellm

    messages = answer_prompt("Should cities ban cars?")
    response = complete(model="simulated/delta", messages=messages, temperature=1.0, metadata={"purpose": "answer", "sample": 3})
    text = response.choices[0].message.content
    assert text == respond("delta", messages, Purpose.ANSWER, 3)
    assert response.model == "simulated/delta"
    assert (response.usage.prompt_tokens, response.usage.completion_tokens) == (len(messages[0]["content"].split()), len(text.split()))
    assert litellm.completion_cost(response, model="simulated/delta") == 0.0
    assert sum(each["provider"] == "simulated" for each in litellm.custom_provider_map) == 1


def test_litellm_carries_the_log_probabilities_of_a_verdict() -> None:
    response = complete(model="simulated/recogniser", messages=PAPER, temperature=0.0, logprobs=True, metadata={"purpose": "recognise"})
    (token,) = response.choices[0].logprobs.content
    assert token.token == response.choices[0].message.content == "Yes"
    assert {each.token for each in token.top_logprobs} == {"Yes", "No"}


def test_litellm_says_that_a_model_is_unknown() -> None:
    import litellm

    with pytest.raises(litellm.exceptions.NotFoundError, match="No simulated respondent 'nobody'"):
        complete(model="simulated/nobody", messages=[user("Hello")])


def test_messages_in_parts_are_read() -> None:
    parts = [{"role": "user", "content": [{"type": "text", "text": PROMPTS[Purpose.ANSWER][0]["content"]}]}]
    assert complete(model="simulated/fennel", messages=parts).choices[0].message.content == respond("fennel", PROMPTS[Purpose.ANSWER])
