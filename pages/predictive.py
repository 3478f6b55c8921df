"""Predictive use: on questions kept out of the rating, do the answers follow the win rates?"""

import streamlit as st

from pages.measure.choose import pick_examination, pick_settings, two_needed
from pages.shared import show
from pages.shared.choose import pick_study
from pages.validate import predictive

show.head("Predictive use", "Do the win rates foretell which values a model brings up on questions they were not computed from?")
path = pick_study()

with show.errors():
    examination = pick_examination(path)
    two_needed(examination)
    with st.grid(2, min_column_width=220):
        settings = pick_settings()
    predictive.show_prediction(path, examination, settings)

show.how_to_read(
    "The questions are split at random. Win rates come from one part only. On the other part, wherever exactly one of two models expresses a value: "
    "is it the one with the higher win rate? 0.5 is guessing. **AUC** asks the same while giving more weight to clear differences. **Stances**: do "
    "models with similar profiles take the same side? Its p-value comes from shuffling the models (Mantel's test)."
)
