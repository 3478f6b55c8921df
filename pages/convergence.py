"""Agreement with other instruments: does a model's profile agree with what others published for the same model?"""

import streamlit as st

from pages.measure.choose import pick_examination, pick_settings, two_needed
from pages.shared import show
from pages.shared.choose import pick_study
from pages.validate import convergence

show.head("Agreement with other instruments", "Does a model's profile agree with what others published for the same model?")
path = pick_study()

with show.errors():
    examination = pick_examination(path)
    two_needed(examination)
    with st.grid(2, min_column_width=220):
        settings = pick_settings()
    st.caption(
        "Published: Value Compass. Value Portrait prints no profiles of models, only group differences, so it cannot be compared here."
    )
    convergence.show_convergence(path, examination, settings)

show.how_to_read(
    "Each dot is one value: the win rate here against the score published there. A win rate says where a model stands among the models examined "
    "with it; a published score is absolute. So the order of values is compared (Spearman's ρ). **Ten values are ten points**: only strong agreement "
    "can be seen with so few, and the interval says so. A name such as “latest” does not make two models the same."
)
