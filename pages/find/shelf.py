"""What can be done with a study on the shelf: describe, duplicate, export, put away and bring back; take one in; what all of them cost."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from adaem_core.archive.copying import whole_bytes
from adaem_core.archive.described import Described, describe, described
from adaem_core.archive.study import Study
from adaem_core.errors import AdaemError
from adaem_core.marks import spelt_out
from adaem_core.work import shelf
from pages.shared import launch, member, show, site, stored
from pages.shared.caption import study_file
from pages.shared.choose import STUDY
from pages.shared.readings import reading

LARGEST = 2000  # megabytes of a study that is taken in
TOLD = "shelf_told"  # in the session: what was done last, and how it is undone


@reading(keep=256)
def said(path: Path) -> Described:
    """Return what people say of a study."""
    with Study.read(path) as study:
        return described(study)


def show_described(path: Path) -> None:
    """Show tags and the beginning of the notes."""
    found = said(path)
    with st.container(horizontal=True):
        for tag in found.tags:
            st.badge(show.plain(tag), color="gray")
    if found.notes:
        st.caption(show.plain(show.short(found.notes)))


def offer(path: Path, *, demo: bool) -> None:
    """Offer what can be done with a whole study by who is there, in a box that is filled when it is opened."""
    box = st.popover("More", icon=":material/more_horiz:", type="tertiary", key=f"more_{path.stem}_{demo}", on_change="rerun")
    if not box.open:
        return
    with box:
        if not demo and member.may("work", path):
            show_form(path)
        if member.may("work"):
            button("Duplicate", "content_copy", duplicate, path)
        show.download("Export as one file", partial(whole_bytes, path), f"{study_file(path, '')}.db", "application/vnd.sqlite3")
        if not demo and member.may("rule"):
            button("Delete", "delete", put_away, path)


def offer_damaged(path: Path) -> None:
    """Offer to put a damaged study away."""
    if member.may("rule"):
        button("Delete", "delete", put_away, path)


def show_form(path: Path) -> None:
    """Show what people say of a study, to be changed."""
    found = said(path)
    with st.form(f"describe_{path.stem}", border=False):
        title = st.text_input("Title", found.title, max_chars=200)
        notes = st.text_area("Notes", found.notes, max_chars=20_000, placeholder="What it is for, what to remember")
        tags = st.text_input("Tags, parted by commas", ", ".join(found.tags), placeholder="pilot, for the paper")
        if st.form_submit_button("Save", icon=":material/save:"):
            attempt(rename, path, title, notes, tags)
            st.rerun()


def button(label: str, icon: str, act: Callable[[Path], None], path: Path) -> None:
    """Show a button that does something with a study."""
    key = f"{label}_{path.parent.name == shelf.AWAY}_{path.stem!a}"  # a file may be named by bytes that are no text
    st.button(label, icon=f":material/{icon}:", type="tertiary", key=key, on_click=attempt, args=(act, path))


def attempt(act: Callable[..., None], *given: Any) -> None:
    """Do something; a refusal is told by its sentence."""
    try:
        act(*given)
    except AdaemError as error:
        st.session_state[TOLD] = (str(error), None)


def rename(path: Path, title: str, notes: str, tags: str) -> None:
    """Store what somebody says of a study."""
    member.require("work", "describe", path)
    describe(path, title, notes, tags)


def duplicate(path: Path) -> None:
    """Make a copy of a study that is a study of its own."""
    copy = launch.new_path(f"{path.stem} copy")
    shelf.duplicate(path, copy)
    st.session_state[TOLD] = (f"{path.stem} was duplicated: the copy is {copy.stem}.", None)


def put_away(path: Path) -> None:
    """Put a study among the deleted ones, from which it can be brought back."""
    member.require("rule", "delete", path)
    at = stored.address(path)
    there = shelf.put_away(path)
    if st.query_params.get(STUDY) == at:
        site.forget(STUDY)  # another one is in use from now on
    st.session_state[TOLD] = (f"{path.stem} was deleted.", there)


def bring_back(path: Path) -> None:
    """Bring a deleted study back."""
    member.require("rule", "bring back", path)
    st.session_state[TOLD] = (f"{shelf.bring_back(path).stem} is back.", None)


def erase(path: Path) -> None:
    """Delete a study for good."""
    member.require("rule", "delete for good", path)
    shelf.erase(path)
    st.session_state[TOLD] = (f"{path.stem} was deleted for good.", None)


def take_in(given: Any) -> None:
    """Make a study of an uploaded file."""
    there = launch.new_path(Path(given.name).stem)
    shelf.take_in(given.name, given.getvalue(), there)
    st.session_state[TOLD] = (
        f"{there.stem} was taken in. It can be read; before anything in it starts, the Run monitor shows what it would do.",
        None,
    )


def show_told() -> None:
    """Show what was done last, and the way back."""
    text, undo = st.session_state.get(TOLD, ("", None))
    if not text:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.text(spelt_out(text))
        if undo:
            button("Undo", "undo", bring_back, undo)


def show_take_in() -> None:
    """Offer to take in a study that was exported as one file."""
    box = st.popover("Import a study", icon=":material/upload_file:", type="tertiary")
    with box, st.form("take_in", clear_on_submit=True, border=False):
        given = st.file_uploader("A study exported as one file (.db)", type="db", max_upload_size=LARGEST)
        if st.form_submit_button("Import", icon=":material/upload:") and given:
            attempt(take_in, given)
            st.rerun()


def show_away() -> None:
    """Show what was deleted and can be brought back, to who may do so."""
    found = shelf.away()
    if not found or not member.may("rule"):
        return
    with st.expander(f"Deleted studies ({len(found):,})", icon=":material/delete:"):
        st.caption("They lie in the folder of the studies, under “deleted”, until they are deleted for good.")
        for path in found:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(spelt_out(path.stem))
                button("Bring back", "undo", bring_back, path)
                button("Delete for good", "delete_forever", erase, path)


def show_spent(paths: Sequence[Path]) -> None:
    """Show what all studies took together; a damaged one says so on its card."""
    spent = []
    for path in paths:
        with suppress(AdaemError):
            spent.append(stored.about(path).spent)
    st.caption(
        f"{len(paths):,} studies · all together {sum(each['calls'] for each in spent):,.0f} calls, {sum(each['tokens'] for each in spent):,.0f} "
        f"tokens and ${sum(each['cost'] for each in spent):,.2f}, the demo among them."
    )
