"""Timeline: which years and dated events the questions of each author model name, beside what the model can know."""

import streamlit as st

from pages.landscape import question_sets, timeline
from pages.shared import choose, show

show.head("Timeline", "Which times do the questions name, and do they reach beyond what their authors can know?")
choose.study_in_use()

with show.errors():
    chosen = question_sets.choose(to="look through")
    found = timeline.find(chosen)
    if not any(found.times):
        show.empty(
            f"None of the {len(chosen.frame):,} questions names a year or an event of these kinds. Choose another set or more kinds.",
            "pages/new_run.py",
            "Start a run",
        )
        st.stop()
    timeline.show_timeline(found)
    timeline.show_summary(found)
    timeline.show_events(found)
    timeline.show_questions(found)

show.how_to_read(timeline.explains())
