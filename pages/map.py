"""Question map: questions as points, near ones alike in meaning; lasso, search, neighbours."""

import streamlit as st

from pages.landscape import map, question_sets, selection
from pages.shared import choose, controls, show

show.head("Question map", "Which questions are alike, which parts of the field does each set cover, and where is nothing?")
choose.study_in_use()

with show.errors():
    chosen = question_sets.choose(to="show")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        method = controls.segments("Layout", "layout", list(map.METHODS), lambda each: map.METHODS[each])
        colours = question_sets.colours(chosen)
        colour = controls.from_address("Colour", "colour", colours, lambda each: map.COLOURS[each], width=220)
    selection.standing(chosen)
    made = map.drawn(chosen, method)
    if made is not None:
        map.explore(chosen, made, colour)

show.how_to_read(
    "Each point is a question; points near each other ask about similar things. There are **no axes** because left, right, up and down mean nothing, "
    "and the picture can be turned without becoming wrong.\n\n**What distances mean.** A sentence's meaning is a point in 384 dimensions; a flat picture must tear and squeeze it. "
    "*Trustworthiness* tells how many neighbours in the picture are neighbours in meaning, *continuity* how many neighbours in meaning stay together; 1 is perfect. "
    "In t-SNE and UMAP neighbourhoods can be read, but the gap between two clouds, their size and their density cannot. PCA keeps large distances and "
    "mixes up small ones. To be sure about two questions, look at *Nearest neighbours*: it compares meanings, not places on the map.\n\n"
    "**Characteristic words** are used more in the selection than elsewhere, weighed by how sure that is; an interval that crosses 0 may be chance."
)
