"""Human rating: do people find generated questions better than baseline ones? (Appendix C.10, Table 9)"""

import streamlit as st

from pages.shared import judging, rating, show, study_picker

show.head("Human rating", "Do people find the generated questions as sensible, and more telling, than ordinary ones?")
path = study_picker.pick_study()

with show.errors():
    rate, result, prepare = st.tabs(("Rate questions", "Results", "Set up and invite"), on_change="rerun", key="rating_views")
    if rate.open:
        with rate:
            if judging.own_study(path):
                rating.rate(path)
    if result.open:
        with result:
            rating.result(path)
    if prepare.open:
        with prepare:
            if judging.own_study(path):
                rating.prepare(path)

show.how_to_read(rating.EXPLAINS)
