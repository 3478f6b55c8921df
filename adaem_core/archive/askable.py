"""Which texts of a column are asked: not those that stand for none, that have to be filled in, or that head a section.

Data flow: `line → cleaned text` → the same without these, and what is told of each.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from adaem_core.archive.numbered import unlabelled, unnumbered
from adaem_core.archive.texts import asks, is_question, spelling

SHOWN = 3  # examples of what is told
LONGEST_SHOWN = 40  # characters of each
NONE = frozenset(
    "na n/a #n/a n.a. n.a nan null none nil nat <na> #ref! #name? #value! #div/0! #num! #null! #spill! #calc! missing tbd todo k.a.".split()  # noqa: SIM905
)
# What a survey program or a script puts words in for: ${e://Field/x}, {{name}}, {TOKEN:NAME}, {Q1.shown}, %NAME%, %s, [COUNTRY], <NAME>.
PLACEHOLDER = re.compile(
    r"\$\{[^{}]{1,200}\}|(?<![\w$])\$[A-Za-z_]\w+|\{\{.{1,200}?\}\}|\{%.{1,200}?%\}|<%.{1,200}?%>"
    r"|\{[A-Za-z_]\w*(?:[.:][^{}\s]{0,100}|\[\w+\])*\}|\{if\([^{}]*\)\}"
    r"|(?<![\w%])%{1,2}[A-Za-z_]\w*%{1,2}|(?<![\w%])%(?:\(\w+\))?[sd]\b"
    r"|\[\[.{1,100}?\]\]|\[[A-Z][A-Z_ ]{2,40}\](?!\()|\[[a-z]+_[a-z_]+\]|<[A-Z][A-Z_ ]{2,40}>|\{\d+\}|#[A-Z][A-Z_]{2,40}#|@@\w{1,40}@@|_{3,}|\.{4,}|…{2,}"
)
SECTION = re.compile(
    r"(?:part|section|block|module|chapter|group|wave|teil|abschnitt|bloc|partie|parte|bloque|secci[oó]n|se[cç][aã]o|sezione|deel|del|часть|раздел|блок)"
    r"\s+(?:[a-z]|\d{1,2}|[ivx]{1,5})(?:\b|[.:)])",
    re.IGNORECASE,
)
LEAST_CAPITALS = 5  # letters: NATO and EU are names
FEW = 10  # words of the longest heading
MOSTLY = 2 / 3  # share of texts
EMPHASIS = [
    re.compile(form, re.DOTALL)
    for form in (
        r"(?<![\w*\\])(\*{1,3})(?=[^\s*])(?P<text>.{1,500}?)(?<=[^\s*])\1(?![\w*])",
        r"(?<![\w_\\])(_{1,3})(?=[^\s_])(?P<text>.{1,500}?)(?<=[^\s_])\1(?![\w_])",
        r"(?<!`)(`{1,3})(?=[^\s`])(?P<text>[^`]+)\1",
        r"\[(b|i|u|s|url|color|size)(?:=[^\]]*)?\](?P<text>.{1,500}?)\[/\1\]",
        r"!?\[(?P<text>[^\[\]]+)\]\((?:https?:|mailto:|/|#)[^()\s]*\)",
        r"^(?:>\s*|#{1,6}\s+)(?P<text>.+)$",
        r"^(?P<text>.+[?？؟.!:])\s*[*＊]$",  # the star of a question that has to be answered
        r"^(?P<text>.+[?？؟.!][\"'”’»)]?)\s*[,;]+$",  # what separates the items of a list
        r'^=\s*"(?P<text>(?:[^"]|"")+)"$',  # a text that a spreadsheet keeps as a formula
    )
]
COMMAND = re.compile(r"\\[a-zA-Z]+\*?(?:\[[^\]]*\]|\{[^}]*\})*")
# Signs that a question rarely has: something before its first word, a list's number, a sign at its end, or one of a program.
STRANGE = re.compile(
    r"^[^\w\s\"'“”„«»‘’¿¡(#$€£@&…\u2600-\u27bf\U0001f000-\U0001faff]"
    r"|^[(\[]?[\w.]{1,4}[.):\]]+\s|^\w+:\s|^\w{1,12}\s?\d{1,3}[.):、：]*\s|^\d+\s?[^\w\s,.%]|^[\d:./-]{6,}\s"
    r"|\([A-Z][A-Z_ ]{4,}\)|[\[\]\\{}|~^=<>]|[,:]$|(?<!\w);$|[?？][^\s\"'”’»)\]?!.…？]"
)
AFTER = re.compile(r"[?？؟][\"'”’»)\]]*\s+[^?？؟]+$")  # words after the question mark
BREAK = re.compile(r"(?:\\r)?\\n\s?")  # the two signs, not the break
# Answers to choose from, which stand below questions.
ANSWERS = re.compile(
    r"(?:yes|no|true|false|maybe|sometimes|always|never|undecided|not sure|unsure|other|(?:i )?(?:don['’]?t|do not) know|no (?:answer|opinion)"
    r"|prefer not to (?:say|answer)|refused|(?:(?:strongly|somewhat|completely|mostly|slightly|tend to) )?(?:dis)?agree(?: (?:strongly|somewhat|completely))?"
    r"|neither(?: agree nor disagree)?|neutral|ja|nein|weiß nicht|oui|non|ne sait pas|sí|si|no sabe|sim|não|да|нет|是|否|同意|不同意|はい|いいえ|نعم|لا)[.?]?",
    re.IGNORECASE,
)


def askable(texts: Mapping[int, str]) -> tuple[dict[int, str], list[str]]:
    """Return the text of each line, "" where nothing is asked, and notes on what was left out, changed, or may be no question."""
    found, notes = shaped(texts)
    empty = [number for number, text in found.items() if not text]
    notes += [f"Lines left out because they have no text: {listed(empty)}"] * bool(empty)
    for why, no in REASONS.items():
        out = {number: text for number, text in found.items() if text and no(text)}
        notes += [f"{why}: {shown(out.values())}"] * bool(out)
        found |= dict.fromkeys(out, "")
    if heads := headings(found):
        notes.append(f"Lines left out as headings: {shown(found[number] for number in heads)}")
        found |= dict.fromkeys(heads, "")
    found, numbers = counted(found)
    return found, [*notes, *numbers, *odd(found)]


def shaped(texts: Mapping[int, str]) -> tuple[dict[int, str], list[str]]:
    """Return the texts without marks of Markdown, and what is told of it."""
    found = {number: without_emphasis(text) for number, text in texts.items()}
    changed = [texts[number] for number, text in found.items() if text != texts[number]]
    return found, [f"Marks of emphasis, quotation, links or line breaks (**, _, >, …) left out of the texts: {shown(changed)}"] * bool(
        changed
    )


def counted(texts: Mapping[int, str]) -> tuple[dict[int, str], list[str]]:
    """Return the texts without numbers that stood within other marks or between headings, and without one label of all; what is told."""
    numbers, notes = [number for number, text in texts.items() if text], []
    held = [texts[number] for number in numbers]
    if labelled := unlabelled(held):
        held, label = list(labelled[0]), labelled[1]
        notes.append(f"Left out before the texts: “{label}:”")
    if bare := unnumbered(held):
        notes.append(f"Numbers, letters or dots of a list left out before the texts: {shown(held)}")
        held = list(bare)
    return {**texts, **dict(zip(numbers, held, strict=True))}, notes


def without_emphasis(text: str) -> str:
    """Return a text without the marks by which Markdown shapes its words, and with written line breaks as blanks."""
    text = BREAK.sub(" ", text)
    for form in EMPHASIS:
        text = form.sub(lambda found: found["text"], text) if form.search(text) else text
    return text.strip()


def stands_for_none(text: str) -> bool:
    """Say whether a text is a sign for one that is missing, or has no letter and no number in it."""
    return text.strip("()[]*").casefold() in NONE or not any(letter.isalnum() for letter in text)


def is_number(text: str) -> bool:
    """Say whether a text has numbers but no letters: a count, a date, a code."""
    return not any(letter.isalpha() for letter in text)


def to_fill_in(text: str) -> bool:
    """Say whether a text has a place that words have to be put in."""
    return any(sign in text for sign in "{$%[<_.…#@") and bool(PLACEHOLDER.search(text))


REASONS: dict[str, Callable[[str], bool]] = {
    "Lines left out because they hold only a sign for a missing text": stands_for_none,
    "Lines left out because they hold only numbers": is_number,
    "Lines left out as commands of LaTeX": lambda text: bool(COMMAND.fullmatch(text)),
    "Lines left out as answers to choose from": lambda text: bool(ANSWERS.fullmatch(text)),
    "Lines left out because something has to be put in before they can be asked (write the words, and give the file again)": to_fill_in,
}


def headings(texts: Mapping[int, str]) -> list[int]:
    """Return the lines that head those below: “Part A: Economy”, “ECONOMY”, “Economy:”; none where most texts look so."""
    heads = [number for number, text in texts.items() if text and heading(text)]
    others = [text for number, text in texts.items() if text and number not in set(heads)]
    return heads if len(others) >= len(heads) and sum(map(asks, others)) >= MOSTLY * len(others) else []


def heading(text: str) -> bool:
    """Say whether a text looks like the heading of a section."""
    words = text.split()
    if is_question(text) or len(words) > FEW or text.endswith((".", "!")):
        return False
    capitals = text.isupper() and sum(letter.isalpha() for letter in text) >= LEAST_CAPITALS
    return bool(SECTION.match(text)) or capitals or (text.endswith((":", "：")) and len(words) <= FEW // 2)


def odd(texts: Mapping[int, str]) -> list[str]:
    """Return what is told of texts that stand there again, and of those that may be no questions."""
    first: dict[str, int] = {}
    again = [number for number, text in texts.items() if text and first.setdefault(spelling(text), number) != number]
    told = [f"Lines left out because their text stands there before, perhaps in other letters: {listed(again)}"] * bool(again)
    held = [text for text in texts.values() if text]
    short = [text for text in held if not asks(text)]
    told += [f"Texts of one or two words, which may be no questions: {shown(short)}"] * bool(short)
    others = [text for text in held if asks(text) and not is_question(text)]
    strange = [text for text in held if STRANGE.search(text) or (AFTER.search(text) and not is_question(text))]
    told += [f"Texts with signs that questions rarely have, kept as they are: {shown(strange)}"] * bool(strange)
    if 0 < len(others) <= len(held) / 2:
        told.append(f"Texts without a question mark among questions, kept as they are: {shown(others)}")
    return told


def listed(things: Sequence[object]) -> str:
    """Return how many things there are, and the first of them."""
    return f"{len(things):,} ({', '.join(map(str, things[:SHOWN]))}{', …' * (len(things) > SHOWN)})"


def shown(texts: Iterable[str]) -> str:
    """Return how many texts there are, and how the first of them begin."""
    return listed([f"“{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + '…'}”" for text in texts])


def in_brackets(notes: Sequence[str]) -> str:
    """Return what was told of a file as the end of a sentence that refuses it, "" where nothing was."""
    return f" ({'. '.join(notes)}.)" if notes else ""
