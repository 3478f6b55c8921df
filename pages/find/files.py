"""A table of the user's own, dropped on a page: how it was read is shown before anything is taken from it, and can be said otherwise.

Every drop zone for tables comes through here: topics, questions, answers, labels, sets of questions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from adaem_core.archive.encodings import OFFERED
from adaem_core.archive.separated import SEPARATORS
from adaem_core.archive.table import KINDS, LARGEST_FILE, MEGABYTE, NO_IDS, How, Table, read_table
from adaem_core.archive.workbooks import is_workbook
from adaem_core.errors import BadInput
from pages.shared import show

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

ACCEPTED = [kind.lstrip(".") for kind in KINDS]
FOUND = "found out"
NUMBERED = "none: the rows are numbered"
TOLD = f"At most {LARGEST_FILE // MEGABYTE} MB."
ICON = ":material/table_view:"
ENDS = 5  # rows shown of either end


@dataclass(frozen=True)
class Taken:
    """A file that was dropped, how it is to be read, and what it then holds."""

    source: tuple[str, bytes]
    how: How
    found: Table


def take(label: str, key: str, help: str) -> Taken | None:
    """Return an uploaded file as it is read, None while there is none; BadInput where it cannot be read so."""
    file = st.file_uploader(label, ACCEPTED, key=key, help=f"{help} {TOLD}")
    return looked_at(file, key) if file else None


def take_several(label: str, key: str, help: str) -> tuple[Taken, ...]:
    """Return all uploaded files as they are read, the last of each name; BadInput where one cannot be read so."""
    given = st.file_uploader(label, ACCEPTED, accept_multiple_files=True, key=key, help=f"{help} {TOLD} each.")
    return tuple(looked_at(file, f"{key}_{name}") for name, file in {each.name: each for each in given}.items())


def looked_at(file: "UploadedFile", key: str) -> Taken:
    """Show how a file was read, with the controls to say it otherwise, and return it; BadInput where it cannot be read so."""
    source, how = (file.name, file.getvalue()), chosen(key)
    sheets, name = is_workbook(source[1]), show.plain(file.name)
    try:
        found = read_table(source, how)
    except BadInput as error:
        with st.expander(f"How {name} is read", expanded=True, icon=ICON):
            corrections(key, sheets=sheets)
        raise error from None
    with st.expander(f"How {name} was read: {len(found.rows):,} rows, {len(found.columns):,} columns", icon=ICON):
        corrections(key, sheets=sheets)
        show_read(found)
    return Taken(source, how, found)


def chosen(key: str) -> How:
    """Return how the file is to be read, as the controls below stand."""
    said = {part: st.session_state.get(f"{key}_{part}") or None for part in ("encoding", "separator", "header", "sheet")}
    return How(**{part: None if each == FOUND else each for part, each in said.items()})


def corrections(key: str, *, sheets: bool) -> None:
    """Draw the controls that say how a file is to be read, where it was not found out rightly; `sheets`: it is a workbook."""
    first, second, header = st.columns(3)
    if sheets:
        first.text_input("Sheet", placeholder=FOUND, key=f"{key}_sheet")
    else:
        first.selectbox("Encoding", [FOUND, "utf-8", "utf-16", *OFFERED], key=f"{key}_encoding")
        second.selectbox("Separator", [FOUND, *SEPARATORS.values()], key=f"{key}_separator")
    header.number_input("Line with the names of columns", 1, None, None, placeholder=FOUND, key=f"{key}_header")


def choose_column(columns: Sequence[str], likely: str | None, key: str, label: str = "Column with the texts") -> str:
    """Return the column whose texts are read: the likely one, the first where none is, until another is chosen."""
    return str(st.selectbox(label, columns, columns.index(likely) if likely in columns else 0, key=key))


def choose_ids(columns: Sequence[str], key: str) -> str | None:
    """Return the column with the ids, NO_IDS where the rows are to be numbered, None where it is found out."""
    asked = st.selectbox("Column with ids", [NUMBERED, *columns], None, placeholder=FOUND, key=key)
    return NO_IDS if asked == NUMBERED else asked


def tell(notes: Iterable[str]) -> None:
    """Show how a file was read and what of it was left out."""
    for note in notes:
        st.caption(show.plain(note))


def show_read(found: Table) -> None:
    """Show what was understood, and the first and last rows."""
    tell(found.notes)
    rows: list[dict[str, Any]] = [{"Line": number, **row} for number, row in found.rows]
    ends = rows if len(rows) <= 2 * ENDS else [*rows[:ENDS], *rows[-ENDS:]]
    st.dataframe(ends, hide_index=True, alt="The first and the last rows of the file")
