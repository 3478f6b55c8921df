"""Value structure: do values hang together as the theory says?"""

import streamlit as st

from pages.shared import cached, cached_measure, cached_structure, measure_choice, show, study_picker, validate_structure

show.head("Value structure", "Do the values of these models hang together as the theory says: neighbours alike, opposites apart?")
path = study_picker.pick_study()

with show.errors():
    examination, system = measure_choice.pick_examination(path), cached.system_of(path)
    measure_choice.two_needed(examination)
    with st.grid(3, min_column_width=220):
        settings = measure_choice.pick_settings()
        way = study_picker.from_address("Correlate", "way", cached_structure.WAYS)
    found = cached_structure.structure(cached_measure.labels(path, examination.id), system, settings, way)
    validate_structure.show_all(validate_structure.Checked(path, examination, system, settings, way, found))

show.how_to_read(validate_structure.EXPLAINS)
