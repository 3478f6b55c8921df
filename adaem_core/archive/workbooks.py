"""Rows from the files of spreadsheets and of statistics packages: .xlsx, .sav, .dta.

Data flow: `bytes → lines of fields (a workbook), or columns and rows (a data file) → what was understood`.
"""

import io
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from adaem_core.archive.bounds import LARGEST_UNPACKED, MOST_CELLS, MOST_ROWS, at_most, check_archive, check_size
from adaem_core.archive.headed import Rows
from adaem_core.archive.separated import Lines
from adaem_core.archive.texts import asks
from adaem_core.errors import BadInput

SAMPLE = 200  # rows by which it is told whether a column holds texts
TEXTS = ("question", "text", "prompt", "item", "statement", "answer")


def sheet(name: str, data: bytes) -> tuple[Lines, list[str]]:
    """Return the lines of a workbook's first sheet that holds anything, and what was understood; formulas count as their last results."""
    from openpyxl import load_workbook

    check_archive(name, data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for place, each in enumerate(book.worksheets):
            lines = lines_of(name, each)
            if any(any(fields) for _, fields in lines):
                others = [other.title for other in book.worksheets[place + 1 :]]
                return lines, [f"Sheet: {each.title}", *[f"Other sheets, which are not read: {', '.join(others)}"] * bool(others)]
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises whatever its zip and XML readers do
        raise BadInput(f"{name}: not a workbook that can be read ({type(error).__name__}). Save it as .xlsx or CSV in UTF-8.") from None
    raise BadInput(f"{name}: the file is empty. It needs at least one topic.")


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
    width = sum(about.variable_storage_width.values())
    return min(MOST_ROWS, MOST_CELLS // max(about.number_columns, 1), LARGEST_UNPACKED // max(width, 1))


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
    texts = [column for column in columns if sum(asks(str(value)) for value in frame[column][:SAMPLE]) > len(frame[:SAMPLE]) / 2]
    if texts or any(column.lower() in TEXTS for column in columns):
        values = frame.astype(object).where(frame.notna(), None).itertuples(index=False)
        return columns, tuple((number, dict(zip(columns, map(cell, row), strict=True))) for number, row in enumerate(values, 1)), []
    if not any(about.column_labels):
        raise BadInput(f"{name}: no column holds texts, and no variable has a label that could be asked. Export the questions as CSV.")
    labels = {column: str(label or "") for column, label in zip(columns, about.column_labels, strict=True)}
    rows = tuple((number, {"id": column, "text": label}) for number, (column, label) in enumerate(labels.items(), 1))
    return ("id", "text"), rows, [f"No column holds texts: the labels of the file's {len(columns):,} variables are taken as questions"]
