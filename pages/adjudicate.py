"""Blind adjudication: people label opinions without the machine's labels; how far do they agree with each other, and it with them?"""

import streamlit as st

from pages.shared import adjudicating, cached, judging, measure_choice, show, study_picker

show.head("Blind adjudication", "Which values do people find in these opinions, not knowing what the machine found, or who wrote them?")
path = study_picker.pick_study()

with show.errors():
    examination, system = measure_choice.pick_examination(path), cached.system_of(path)
    label, result = st.tabs(("Label opinions", "Results"), on_change="rerun", key="adjudication_views")
    if label.open:
        with label:
            if judging.own_study(path) and adjudicating.sampled(path, examination.id) and (rater := judging.pick_rater()):
                adjudicating.show_opinion(path, examination.id, system, rater)
    if result.open:
        with result:
            adjudicating.show_result(path, examination, system)

show.how_to_read(adjudicating.EXPLAINS)
