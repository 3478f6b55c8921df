"""Evidence: from one number down to the words it rests on."""

import streamlit as st

from pages.measure import evidence
from pages.measure import readings as measured
from pages.measure.choose import pick_examination, pick_model, pick_settings, pick_value, two_needed
from pages.shared import show, stored
from pages.shared.choose import pick_study

show.head("Evidence", "Which answers, and which words in them, does this number rest on?")
path = pick_study()

with show.errors():
    examination, system = pick_examination(path), stored.system_of(path)
    two_needed(examination)
    with st.grid(4, min_column_width=200):
        model = pick_model(examination)
        value = pick_value(system)
        settings = pick_settings()
    labelled = measured.labels(path, examination.id)
    chain = evidence.Chain(path, examination, system, labelled.labels, model, value)
    evidence.show_number(chain, measured.standings(labelled, settings))
    st.subheader("The questions", anchor=False)
    chosen = evidence.pick_question(chain)
    if chosen:
        st.subheader("The answers", anchor=False)
        evidence.show_question(chain, chosen)

show.how_to_read(evidence.EXPLAINS)
