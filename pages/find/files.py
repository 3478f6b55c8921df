"""A questionnaire file of the user's own: how it was read is shown before anything is taken from it, and can be said otherwise."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from adaem_core.archive.encodings import OFFERED
from adaem_core.archive.separated import SEPARATORS
from adaem_core.archive.table import KINDS, LARGEST_FILE, MEGABYTE, How, Table, read_table
from adaem_core.errors import BadInput
from pages.shared import show

ACCEPTED = [kind.lstrip(".") for kind in KINDS]
FOUND = "found out"
ENDS = 5  # rows shown of either end


def take(label: str, key: str, help: str) -> tuple[tuple[str, bytes], How] | None:
    """Return name, content and reading of an uploaded file, None while there is none; BadInput where it cannot be read so."""
    told = f"{help} At most {LARGEST_FILE // MEGABYTE} MB."
    file = st.file_uploader(label, ACCEPTED, key=key, help=told)
    if not file:
        return None
    source = (file.name, file.getvalue())
    how = chosen(key)
    try:
        found = read_table(source, how)
    except BadInput as error:
        with st.expander("How the file is read", expanded=True, icon=":material/table_view:"):
            corrections(key)
        raise error from None
    with st.expander(f"How the file was read: {len(found.rows):,} rows, {len(found.columns):,} columns", icon=":material/table_view:"):
        corrections(key)
        show_read(found)
    return source, how


def chosen(key: str) -> How:
    """Return how the file is to be read, as the controls below stand."""
    encoding, separator, header = (st.session_state.get(f"{key}_{part}") for part in ("encoding", "separator", "header"))
    return How(*(None if each in (FOUND, None) else each for each in (encoding, separator)), header or None)


def corrections(key: str) -> None:
    """Draw the controls that say how a file is to be read, where it was not found out rightly."""
    encoding, separator, header = st.columns(3)
    encoding.selectbox("Encoding", [FOUND, "utf-8", "utf-16", *OFFERED], key=f"{key}_encoding")
    separator.selectbox("Separator", [FOUND, *SEPARATORS.values()], key=f"{key}_separator")
    header.number_input("Line with the names of columns", 1, None, None, placeholder=FOUND, key=f"{key}_header")


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
