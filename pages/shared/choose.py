"""Which study is in use: named by the address, shown at the top of every page by its title, date and id, and changed there."""

from collections.abc import Iterable
from pathlib import Path
from textwrap import shorten

import streamlit as st

from adaem_core.errors import BadInput
from pages.shared import controls, show, site, stored

STUDY = "study"  # in an address
LAST = f"last_{STUDY}"  # in the session, as all that is remembered
WITHIN = ("last_examination", "last_question")  # in the session: what is of one study alone
BOX, PICKED = "study_box", "choice_study"  # whether the choice is open, and what is chosen in it


def pick_study() -> Path:
    """Return the study in use, shown at the top of the page; where there is none, the page says what to do and ends."""
    return needed(study_in_use())


def study_needed() -> Path:
    """Return the study in use, shown already at the top of the page."""
    return needed(remembered())


def needed(path: Path | None) -> Path:
    """Return a study; where there is none, say what to do and stop the page, as where it is damaged."""
    if path is None:
        show.empty(
            "There is no study yet. A study is one run: it asks a panel of models and keeps every answer.",
            "pages/new_run.py",
            "Start the first run",
        )
        st.stop()
    with show.errors():
        stored.made(path)
    return path


def study_in_use() -> Path | None:
    """Show which study is in use, with the choice of another; return it, None where there is none at all."""
    said = st.query_params.get(STUDY)
    with show.errors():
        path = named(said) if said is not None else remembered()
    if path is None:
        controls.end_astray()
        return None
    at = stored.address(path)
    if st.session_state.get(LAST, at) != at:
        for each in WITHIN:
            st.session_state.pop(each, None)
    st.session_state[LAST] = at
    if said != at:
        st.query_params[STUDY] = at
    found = stored.card(path)
    with st.container(horizontal=True, vertical_alignment="center", key="study_in_use"):
        show.simulated_badge(simulated=found.simulated)
        st.markdown(f"**{show.plain(shorten(found.title, 90, placeholder=' …'))}**")
        st.caption(show.plain(" · ".join(each for each in (found.date, found.id, f"file {path.stem}") if each)))
        box = st.popover("Change", icon=":material/swap_horiz:", type="tertiary", key=BOX, on_change="rerun", help="Use another study.")
    if box.open:  # the titles of many studies take a while to read
        with box:
            offer(path)
    controls.end_astray()
    return path


def named(said: str) -> Path | None:
    """Return the study that the address names; end the page where there is no such."""
    try:
        return stored.named(said)
    except BadInput as error:
        show.astray(
            f"The address says **{STUDY}={show.plain(show.short(said))}**. {show.plain(error)} It may have been made on another computer, or "
            "been renamed or deleted.",
            STUDY,
        )


def remembered() -> Path | None:
    """Return the study last looked at, else the first that is whole, else the first; None where there is none."""
    try:
        return stored.named(st.session_state[LAST])
    except (KeyError, BadInput):
        return next(iter(stored.choices().values()), None)


def offer(path: Path) -> None:
    """Offer all studies, in whole words: a box cuts on a phone what tells two of the same title apart."""
    told = stored.labels(stored.studies().values())
    st.session_state[PICKED] = path
    st.radio("Study", list(told), key=PICKED, format_func=lambda each: show.plain(told[each]), on_change=change)


def change() -> None:
    """Use another study: what the address says of the one before is left behind."""
    st.session_state[site.TO_THE_LETTER] = st.session_state[BOX] = False
    st.query_params.from_dict({STUDY: stored.address(st.session_state[PICKED])})


def another(label: str, name: str, paths: Iterable[Path]) -> Path | None:
    """Return a further study, if one is chosen."""
    told = stored.labels(paths)
    by_address = {stored.address(path): path for path in told}
    chosen = controls.perhaps(label, name, list(by_address), lambda at: told[by_address[at]], placeholder="choose a study")
    return by_address[chosen] if chosen else None


def show_used(paths: Iterable[Path]) -> None:
    """Show on which studies the page rests beside the one in use."""
    told = stored.labels(path for path in dict.fromkeys(paths) if path != remembered())
    for path, each in told.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            show.simulated_badge(simulated=stored.card(path).simulated)
            st.text(f"{path.stem}: {each}")
