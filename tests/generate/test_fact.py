"""What an author calls its fact: greetings, labels and marks are no part of it, and an echo, a question or nothing is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adaem_core.elicit.turns import Unread
from adaem_core.generate.fact import read_fact
from adaem_core.generate.write import FACT
from adaem_core.records import Outcome
from tests.rows import every_row

FACT_TOLD = "In 2012 Ghent closed its centre to cars, and cycling there rose by a quarter."
GREETINGS = (
    "",
    "Sure! ",
    "Certainly.\n\n",
    "Of course, here is one fact:\n",
    "Sure thing!\nHere's a specific and checkable fact:\n\n",
    "Okay — ",
)
LABELS = ("", "Fact: ", "**Fact:** ", "A relevant fact: ", "### Fact\n", "Background: ")
MARKS = ("{}", "“{}”", '"{}"', "**{}**", "- {}", "1. {}", "> {}")
ENDS = (
    "",
    "\n\nLet me know if you would like another one!",
    "\n\nSource: https://example.org",
    "\n[1] The mayor's report",
    "\n\nI hope this helps.",
)


@settings(deadline=None)
@given(st.sampled_from(GREETINGS), st.sampled_from(LABELS), st.sampled_from(MARKS), st.sampled_from(ENDS))
def test_the_fact_alone_is_taken(greeting: str, label: str, marks: str, end: str) -> None:
    assert read_fact(f"{greeting}{label}{marks.format(FACT_TOLD)}{end}") == FACT_TOLD


@pytest.mark.parametrize(
    "around",
    [
        "Sure thing, here it comes, as requested:\n\n{}",
        "Topic: Cars in towns\nFact: {}",
        "<fact>{}</fact>",
        '{{"topic": "Cars in towns", "fact": "{}"}}',
        '```json\n{{"response": {{"fact": "{}"}}}}\n```',
        '["{}"]',
        "As you asked, this is one fact. {}",
        "¡Por supuesto! Este es un dato:\n{}",
        "Did you know? {}",
        "Fun fact: {}",
        "I need something checkable.\nFinal answer: {}",
        "*Fact* – {}",
        "| Fact |\n|---|\n| {} |",
        "{} [2]\n\n[2] https://example.org",
        "{} (Source: the city's yearbook)",
        "{}\n\nThis fact can be verified in the city's yearbook.",
        "{}\nWhy it matters: neighbours disagree about it.",
    ],
)
def test_what_stands_around_a_fact_is_no_part_of_it(around: str) -> None:
    assert read_fact(around.format(FACT_TOLD)) == FACT_TOLD


@every_row(
    "reply, told",
    [
        ("", "0 words"),
        ("Sure!", "0 words"),
        ("**Fact:**", "0 words"),
        ("Here is a fact:", "0 words"),
        ("It depends.", "2 words"),
        (FACT.format(topic="<topic>\nCars?\n</topic>", parent="", examples="(none yet)"), "repeats the request"),
        ("Name one specific and checkable fact that bears on the general question.", "repeats the request"),
        ("Should cities close their centres to private cars?", "asks instead of telling"),
        ("word " * 200, "outside 5 to 120"),
        ("Of course! Here is the fact that was asked for.", "0 words"),
        ("I'm not aware of a fact on these cars.", "0 words"),
        ('{"error": "nothing was found about cars in towns"}', "is a form"),
        (f"1. {FACT_TOLD}\n2. {FACT_TOLD}", "names several"),
        (f"{FACT_TOLD} Here is another fact about cars. {FACT_TOLD}", "speaks of itself"),
    ],
)
def test_what_is_no_fact_says_why(reply: str, told: str) -> None:
    found = read_fact(reply)
    assert isinstance(found, Unread) and found.outcome is Outcome.UNREADABLE and told in found.reason


def test_a_refusal_is_no_fact() -> None:
    found = read_fact("I'm sorry, but I can't help with that.")
    assert isinstance(found, Unread) and found.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    "fact", ["The answer of the court in 1954: separate schools are unequal.", "In Fact: a magazine that ran from 1940 to 1950."]
)
def test_a_colon_within_a_fact_stays(fact: str) -> None:
    found = read_fact(f"Since {fact}")
    assert found == f"Since {fact}"
