"""The filters, columns and words of the benchmark page."""

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    import pandas as pd

EXPLAINS = """
**S** says how much a question tells: high when models express different values and give different reasons. **Gain** is S minus the S of the
general topic the question grew from: what the search added. The parts are explained on the page *Question traces*.

Scores compare questions *within* this study, with this panel and these settings; they are no marks for models.
"""
NUMBER = st.column_config.NumberColumn
COLUMNS = {
    "text": st.column_config.TextColumn("Question", width="large"),
    "total": NUMBER("S", format="%.2f"),
    "gain": NUMBER("Gain over topic", format="%+.2f"),
    "topic": st.column_config.TextColumn("Topic", width="medium"),
    "category": st.column_config.TextColumn("Category", width="small"),
    "author": "Author",
    "value_diversity": NUMBER("Value diversity", format="%.2f"),
    "opinion_diversity": NUMBER("Opinion diversity", format="%.2f"),
    "value_conformity": NUMBER("Value conformity", format="%.2f"),
    "disentanglement": NUMBER("Disentanglement", format="%.2f"),
    "topic_total": NUMBER("S of topic", format="%.2f"),
    "rewrites": NUMBER("Rewrites accepted"),
    "depth": NUMBER("Generation"),
    "pull": NUMBER("Pull"),
    "id": "Id",
}


def filtered(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Draw the filters and return the rows that pass all of them."""
    with st.grid(4, min_column_width=200):
        category = st.multiselect("Category", sorted(set(frame["category"])), placeholder="all", key="category")
        topic = st.multiselect("Topic", sorted(set(frame["topic"])), placeholder="all", key="topic")
        author = st.multiselect("Author model", sorted(set(frame["author"])), placeholder="all", key="author")
        words = st.text_input("Words in the question", placeholder="any", key="words")
    low, high = float(frame["total"].min()), float(frame["total"].max())
    least, most = st.slider("Score S", low, high, (low, high), key="score", format="%.2f") if low < high else (low, high)
    return narrowed(frame, {"category": category, "topic": topic, "author": author}, words, (least, most))


def narrowed(frame: "pd.DataFrame", among: dict[str, list[str]], words: str, between: tuple[float, float]) -> "pd.DataFrame":
    """Return the rows whose columns hold one of the values asked for (any if none is), whose text has all `words` and whose S lies between, ends included."""
    kept = frame["total"].round(2).between(round(between[0], 2), round(between[1], 2))
    for column, chosen in among.items():
        kept &= frame[column].isin(chosen) | (not chosen)
    for word in words.split():
        kept &= frame["text"].str.contains(word, case=False, regex=False)
    return frame[kept].reset_index(drop=True)
