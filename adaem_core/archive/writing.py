"""Files that leave the studio: whole or not at all, and tables that open safely in a spreadsheet.

Data flow: `rows → CSV or workbook → file`.
"""

import contextlib
import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import get_ident
from typing import Any

from adaem_core.errors import BadInput


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that an interruption leaves the old one or the new one, never a part; two threads or processes may write it at once."""
    part = path.with_name(f"{path.name}.{os.getpid()}.{get_ident()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)  # left by a killed process, or a link that leads elsewhere
        with part.open("xb") as file:
            file.write(content)
        os.replace(part, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise BadInput(f"{path}: cannot be written ({error.strerror}). Check the folder and the free space, then try again.") from error


RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a spreadsheet would take a cell that begins so for a formula


def to_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV in UTF-8 with a mark that spreadsheets understand; names and text cells are neutralised."""
    rows = list(rows)
    text = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(text, fieldnames=list(rows[0]))
        writer.writerow({name: neutralised(name) for name in rows[0]})
        writer.writerows({name: neutralised(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Iterable[Mapping[str, Any]], about: Iterable[Mapping[str, Any]] = ()) -> bytes:
    """Return rows as a workbook, and what is said about them as its second sheet; text cells are neutralised as in CSV, and nothing in it is a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, held in (("Table", list(rows)), ("About", list(about))):
        if held or name == "Table":
            sheet = book.create_sheet(name)
            for values in [*map(list, held[:1]), *(list(row.values()) for row in held)]:
                sheet.append([cell(each) for each in values])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def cell(value: Any) -> Any:
    """Return `value` as a workbook takes it: neutralised, without signs that XML does not know."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    safe = neutralised(value)
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", safe) if isinstance(safe, str) else safe


def neutralised(value: Any) -> Any:
    """Return `value`, with an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
