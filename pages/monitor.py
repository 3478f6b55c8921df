"""Run monitor: where a run stands, how scores rise, what was dropped; pause, continue, cancel."""

import streamlit as st

from adaem_core.work import jobs
from pages.find import monitor
from pages.shared import member, show
from pages.shared.choose import pick_study

show.head("Run monitor", "How far is the run, what does it cost, and are its questions becoming more telling?")
path = pick_study()
was_moving = monitor.moving(path)


@st.fragment(run_every=2 if was_moving else None)
def live() -> None:
    """Show the state of the run; while it moves, again every two seconds. All state is on disk, so closing the browser changes nothing."""
    with show.errors():
        member.check("read")  # a page that draws itself anew does not come through the door again
        job = jobs.watch(path)
        monitor.show_state(path, job)
        monitor.show_course(path, job)


@st.fragment(run_every=3)
def follow() -> None:
    """Draw the page anew once the run has started or ended, here, in another tab or from the command line."""
    if was_moving != monitor.moving(path):
        st.rerun()


live()
follow()
show.how_to_read(
    "**Scores rise.** Each dot is one pull: the mean informativeness S of the questions it grew. The line is the best question so far; "
    "the dash is the general topic the pull started from. Dots above their dash tell more than the topic did.\n\n"
    "**Topics compete.** The dot is a topic's mean S so far; the diamond is the highest mean it might still have (*upper confidence bound*, UCB) "
    "as things stand. The next pull goes to the topic with the highest bound: good so far, or not tried much."
)
with show.errors():
    monitor.show_details(path)
