"""Rows from the files of spreadsheets and of statistics packages: .xlsx, .sav, .dta.

Data flow: `bytes → lines of fields (a workbook), or columns and rows (a data file) → what was understood`.
"""

import io
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from adaem_core.archive.headed import Rows
from adaem_core.archive.separated import Lines
from adaem_core.archive.texts import asks
from adaem_core.errors import BadInput

MOST_ROWS, MOST_COLUMNS = 200_000, 1_000
SAMPLE = 200  # rows by which it is told whether a column holds texts
TEXTS = ("question", "text", "prompt", "item", "statement", "answer")


def sheet(name: str, data: bytes) -> tuple[Lines, list[str]]:
    """Return the lines of a workbook's first sheet that holds anything, and what was understood; formulas count as their last results."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for place, each in enumerate(book.worksheets):
            rows = each.iter_rows(values_only=True, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
            lines = [(number, [cell(value) for value in row]) for number, row in enumerate(rows, 1)]
            if any(any(fields) for _, fields in lines):
                check_length(name, len(lines))
                others = [other.title for other in book.worksheets[place + 1 :]]
                return lines, [f"Sheet: {each.title}", *[f"Other sheets, which are not read: {', '.join(others)}"] * bool(others)]
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises whatever its zip and XML readers do
        raise BadInput(f"{name}: not a workbook that can be read ({type(error).__name__}). Save it as .xlsx or CSV in UTF-8.") from None
    raise BadInput(f"{name}: the file is empty. It needs at least one topic.")


def check_length(name: str, rows: int) -> None:
    """Raise BadInput where there are more rows than are read: none is left out unsaid."""
    if rows > MOST_ROWS:
        raise BadInput(f"{name}: more than the {MOST_ROWS:,} rows that are read. Keep only the rows that are needed.")


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
            frame, about = read(file.name, apply_value_formats=True, row_limit=MOST_ROWS + 1)
        except Exception as error:  # whatever the C library says
            raise BadInput(f"{name}: not a {kind} file that can be read ({type(error).__name__}). Export it again, or as CSV.") from None
    check_length(name, len(frame))
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
