"""Have questions embedded and arranged in the background, and show how far it is: shared by the pages that compare meanings."""

import streamlit as st

from adaem_core.errors import AdaemError
from adaem_core.work import drawing
from pages.landscape import readings
from pages.landscape.question_sets import Chosen
from pages.shared import member, show

UNASKED = 1_000  # questions that are embedded without being asked: a few seconds
BEGUN = "drawing_begun"  # what this visitor's pages last began, in the session


def progress(chosen: Chosen, method: str, missing: str, label: str) -> None:
    """Say what is `missing` and make it, or show how far it is; the page is drawn anew when it is there.

    A small selection is begun at once, one at a time; for a large one, or after a failure, the user is asked.
    """
    from adaem_core.chat.embed import WHEEL
    from adaem_core.landscape.project import address

    at = address(chosen.texts, WHEEL, method, 0)
    state = drawing.watch(at).state
    if not member.may("work"):
        st.info(f"{missing} A member of the lab can have it drawn; then it is kept for all.")
        return
    if state == "new" and len(chosen.frame) <= UNASKED and drawing.watch(st.session_state.get(BEGUN, at)).state != "running":
        begin(chosen, method, at)

    @st.fragment(run_every=1.0 if state == "running" else None)
    def live() -> None:
        if not member.may("read"):  # a page that draws itself anew does not come through the door again
            return
        now = drawing.watch(at)
        if now.state == "running":
            done = f"{now.done:,} of {now.total:,} questions embedded"
            st.progress(min(now.done / now.total, 1.0) if now.total else 0.0, f"{now.step}: {done}")
            return
        if now.state == "finished" and readings.picture(at) is not None:
            st.rerun()
        if now.state == "failed":
            st.error(show.plain(now.message), icon=":material/error:")
        st.markdown(f"{missing} It takes {expected(len(chosen.frame), method)} the first time, in the background; then it is kept.")
        if st.button(label, type="primary", icon=":material/scatter_plot:", key=f"draw_{at}"):
            begin(chosen, method, at)

    live()


def begin(chosen: Chosen, method: str, at: str) -> None:
    """Start the worker on the picture under the address `at`, and draw the page anew with its progress."""
    st.session_state[BEGUN] = at
    try:
        member.require("work", "draw a map", questions=len(chosen.frame), method=method)
        drawing.start(chosen.texts, method)
    except AdaemError as error:
        show.refuse(error)
    else:
        st.rerun()


def expected(count: int, method: str) -> str:
    """Return in words how long a first drawing takes: loading the model, embedding, and UMAP's compiling."""
    seconds = 12 + count / 250 + {"pca": 0, "tsne": count / 250, "umap": 40 + count / 2000}[method]
    return f"about {round(seconds / 10) * 10 or 10:.0f} seconds" if seconds < 100 else f"about {seconds / 60:.0f} minutes"
