"""Value structure: do values hang together as the theory says?"""

import streamlit as st

from pages.measure import readings as measured
from pages.measure.choose import pick_examination, pick_settings, two_needed
from pages.shared import show, stored
from pages.shared.choose import pick_study
from pages.shared.controls import from_address
from pages.validate import readings, structure

show.head("Value structure", "Do the values of these models hang together as the theory says: neighbours alike, opposites apart?")
path = pick_study()

with show.errors():
    examination, system = pick_examination(path), stored.system_of(path)
    two_needed(examination)
    with st.grid(3, min_column_width=220):
        settings = pick_settings()
        way = from_address("Correlate", "way", readings.WAYS)
    found = readings.structure(measured.labels(path, examination.id), system, settings, way)
    structure.show_all(structure.Checked(path, examination, system, settings, way, found))

show.how_to_read(structure.EXPLAINS)
