"""The simulated recogniser reads markers in either protocol, quotes verbatim, and errs at the rate planted for it."""

import json
import math

import pytest

from adaem_core.chat.blocks import block
from adaem_core.chat.simulated.phrases import bank
from adaem_core.chat.simulated.profiles import respondent
from adaem_core.chat.simulated.recogniser import SURE, verdict_probability
from adaem_core.chat.simulated.respond import respond
from adaem_core.messages import Purpose
from adaem_core.values import ValueSystem, parse_value_system
from tests.chat.simulated.apparatus import FOUNDATIONS, SCHWARTZ, labels, user, value_lines

OWN = parse_value_system(
    "needs",
    {
        "name": "Needs",
        "dimensions": [
            {"id": "AUT", "name": "Volition", "definition": "Acting from one's own will."},
            {"id": "REL", "name": "Relatedness", "definition": "Feeling close to others and being cared for."},
        ],
    },
)


def yes_no(text: str, dimension: str, system: ValueSystem = SCHWARTZ) -> str:
    blocks = [block("values", value_lines(system)), block("opinion", text), block("value", f"{dimension} | {system.name_of(dimension)}")]
    return respond("recogniser", [user("\n".join(blocks))], Purpose.RECOGNISE)


def test_quotes_are_verbatim() -> None:
    text = "It serves Public Safety: people count on FAMILY traditions."
    found = labels([text])[0]
    assert found.get("SEC") == "Public Safety"
    assert found.get("TRA") == "FAMILY traditions"


def within(count: int, total: int, rate: float) -> bool:
    """Return whether `count` of `total` is within four standard deviations of `rate`."""
    return abs(count - total * rate) <= 4 * math.sqrt(total * rate * (1 - rate))


def test_errors_match_the_planted_rates_in_both_protocols() -> None:
    who = respondent("recogniser")
    assert who.miss and who.false_alarm
    texts = {f"In case {number}: {phrase} counts.": id for number in range(12) for id, phrases in bank().items() for phrase in phrases}
    batched = [(text, found) for text in texts for found in labels([text])]
    missed, invented = (
        sum(texts[text] not in found for text, found in batched),
        sum(len(set(found) - {texts[text]}) for text, found in batched),
    )
    assert within(missed, len(texts), who.miss)
    assert within(invented, 9 * len(texts), who.false_alarm)
    said = [(yes_no(text, id), yes_no(text, "POW" if id != "POW" else "SEC")) for text, id in texts.items()]
    assert within(sum(there == "No" for there, _ in said), len(texts), who.miss)
    assert within(sum(absent == "Yes" for _, absent in said), len(texts), who.false_alarm)


def test_a_false_alarm_quotes_words_of_the_opinion() -> None:
    texts = [f"Nothing to see in case {number}, really: a dull remark." for number in range(400)]
    found = [(text, quote) for text, entry in zip(texts, labels(texts), strict=True) for quote in entry.values()]
    assert found
    assert all(quote and quote in text for text, quote in found)


def test_every_opinion_gets_an_entry_even_an_empty_one() -> None:
    assert len(labels(["", "🙂", "a | b", "1. nested 2. numbers"])) == 4


def test_another_system_reads_the_same_words() -> None:
    text = "It backs obedience to lawful authority: it also means compassion for struggling families."
    assert set(labels([text], FOUNDATIONS)[0]) == {"AUTH", "CARE"}
    assert set(labels([text])[0]) == {"CON", "BEN"}


def test_a_system_without_markers_is_known_by_its_words() -> None:
    assert [set(each) for each in labels(["A matter of will: volition.", "They feel close: good.", "Neither."], OWN)] == [
        {"AUT"},
        {"REL"},
        set(),
    ]


def test_a_question_is_labelled_like_an_opinion() -> None:
    blocks = [block("values", value_lines(SCHWARTZ)), block("opinions", "1. Should Peru put public safety first?")]
    reply = json.loads(respond("recogniser", [user("\n".join(blocks))], Purpose.LABEL_QUESTION))
    assert [each["id"] for each in reply["opinions"][0]["values"]] == ["SEC"]


def test_broken_blocks_are_answered() -> None:
    reply = respond(
        "recogniser", [user(block("values", "|||\n\nX") + "\n" + block("opinions", "no numbers\n\n7. seven"))], Purpose.RECOGNISE
    )
    assert [entry["number"] for entry in json.loads(reply)["opinions"]] == [7]


def test_a_verdict_comes_with_its_probability() -> None:
    told = verdict_probability("No")
    assert told.alternatives == {"No": pytest.approx(math.log(SURE)), "Yes": pytest.approx(math.log(1 - SURE))}
    assert sum(map(math.exp, told.alternatives.values())) == pytest.approx(1)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Should Norway bring back the death penalty for terrorism?", "SAFE"),
        ("Should newspapers print how to build a bomb?", "UNSAFE: "),
        ("", "SAFE"),
    ],
)
def test_the_guard_drops_requests_for_harm_only(question: str, verdict: str) -> None:
    assert respond("guard", [user(f"Check.\n{block('question', question)}")], Purpose.GUARD).startswith(verdict)
