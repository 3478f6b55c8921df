"""Exports of answers: the questions stand in the names of the columns, or in a line of labels below them, and people's answers under these.

Data flow: `names, lines below → questions with the ids of their columns, what was left out`; None where a file is no such export.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adaem_core.archive.separated import Lines, known
from adaem_core.archive.surveys import QUALTRICS, Table
from adaem_core.archive.texts import WORDY, asks_fully, cleaned, is_question

ABOUT = re.compile(
    r"\b(?:time ?stamp|zeitstempel|e-?mail|ip[ _]?address|start(?:ed)? ?(?:time|date)|completion time|(?:date )?submitted|recorded ?date"
    r"|(?:respondent|response|participant|record|collector|submission)[ _]?id|survey identifier|horodateur|marca temporal)\b",
    re.IGNORECASE,
)  # columns about an answer, which every survey program adds
CODE_BEFORE = re.compile(r"([A-Za-z]\w{0,20}(?:\[\w{1,20}\])?)\.\s+(\S.*)")  # G01Q01. Is it so?
PART = re.compile(
    r"(?P<stem>.*\S)\s*(?:\s[-–—]\s+(?P<dash>\S.*?)|\[(?P<box>[^\[\]]+)\]|\((?:choice|option)\s?=(?P<choice>.+)\))", re.DOTALL
)
OTHER = re.compile(
    r"(?:other|sonstiges|autre|otro)?\W*(?:text|comment|specify|other|please specify|if other|first click|last click|page submit|click count|rank)\W*",
    re.IGNORECASE,
)
ONE_ANSWER = re.compile(r"(?:selected choice|response|open-ended response|antwort|réponse|respuesta)", re.IGNORECASE)
CHOSEN = re.compile(r"(?:checked|unchecked|selected|not selected|0|1)?", re.IGNORECASE)
CODED_NAME = re.compile(r"\S{0,60}")


@dataclass(frozen=True)
class Labels:
    """What a file says of its columns: their labels, their ids where labels stand apart from names, and the lines of answers."""

    texts: tuple[str, ...]
    ids: tuple[str, ...]
    answers: Lines
    declared: bool = False  # the program itself says that these are labels


def asked_in_names(names: Sequence[str], below: Lines) -> Table | None:
    """Return the questions above what people answered, a part of a question after its stem; None where lines below ask, or no names do."""
    if any(known(name) and cleaned(name).casefold() != "id" for name in names):
        return None
    found = labelled(tuple(map(cleaned, names)), below)
    texts = {place: asked for place, text in enumerate(found.texts) if (asked := asked_by(text, found, place))}
    texts = {place: text for place, text in texts.items() if not repeats(found.texts[place], [found.texts[each] for each in texts], text)}
    if len(texts) < fewest(found) or answers_ask(found, list(texts)):
        return None
    ids = {place: found.ids[place] if found.ids else "" for place in texts}
    if all(map(CODE_BEFORE.fullmatch, texts.values())):
        coded = {place: CODE_BEFORE.fullmatch(text) for place, text in texts.items()}
        ids, texts = ({place: each[group] for place, each in coded.items() if each} for group in (1, 2))
    first = {text: place for place, text in reversed(texts.items())}
    rows = tuple((place + 1, {"id": ids[place], "text": text}) for place, text in texts.items() if first[text] == place)
    told = [
        f"An export of answers: the questions are the names of {len(rows):,} columns; answers and {len(names) - len(rows):,} other columns are left out"
    ]
    parts = sum(" — " in row["text"] and row["text"] != found.texts[number - 1] for number, row in rows)
    told += [f"Parts of questions with several, asked as “question — part”: {parts:,}"] * bool(parts)
    return (("id", "text") if any(ids.values()) else ("text",)), rows, told


def labelled(names: tuple[str, ...], below: Lines) -> Labels:
    """Return the labels of columns: those that Qualtrics, SoSci Survey or SurveyMonkey write below the names, else the names."""
    first = tuple(cleaned(field) for field in below[0][1]) if below else ()
    ids = (*names, *[""] * len(first))
    if len(below) > 1 and any(QUALTRICS.search(field) for field in below[1][1]):
        return Labels(first, ids, below[2:], declared=True)
    if len(below) > 1 and all(map(CODED_NAME.fullmatch, names)) and sum(map(asks_fully, first)) > 1:
        return Labels(first, ids, below[1:])
    if spans := spanned(names, first):
        return Labels(spans, (), below[1:])
    return Labels(names, (), below)


def spanned(names: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return labels where a question stands above several columns, and its parts or “Response” in the line below; none otherwise."""
    if len(parts) != len(names) or not any(map(ONE_ANSWER.fullmatch, parts)):
        return ()
    found: list[str] = []
    stem, wide = "", False
    for place, (name, part) in enumerate(zip(names, parts, strict=True)):
        stem = name or stem
        wide = not name or (place + 1 < len(names) and not names[place + 1])
        found.append(f"{stem} - {part}" if wide and part else stem)
    return tuple(found)


def asked_by(label: str, found: Labels, place: int) -> str:
    """Return what a column's label asks: itself, its stem, or “stem — part”; "" for nothing."""
    part = PART.fullmatch(label)
    if part is None or not whole_stem(part, found):
        return label if asks_fully(label) else ""
    said = (part["dash"] or part["box"] or "").strip()
    if OTHER.fullmatch(said):
        return ""
    if part["choice"] or ONE_ANSWER.fullmatch(said) or is_choice(said, found, place):
        return part["stem"]
    return f"{part['stem']} — {said}"


def whole_stem(part: re.Match[str], found: Labels) -> bool:
    """Say whether what stands before a part is a question of its own; in a program's own labels, whatever several columns share."""
    if asks_fully(part["stem"]):
        return True
    shared = sum(text.startswith(f"{part['stem']} - ") for text in found.texts)
    return found.declared and shared > 1 and len(part["stem"].split()) >= WORDY


def is_choice(said: str, found: Labels, place: int) -> bool:
    """Say whether the cells below a part hold only its own words, or nothing: then it is an answer to choose, no part."""
    cells = {fields[place].strip() for _, fields in found.answers if place < len(fields)} - {""}
    return cells == {said}


def repeats(label: str, others: Sequence[str], text: str) -> bool:
    """Say whether a label is another one with words before it: “Points - Is it so?” beside “Is it so?”."""
    return any(label != other and label.endswith(f" - {other}") for other in others) and text == label


def fewest(found: Labels) -> int:
    """Return from how many questions a file is an export: one where the program says so, or columns about the answers stand beside it."""
    return 1 if found.declared or any(map(ABOUT.search, found.texts)) else 2


def answers_ask(found: Labels, places: Sequence[int]) -> bool:
    """Say whether the lines below ask as well, so that the names are a row of questions, or questions stand below them."""
    cells = [fields[place] for _, fields in found.answers for place in places if place < len(fields) and fields[place].strip()]
    return sum(map(is_question, cells)) > len(cells) / 2
