"""Read a table of topics from bytes: CSV, TSV, JSON lines, a JSON list, or plain lines. Nothing is guessed silently.

Every fault is a BadInput that names the file, the line and the remedy.
One line of data flow: file → bytes (`load`) → text (`decode`) → `Table`, which `topics.read_topics` turns into topics.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adaem_core.errors import BadInput

Source = str | Path | tuple[str, bytes]  # a path, or what an upload gives: (file name, content)
MEGABYTE = 1_000_000
LARGEST_FILE = 20 * MEGABYTE
QUOTED = re.compile(r'"((?:[^"]|"")*)"')


@dataclass(frozen=True)
class Table:
    """What a file holds: column names and, for each row, its line number (from 1) and its values as text."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_table(source: Source) -> Table:
    """Return the table in `source`; BadInput if it is too large, not UTF-8, malformed, or of an unknown kind."""
    name, data = load(source)
    kind = Path(name).suffix.lower()
    if kind not in READERS:
        raise BadInput(f"{name}: cannot tell what kind of file this is. Use one of {', '.join(READERS)}.")
    text = decode(name, data)
    if not text.strip():
        raise BadInput(f"{name}: the file is empty. It needs at least one topic.")
    return READERS[kind](name, text)


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


def decode(name: str, data: bytes) -> str:
    """Return the content as text; only UTF-8, with or without a byte order mark, is accepted."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(f"{name}: line 1, byte 1: the file is UTF-16. Save it as UTF-8 (in Excel: “CSV UTF-8”) and try again.")
    if (zero := data.find(b"\0")) >= 0:
        raise BadInput(
            f"{name}: {position(data, zero)} is a zero byte, so this is no text file (a workbook?). Export it as CSV in UTF-8 and try again."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name}: {position(data, error.start)} (0x{data[error.start]:02x}) is not UTF-8. "
            "Save the file as UTF-8 (in Excel: “CSV UTF-8”) and try again."
        ) from None


def position(data: bytes, offset: int) -> str:
    """Return where `offset` is, as people count: line and byte from 1."""
    before = data[:offset].split(b"\n")
    return f"line {len(before)}, byte {len(before[-1]) + 1}"


def read_csv(name: str, text: str) -> Table:
    """Return a comma-, semicolon- or tab-separated table: the separator is the commonest of the three in the first line."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return table(name, csv_lines(name, text, delimiter))


def csv_lines(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line each record starts at and its fields; BadInput on quotation marks that do not match."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(
                f"{name}: line {start}: {error}. Check the quotation marks from this line on: a field that holds one must stand in "
                'quotation marks and double it ("").'
            ) from None
        yield start, fields
        start = reader.line_num + 1


def read_tsv(name: str, text: str) -> Table:
    """Return a tab-separated table; a field wholly inside quotation marks is unwrapped, any other keeps them."""
    lines = enumerate(re.split(r"\r\n|\n|\r", text), 1)
    return table(name, ((number, [unquoted(field) for field in line.split("\t")]) for number, line in lines if line.strip()))


def unquoted(field: str) -> str:
    """Return the field without quotation marks that enclose all of it."""
    found = QUOTED.fullmatch(field.strip())
    return found[1].replace('""', '"') if found else field


def table(name: str, lines: Iterable[tuple[int, list[str]]]) -> Table:
    """Return the table of `lines`, the first of which names the columns."""
    filled = ((number, fields) for number, fields in lines if any(field.strip() for field in fields))
    columns = header(name, next(filled)[1])
    return Table(name, columns, tuple((number, row(name, number, columns, fields)) for number, fields in filled))


def header(name: str, fields: list[str]) -> tuple[str, ...]:
    """Return the column names; a column without a name gets its number."""
    columns = tuple(field.strip() or f"column {number}" for number, field in enumerate(fields, 1))
    if repeated := sorted({each for each in columns if columns.count(each) > 1}):
        raise BadInput(f"{name}: line 1: column {', '.join(repeated)} stands there twice. Give each column its own name.")
    return columns


def row(name: str, number: int, columns: tuple[str, ...], fields: list[str]) -> dict[str, str]:
    """Return the fields by column name; BadInput unless there are as many fields as columns."""
    if len(fields) != len(columns):
        raise BadInput(
            f"{name}: line {number}: {len(fields)} fields where the first line names {len(columns)} columns. "
            "Check the separators, and put a field that holds one in quotation marks."
        )
    return dict(zip(columns, fields, strict=True))


def read_jsonl(name: str, text: str) -> Table:
    """Return a table from one JSON object (or string) a line."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return objects(name, [(number, parse(name, number, line)) for number, line in lines])


def read_json(name: str, text: str) -> Table:
    """Return a table from a JSON list of objects (or strings); rows are numbered by their place in the list."""
    content = parse(name, 1, text)
    if not isinstance(content, list):
        raise BadInput(f"{name}: expected a list [ … ] of topics, got {type(content).__name__}. Wrap the topics in a list.")
    return objects(name, list(enumerate(content, 1)))


def parse(name: str, number: int, text: str) -> Any:
    """Return the JSON value in `text`, which starts at line `number`."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = number + error.lineno - 1 if isinstance(error, json.JSONDecodeError) else number
        raise BadInput(f"{name}: line {line}: not valid JSON ({error}). Mend that line, or export the file again.") from None


def objects(name: str, values: list[tuple[int, Any]]) -> Table:
    """Return the table of JSON objects; its columns are all their fields, in order of first appearance."""
    rows = [(number, {"text": value} if isinstance(value, str) else value) for number, value in values]
    for number, value in rows:
        if not isinstance(value, dict):
            raise BadInput(f'{name}: line {number}: expected an object like {{"text": …}} or a string, got {type(value).__name__}.')
    columns = tuple(dict.fromkeys(str(key) for _, value in rows for key in value))
    return Table(name, columns, tuple((number, {column: as_text(value.get(column)) for column in columns}) for number, value in rows))


def as_text(value: Any) -> str:
    """Return a JSON value as text, nothing as empty text."""
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def read_txt(name: str, text: str) -> Table:
    """Return a table of one column, `text`: one topic a line."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    return Table(name, ("text",), tuple((number, {"text": line}) for number, line in lines if line))


def column_named(found: Table, names: Sequence[str]) -> str | None:
    """Return the table's column called by the first of `names` that it has, whatever the case; None if it has none of them."""
    columns = {column.strip().casefold(): column for column in reversed(found.columns)}
    return next((columns[name] for name in names if name in columns), None)


def asked_for(found: Table, column: str) -> str:
    """Return `column` as somebody named it; BadInput, with those there are, when the table has no such column."""
    if column not in found.columns:
        raise BadInput(f"{found.name}: no column {column!r}. Its columns: {', '.join(found.columns)}.")
    return column


READERS: dict[str, Callable[[str, str], Table]] = {
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".tab": read_tsv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".txt": read_txt,
}
