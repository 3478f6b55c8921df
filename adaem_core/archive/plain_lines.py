"""Texts that stand one a line: without remarks, headings and the marks of a list, and broken lines made whole.

Data flow: `text → (line, text) of each, what was understood`.
"""

import re

from adaem_core.archive.numbered import NUMBERED, unnumbered
from adaem_core.archive.separated import remark
from adaem_core.archive.texts import is_question

LABEL = re.compile(r"^(?:q|text|question|topic|item|statement|prompt)\s?:\s+", re.IGNORECASE)
ENDED = re.compile(r"[.?!:;？؟。！][\"'”’»)]*$")
FRONT = re.compile(
    r"\A\s*---[ \t]*\r?\n(?:[\w-]+[ \t]*:[^\r\n]*\r?\n|[ \t][^\r\n]*\r?\n|\r?\n)*?---[ \t]*\r?\n"
)  # what Markdown says of itself
SAID = re.compile(r"^(?:a|answer|antwort|réponse|respuesta)\s?:\s", re.IGNORECASE)
CHOICE = re.compile(r"^\s+(?:[-*+•–○□☐]\s|\[[ xX]?\]|\(\s?\)|[(\[]?[a-zA-Z0-9][.)\]]\s)")  # set in below a question
SEVERAL = re.compile(r"[?？؟][\s;,/|]+[^\s;,/|].*[?？؟]")
CLOSED = re.compile(r'(["“].+["”])[,;]')  # an item of a list in some program


def plain_lines(text: str) -> tuple[list[tuple[int, str]], list[str]]:
    """Return line number (from 1) and text of each line that is one, and notes on what was left out."""
    front = FRONT.match(text)
    begin, text = (front[0].count("\n"), text[front.end() :]) if front else (0, text)
    notes = ["Lines left out that say what the file is, between two lines of ---"] * bool(front)
    lines = [(number, line) for number, line in enumerate(re.split(r"\r\n|\n|\r", text), begin + 1) if line.strip()]
    lines = without_choices(without_answers(lines, notes), notes)
    kept = [(number, CLOSED.sub(r"\1", line) if CLOSED.fullmatch(line) else line) for number, line in lines if not remark([line])]
    if len(kept) < len(lines):
        notes.append(f"Lines left out because they begin with # or //: {len(lines) - len(kept):,}")
    whole = joined(kept)
    if len(whole) < len(kept):
        notes.append(f"Lines that go on the one above, joined to it: {len(kept) - len(whole):,}")
    if bare := unnumbered([line for _, line in whole]):
        whole = [(number, line) for (number, _), line in zip(whole, bare, strict=True)]
        notes.append("Left out before the texts: the numbers, letters or dots of a list")
    if several := sum(bool(SEVERAL.search(line)) for _, line in whole):
        notes.append(f"Lines with more than one question, taken as one text each: {several:,}")
    return whole, notes


def without_answers(lines: list[tuple[int, str]], notes: list[str]) -> list[tuple[int, str]]:
    """Return the lines without answers that are marked (“A: …”) below marked questions (“Q: …”)."""
    kept = [each for each in lines if not SAID.match(each[1])]
    if len(kept) == len(lines) or not any(LABEL.match(line) for _, line in kept):
        return lines
    notes.append(f"Lines left out as answers: {len(lines) - len(kept):,}")
    return kept


def without_choices(lines: list[tuple[int, str]], notes: list[str]) -> list[tuple[int, str]]:
    """Return the lines, stripped, without lists that are set in below a question and ask nothing: answers to choose from."""
    kept: list[tuple[int, str]] = []
    for number, line in lines:
        below = bool(kept) and is_question(kept[-1][1])
        if not (below and CHOICE.match(line) and not is_question(line)):
            kept.append((number, line.strip()))
    if len(kept) < len(lines):
        notes.append(f"Lines left out as answers to choose from: {len(lines) - len(kept):,}")
    return kept


def joined(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the lines with those that go on: one that begins with a small letter right below one that did not end."""
    if lines and lines[0][1][0].islower():
        return lines  # texts that begin with small letters
    found: list[tuple[int, str]] = []
    last = 0
    for number, line in lines:
        if found and number == last + 1 and line[0].islower() and not NUMBERED.match(line) and not ENDED.search(found[-1][1]):
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
        else:
            found.append((number, line))
        last = number
    return found
