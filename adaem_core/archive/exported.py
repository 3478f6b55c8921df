"""Exports of answers: the questions stand in the names of the columns, or in a line of labels below them, and people's answers under these.

Data flow: `names, lines below → questions with the ids of their columns, what was left out`; None where a file is no such export.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
ASKS = re.compile(r"\S+\s+\S+\s+\S.*[?？؟]", re.DOTALL)  # a question of some words, whatever is said after it
PART = re.compile(
    r"(?P<stem>.*?[?？؟][\"'”’»)]*)\s*(?:(?:\s[-–—|›→]\s|\s>>\s|[/:])\s*(?P<said>\S.*)|\[(?P<box>[^\[\]]+)\]|\((?:choice|option)\s?=(?P<choice>.+)\))",
    re.DOTALL,
)
STATES = re.compile(r"\S+\s+\S+\s+\S.*[.。]", re.DOTALL)  # a statement, to be agreed to
SHARED = re.compile(r"(?P<stem>.*?\S)\s[-–—]\s+(?P<said>\S.*)", re.DOTALL)  # a stem that does not ask
OTHER = re.compile(
    r"(?:\W*(?:other|sonstiges|autre|otro|text|comment|please|specify|if|first click|last click|page submit|click count|rank|display order)\b)+\W*",
    re.IGNORECASE,
)
GRADED = re.compile(r"score|feedback", re.IGNORECASE)  # columns of a quiz, beside that of the question
CHOSEN = re.compile(r"selected choice\s-\s", re.IGNORECASE)
KOBO = {"_id", "_uuid", "_index", "_submission_time"}  # its columns about answers
ONE_ANSWER = re.compile(r"(?:selected choice|response|open-ended response|antwort|réponse|respuesta)", re.IGNORECASE)
TICKED = frozenset({"0", "1", "true", "false", "checked", "unchecked", "selected", "not selected"})
LONGEST_NAME = 4  # words of a column's name that says something about an answer
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
    texts = questions_in(found)
    if len(texts) < fewest(found) or answers_ask(found, list(texts)):
        return None
    rows = tuple((place + 1, {"id": id, "text": text}) for place, (id, text) in with_ids(texts, found.ids).items())
    told = f"An export of answers: the questions are the names of {len(rows):,} columns; answers and {len(names) - len(rows):,} other columns are left out"
    parts = sum(" — " in text and text != found.texts[place] for place, text in texts.items())
    notes = [told, *[f"Parts of questions with several, asked as “question — part”: {parts:,}"] * bool(parts)]
    return (("id", "text") if any(row["id"] for _, row in rows) else ("text",)), rows, notes


def about_answers(names: Sequence[str]) -> bool:
    """Say whether some name is of a column that survey programs add to answers."""
    return any(ABOUT.search(name) and len(name.split()) <= LONGEST_NAME for name in names)


def questions_in(found: Labels) -> dict[int, str]:
    """Return what is asked by place of the column, each question at its first place."""
    asked = {place: text for place, label in enumerate(found.texts) if (text := asked_by(label, found, place))}
    own = {found.texts[place] for place in asked}
    first = {text: place for place, text in reversed(asked.items()) if not repeats(found.texts[place], own)}
    return {place: text for text, place in sorted(first.items(), key=lambda each: each[1])}


def with_ids(texts: Mapping[int, str], ids: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Return id and text of each question: ids of their own, or codes that all texts begin with."""
    coded = {place: CODE_BEFORE.fullmatch(text) for place, text in texts.items()}
    if all(coded.values()):
        return {place: (each[1], each[2]) for place, each in coded.items() if each}
    return {place: (ids[place] if ids else "", text) for place, text in texts.items()}


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
    return Labels(without_groups(names) if KOBO.intersection(names) else names, (), below)


def without_groups(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names without the group that several of them lie in: “views/Is it so?”; “He/she must pay.” lies in none."""
    split = [name.rpartition("/") for name in names]
    groups = Counter(group for group, _, rest in split if rest[:1].isupper())
    return tuple(rest if groups[group] > 1 and rest[:1].isupper() else name for name, (group, _, rest) in zip(names, split, strict=True))


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
    part = part_in(label, found)
    if part is None:
        return label if asks_fully(label) or ASKS.match(label) or (STATES.fullmatch(label) and about_answers(found.texts)) else ""
    said = CHOSEN.sub("", (part["said"] or part.groupdict().get("box") or "").strip())
    if OTHER.fullmatch(said) or (GRADED.fullmatch(said) and part["stem"] in found.texts):
        return ""
    if not said or ONE_ANSWER.fullmatch(said) or is_choice(part["stem"], said, found, place):
        return part["stem"]
    return f"{part['stem']} — {said}"


def part_in(label: str, found: Labels) -> re.Match[str] | None:
    """Return a label's question and its part; in a program's own labels, also whatever words several columns share. None for one text."""
    if (part := PART.fullmatch(label)) and asks_fully(part["stem"]):
        return part
    part = SHARED.fullmatch(label) if found.declared else None
    shared = part and sum(text.startswith(f"{part['stem']} - ") for text in found.texts) > 1
    return part if part and shared and len(part["stem"].split()) >= WORDY else None


def is_choice(stem: str, said: str, found: Labels, place: int) -> bool:
    """Say whether a part is an answer to choose: the cells below hold only its own words, or ticks while the question has a column too."""
    cells = {fields[place].strip() for _, fields in found.answers if place < len(fields)} - {""}
    return cells == {said} or (stem in found.texts and {cell.casefold() for cell in cells} <= TICKED)


def repeats(label: str, others: Iterable[str]) -> bool:
    """Say whether a label is another one with words before it: “Points - Is it so?” beside “Is it so?”."""
    return any(label.endswith(f" - {other}") for other in others)


def fewest(found: Labels) -> int:
    """Return from how many questions a file is an export: one where the program says so, or columns about the answers stand beside it."""
    return 1 if found.declared or about_answers(found.texts) else 2


def answers_ask(found: Labels, places: Sequence[int]) -> bool:
    """Say whether the lines below ask as well, so that the names are a row of questions, or questions stand below them."""
    cells = [fields[place] for _, fields in found.answers for place in places if place < len(fields) and fields[place].strip()]
    return sum(map(is_question, cells)) > len(cells) / 2
