"""Texts that stand one a line: without remarks, headings and the marks of a list, and broken lines made whole.

Data flow: `text → (line, text) of each, what was understood`.
"""

import re

from adaem_core.archive.numbered import NUMBERED, unnumbered
from adaem_core.archive.separated import remark

LABEL = re.compile(r"^(?:text|question|topic|item|statement|prompt)\s?:\s+", re.IGNORECASE)
ENDED = re.compile(r"[.?!:;？؟。！][\"'”’»)]*$")
CLOSED = re.compile(r'(["“].+["”])[,;]')  # an item of a list in some program


def plain_lines(text: str) -> tuple[list[tuple[int, str]], list[str]]:
    """Return line number (from 1) and text of each line that is one, and notes on what was left out."""
    lines = [(number, line.strip()) for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1) if line.strip()]
    kept, notes = (
        [(number, CLOSED.sub(r"\1", line) if CLOSED.fullmatch(line) else line) for number, line in lines if not remark([line])],
        [],
    )
    if len(kept) < len(lines):
        notes.append(f"Lines left out because they begin with # or //: {len(lines) - len(kept):,}")
    whole = joined(kept)
    if len(whole) < len(kept):
        notes.append(f"Lines that go on the one above, joined to it: {len(kept) - len(whole):,}")
    if bare := unnumbered([line for _, line in whole]):
        whole = [(number, line) for (number, _), line in zip(whole, bare, strict=True)]
        notes.append("Left out before the texts: the numbers, letters or dots of a list")
    if whole and sum(bool(LABEL.match(line)) for _, line in whole) > len(whole) / 2:
        whole = [(number, LABEL.sub("", line)) for number, line in whole]
        notes.append("Left out before the texts: the labels")
    if several := sum(line.count("? ") > 0 and line.endswith("?") for _, line in whole):
        notes.append(f"Lines with more than one question, taken as one text each: {several:,}")
    return whole, notes


def joined(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the lines with those that go on: one that begins with a small letter right below one that did not end."""
    found: list[tuple[int, str]] = []
    last = 0
    for number, line in lines:
        if found and number == last + 1 and line[0].islower() and not NUMBERED.match(line) and not ENDED.search(found[-1][1]):
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
        else:
            found.append((number, line))
        last = number
    return found
