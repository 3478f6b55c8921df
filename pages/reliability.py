"""Reliability: would other questions, another order, other words, or asking again have told the same?"""

import streamlit as st

from pages.shared import cached_measure, measure_choice, show, study_picker, validate_reliability

show.head("Reliability", "Would other questions, or asking again, have told the same about these models?")
path = study_picker.pick_study()

with show.errors():
    examination = measure_choice.pick_examination(path)
    measure_choice.two_needed(examination)
    checked = validate_reliability.Checked(path, examination, cached_measure.labels(path, examination.id))
    views = {
        "Parts of the questions": validate_reliability.show_folds,
        "How many questions": validate_reliability.show_subsets,
        "Asked again": validate_reliability.show_again,
        "Order and wording": validate_reliability.show_order,
    }
    for place, draw in zip(st.tabs(list(views), on_change="rerun", key="views"), views.values(), strict=True):
        if place.open:
            with place:
                draw(checked)

show.how_to_read(validate_reliability.EXPLAINS)
