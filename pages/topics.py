"""Topics: categories and words of a study's topics and questions; which topics the search preferred, and why."""

import streamlit as st

from pages.landscape import readings, topics
from pages.shared import controls, show
from pages.shared.choose import pick_study

show.head("Topics", "What are the questions about, and which topics did the search prefer, and why?")
path = pick_study()

with show.errors():
    st.subheader("Categories", anchor=False)
    topics.show_categories(path)

    st.subheader("Words", anchor=False)
    kind = controls.segments("Of", "of", list(topics.KINDS), default="questions")
    topics.show_words(path, kind)

    st.subheader("What the search preferred", anchor=False)
    every = readings.favoured(path)
    if not any(each.pulls for each in every):
        show.empty("No pull is finished yet: nothing has been preferred.", "pages/monitor.py", "Watch the run")
    else:
        topics.show_favoured(path, every)

show.how_to_read(
    "**Categories.** The square is the share of a category among the topics that were given, the dot its share among the questions that were found; lines are "
    "95 % intervals. A dot right of its square means that the search found more to ask there.\n\n"
    "**Words.** How many texts have a word, not how often it occurs; words such as *the* or *should* are left out.\n\n"
    "**What the search preferred.** Each topic competes by its mean S and by how little it was tried (*upper confidence bound*, UCB = mean + √(2 ln B / pulls), "
    "B the whole budget). A topic is pulled again when that bound is the highest: topics far right with many pulls paid well, those with one pull "
    "paid less than others promised."
)
