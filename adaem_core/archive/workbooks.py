"""Rows from the files of spreadsheets and of statistics packages: .xlsx, .sav, .dta.

Data flow: `bytes → lines of fields (a workbook), or columns and rows (a data file) → what was understood`.
"""

import io
import re
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from adaem_core.archive.askable import shown
from adaem_core.archive.bounds import LARGEST_UNPACKED, MOST_CELLS, MOST_ROWS, at_most, check_archive, check_size
from adaem_core.archive.headed import TITLES
from adaem_core.archive.separated import Lines, known
from adaem_core.archive.surveys import Rows
from adaem_core.archive.texts import asks, is_question
from adaem_core.errors import BadInput

SAMPLE = 200  # rows by which it is told whether a column holds texts
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
# A formula without a value after it; one that gives an empty text has its type beside it.
UNCALCULATED = re.compile(rb'<c\b(?:(?!t="str")[^>])*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>')
LONGEST_LABEL = {".sav": 255, ".zsav": 255, ".dta": 80}  # characters of a variable's label
CUT_SHOWN = 30  # characters of what may be cut
TEXTS = ("question", "text", "prompt", "item", "statement", "answer")


def is_workbook(data: bytes) -> bool:
    """Say whether bytes are a workbook, whatever the file's name says."""
    return data.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in data


def sheet(name: str, data: bytes, wanted: str | None = None) -> tuple[Lines, list[str]]:
    """Return the lines of the sheet that was named, else of the first that asks something, and what was understood."""
    check_archive(name, data)
    try:
        title, lines, others = chosen(name, data, wanted)
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises whatever its zip and XML readers do
        raise BadInput(f"{name}: not a workbook that can be read ({type(error).__name__}). Save it as .xlsx or CSV in UTF-8.") from None
    missing = uncalculated(data)
    if not title:
        raise BadInput(f"{name}: the file is empty. It needs at least one topic. {'. '.join(missing)}".strip())
    told = f"Other sheets, which are not read (name one to read it, --sheet): {', '.join(others)}"
    return lines, [f"Sheet: {title}", *[told] * bool(others), *missing]


def chosen(name: str, data: bytes, wanted: str | None) -> tuple[str, Lines, list[str]]:
    """Return title and lines of a sheet, "" where none holds anything, and the titles of the others; a formula counts as its last result."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    if wanted is not None and wanted not in book.sheetnames:
        raise BadInput(f"{name}: no sheet {wanted!r}. Its sheets: {', '.join(book.sheetnames)}.")
    seen = [each for each in book.worksheets if each.sheet_state == "visible"] or book.worksheets
    filled = [each for each in seen if any(map(any, each.iter_rows(values_only=True, max_row=SAMPLE)))]
    found: tuple[str, Lines] = ("", [])
    for each in filled if wanted is None else [book[wanted]]:
        lines = lines_of(name, each)
        found = (each.title, lines) if not found[0] or likely(lines) else found
        if likely(lines):
            break
    return *found, [each.title for each in filled if each.title != found[0]]


def likely(lines: Lines) -> bool:
    """Say whether a sheet's first lines name usual columns, or one of its texts is a question."""
    named = any(sum(map(known, fields)) > 1 or (sum(map(bool, fields)) == 1 and any(map(known, fields))) for _, fields in lines[:TITLES])
    return named or any(is_question(field) for _, fields in lines[:SAMPLE] for field in fields)


def uncalculated(data: bytes) -> list[str]:
    """Return what is told of formulas that no program has calculated yet, so that their cells are empty here."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        count = sum(len(UNCALCULATED.findall(parts.read(part))) for part in parts.namelist() if SHEET.match(part))
    told = f"Cells with a formula that was never calculated, which are empty here: {count:,}. Open the file in the spreadsheet program and save it"
    return [told] * bool(count)


def lines_of(name: str, sheet: Any) -> Lines:
    """Return the lines of a sheet, all as wide as the widest; BadInput as soon as they are more than are read."""
    sheet.reset_dimensions()  # what the file states of its own size is not trusted
    lines: Lines = []
    widest = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        widest = max(widest, max((place for place, value in enumerate(row, 1) if value is not None), default=0))
        check_size(name, number, widest)
        lines.append((number, [cell(value) for value in row[:widest]]))
    return [(number, [*fields, *[""] * (widest - len(fields))]) for number, fields in lines]


def most_rows(name: str, about: Any) -> int:
    """Return how many rows of a data file are read, as wide as it says its rows are; how many it says there are is not trusted."""
    check_size(name, 0, about.number_columns)
    width: int = sum(about.variable_storage_width.values())
    most: int = min(MOST_ROWS, MOST_CELLS // max(about.number_columns, 1), LARGEST_UNPACKED // max(width, 1))
    return most


def cell(value: Any) -> str:
    """Return the text of a cell; a whole number has no point, a day no time."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def data_file(name: str, data: bytes, kind: str) -> tuple[tuple[str, ...], Rows, list[str]]:
    """Return the table of an SPSS or Stata file; where no column holds texts, the labels of its variables are the questions."""
    import pyreadstat

    read = {".sav": pyreadstat.read_sav, ".zsav": pyreadstat.read_sav, ".dta": pyreadstat.read_dta}[kind]
    with tempfile.NamedTemporaryFile(suffix=kind) as file:  # its reader takes no bytes
        Path(file.name).write_bytes(data)
        try:
            _, about = read(file.name, metadataonly=True)
            most = most_rows(name, about)
            frame, about = read(file.name, apply_value_formats=True, row_limit=most + 1)
        except BadInput:
            raise
        except Exception as error:  # whatever the C library says
            raise BadInput(f"{name}: not a {kind} file that can be read ({type(error).__name__}). Export it again, or as CSV.") from None
    at_most(name, len(frame), most, f"rows of {len(frame.columns):,} columns")
    columns = tuple(map(str, frame.columns))
    labels = {column: str(label or "") for column, label in zip(columns, about.column_labels, strict=True)}
    # Where some label asks something, the columns hold what people answered.
    texts = not any(map(is_question, labels.values())) and any(
        sum(asks(str(value)) for value in frame[column][:SAMPLE]) > len(frame[:SAMPLE]) / 2 for column in columns
    )
    if texts or any(column.lower() in TEXTS for column in columns):
        values = frame.astype(object).where(frame.notna(), None).itertuples(index=False)
        return columns, tuple((number, dict(zip(columns, map(cell, row), strict=True))) for number, row in enumerate(values, 1)), []
    if not any(labels.values()):
        raise BadInput(f"{name}: no column holds texts, and no variable has a label that could be asked. Export the questions as CSV.")
    return ("id", "text"), *labels_asked({column: label for column, label in labels.items() if label.strip()}, LONGEST_LABEL[kind])


def labels_asked(labels: Mapping[str, str], longest: int) -> tuple[Rows, list[str]]:
    """Return the labels of variables that may be asked, and what is told: only questions where most of those with words are."""
    wordy = {column: label for column, label in labels.items() if asks(label)} or labels
    questions = {column: label for column, label in wordy.items() if is_question(label) or len(label) >= longest}
    kept = questions if len(questions) >= len(wordy) / 2 else wordy
    rows = tuple((number, {"id": column, "text": label}) for number, (column, label) in enumerate(kept.items(), 1))
    told = [f"No column holds questions: labels of variables that are taken as questions: {len(kept):,}"]
    others = [label for column, label in labels.items() if column not in kept]
    told += [f"Labels of variables left out, as they ask nothing: {shown(others)}"] * bool(others)
    cut = [f"…{label[-CUT_SHOWN:]}" for label in kept.values() if len(label) >= longest]
    told += [f"Labels as long as this kind of file lets them be, so that their ends may be cut off: {shown(cut)}"] * bool(cut)
    return rows, told
