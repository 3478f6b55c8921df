"""Read a table of topics from bytes: separated fields, JSON, plain lines, workbooks, data files. Nothing is guessed silently.

Every fault is a BadInput that names the file, the line and the remedy.
One line of data flow: file → bytes (`load`) → text (`decode`) → lines or objects → `Table`, which `topics.read_topics` turns into topics.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from adaem_core.archive.bounds import MEGABYTE, MOST_COLUMNS, check_size, check_text
from adaem_core.archive.encodings import decode
from adaem_core.archive.headed import headed
from adaem_core.archive.json_text import attempt
from adaem_core.archive.numbered import unnumbered
from adaem_core.archive.objects import from_lines, from_whole
from adaem_core.archive.plain_lines import plain_lines
from adaem_core.archive.separated import RARE, SEPARATORS, blanks, known, rarely, records, remark
from adaem_core.archive.surveys import Rows
from adaem_core.archive.texts import asks
from adaem_core.archive.workbooks import data_file, is_workbook, sheet
from adaem_core.errors import BadInput

Source = str | Path | tuple[str, bytes]  # a path, or what an upload gives: (file name, content)
LARGEST_FILE = 20 * MEGABYTE  # as the drop zones say (maxUploadSize in .streamlit/config.toml)
MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|table|\?xml|workbook)\b", re.IGNORECASE)
FORMATTED = re.compile(r"\s*(?:\{\\rtf\d|%PDF-|%!PS|MIME-Version:|From: <Saved by)")  # files of word processors, prints and saved pages
STRUCTURE = re.compile(r"[\[{]\s*[\[{\"'/]|\{\s*\w+\s*:")
ASSIGNED = re.compile(r"\A\s*(?:(?:const|let|var|export)\s+)*\w+\s*=\s*([\[{].*[\]}])\s*;?\s*\Z", re.DOTALL)  # a list in some program
VECTOR = re.compile(r"\A\s*[\w.]+\s*(?:<-|=)\s*c\((\s*\".*\"\s*)\)\s*\Z", re.DOTALL)  # texts in R
PROGRAM = re.compile(
    r"\s*(?:(?i:insert into|create table|variable labels?\s|get file)|label var|library\(|import \w+\n|from \w+ import|<\?php|#!/|\[\w+\]\s*\n\s*\w+\s*=)"
)
RULE = re.compile(r"^\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?\|?[ \t]*$", re.MULTILINE)  # below the names of a Markdown table
# UTF-8 that was once taken for Windows-1252, letters that were lost, and signs that no text has: the encoding was wrong.
BROKEN = re.compile("\ufffd|[\x80-\x84\x86-\x9f]|[ÃÂ][\u0080-\u00bf]|â€.|Ã[‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


@dataclass(frozen=True)
class How:
    """How somebody says a file is to be read, where it should not be found out."""

    encoding: str | None = None
    separator: str | None = None  # a sign, or its name
    header: int | None = None  # line that names the columns, from 1
    sheet: str | None = None  # of a workbook


@dataclass(frozen=True)
class Table:
    """What a file holds: column names and, for each row, its line number (from 1) and its values as text."""

    name: str
    columns: tuple[str, ...]
    rows: Rows
    notes: tuple[str, ...] = ()  # how the file was understood and what was left out, in words


FOUND_OUT = How()
NO_IDS = "none"  # said in place of a column: the rows are numbered
JSON = (".jsonl", ".ndjson", ".json", ".qsf")  # .qsf: a survey of Qualtrics
SAID = ("answer", "response", "reply", "output", "completion")  # what was said keeps its numbers


def read_table(source: Source, how: How = FOUND_OUT) -> Table:
    """Return the table in `source`; BadInput if it is too large, of an unknown encoding or kind, or malformed."""
    name, data = load(source)
    kind = Path(name).suffix.lower()
    if kind in WORKBOOKS or is_workbook(data):
        lines, about = sheet(name, data, how.sheet)
        columns, rows, notes = headed(name, lines, how.header)
        return Table(name, columns, rows, (*about, *notes))
    if kind in DATA_FILES:
        columns, rows, notes = data_file(name, data, kind)
        return Table(name, columns, rows, tuple(notes))
    if kind not in READERS:
        raise BadInput(f"{name}: cannot tell what kind of file this is. Use one of {', '.join(KINDS)}.")
    text, encoding = decode(name, data, how.encoding)
    if not text.strip():
        raise BadInput(f"{name}: the file is empty. It needs at least one topic.")
    text = VECTOR.sub(r"[\1]", ASSIGNED.sub(r"\1", text))
    check_text(name, text, json=kind in JSON)
    kind = kind_by_content(name, text, kind)
    found = READERS[kind](name, without_bars(text), how, kind)
    if not found.columns:
        raise BadInput(f"{name}: there is nothing to ask in this file. It needs at least one topic.")
    return unlisted(replace(found, notes=(f"Encoding: {encoding}", *broken(text), *found.notes)))


def load(source: Source) -> tuple[str, bytes]:
    """Return name and content; a file that is too large is refused before it is read."""
    try:
        name, size = (source[0], len(source[1])) if isinstance(source, tuple) else (str(source), Path(source).stat().st_size)
        if size > LARGEST_FILE:
            raise BadInput(
                f"{name}: {size / MEGABYTE:,.0f} MB is more than the {LARGEST_FILE / MEGABYTE:.0f} MB a topic file may have. "
                "Keep only the columns and rows that are needed."
            )
        return name, source[1] if isinstance(source, tuple) else Path(source).read_bytes()
    except FileNotFoundError:
        raise BadInput(f"{source}: no such file. Check the path.") from None
    except OSError as error:
        raise BadInput(f"{source}: cannot be read ({error.strerror}). Choose a file you may read.") from error


def read_separated(name: str, text: str, how: How, kind: str) -> Table:
    """Return a table whose fields are separated by one sign."""
    lines, sign = records(name, text, how.separator, kind)
    columns, rows, notes = headed(name, lines, how.header)
    return Table(name, columns, rows, (f"Separator: {sign}", *notes))


def read_json(name: str, text: str, how: How, kind: str) -> Table:
    """Return a table from JSON: a value a line, or one value."""
    try:
        columns, rows, notes = (from_whole if kind in {".json", ".qsf"} else from_lines)(name, text)
    except RecursionError:
        raise BadInput(f"{name}: its values are nested too deeply to be read. Give the texts as a list, or a row each in CSV.") from None
    return Table(name, columns, rows, tuple(notes))


def kind_by_content(name: str, text: str, kind: str) -> str:
    """Return how a text is to be read whatever its name says: JSON or a table in a file of plain lines. BadInput for a page."""
    if MARKUP.match(text):
        raise BadInput(f"{name}: line 1: this is a page (HTML or XML), not a table. Save it as CSV in UTF-8 or as .xlsx.")
    if FORMATTED.match(text):
        raise BadInput(
            f"{name}: line 1: this is a formatted document (RTF, PDF or a saved page). Save it as plain text in UTF-8, or as CSV."
        )
    if PROGRAM.match(text):
        raise BadInput(
            f"{name}: line 1: this is a program, its settings or a dump, not a list of texts. Save the texts one a line, or as CSV."
        )
    if kind in JSON:
        return kind
    start = text.lstrip()
    if STRUCTURE.match(start) and (attempt(start.splitlines()[0]) is not None or attempt(start, loose=True) is not None):
        return ".json"
    return ".csv" if READERS[kind] is read_txt and (tabular(text) or RULE.search(text)) else kind


def tabular(text: str) -> bool:
    """Say whether plain lines are a table: one of the first names usual columns, or each has as many tabs."""
    lines = [line for line in text.splitlines() if line.strip() and not remark([line])]
    tabs = {line.count("\t") for line in lines}
    return (
        (len(tabs) == 1 and tabs != {0} and len(lines) > 1)
        or any(
            len(fields) > 1 and any(map(known, fields))
            for line in lines[:10]
            for sign in SEPARATORS
            for fields in [line.split(sign, MOST_COLUMNS)]
        )
        or any(rarely([line.split(sign) for line in lines]) for sign in RARE)
        or blanks(text)
    )


def without_bars(text: str) -> str:
    """Return a Markdown table without the bars around its lines and the rule below its names; any other text as it is."""
    if not RULE.search("\n".join(text.splitlines()[:12])):
        return text
    return "\n".join("" if RULE.match(line) else line.strip().strip("|") for line in text.splitlines())


def broken(text: str) -> list[str]:
    """Return what is told of letters that look as if the file had been read in a wrong encoding, here or before."""
    if not (found := BROKEN.search(text)):
        return []
    around = " ".join(text[max(found.start() - 15, 0) : found.end() + 15].split())
    return [f"Some letters look broken, as in “{around}”: the file may have been saved in a wrong encoding"]


def unlisted(found: Table) -> Table:
    """Return the table without the numbers, letters or dots that begin the texts of a column."""
    for column in found.columns:
        bare = unnumbered([row[column] for _, row in found.rows]) if column.strip().casefold() not in SAID else None
        if bare and sum(map(asks, bare)) > len(bare) / 2:
            rows = tuple((number, {**row, column: text}) for (number, row), text in zip(found.rows, bare, strict=True))
            told = f"The numbers, letters or dots of a list before the texts are left out: {found.rows[0][1][column][:20].strip()} …"
            found = replace(found, rows=rows, notes=(*found.notes, told))
    return found


def read_txt(name: str, text: str, how: How, kind: str) -> Table:
    """Return a table of one column, `text`: one topic a line, as `plain_lines` reads them."""
    check_size(name, max(text.count("\n"), text.count("\r")), 1)
    lines, told = plain_lines(text)
    return Table(name, ("text",), tuple((number, {"text": line}) for number, line in lines), tuple(told))


def column_named(found: Table, names: Sequence[str]) -> str | None:
    """Return the table's column called by the first of `names` that it has, whatever the case; None if it has none of them."""
    columns = {column.strip(" .:*").casefold(): column for column in reversed(found.columns)}
    return next((columns[name] for name in names if name in columns), None)


def column_like(found: Table, names: Sequence[str]) -> str | None:
    """Return the column called by one of `names`, else the only one whose name ends in one of them as a word (item_text); None for none."""
    if named := column_named(found, names):
        return named
    ends = {column: re.split(r"[\W_]+", column.strip().casefold()) for column in found.columns}
    for name in names:
        likely = [column for column, words in ends.items() if words[-1] == name]
        likely = [column for column in likely if not set(SAID).intersection(ends[column][:-1])] if len(likely) > 1 else likely
        if len(likely) == 1:
            return likely[0]
    return None


def asked_for(found: Table, column: str) -> str:
    """Return `column` as somebody named it; BadInput, with those there are, when the table has no such column."""
    if column not in found.columns:
        raise BadInput(f"{found.name}: no column {column!r}. Its columns: {', '.join(found.columns)}.")
    return column


def ids_in(found: Table, column: str) -> str | None:
    """Return the column of ids as somebody named it, None where they said that there is none; BadInput when the table has no such column."""
    return None if column == NO_IDS and column not in found.columns else asked_for(found, column)


READERS: dict[str, Callable[[str, str, How, str], Table]] = {
    **dict.fromkeys((".csv", ".tsv", ".tab"), read_separated),
    **dict.fromkeys(JSON, read_json),
    **dict.fromkeys((".txt", ".md", ".markdown"), read_txt),
}
WORKBOOKS = (".xlsx", ".xlsm")
DATA_FILES = (".sav", ".zsav", ".dta")
KINDS = (*READERS, *WORKBOOKS, *DATA_FILES)
