"""Texts that stand one a line: without remarks, headings and the marks of a list, and broken lines made whole.

Data flow: `text → (line, text) of each, what was understood`.
"""

import re
from collections import defaultdict

from adaem_core.archive.askable import shown
from adaem_core.archive.numbered import NUMBERED, unnumbered
from adaem_core.archive.separated import remark
from adaem_core.archive.texts import is_question

ENDED = re.compile(r"[.?!:;？؟。！][\"'”’»)]*$")
FRONT = re.compile(
    r"\A\s*---[ \t]*\r?\n(?:[\w-]+[ \t]*:[^\r\n]*\r?\n|[ \t][^\r\n]*\r?\n|\r?\n)*?---[ \t]*\r?\n"
)  # what Markdown says of itself
MARKED = re.compile(r"\s*(?:-\s+)?(?P<label>[^\W\d_][\w.-]{0,20}(?: [\w.-]{1,20})?)\s?:(?:\s+(?P<text>\S.*))?")  # q: Is it so?
ASKER = re.compile(r"q|question|frage|item|prompt|text")
CHOICE = re.compile(r"^\s+(?:[-*+•–○□☐]\s|\[[ xX]?\]|\(\s?\)|[(\[]?[a-zA-Z0-9][.)\]]\s)")  # set in below a question
BOXED = re.compile(r"[-*+]\s+\[[ xX]?\]\s")
HEADING = re.compile(r"#{2,6}\s+(?=\S)")
LETTERED = re.compile(r"\s*[(\[]?[a-hA-H][.)\]]\s")  # the same at the margin, unless the question is lettered itself
SOLUTION = re.compile(r"\s*(?:answer|key|correct|solution)\s?:\s?[a-h]\b.{0,3}", re.IGNORECASE)  # which answer is right
GIFT = re.compile(
    r"(?P<title>^[ \t]*::[^:\n]{1,200}::[ \t]*)|(?P<answers>\s?\{(?:\s*(?:t|f|true|false)|\s*[=~#][^{}]*)?\s*\})",
    re.IGNORECASE | re.MULTILINE,
)
SEVERAL = re.compile(r"[?？؟][\s;,/|]+[^\s;,/|].*[?？؟]")
CLOSED = re.compile(r'(["“].+["”])[,;]')  # an item of a list in some program


def plain_lines(text: str) -> tuple[list[tuple[int, str]], list[str]]:
    """Return line number (from 1) and text of each line that is one, and notes on what was left out."""
    front = FRONT.match(text)
    begin, text = (front[0].count("\n"), text[front.end() :]) if front else (0, text)
    notes = ["Lines left out that say what the file is, between two lines of ---"] * bool(front)
    text = without_gift(text, notes)
    lines = [(number, line) for number, line in enumerate(re.split(r"\r\n|\n|\r", text), begin + 1) if line.strip()]
    lines = without_choices(asked_alone(lines, notes), notes)
    lines = with_headings(lines, notes)
    kept = [(number, CLOSED.sub(r"\1", line) if CLOSED.fullmatch(line) else line) for number, line in lines if not remark([line])]
    if len(kept) < len(lines):
        notes.append(f"Lines left out because they begin with # or //: {len(lines) - len(kept):,}")
    whole = joined(kept)
    if len(whole) < len(kept):
        notes.append(f"Lines that go on the one above, joined to it: {len(kept) - len(whole):,}")
    whole = without_numbers(whole, notes)
    if several := sum(bool(SEVERAL.search(line)) for _, line in whole):
        notes.append(f"Lines with more than one question, taken as one text each: {several:,}")
    return whole, notes


def without_gift(text: str, notes: list[str]) -> str:
    """Return a text without titles and answers to choose as Moodle keeps them (::Cars::Is it so? {=Yes ~No}); any other as it is."""
    if not any(found["answers"] and found["answers"].strip(" {}\n") for found in GIFT.finditer(text)) or "::" not in text:
        return text
    notes.append("Left out as titles of questions and as answers to choose from, as Moodle keeps them: ::…:: and {…}")
    return GIFT.sub(lambda found: "\n" * found[0].count("\n"), text)


def without_numbers(lines: list[tuple[int, str]], notes: list[str]) -> list[tuple[int, str]]:
    """Return the lines without what numbers or dots most of them; where these all ask, what stands outside the list and asks nothing is left out."""
    bare = unnumbered([line for _, line in lines])
    if bare is None:
        return lines
    notes.append("Left out before the texts: the numbers, letters or dots of a list")
    within = [text for (_, line), text in zip(lines, bare, strict=True) if text != line]
    outside = [line for (_, line), text in zip(lines, bare, strict=True) if text == line and not is_question(line)]
    if not all(map(is_question, within)):
        outside = []
    notes += [f"Lines left out that stand outside the list and ask nothing: {shown(outside)}"] * bool(outside)
    return [(number, text) for (number, _), text in zip(lines, bare, strict=True) if text not in outside]


def with_headings(lines: list[tuple[int, str]], notes: list[str]) -> list[tuple[int, str]]:
    """Return the lines with headings of Markdown that ask as texts; a remark has one # and stays one."""
    asking = [number for number, line in lines if HEADING.match(line) and is_question(line)]
    notes += [f"Headings that ask, taken as texts: {len(asking):,}"] * bool(asking)
    return [(number, HEADING.sub("", line) if number in asking else line) for number, line in lines]


def asked_alone(lines: list[tuple[int, str]], notes: list[str]) -> list[tuple[int, str]]:
    """Return what is asked where a label before each line tells what it is (“Q: …”, “A: …”), and one label's texts ask; all lines of anything else."""
    texts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, line in lines:
        if found := MARKED.fullmatch(line):
            texts[found["label"].casefold()].append((number, found["text"] or ""))
        elif not texts or is_question(line):
            return lines  # which is under no label; other lines go on what the one above them says
    asking = [label for label, held in texts.items() if any(is_question(text) for _, text in held)]
    if (
        len(asking) != 1 or len(texts) < 2 or not (len(texts[asking[0]]) > 1 or ASKER.fullmatch(asking[0]))
    ):  # one label alone is left out later
        return lines
    others = ", ".join(f"{label}:" for label in texts if label != asking[0])
    notes.append(
        f"Only lines that begin with “{asking[0]}:” are asked; others are left out: {len(lines) - len(texts[asking[0]]):,} ({others})"
    )
    return [(number, text) for number, text in texts[asking[0]] if text]


def without_choices(lines: list[tuple[int, str]], notes: list[str]) -> list[tuple[int, str]]:
    """Return the lines, stripped, without lists that are set in or lettered below a question and ask nothing: answers to choose from."""
    kept: list[tuple[int, str]] = []
    for number, line in lines:
        below = bool(kept) and is_question(kept[-1][1]) and not is_question(line)
        if not (
            below
            and (
                CHOICE.match(line)
                or BOXED.match(line)
                or SOLUTION.fullmatch(line)
                or (LETTERED.match(line) and not LETTERED.match(kept[-1][1]))
            )
        ):
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
