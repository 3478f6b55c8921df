"""Texts that stand one a line: without remarks, headings and the marks of a list, and broken lines made whole.

Data flow: `text → (line, text) of each, what was understood`.
"""

import re

from adaem_core.archive.separated import Lines

LISTED = re.compile(r"^(?:[(\[]?(?:\d{1,4}|[a-zA-Z]|(?:Q|Item|Question|No\.?)\s?\d{1,4})\s?[.):\]]|[-*•–])\s+", re.IGNORECASE)
LABEL = re.compile(r"^(?:text|question|topic|item|statement|prompt)\s?:\s+", re.IGNORECASE)
ENDED = re.compile(r"[.?!:;？؟。！][\"'”’»)]*$")
RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|?)+")


def plain_lines(text: str) -> tuple[list[tuple[int, str]], list[str]]:
    """Return line number (from 1) and text of each line that is one, and notes on what was left out."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    kept, notes = [each for each in lines if not each[1].startswith("#")], []
    if len(kept) < len(lines):
        notes.append(f"Lines left out because they begin with #: {len(lines) - len(kept):,}")
    whole = joined(kept)
    if len(whole) < len(kept):
        notes.append(f"Lines that go on the one above, joined to it: {len(kept) - len(whole):,}")
    for mark, what in ((LISTED, "numbers, letters or dots of a list"), (LABEL, "labels")):
        if whole and sum(bool(mark.match(line)) for _, line in whole) > len(whole) / 2:
            whole = [(number, mark.sub("", line)) for number, line in whole]
            notes.append(f"Left out before the texts: the {what}")
    if several := sum(line.count("? ") > 0 and line.endswith("?") for _, line in whole):
        notes.append(f"Lines with more than one question, taken as one text each: {several:,}")
    return whole, notes


def joined(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the lines with those that go on: one that begins with a small letter right below one that did not end."""
    found: list[tuple[int, str]] = []
    last = 0
    for number, line in lines:
        if found and number == last + 1 and line[0].islower() and not LISTED.match(line) and not ENDED.search(found[-1][1]):
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
        else:
            found.append((number, line))
        last = number
    return found


def markdown_rows(text: str) -> Lines:
    """Return the cells of a Markdown table, line by line; nothing where the text is none."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    if not any(line.startswith("|") and RULE.fullmatch(line) for _, line in lines):
        return []
    return [
        (number, [cell.strip() for cell in line.strip("|").split("|")])
        for number, line in lines
        if line.startswith("|") and not RULE.fullmatch(line)
    ]
