"""Human rating: do people find generated questions better than baseline ones? (Appendix C.10, Table 9)"""

import streamlit as st

from pages.shared import show
from pages.shared.choose import pick_study
from pages.validate import human_rating, raters

show.head("Human rating", "Do people find the generated questions as sensible, and more telling, than ordinary ones?")
path = pick_study()

with show.errors():
    rate, result, prepare = st.tabs(("Rate questions", "Results", "Set up and invite"), on_change="rerun", key="rating_views")
    if rate.open:
        with rate:
            if raters.own_study(path):
                human_rating.rate(path)
    if result.open:
        with result:
            human_rating.result(path)
    if prepare.open:
        with prepare:
            if raters.own_study(path):
                human_rating.prepare(path)

show.how_to_read(human_rating.EXPLAINS)
