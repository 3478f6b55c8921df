"""Another panel: do the results depend on which models wrote and scored the questions?"""

import streamlit as st

from pages.measure.choose import pick_settings
from pages.shared import show
from pages.shared.choose import pick_study
from pages.validate import pairs
from pages.validate.choose import pick_pair

show.head("Another panel", "Would the models come out alike if other models had written and scored the questions?")
path = pick_study()

with show.errors():
    pair = pick_pair(path)
    with st.grid(2, min_column_width=220):
        settings = pick_settings()
    pairs.show_panels(pair, settings)
    st.subheader("The scores of both studies' questions", anchor=False)
    pairs.show_distributions(pair)

show.how_to_read(
    "Every dot is one model on one value: its win rate by the first set of questions against that by the second. On the dashed line both say the "
    "same. Win rates are relative, so only models in both examinations take part. The curves below show how informative each study's questions "
    "were, judged by its own models: a shift there need not change what the models look like."
)
