"""Tables and elements in a reply as values: Markdown and HTML tables, rows with commas or tabs, XML.

Data flow: `reply → table_rows → a mapping from heading to cell for each row`; `reply → elements → nested mappings, as of JSON`.
"""

import csv
import re
from collections.abc import Sequence
from contextlib import suppress
from html import unescape
from typing import Any

Row = dict[str, str]

BORDER = re.compile(r"\+(?:[-=]{1,200}\+)+")
RULE = re.compile(r"\s*\|?(?:(?:\s*:?-{1,60}:?\s*\|)+\s*:?-{1,60}:?|\s*:?-{2,60}:?)\s*\|?\s*")
CELL_END, ROW_END = re.compile(r"</t[hd]>\s*", re.IGNORECASE), re.compile(r"</tr>|<tr\b[^<>]*>", re.IGNORECASE)
LINE_BREAK = re.compile(r"\s*<br\s?/?>\s*", re.IGNORECASE)
TAG = re.compile(r"<(?P<end>/)?(?P<name>[A-Za-z_][\w.:-]{0,40})(?P<attributes>(?:\s[^<>]{0,300})?)(?P<empty>/)?>")
CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
ATTRIBUTE = re.compile(r"(?P<name>[A-Za-z_][\w-]{0,30})\s?=\s?(?:\"(?P<double>[^\"]{0,200})\"|'(?P<single>[^']{0,200})')")
STYLE = frozenset({
    "b", "i", "em", "strong", "u", "s", "del", "mark", "span", "code", "br", "p", "a", "sub", "sup", "small", "html", "body", "head",
    "meta", "thead", "tbody", "table", "tr", "td", "th", "ul", "ol", "li", "div", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "details",
    "summary",
})  # fmt: skip
DEEPEST = 12


def table_rows(text: str) -> list[Row]:
    """Return the rows of the table in a reply, cells by heading; empty when there is none, or its rows are uneven."""
    cells = table_cells(text)
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]] if cells and len(set(cells[0])) == len(cells[0]) else []


def table_cells(text: str) -> list[list[str]]:
    """Return the cells of the table in a reply, its heading first if it has one; empty when there is none, or its rows are uneven."""
    lines = [line.strip() for line in ROW_END.sub("\n", CELL_END.sub("|", text)).split("\n")]
    rules = [index for index, line in enumerate(lines) if "-" in line and (RULE.fullmatch(line) or BORDER.fullmatch(line))]
    html = "<td" in text.lower()
    cells = [cells_of(line, html=html) for line in lines if (line.count("|") >= 2 or (rules and "|" in line)) and not RULE.fullmatch(line)]
    if not (rules or html):
        cells = separated(lines)
    return cells if len(cells) > 1 and len({len(row) for row in cells}) == 1 and len(cells[0]) > 1 else []


def cells_of(line: str, *, html: bool) -> list[str]:
    """Return the cells of one row without Markdown and tags; lines within a cell stay apart."""
    inner = line.removesuffix("|") if html else line.strip().removeprefix("|").removesuffix("|")
    return [unescape(TAG.sub("", LINE_BREAK.sub("; ", cell))).strip(" *_`") for cell in inner.split("|")]


def separated(lines: Sequence[str]) -> list[list[str]]:
    """Return the rows of a reply that is wholly rows with commas, semicolons or tabs; what is quoted is one cell, last ones may lack."""
    told = [line.replace("\r", " ") for line in lines if line and not line.startswith("```")]
    for mark in ("\t", ";", ",", "|"):
        if len(told) > 1 and all(mark in line for line in told):
            with suppress(csv.Error):
                rows = [[cell.strip(" \"'") for cell in row] for row in csv.reader(told, delimiter=mark, skipinitialspace=True)]
                return [row + [""] * (len(rows[0]) - len(row)) for row in rows]
    return []


def elements(text: str) -> Any:
    """Return the XML in a reply as nested mappings, lists where a name repeats; None when there is none, or it is not closed properly."""
    text = CDATA.sub("", text)
    levels: list[tuple[str, list[tuple[str, Any]]]] = [("", [])]
    begin = 0
    for tag in TAG.finditer(text):
        if tag["name"].lower() in STYLE:
            continue
        levels[-1][1].append(("", text[begin : tag.start()]))
        begin = tag.end()
        if tag["end"]:
            name, content = levels.pop()
            if name != tag["name"] or not levels:
                return None
            levels[-1][1].append((name, value_of(content)))
        else:
            attributes = [(each["name"], each["double"] or each["single"] or "") for each in ATTRIBUTE.finditer(tag["attributes"])]
            levels.append((tag["name"], list(attributes)))
            if tag["empty"] or tag["attributes"].endswith("/"):
                levels[-2][1].append((levels[-1][0], value_of(levels.pop()[1])))
        if len(levels) > DEEPEST:
            return None
    return value_of(levels[0][1]) if len(levels) == 1 and any(name for name, _ in levels[0][1]) else None


def value_of(content: Sequence[tuple[str, Any]]) -> Any:
    """Return an element's content: its text, or a mapping of its parts with its text under "text"."""
    text = unescape(" ".join(str(value).strip() for name, value in content if not name and str(value).strip()))
    named = [(name, value) for name, value in content if name]
    if not named:
        return text
    repeated: dict[str, list[Any]] = {}
    for name, value in named:
        repeated.setdefault(name, []).append(value)
    return {**({"text": text} if text else {}), **{name: values if len(values) > 1 else values[0] for name, values in repeated.items()}}
