"""Question quality: size, length, repetition, spread and novelty of sets of questions, with intervals and definitions."""

import streamlit as st

from pages.landscape import quality, question_sets
from pages.shared import choose, controls, show

show.head("Question quality", "How varied is a set of questions, how much does it repeat itself, and how new is it beside other sets?")
choose.study_in_use()

with show.errors():
    chosen = question_sets.choose(to="measure")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = controls.from_address("One row per", "by", question_sets.groupings(chosen), lambda each: quality.BY[each], width=220)
        size = controls.number(
            "Reference sample", "sample", 2, 5000, 200, width=180,
            help="Questions that serve as references of Self-BLEU, drawn by seed, and the size to which Dist-2 is brought: sets of different size compare.",
        )  # fmt: skip
    found = quality.measured(chosen, by, size)
    quality.show_table(chosen, found)
    quality.show_definitions()
    quality.show_figure(chosen, found)
    quality.show_novelty(chosen, found)

show.how_to_read(quality.explains())
