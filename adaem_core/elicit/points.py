"""Find where each point of an answer begins and ends, whatever the layout: numbers, bullets, titles, paragraphs, tables.

A conclusion after the last point belongs to no point.
Data flow: `lines of a reply (stance taken out) → find_points → per point its lines`.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from adaem_core.elicit.lines import BULLET, DRESS, KEY_POINTS, LAST, NUMBER, ORDINALS, lead, without_heading
from adaem_core.elicit.plain import plain
from adaem_core.elicit.sections import (
    CONCLUSION,
    CONCLUSION_BESIDE_LABELS,
    JUSTIFICATION,
    TITLE,
    Mark,
    Point,
    first_list,
    without_conclusion,
)

COUNT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
NUMBERED_LABEL = re.compile(
    DRESS
    + r"(?:[-•*+]\s+)?(?:(?:key |main )?(?:point|argument|reason|opinion|claim|consideration|statement)\s?(?:no\.? ?|number |# ?)?|no\. ?|(?:kp|p|arg|point)(?=\d))"
    rf"(?P<number>\d{{1,2}}|{'|'.join(COUNT)})\b\s*[:.)\-–—]*\s*",
    re.IGNORECASE,
)
LABEL = re.compile(
    DRESS + r"(?:[-•+] |\* )?(?:\*\*)?(?:key |main )?(?:point|claim|argument|idea|thesis|assertion)(?:\*\*)?\s?:(?:\*\*)?\s*", re.IGNORECASE
)
LETTER = re.compile(DRESS + r"[(\[]?(?P<number>[A-Ja-j]|[ivxIVX]{1,5})[.)\]:]\s+")
LOOSE_NUMBER = re.compile(DRESS + r"(?P<number>\d{1,2})\s+(?=[A-Z\"“*<])")
ORDINAL = re.compile(
    DRESS + rf"(?:(?P<number>{'|'.join(ORDINALS)}|\d(?=st\b|nd\b|rd\b|th\b))(?:ly|st|nd|rd|th)?|{LAST})\b\s*[,:.\-–—]\s*", re.IGNORECASE
)
COUNTED = re.compile(DRESS + rf"(?P<number>{'|'.join(COUNT)})\s?[:.)]\s*", re.IGNORECASE)
DOTTED = re.compile(r"(?P<dress>)\.{1,3}\s+(?=[A-Z\"“*])")
BOLD_LEAD = re.compile(r"(?P<dress>)(?=(?:\*\*|__)[^*_\n]{2,300}(?:\*\*|__))")
COLON_LEAD = re.compile(r"(?P<dress>)(?=[^\W\d_](?:[^:.!?\n]|[.!?](?!\s+[A-Z])|(?<=vs)\.){2,300}::?\s+\S)")
ANY = re.compile(r"(?P<dress>)(?=\S)")

INTRODUCED = re.compile(r":\s*$|^\W*(?:here (?:is|are)|below (?:is|are)|let me|i will|i'll|sure|certainly|of course)\b", re.IGNORECASE)


def find_points(lines: Sequence[str]) -> list[Point]:
    """Return the lines of each point in order; empty when the reply has none."""
    headings = [index for index, line in enumerate(lines) if KEY_POINTS.match(lead(line))]
    for section in [lines[headings[0] :], lines] if headings else [lines]:
        body = [without_heading(line) for line in section]
        if found := choose(body, least=1 if headings else 2):
            return collect(*first_list(body, found))
    return []


def choose(body: Sequence[str], least: int) -> list[Mark]:
    """Return the marks of the layout the answer uses: the first, from the surest to the vaguest, with enough of them.

    `least` is how many paragraphs without any list mark make a list: 1 below a "Key points" heading, else 2.
    """
    styles: tuple[tuple[Callable[[Sequence[str]], list[Mark]], int], ...] = (
        (numbered, 1),
        (partial(marks, pattern=NUMBERED_LABEL), 1),
        (partial(marks, pattern=LABEL), 1),
        (partial(counted, pattern=LETTER), 2),
        (partial(counted, pattern=LOOSE_NUMBER), 2),
        (partial(counted, pattern=COUNTED), 2),
        (partial(marks, pattern=DOTTED), 2),
        (titles, 2),
        (partial(marks, pattern=BULLET), 1),
        (partial(marks, pattern=ORDINAL), 2),
        (titles, least),
        (partial(paragraphs, pattern=BOLD_LEAD), least),
        (partial(paragraphs, pattern=COLON_LEAD), least),
    )
    found = next((found for style, enough in styles if len(found := style(body)) >= enough), [])
    return found or (untitled(body, paragraphs(body, ANY)) if least == 1 else [])


def untitled(body: Sequence[str], found: Sequence[Mark]) -> list[Mark]:
    """Return the first lines of paragraphs, without those that stand below a title of their own."""
    titled = {later.index for mark, later in pairwise(found) if is_heading(body[mark.index]) and not is_heading(later.text)}
    return [mark for mark in found if mark.index not in titled]


def is_heading(text: str) -> bool:
    """Say whether a line alone is no sentence but the title of what follows."""
    return 0 < len(text.split()) <= 8 and text.rstrip()[-1:] not in '.!?…”"'


def told_in_paragraphs(lines: Sequence[str]) -> list[Point]:
    """Return the paragraphs of running text that make a point each; empty when there are fewer than two."""
    blank = any(not line.strip() for line in "\n".join(lines).strip().split("\n"))
    groups = split_paragraphs(lines) if blank else [[line.rstrip()] for line in lines if line.strip()]
    titled = [group for group in groups if not (len(group) == 1 and INTRODUCED.search(group[0]))]
    points: list[Point] = []
    for group in titled:
        below_title = points and len(points[-1]) == 1 and is_heading(points[-1][0])
        points = [*points[:-1], [*points[-1], *group]] if below_title else [*points, group]
    while points and CONCLUSION.match(plain(points[-1][0])):
        points.pop()
    whole = all(len(" ".join(point).split()) >= 6 for point in points)
    return points if len(points) > 1 and whole else []


def counted(body: Sequence[str], pattern: re.Pattern[str]) -> list[Mark]:
    """Return the marked lines when they count up from one: letters and loose numbers begin ordinary sentences too."""
    found = marks(body, pattern)
    return found if found and found[0].number == 1 else []


def marks(body: Sequence[str], pattern: re.Pattern[str]) -> list[Mark]:
    """Return the least indented lines that begin with `pattern`."""
    found = all_marks(body, pattern)
    least = min((mark.indent for mark in found), default=0)
    outer = [mark for mark in found if mark.indent <= least + 1]
    # One outer mark with more inside: a list whose first line lost its indentation.
    return found if len(outer) == 1 and [mark.number for mark in found] == list(range(1, len(found) + 1)) else outer


def all_marks(body: Sequence[str], pattern: re.Pattern[str]) -> list[Mark]:
    """Return every mark of one kind that begins a point."""
    found = [mark for index, row in enumerate(body) if (mark := read_mark(index, row, pattern))]
    # Below a numbered point "Justification:" may be its own text; elsewhere it belongs to the point above.
    return (
        found if pattern is NUMBER else [mark for mark in found if not JUSTIFICATION.match(mark.text) and not CONCLUSION.match(mark.text)]
    )


def read_mark(index: int, row: str, pattern: re.Pattern[str]) -> Mark | None:
    """Return the mark at the beginning of a line, None if there is none."""
    text = row.strip()
    match = pattern.match(text)
    if match is None:
        return None
    rest, dress = text[match.end() :], match["dress"].lstrip("#> ")
    if dress:  # "**1. Point**: …" keeps its bold, "**1.** Point" had none
        rest = rest[len(dress) :].lstrip() if rest.startswith(dress) else dress + rest
    return Mark(index, len(row) - len(row.lstrip()), number_of(match.groupdict().get("number")), rest)


def number_of(text: str | None) -> int | None:
    """Return the place that a digit, word, ordinal, Roman numeral or letter stands for."""
    if text is None or text.isdigit():
        return int(text) if text else None
    for names in (COUNT, ORDINALS, ROMAN, tuple("abcdefghij")):
        if text.lower() in names:
            return names.index(text.lower()) + 1
    return None


def numbered(body: Sequence[str]) -> list[Mark]:
    """Return the numbered lines; text before a list that begins with 2 is the first point."""
    found = marks(body, NUMBER)
    if not found or found[0].number != 2:
        return found
    before = next((index for index in range(found[0].index) if body[index].strip()), None)
    return found if before is None else [Mark(before, 0, 1, body[before].strip()), *found]


def titles(body: Sequence[str]) -> list[Mark]:
    """Return headings and lines that are bold throughout, when text follows each of them."""
    found = marks(body, TITLE)
    return found if all(any(row.strip() for row in below) for _, below in spans(body, found)) else []


def paragraphs(body: Sequence[str], pattern: re.Pattern[str]) -> list[Mark]:
    """Return the first lines of paragraphs that begin with `pattern`; a plain one needs a blank line before it."""
    found = all_marks(body, pattern)
    return [mark for mark in found if pattern is not ANY or mark.index == 0 or not body[mark.index - 1].strip()]


def spans(body: Sequence[str], found: Sequence[Mark]) -> list[tuple[Mark, list[str]]]:
    """Return each mark with the lines after it, up to the next mark."""
    ends = [mark.index for mark in found[1:]] + [len(body)]
    return [(mark, list(body[mark.index + 1 : end])) for mark, end in zip(found, ends, strict=False)]


def collect(body: Sequence[str], found: Sequence[Mark]) -> list[Point]:
    """Return the lines of each marked point; the last one stops where a conclusion begins."""
    points = [split_paragraphs([mark.text, *below]) for mark, below in spans(body, found)]
    points = [*map(without_next_heading, points[:-1]), *points[-1:]]
    flat = [[line for paragraph in point for line in paragraph] for point in points]
    labelled = any(JUSTIFICATION.match(line) for point in flat[:-1] for line in point)
    usual = max((len(point) for point in points[:-1]), default=1)
    return [*flat[:-1], without_conclusion(points[-1], usual, CONCLUSION if not labelled else CONCLUSION_BESIDE_LABELS)]


def without_next_heading(point: list[list[str]]) -> list[list[str]]:
    """Return the paragraphs of a point without the line that announces the points after it: "Social reasons:"."""
    if len(point) < 2 or len(point[-1]) > 1:
        return point
    last = plain(point[-1][0])
    return point[:-1] if last.endswith(":") and len(last.split()) <= 12 and not JUSTIFICATION.match(last) else point


def split_paragraphs(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines grouped by the blank lines and rules between them."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if not line.strip(" -*_=~"):
            groups += [[]] if groups[-1] else []
        else:
            groups[-1].append(line.rstrip())
    return [group for group in groups if group]
