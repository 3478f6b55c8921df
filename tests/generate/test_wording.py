"""Questions as authors really send them, and texts that hold none."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adaem_core.generate.wording import LONGEST, NoQuestion, normalised, read_question
from tests.rows import every_row

PLAIN = "Should cities ban private cars?"


@every_row(
    "reply, question",
    [
        (PLAIN, PLAIN),
        (f"Question: {PLAIN}", PLAIN),
        (f"**Question:** *{PLAIN}*", PLAIN),
        (f"[Question]: {PLAIN}", PLAIN),
        (f"## Refined question: {PLAIN}\n\nThis brings out a conflict.", PLAIN),
        (f"[Argument]: Cars take space.\n[Question]: {PLAIN}", PLAIN),
        ("Question:\nShould cities ban private cars?", PLAIN),
        (f"Sure! Here it is: {PLAIN}", PLAIN),
        (f"1. {PLAIN}", PLAIN),
        (f"- {PLAIN}", PLAIN),
        (f"a) {PLAIN}", PLAIN),
        (f"> “{PLAIN}”", PLAIN),
        (f'"{PLAIN}"', PLAIN),
        (f"`{PLAIN}` Let me know what you think.", PLAIN),
        ("should cities\tban   private cars?", PLAIN),
        ("Traffic is loud. should cities ban private cars? It is a hard question.", PLAIN),
        (f"<think>Is this the question I want to ask?</think>{PLAIN}", PLAIN),
        # Several: the last labelled one, else the first.
        (f"Question: Should towns ban all bikes?\nQuestion: {PLAIN}", PLAIN),
        (f"Should towns ban all bikes?\nQuestion: {PLAIN}", PLAIN),
        (f"{PLAIN} Or should towns ban all bikes?", PLAIN),
        # Dots that end no sentence.
        ("Should the U.S. ban private cars in its cities?", "Should the U.S. ban private cars in its cities?"),
        ("Question: Should St. Petersburg ban private cars?", "Should St. Petersburg ban private cars?"),
        ("Should cars, e.g. vans, pay 2.5 euros a day?", "Should cars, e.g. vans, pay 2.5 euros a day?"),
        ("Law 4.2 passed in 2019. Should Mr. Rossi's town keep it?", "Should Mr. Rossi's town keep it?"),
        ("Should firms such as booking.com publish their prices?", "Should firms such as booking.com publish their prices?"),
        (f"<question>{PLAIN}</question>", PLAIN),
        (f"<question>\n{PLAIN}\n</question>\nIt is a hard one.", PLAIN),
        (f"\\boxed{{{PLAIN}}}", PLAIN),
        (f'{{"question": "{PLAIN}"}}', PLAIN),
    ],
)
def test_the_question_in_a_reply(reply: str, question: str) -> None:
    assert read_question(reply) == question


@every_row(
    "reply, reason",
    [
        ("", "no sentence"),
        ("I cannot help with that.", "no sentence"),
        ("Cities should ban private cars.", "no sentence"),
        ("Question: What should cities do about private cars?", "yes or no"),
        ("How should cities treat private cars?", "yes or no"),
        ("Which cities should ban private cars?", "yes or no"),
        ("Why?", "1 words"),
        ("Question: Soll man Autos verbieten, ja oder nein?", "not in English"),
        ("¿Debería Kenia prohibir los coches en sus centros históricos?", "not in English"),
        ("Ban all cars?", "3 words"),
        (f"Should {'very ' * LONGEST}loud cars go?", f"{LONGEST + 4} words"),
    ],
)
def test_replies_without_a_usable_question(reply: str, reason: str) -> None:
    with pytest.raises(NoQuestion, match=reason):
        read_question(reply)


def test_length_bounds_are_inclusive() -> None:
    longest = f"Should {'very ' * (LONGEST - 2)}cars?"
    assert read_question(longest) == longest
    assert read_question("Should all cars go?") == "Should all cars go?"


@given(st.text(max_size=300) | st.text("aA.?!: \n*-Question<think>", max_size=300))
@example("\ud83d Should broken characters be kept? \ud83d")
@example("question:?")
@example("\x00?\x1f")
def test_any_text_gives_a_clean_question_or_no_question(text: str) -> None:
    with contextlib.suppress(NoQuestion):
        found = read_question(text)
        assert found.endswith("?") and found == " ".join(found.split()) and len(found.split()) <= LONGEST
        assert found[0] == found[0].upper()


@pytest.mark.timeout(60)  # a search that tries every reading of every dot would never end; this takes milliseconds
@every_row("text", ["A." * 10_000, "A. " * 6_000, "e.g. " * 4_000, "a: " * 6_000, "? " * 9_000, "St. A.b: " * 2_000])
def test_a_hostile_reply_does_not_stop_the_study(text: str) -> None:
    with contextlib.suppress(NoQuestion):
        read_question(text)


def test_the_same_words_are_the_same_question() -> None:
    assert (
        normalised("Should cities BAN “private” cars?") == normalised("should cities ban private cars") == "should cities ban private cars"
    )
    assert normalised("Should cities ban cars?") != normalised("Should cars ban cities?")
    assert normalised("¿Prohibir coches? 禁止汽车") == "prohibir coches 禁止汽车"
