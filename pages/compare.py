"""Compare two models: on which values they differ, how sure that is, and which answers show it."""

import streamlit as st

from pages.shared import cached, cached_measure, measure_choice, measure_pair, show, study_picker

show.head("Compare two models", "On which values do these two models differ, and in which answers does it show?")
path = study_picker.pick_study()

with show.errors():
    examination, system = measure_choice.pick_examination(path), cached.system_of(path)
    measure_choice.two_needed(examination)
    with st.grid(4, min_column_width=200):
        first = measure_choice.pick_model(examination, "First model", "model")
        second = measure_choice.pick_model(examination, "Second model", "other", without=first)
        settings = measure_choice.pick_settings()
    measure_choice.warn_few(examination)
    labelled = cached_measure.labels(path, examination.id)
    pair = measure_pair.compared(path, examination, system, labelled, settings, first, second)
    measure_pair.show_differences(pair)
    st.subheader("The questions that separate them most", anchor=False)
    measure_pair.show_separating(pair)

show.how_to_read(measure_pair.EXPLAINS)
