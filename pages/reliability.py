"""Reliability: would other questions, another order, other words, or asking again have told the same?"""

import streamlit as st

from pages.measure import readings as measured
from pages.measure.choose import pick_examination, two_needed
from pages.shared import show
from pages.shared.choose import pick_study
from pages.validate import reliability

show.head("Reliability", "Would other questions, or asking again, have told the same about these models?")
path = pick_study()

with show.errors():
    examination = pick_examination(path)
    two_needed(examination)
    checked = reliability.Checked(path, examination, measured.labels(path, examination.id))
    views = {
        "Parts of the questions": reliability.show_folds,
        "How many questions": reliability.show_subsets,
        "Asked again": reliability.show_again,
        "Order and wording": reliability.show_order,
    }
    for place, draw in zip(st.tabs(list(views), on_change="rerun", key="views"), views.values(), strict=True):
        if place.open:
            with place:
                draw(checked)

show.how_to_read(reliability.EXPLAINS)
