"""Priming: a model is told to hold one value; does the instrument notice, as the theory says?"""

import streamlit as st

from pages.measure.choose import pick_examination, pick_settings, two_needed
from pages.shared import show, stored
from pages.shared.choose import pick_study
from pages.validate import priming

show.head("Priming", "If a model is told to hold one value, does the instrument notice, as the theory says?")
path = pick_study()

with show.errors():
    examination, system = pick_examination(path), stored.system_of(path)
    two_needed(examination)
    name = priming.pick_series(path, examination)
    if name:
        with st.grid(3, min_column_width=220):
            settings, definition = pick_settings(), priming.pick_definition()
        priming.show_series(priming.Chosen(path, examination, system, name, settings, definition))
    else:
        priming.show_plan(path, examination, system)

show.how_to_read(
    "A circle shows what priming for one value did to all: on the thin ring nothing changed, a marker **outside** it rose, **inside** it fell. "
    "The sign beside a value is what the theory predicts; a **filled** marker moved that way. The thin line is the interval.\n\n"
    "Two tests are shown. The one over pairs is the paper's, but its pairs share one model's answers and are not independent. "
    "The one over questions is sound, and the verdict rests on it."
)
