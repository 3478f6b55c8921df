"""Question quality: size, length, repetition, spread and novelty of sets of questions, with intervals and definitions."""

import streamlit as st

from pages.landscape import quality, question_sets
from pages.shared import show

show.head("Question quality", "How varied is a set of questions, how much does it repeat itself, and how new is it beside other sets?")

with show.errors():
    chosen = question_sets.choose("quality", to="measure")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = st.selectbox("One row per", question_sets.groupings(chosen), format_func=quality.BY.get, key="quality_by", width=220)
        size = st.number_input(
            "Reference sample", 2, 5000, 200, key="quality_references", width=180,
            help="Questions that serve as references of Self-BLEU, drawn by seed, and the size to which Dist-2 is brought: sets of different size compare.",
        )  # fmt: skip
    found = quality.measured(chosen, by, int(size))
    quality.show_table(chosen, found)
    quality.show_definitions()
    quality.show_figure(chosen, found)
    quality.show_novelty(chosen, found)

show.how_to_read(quality.explains())
