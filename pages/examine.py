"""New examination: which questions, which models; what it takes and what it can show; start."""

import streamlit as st

from pages.find import trial
from pages.measure import examine
from pages.shared import choose, launch, show

show.head("New examination", "How do these models compare, value by value, on a fixed set of questions?")
choose.study_in_use()

with show.errors():
    st.subheader("1. Which questions?", anchor=False)
    source = examine.choose_source()
    if source is None:
        st.stop()

    st.subheader("2. Who is examined?", anchor=False)
    panel, examinees = examine.choose_examinees(source)

    elicit, knobs, chat = examine.choose_settings(source)
    if panel is None:
        st.info("Choose the panel file above to see what the examination will take.")
        st.stop()
    plan = examine.Plan(source, panel, examinees, elicit, knobs, chat)

    st.subheader("3. What it will take, and what it can show", anchor=False)
    reasons = launch.forecast(lambda: examine.work(plan), source.path)
    trial.offer(plan.asked(), reasons)
    examine.show_outlook(plan)
    launch.start("Examine", "examine", reasons, lambda: examine.begin(plan))

show.how_to_read(
    "Every model answers every question, and the values in its reasons are recognised. Models are then *compared*, value by value: "
    "who brings a value up where others do not? A refusal or an unreadable answer is left out of the comparison, never counted as “does not "
    "express the value”.\n\n**The smallest difference** is what would be found in 8 of 10 examinations with so many questions (80 % power, "
    "two-sided, at the confidence of the standings). It is computed from answers this study has already: a pilot."
)
