"""Run monitor: where a run stands, how scores rise, what was dropped; pause, continue, cancel."""

import streamlit as st

from adaem_core.visualize.monitor import SHOWN, arms_figure, course_figure
from adaem_core.work import jobs
from pages.find import monitor
from pages.shared import show, stored
from pages.shared.choose import pick_study

show.head("Run monitor", "How far is the run, what does it cost, and are its questions becoming more telling?")
path = pick_study()


was_moving = monitor.moving(path)


@st.fragment(run_every=2 if was_moving else None)
def live() -> None:
    """Show the state of the run; while it moves, again every two seconds. All state is on disk, so closing the browser changes nothing."""
    with show.errors():
        job = jobs.watch(path)
        monitor.show_state(path, job)
        course, arms, about = stored.table("course", path), stored.table("arms", path), stored.about(path)
        if course.empty:
            st.caption("The first pull is under way: figures appear when it is finished.")
        elif course[["score", "topic_total"]].isna().to_numpy().all():
            st.caption("No question and no topic has a score yet, so there is nothing to draw.")
        else:
            badge = "SIMULATED · " if about["simulated"] else ""
            under = f"{badge}{len(course)} pull{'s' * (len(course) != 1)}, {len(arms)} of {about['topics']} topics · panel {show.plain(about['panel_name'])} · {about['date']}"
            left, right = st.columns(2, gap="large")
            with left:
                st.subheader("Scores rise", anchor=False)
                show.figure(
                    course_figure(course),
                    alt="Score of each pull's questions against the number of pulls",
                    caption=under,
                    name=f"{path.stem}-course",
                )
            with right:
                st.subheader("Topics compete", anchor=False)
                show.figure(
                    arms_figure(arms),
                    alt="Mean score and upper bound of each topic",
                    caption=f"{under} · the best {SHOWN}",
                    name=f"{path.stem}-topics",
                )
        if was_moving != (job.state in monitor.MOVING):
            st.rerun()  # the run has started or ended since the page was drawn: it draws its buttons and its rhythm anew


live()
show.how_to_read(
    "**Scores rise.** Each dot is one pull: the mean informativeness S of the questions it grew. The line is the best question so far; "
    "the dash is the general topic the pull started from. Dots above their dash tell more than the topic did.\n\n"
    "**Topics compete.** The dot is a topic's mean S so far; the diamond is the highest mean it might still have (*upper confidence bound*, UCB) "
    "when it was last picked. The next pull goes to the topic with the highest bound: good so far, or not tried much."
)
with show.errors():
    monitor.show_details(path)
