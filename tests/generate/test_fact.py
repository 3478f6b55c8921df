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
    "Sure thing, here you go:\n",
    "As requested, one fact is this: ",
    "Topic: Cars in cities\n",
    "¡Claro! Aquí tienes un hecho:\n",
    "Natürlich! Hier ist eine Tatsache: ",
    "好的，这是一个事实：\n",
    "Let me think of one first.\n\n",
)
LABELS = ("", "Fact: ", "**Fact:** ", "A relevant fact: ", "### Fact\n", "Background: ")
MARKS = ("{}", "“{}”", '"{}"', "**{}**", "- {}", "1. {}", "> {}")
ENDS = (
    "",
    "\n\nLet me know if you would like another one!",
    "\n\nSource: https://example.org",
    "\n[1] The mayor's report",
    "\n\nI hope this helps.",
    "\n\nNote: please check the year.",
    "\n\nThis fact is checkable, as it names a year.",
    "\nWhy it matters: people differ on it.",
    "\n(15 words)",
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


@every_row(
    "form",
    [
        "<fact>{}</fact>",
        '<fact id="1">\n{}\n</fact>',
        '{{"fact": "{}"}}',
        '```json\n{{"Fact": "{}", "source": "the mayor"}}\n```',
        '{{"response": {{"background": "{}"}}}}',
        "Fact 1: {}",
        "Final answer: {}",
        "---\n{}\n---",
        "Question: What of cars?\nAnswer: {}",
    ],
)
def test_a_form_around_it_is_no_part_of_it(form: str) -> None:
    assert read_fact(form.format(FACT_TOLD)) == FACT_TOLD


@every_row(
    "reply",
    [
        "Here is one specific and checkable fact about the topic:",
        "Topic: Cars in cities",
        '{"fact": "In 2012 Ghent closed its centre to cars, and cyc',
        "I don't have access to current information, so I can't name one.",
        "Unfortunately I cannot verify any fact about this topic.",
        "Fact: [one or two sentences]",
        "There is no fact to report on this.",
    ],
)
def test_words_about_a_fact_are_none(reply: str) -> None:
    assert isinstance(read_fact(reply), Unread)


@every_row(
    "fact",
    [
        "I. M. Pei's pyramid opened in 1989 and cost 2.1 billion francs.",
        "The court struck the rule down in Singhal v. Union of India in 2015.",
        "Here in Ghent, one council voted in 2017 to ban cars from the centre.",
        "The fact that Sweden restored conscription in 2017 shows how policy swings.",
        "One survey of 2020 found that 52 percent oppose it.",
        "Please Please Me was recorded in one day, 11 February 1963.",
    ],
)
def test_facts_that_begin_like_talk_stay_whole(fact: str) -> None:
    assert read_fact(fact) == read_fact(f"Sure! Here is a fact:\n{fact}") == fact
