"""The guard: clear verdicts as they are sent, and everything else drops."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.generate.guard import guard_request, read_verdict, reason_to_drop
from adaem_core.messages import Completion, Purpose
from tests.elicit.fakes import Said, ScriptedModel
from tests.generate.fakes import run, shown
from tests.rows import every_row


@every_row(
    "said", ["SAFE", "safe.", " **SAFE**\n", "Verdict: SAFE", "<think>Could it be unsafe? No.</think>\nSAFE", "SAFE: contested, but fine"]
)
def test_safe(said: str) -> None:
    assert read_verdict(said) is None


@every_row(
    "said, reason",
    [
        ("UNSAFE: asks for instructions", "asks for instructions"),
        ("unsafe - hatred of a group", "hatred of a group"),
        ("**UNSAFE**: hatred\nof a group", "hatred of a group"),
        ("UNSAFE", "harmful"),
        ("UNSAFE: " + "x" * 500, "x" * 200),
        ("This is not safe.", "harmful"),
        ("It isn't safe: private data", "private data"),
        ("Not entirely safe", "harmful"),
        ("It is safe to say that this is UNSAFE: violence", "violence"),
        ("SAFE or UNSAFE?", "?"),
        ("", "the guard gave no readable verdict"),
        ("I cannot judge this.", "the guard gave no readable verdict"),
        ("Safety first!", "the guard gave no readable verdict"),
        ("<think>SAFE</think>", "the guard gave no readable verdict"),
    ],
)
def test_anything_else_drops(said: str, reason: str) -> None:
    assert read_verdict(said) == reason


@given(st.text(max_size=200))
def test_only_a_reply_that_says_safe_can_pass(text: str) -> None:
    if read_verdict(text) is None:
        assert "safe" in text.lower() and "unsafe" not in text.lower()


@pytest.mark.parametrize(
    "said", [Completion("", failure="failed", reason="Timed out."), Completion("SAFE", failure="filtered", reason="Withheld.")]
)
def test_a_guard_that_gives_no_verdict_fails_closed(said: Said) -> None:
    assert run(reason_to_drop(ScriptedModel([said]), "warden", "Should it be?")) in {
        "no verdict from the guard (Timed out.)",
        "no verdict from the guard (Withheld.)",
    }


def test_a_panel_without_a_guard_asks_nobody() -> None:
    assert run(reason_to_drop(ScriptedModel(), None, "Should it be?")) is None


def test_the_verdict_is_asked_at_temperature_zero() -> None:
    request = guard_request("warden", "Should it be?")
    assert (request.model, request.purpose, request.params.temperature) == ("warden", Purpose.GUARD, 0)
    assert shown(request, "question") == "Should it be?"
