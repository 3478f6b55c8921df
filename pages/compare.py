"""Compare two models: on which values they differ, how sure that is, and which answers show it."""

import streamlit as st

from pages.measure import compare
from pages.measure import readings as measured
from pages.measure.choose import pick_examination, pick_model, pick_settings, two_needed, warn_few
from pages.shared import show, stored
from pages.shared.choose import pick_study

show.head("Compare two models", "On which values do these two models differ, and in which answers does it show?")
path = pick_study()

with show.errors():
    examination, system = pick_examination(path), stored.system_of(path)
    two_needed(examination)
    with st.grid(4, min_column_width=200):
        first = pick_model(examination, "First model", "model")
        second = pick_model(examination, "Second model", "other", without=first)
        settings = pick_settings()
    warn_few(examination)
    labelled = measured.labels(path, examination.id)
    pair = compare.compared(path, examination, system, labelled, settings, first, second)
    compare.show_differences(pair)
    st.subheader("The questions that separate them most", anchor=False)
    compare.show_separating(pair)

show.how_to_read(compare.EXPLAINS)
