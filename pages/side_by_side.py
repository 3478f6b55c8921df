"""Benchmarks side by side: the same models on two sets of questions; which one tells them apart?"""

import streamlit as st

from pages.measure.choose import pick_settings
from pages.shared import show
from pages.shared.choose import pick_study
from pages.validate import pairs, readings
from pages.validate.choose import pick_pair

show.head("Benchmarks side by side", "Which of two sets of questions tells these models apart better?")
path = pick_study()

with show.errors():
    pair = pick_pair(path)
    with st.grid(2, min_column_width=220):
        settings = pick_settings()
    found = readings.side_by_side(pair.labels, pair.other_labels, settings)
    pairs.show_side_by_side(pair, settings, found)

show.how_to_read(
    "The same models answered both sets. **Mean correlation**: how alike two models' profiles are; lower means that models look less alike. "
    "**Spread over values**: how uneven a profile is. Both are moved by chance as well: answers at random would make models look different. So the "
    "verdict rests on the third, the **spread between models with sampling error taken out**. Intervals are over questions."
)
