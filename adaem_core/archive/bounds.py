"""How much a user's file may hold, looked at before anything is built of it: a small file can be made to fill the machine.

Data flow: `name, text or counts → nothing, or BadInput with what there is, what may be, and what to do`.
"""

import io
import zipfile

from adaem_core.errors import BadInput

MEGABYTE = 2**20
MOST_LINES, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 500_000, 200_000, 1_000, 5_000_000
LONGEST_LINE = 2 * MEGABYTE  # characters of a line of a table
MOST_PARTS = 3_000_000  # values in JSON
LARGEST_UNPACKED = 100 * MEGABYTE  # bytes that a workbook or a data file may become
FEWER = "Keep only the rows and columns that are needed."


def check_text(name: str, text: str, *, json: bool) -> None:
    """Raise BadInput where a text has more lines, values or characters a line than are read."""
    at_most(name, max(text.count("\n"), text.count("\r")), MOST_LINES, "lines")
    if json or text.lstrip()[:1] in ("{", "["):
        at_most(name, sum(map(text.count, "[{,")), MOST_PARTS, "values")
    else:
        at_most(name, max(map(len, text.splitlines()), default=0), LONGEST_LINE, "characters in one line")


def check_size(name: str, rows: int, columns: int) -> None:
    """Raise BadInput where a table has more rows, columns or cells than are read: none is left out unsaid."""
    at_most(name, rows, MOST_ROWS, "rows")
    at_most(name, columns, MOST_COLUMNS, "columns")
    at_most(name, rows * columns, MOST_CELLS, "cells")


def check_archive(name: str, data: bytes) -> None:
    """Raise BadInput where a zip archive would unpack to more than is read; what is no archive is left to its reader."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:  # no more than it states is ever unpacked
            size = sum(each.file_size for each in archive.infolist())
        at_most(name, size // MEGABYTE, LARGEST_UNPACKED // MEGABYTE, "MB, unpacked,")


def at_most(name: str, got: int, most: int, what: str) -> None:
    """Raise BadInput where there are more than `most` of something."""
    if got > most:
        raise BadInput(f"{name}: {got:,} {what} are more than the {most:,} that are read. {FEWER}")
