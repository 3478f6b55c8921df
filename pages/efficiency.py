"""Efficiency: what a budget buys, what refinement adds, and what makes the best and the poorest questions."""

import streamlit as st

from pages.landscape import efficiency, readings
from pages.shared import show
from pages.shared.choose import pick_study

show.head("Efficiency", "What does a budget buy, when does refinement stop helping, and what makes a question tell much or little?")
path = pick_study()

with show.errors():
    course = readings.efficiency(path)
    if not len(course.questions):
        show.empty(
            "This study has no scored question yet. They appear as soon as its first pull is finished.", "pages/monitor.py", "Watch the run"
        )
        st.stop()
    left, right = st.columns(2, gap="large")
    with left:
        efficiency.show_budget(path, len(course.questions))
    with right:
        efficiency.show_steps(path, course)
    efficiency.show_spread(path, course)
    efficiency.show_between(path, course)
    efficiency.show_extremes(path)

show.how_to_read(
    "**What a budget buys.** The line is the mean S of the best questions after so many pulls, read from this one run as if it had stopped there; below it, from how many topics they come. "
    "As the search settles on topics that pay, the score rises and the number of topics may fall: choose a budget that leaves both as you need them. "
    "The band is a 95 % interval over these questions; another run would differ by more.\n\n"
    "**Refinement.** Mean S of the same questions after each rewrite, as the fast models (P1) see them. A rewrite is kept only if S rises by more than the threshold, so the line "
    "cannot fall: look at how much it rises and how few rewrites are still kept.\n\n"
    "**Topics, drafts, questions.** Scores by P1 and by P2 have different scales, so drafts are compared with refined questions (both P1), topics with final questions (both P2). "
    "A rise that P1 sees and P2 does not is a rise for P1 only.\n\n"
    "**Extremes.** A question scores high when models express different values (*value diversity*), for different reasons (*opinion diversity*), each holding to its own (*value conformity*)."
)
