"""One step after the other on a whole screen, or all below each other to be printed; titles and notes are the presenter's."""

from functools import partial
from pathlib import Path

import streamlit as st

from adaem_core.archive.story import Said, story, tell
from adaem_core.archive.study import Study
from adaem_core.errors import AdaemError
from pages.report.steps import STEPS, Told
from pages.shared import controls, member, show
from pages.shared.readings import reading

VIEWS = {"steps": "Step by step", "screen": "Whole screen", "all": "All on one page"}
SCREEN = """<style>
.st-key-slide {position: fixed; inset: 0; z-index: 999991; overflow: auto; padding: 5vh 7vw; background: light-dark(#ffffff, #14181a)}
</style>"""
PRINT = """<style>
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], .stButton, .stDownloadButton, .st-key-present_controls {display: none !important}
  [class*="st-key-step_"] {break-after: page}
}
</style>"""


@reading(keep=64)
def said(path: Path) -> dict[str, Said]:
    """Return titles and notes of the steps."""
    with Study.read(path) as study:
        return story(study)


def show_story(told: Told) -> None:
    """Show the study in the view that is chosen."""
    with st.container(key="present_controls", horizontal=True, vertical_alignment="bottom"):
        view = controls.segments("View", "view", list(VIEWS), lambda each: VIEWS[each])
        step = controls.from_address("Step", "step", list(STEPS), lambda each: STEPS[each][0], width=330)
    if view == "all":
        st.html(PRINT)
        st.caption("Print this page, or save it as PDF, with your browser (Ctrl+P): each step begins a new sheet.")
        for each in STEPS:
            show_step(told, each)
        return
    if view == "screen":
        st.html(SCREEN)
    with st.container(key="slide"):
        show_step(told, step)
        show_ways(step, view)
    if view == "steps" and member.may("work", told.path):
        show_form(told.path, step)


def show_step(told: Told, step: str) -> None:
    """Show one step: the presenter's title and note, then what the study says."""
    title, draw = STEPS[step]
    own = said(told.path).get(step, Said())
    with st.container(key=f"step_{step}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(show.plain(own.title or title), anchor=False)
            show.simulated_badge(simulated=told.examination.simulated)
        if own.note:
            st.markdown(show.plain(own.note))
        draw(told)


def show_ways(step: str, view: str) -> None:
    """Show the ways to the steps before and after, also by the arrow keys."""
    names = list(STEPS)
    at = names.index(step)
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, to, icon, key in (("Back", at - 1, "arrow_back", "Left"), ("Next", at + 1, "arrow_forward", "Right")):
            there = names[to] if 0 <= to < len(names) else ""
            go = partial(controls.put, "step", [there])
            st.button(label, icon=f":material/{icon}:", shortcut=key, disabled=not there, on_click=go, key=f"present_{key}")
        st.caption(f"{at + 1} of {len(names)}")
        if view == "screen":
            st.button(
                "Leave", icon=":material/close_fullscreen:", shortcut="Esc", on_click=controls.put, args=("view", ["steps"]), key="leave"
            )


def show_form(path: Path, step: str) -> None:
    """Show the presenter's title and note of a step, to be changed."""
    own = said(path).get(step, Said())
    with st.expander("Title and note of this step", icon=":material/edit:"), st.form(f"tell_{step}", border=False):
        title = st.text_input("Title", own.title, max_chars=200, placeholder=STEPS[step][0], key=f"tell_title_{step}")
        note = st.text_area("Note", own.note, max_chars=2000, placeholder="What you want to say here", key=f"tell_note_{step}")
        if st.form_submit_button("Save", icon=":material/save:"):
            try:
                member.require("work", "tell", path)
                tell(path, step, title, note)
            except AdaemError as error:
                show.refuse(error)
            else:
                st.rerun()
