"""Benchmarks side by side: the same models on two sets of questions; which one tells them apart?"""

import streamlit as st

from pages.shared import cached_validate, measure_choice, show, study_picker, validate_choice, validate_pairs

show.head("Benchmarks side by side", "Which of two sets of questions tells these models apart better?")
path = study_picker.pick_study()

with show.errors():
    pair = validate_choice.pick_pair(path)
    with st.grid(2, min_column_width=220):
        settings = measure_choice.pick_settings()
    found = cached_validate.side_by_side(pair.labels, pair.other_labels, settings)
    validate_pairs.show_side_by_side(pair, settings, found)

show.how_to_read(
    "The same models answered both sets. **Mean correlation**: how alike two models' profiles are; lower means that models look less alike. "
    "**Spread over values**: how uneven a profile is. Both are moved by chance as well: answers at random would make models look different. So the "
    "verdict rests on the third, the **spread between models with sampling error taken out**. Intervals are over questions."
)
