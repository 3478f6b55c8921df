"""Priming: a model is told to hold one value; does the instrument notice, as the theory says?"""

import streamlit as st

from pages.shared import cached, measure_choice, show, study_picker, validate_priming

show.head("Priming", "If a model is told to hold one value, does the instrument notice, as the theory says?")
path = study_picker.pick_study()

with show.errors():
    examination, system = measure_choice.pick_examination(path), cached.system_of(path)
    measure_choice.two_needed(examination)
    name = validate_priming.pick_series(path, examination)
    if name:
        with st.grid(3, min_column_width=220):
            settings, definition = measure_choice.pick_settings(), validate_priming.pick_definition()
        validate_priming.show_series(validate_priming.Chosen(path, examination, system, name, settings, definition))
    else:
        validate_priming.show_plan(path, examination, system)

show.how_to_read(
    "A circle shows what priming for one value did to all: on the thin ring nothing changed, a marker **outside** it rose, **inside** it fell. "
    "The sign beside a value is what the theory predicts; a **filled** marker moved that way. The thin line is the interval.\n\n"
    "Two tests are shown. The one over pairs is the paper's, but its pairs share one model's answers and are not independent. "
    "The one over questions is sound, and the verdict rests on it."
)
