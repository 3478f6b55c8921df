"""Evidence: from one number down to the words it rests on."""

import streamlit as st

from pages.shared import cached, cached_measure, measure_choice, measure_evidence, show, study_picker

show.head("Evidence", "Which answers, and which words in them, does this number rest on?")
path = study_picker.pick_study()

with show.errors():
    examination, system = measure_choice.pick_examination(path), cached.system_of(path)
    measure_choice.two_needed(examination)
    with st.grid(4, min_column_width=200):
        model = measure_choice.pick_model(examination)
        value = measure_choice.pick_value(system)
        settings = measure_choice.pick_settings()
    labelled = cached_measure.labels(path, examination.id)
    chain = measure_evidence.Chain(path, examination, system, labelled.labels, model, value)
    measure_evidence.show_number(chain, cached_measure.standings(labelled, settings))
    st.subheader("The questions", anchor=False)
    chosen = measure_evidence.pick_question(chain)
    if chosen:
        st.subheader("The answers", anchor=False)
        measure_evidence.show_question(chain, chosen)

show.how_to_read(measure_evidence.EXPLAINS)
