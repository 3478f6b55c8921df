"""The lines of an answer: lists written in one line and tables become list lines, headings are told from points.

Data flow: `prepared reply → lines_of → lines`; `line → without_heading → what it holds besides a heading`.
"""

import re
from collections.abc import Sequence

from adaem_core.elicit.plain import PICTURES, plain
from adaem_core.elicit.tables import RULE

DRESS = r"(?P<dress>[#>\s]{0,12}(?:\*{1,3}|__)?)\s*"
NUMBER = re.compile(DRESS + r"[(\[]?(?P<number>\d{1,2})(?:/\d{1,2})?(?:\s?[.)\]:、]{1,2}(?!\d)|\s?[-–—](?!\w)|[-–—](?=[A-Z]))\s*")
BULLET = re.compile(rf"(?P<dress>)(?:[*+]\s+|[-–—](?![-–—])\s*(?=\D)|[•‣●◦▪■○►·{PICTURES}]+\s*)")
KEY_POINTS = re.compile(
    r"^\W*(?:(?:my|the|your)\s+)?(?:(?:\w+\s+)?key[ -]points?|(?:main|core|supporting)[ -](?:points|arguments|reasons))"
    r"\s*(?:\([^)]{0,80}\)|(?:and|in|with|from|to|for|that|below|ranked|justif\w*|ordered|listed)\b[^:\n]{0,70})?\s*(?:$|:\s*)",
    re.I,
)
ORDINALS, LAST = ("first", "second", "third", "fourth", "fifth", "sixth"), "finally|lastly"
INLINE_ORDINAL = re.compile(rf"(?<=[.!?:]) +(?=(?:(?:{'|'.join(ORDINALS).title()})(?:ly)?|{LAST.title()}), )")
INLINE_KEY_POINTS = re.compile(r"(?<=\S) +(?=[*_#]{0,4} ?Key Points ?[*_]{0,3}:)")
# Where a sentence in brackets points to: a link or a note, no opinion.
DEFINITION = re.compile(
    r"^\s{0,9}(?:[-*•]\s+)?(?:\[\^[\w-]{1,20}\]:|\[?\^?\w{1,20}\]?[:.)]?\s{0,3}<?(?:https?://|www\.|doi[.:]))", re.IGNORECASE
)
IN_BRACKETS, COUNTED = re.compile(r"^\s{0,9}\[\d{1,2}\]:?\s"), re.compile(r"^\s{0,9}\*{0,2}(?:\d{1,2}[.)]|[-•] )")
REFERENCES = re.compile(
    r"^(?:references?|sources?|citations?|bibliography|works cited|further reading|footnotes|endnotes|links|literature|sources? (?:cited|consulted|used))\W*$",
    re.IGNORECASE,
)
HEADER = re.compile(r"(?:#|no\.?|nr\.?|rank|number|(?:(?:key|main) )?(?:points?|arguments?|claims?|reasons?)|aspects?)", re.IGNORECASE)
HEADED = re.compile(
    r"^(?:short |brief )?(?:justifications?|explanations?|reason(?:s|ing)?|rationale|support|evidence|details?|description|why|elaboration)$",
    re.IGNORECASE,
)
INTRODUCTION = re.compile(
    r"^(?:(?:here|below|(?:the )?following|my|these|i|we|three|two|\d|some|supporting|list of|in support)\b[^:]{0,120}\b)?"
    r"(?:points?|arguments?|reasons?|justifications?|explanations?|considerations?|opinions?|details|follows|this)\b[^:]{0,40}:?$",
    re.I,
)


def lines_of(text: str) -> list[str]:
    """Return the lines of a prepared reply: an answer written in one line is broken up, rows of a table become list lines."""
    if not any(KEY_POINTS.match(lead(line)) for line in text.split("\n")):
        text = INLINE_KEY_POINTS.sub("\n", text)
    kept = without_references(text.split("\n"))
    piped = any("-" in line and RULE.fullmatch(line) for line in kept) if "|" in text else False
    return [row for line in unflatten(kept) for row in untable(line, piped=piped)]


def without_references(lines: Sequence[str]) -> list[str]:
    """Return the lines without the links and notes they refer to, and without a list of sources up to the next heading."""
    kept: list[str] = []
    listing = counted = False
    for line in lines:
        heading = KEY_POINTS.match(lead(line)) is not None
        listing = (listing or (len(line) < 60 and REFERENCES.match(lead(line)) is not None)) and not heading
        # Below points that are counted otherwise, a number in brackets is no point's.
        counted = not heading and (counted or COUNTED.match(line) is not None)
        kept += [] if listing or DEFINITION.match(line) or (counted and IN_BRACKETS.match(line)) else [line]
    return kept


def told_in_turn(lines: Sequence[str]) -> list[str]:
    """Return the lines, with running text broken before each sentence that begins with an ordinal (First, … Second, …)."""
    return [sentence for line in lines for sentence in INLINE_ORDINAL.split(line)]


def lead(row: str) -> str:
    """Return the row without the number or bullet it may begin with, and without Markdown."""
    return plain(re.sub(r"^[\s#>*_•\-–+]*(?:\d{1,2}[.)]\s)?", "", row))


def without_heading(row: str) -> str:
    """Return what a "Key points:" line holds after its heading; a line that only announces a list is emptied."""
    text = lead(row)
    if heading := KEY_POINTS.match(text):
        return text[heading.end() :]
    marked = NUMBER.match(row.strip()) or (BULLET.match(row.strip()) and not row.strip().endswith(":"))
    return "" if not marked and INTRODUCTION.match(text) and (text.endswith(":") or len(text.split()) <= 2) else row


def unflatten(lines: Sequence[str]) -> list[str]:
    """Return the lines, with a list that was written in one line (… 1. A: b 2. C: d) broken before its numbers."""
    if sum(NUMBER.match(line.strip()) is not None for line in lines) > 1:
        return list(lines)
    return [piece for line in lines for piece in break_line(line)]


def break_line(line: str) -> list[str]:
    """Return a line that holds a whole numbered list as one line per number."""
    pieces, begin, number = [], 0, 1
    while found := re.compile(rf"(?<![^\s:.]) ?(?=[(\[*]{{0,3}}{number}[.)\]]{{1,2}} *[\"'“*<A-Z])").search(line, begin):
        pieces.append(line[begin : found.start()])
        begin, number = found.end(), number + 1
    # A lone "1." in running text is no list.
    return [*pieces, line[begin:]] if number > 2 else [line]


def untable(line: str, *, piped: bool) -> list[str]:
    """Return a row of a Markdown table as a list line; other lines as they are. `piped`: the rows need no bar at their beginning."""
    if "|" not in line or not (piped or (line.count("|") > 1 and line.strip().startswith("|"))):
        return [line]
    cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
    if all(re.fullmatch(r":?-*:?", cell) for cell in cells):
        return []
    number = cells.pop(0).rstrip(".)") if re.fullmatch(r"\**\d{1,2}[.)]?\**", cells[0]) and len(cells) > 1 else ""
    if not number and (HEADER.fullmatch(plain(cells[0])) or any(HEADED.match(plain(cell)) for cell in cells)):
        return []
    text = ": ".join(filter(None, (cells[0], " ".join(cells[1:]))))
    return [f"{number.strip('*')}. {text}" if number else f"- {text}"]
