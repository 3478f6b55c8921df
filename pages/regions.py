"""Regions: which countries and regions of the world the questions of each author model name."""

import streamlit as st

from pages.shared import question_sets, regions_panel, show

show.head("Regions", "Which countries do the questions name, and which author models look where?")

with show.errors():
    chosen = question_sets.choose("regions", to="look through")
    found = regions_panel.Found.of(chosen)
    if not found.countries.places:
        show.empty(
            f"None of the {len(chosen.frame):,} questions names a country. Choose another set, or start a run.",
            "pages/new_run.py",
            "Start a run",
        )
        st.stop()
    author = regions_panel.choose_author(found)
    regions_panel.show_world(found, author)
    regions_panel.show_regions(found, author)
    regions_panel.show_heat(found)
    regions_panel.show_leanings(found)
    regions_panel.show_questions(found, author)

show.how_to_read(regions_panel.explains())
