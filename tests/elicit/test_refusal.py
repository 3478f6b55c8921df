"""Refusals are recognised in every language of the labelled list, and what only talks of refusing is an answer."""

import csv
from collections import defaultdict
from pathlib import Path

from adaem_core.elicit.opinions import Parsed, read_answer
from adaem_core.elicit.plain import prepare
from adaem_core.elicit.refusal import every_language, hollow, refuses
from adaem_core.elicit.turns import Unread
from adaem_core.records import Outcome
from tests.rows import every_row

LIST = Path(__file__).with_name("refusals.csv")  # written for this purpose, by the hand that wrote the patterns
LEAST = 15  # of either kind in each language
DECLINED = "Stance: I prefer not to take a stance\nKey Points:\n"


def labelled() -> list[dict[str, str]]:
    """Return the labelled list: language, kind (refusal or answer), text."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_list_has_enough_of_either_kind_in_twenty_languages() -> None:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"refusal": 0, "answer": 0})
    for row in labelled():
        counts[row["language"]][row["kind"]] += 1
    assert len(counts) >= 20 and all(min(kinds.values()) >= LEAST for kinds in counts.values()), dict(counts)


def test_the_labelled_list_is_told_apart() -> None:
    wrong = [row for row in labelled() if refuses(prepare(row["text"])) is not (row["kind"] == "refusal")]
    assert not wrong


def test_a_refusal_in_any_language_is_refused_before_its_language_is_looked_at() -> None:
    found = {row["text"]: read_answer(row["text"], 3) for row in labelled() if row["kind"] == "refusal"}
    assert not {text: each for text, each in found.items() if not isinstance(each, Unread) or each.outcome is not Outcome.REFUSED}


def test_no_plain_answer_is_refused() -> None:
    found = {row["text"]: read_answer(row["text"], 3) for row in labelled() if row["kind"] == "answer"}
    assert not {text for text, each in found.items() if isinstance(each, Unread) and each.outcome is Outcome.REFUSED}


@every_row(
    "reply",
    [
        "Det kan jeg desværre ikke svare på.",
        "Jeg kan dessverre ikke hjelpe med dette.",
        "Valitettavasti en voi vastata tähän kysymykseen.",
        "Ca model de limbaj, nu am opinii personale.",
        "Sajnálom, de erre a kérdésre nem tudok válaszolni.",
        "Ως γλωσσικό μοντέλο, δεν έχω προσωπικές απόψεις.",
        "מצטער, איני יכול לענות על השאלה הזו.",
        "ขออภัย ฉันไม่สามารถตอบคำถามนี้ได้",
        "দুঃখিত, আমি এই প্রশ্নের উত্তর দিতে পারছি না।",
    ],
)
def test_languages_without_a_list_of_their_own_are_known_too(reply: str) -> None:
    assert refuses(prepare(reply))


def test_every_language_is_known_by_its_script() -> None:
    assert len(every_language()) >= 30 and all(each.scripts for each in every_language().values())


@every_row(
    "reply",
    [
        DECLINED + "1. N/A\n2. None\n3. N/A",
        DECLINED + "1. [Your point]: [Your justification]\n2. [Your point]: [Your justification]",
        DECLINED + "1. Point 1: Justification 1\n2. Point 2: Justification 2",
        "Stance: I prefer not to take a stance\nFor:\nAgainst:",
        "**Stance:** I cannot take a stance.\n\n**Key Points:**\n1. \n2. ",
        "Stance: N/A\nKey Points:\n1. N/A",
        "Stance: None\n1. As an AI, I do not hold personal opinions: I am designed to be impartial.\n2. I cannot take sides: I must stay out of it.",
        '{"stance": "I prefer not to say", "points": []}',
        '{"stance": "N/A", "points": ["N/A", "N/A"]}',
        "I can't take a side here. Instead, I can:\n- Summarise the main arguments on both sides\n- Explain the history of the law",
    ],
)
def test_a_form_left_empty_by_one_who_declines_is_a_refusal(reply: str) -> None:
    found = read_answer(reply, 3)
    assert isinstance(found, Unread) and found.outcome is Outcome.REFUSED, found


@every_row(
    "reply", ["Stance: Neutral\nKey Points:\n1. N/A\n2. N/A", "Stance: Yes\nKey Points:\n1. Point 1: Justification 1\n2. Your point"]
)
def test_a_form_left_empty_under_a_stance_cannot_be_read(reply: str) -> None:
    found = read_answer(reply, 3)
    assert isinstance(found, Unread) and found.outcome is Outcome.UNREADABLE, found


@every_row(
    "reply, points",
    [
        (
            "Stance: No\nKey Points:\n1. No duty: I cannot accept that the state decides.\n2. Conscience: I refuse to comply with unjust laws.",
            2,
        ),
        ("As an AI I have no personal views, but my stance is no.\n1. Fairness: It burdens the poor.\n2. Trust: It divides people.", 2),
        ("Stance: No\n1. It is not my place to judge others: Tolerance means letting people live.\n2. Peace: Quarrels help nobody.", 2),
        ("Stance: Yes\nKey Points:\n1. Real point: It helps.\n2. N/A\n3. None", 1),
        (
            "As an AI, I do not take sides.\nStance: Neutral\nKey Points:\n1. Freedom: People should choose.\n2. Safety: The state protects.",
            2,
        ),
    ],
)
def test_what_argues_in_spite_of_it_is_an_answer(reply: str, points: int) -> None:
    found = read_answer(reply, 3)
    assert isinstance(found, Parsed) and len(found.opinions) == points, found


@every_row("text", ["N/A", "", "[Your point]: [Your justification]", "Point 2: Justification 2", "None provided.", "For:", "无"])
def test_hollow(text: str) -> None:
    assert hollow(text)


@every_row("text", ["Equality for each", "No taxes", "Reason: it is fair", "为公平"])
def test_not_hollow(text: str) -> None:
    assert not hollow(text)
