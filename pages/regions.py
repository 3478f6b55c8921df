"""Regions: which countries and regions of the world the questions of each author model name."""

import streamlit as st

from pages.landscape import question_sets, regions
from pages.shared import choose, show

show.head("Regions", "Which countries do the questions name, and which author models look where?")
choose.study_in_use()

with show.errors():
    chosen = question_sets.choose(to="look through")
    found = regions.Found.of(chosen)
    if not found.countries.places:
        show.empty(
            f"None of the {len(chosen.frame):,} questions names a country. Choose another set, or start a run.",
            "pages/new_run.py",
            "Start a run",
        )
        st.stop()
    author = regions.choose_author(found)
    regions.show_world(found, author)
    regions.show_regions(found, author)
    regions.show_heat(found)
    regions.show_leanings(found)
    regions.show_questions(found, author)

show.how_to_read(regions.explains())
