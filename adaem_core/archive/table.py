"""Read a table of topics from bytes: separated fields, JSON, plain lines, workbooks, data files. Nothing is guessed silently.

Every fault is a BadInput that names the file, the line and the remedy.
One line of data flow: file → bytes (`load`) → text (`decode`) → lines or objects → `Table`, which `topics.read_topics` turns into topics.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from adaem_core.archive.encodings import decode
from adaem_core.archive.headed import Rows, headed
from adaem_core.archive.objects import from_lines, from_whole
from adaem_core.archive.plain_lines import markdown_rows, plain_lines
from adaem_core.archive.separated import records
from adaem_core.archive.workbooks import data_file, sheet
from adaem_core.errors import BadInput

Source = str | Path | tuple[str, bytes]  # a path, or what an upload gives: (file name, content)
MEGABYTE = 2**20
LARGEST_FILE = 20 * MEGABYTE  # as the drop zones say (maxUploadSize in .streamlit/config.toml)


@dataclass(frozen=True)
class How:
    """How somebody says a file is to be read, where it should not be found out."""

    encoding: str | None = None
    separator: str | None = None  # a sign, or its name
    header: int | None = None  # line that names the columns, from 1


@dataclass(frozen=True)
class Table:
    """What a file holds: column names and, for each row, its line number (from 1) and its values as text."""

    name: str
    columns: tuple[str, ...]
    rows: Rows
    notes: tuple[str, ...] = ()  # how the file was understood and what was left out, in words


FOUND_OUT = How()


def read_table(source: Source, how: How = FOUND_OUT) -> Table:
    """Return the table in `source`; BadInput if it is too large, of an unknown encoding or kind, or malformed."""
    name, data = load(source)
    kind = Path(name).suffix.lower()
    if kind == ".xlsx":
        lines, title = sheet(name, data)
        columns, rows, notes = headed(name, lines, how.header)
        return Table(name, columns, rows, (f"Sheet: {title}", *notes))
    if kind in DATA_FILES:
        columns, rows, notes = data_file(name, data, kind)
        return Table(name, columns, rows, tuple(notes))
    if kind not in READERS:
        raise BadInput(f"{name}: cannot tell what kind of file this is. Use one of {', '.join(KINDS)}.")
    text, encoding = decode(name, data, how.encoding)
    if not text.strip():
        raise BadInput(f"{name}: the file is empty. It needs at least one topic.")
    found = READERS[kind](name, text, how, kind)
    return replace(found, notes=(f"Encoding: {encoding}", *found.notes))


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
    columns, rows, notes = (from_whole if kind == ".json" else from_lines)(name, text)
    return Table(name, columns, rows, tuple(notes))


def read_txt(name: str, text: str, how: How, kind: str) -> Table:
    """Return a table of one column, `text`: one topic a line, as `plain_lines` reads them; a Markdown table has its own columns."""
    if rows := markdown_rows(text):
        columns, found, notes = headed(name, rows, how.header)
        return Table(name, columns, found, ("A Markdown table", *notes))
    lines, told = plain_lines(text)
    return Table(name, ("text",), tuple((number, {"text": line}) for number, line in lines), tuple(told))


def column_named(found: Table, names: Sequence[str]) -> str | None:
    """Return the table's column called by the first of `names` that it has, whatever the case; None if it has none of them."""
    columns = {column.strip().casefold(): column for column in reversed(found.columns)}
    return next((columns[name] for name in names if name in columns), None)


def column_like(found: Table, names: Sequence[str]) -> str | None:
    """Return the column called by one of `names`, else one whose name ends in one of them as a word (item_text); None for none."""
    last = {re.split(r"[\W_]+", column.strip().casefold())[-1]: column for column in reversed(found.columns)}
    return column_named(found, names) or next((last[name] for name in names if name in last), None)


def asked_for(found: Table, column: str) -> str:
    """Return `column` as somebody named it; BadInput, with those there are, when the table has no such column."""
    if column not in found.columns:
        raise BadInput(f"{found.name}: no column {column!r}. Its columns: {', '.join(found.columns)}.")
    return column


READERS: dict[str, Callable[[str, str, How, str], Table]] = {
    **dict.fromkeys((".csv", ".tsv", ".tab"), read_separated),
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), read_json),
    ".txt": read_txt,
}
DATA_FILES = (".sav", ".zsav", ".dta")
KINDS = (*READERS, ".xlsx", *DATA_FILES)
