"""The filters, columns and words of the benchmark page."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import controls, show, stored

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

SORTS = {  # column → how rows stand when sorted by it
    "total": "best first",
    "gain": "largest gain first",
    "value_diversity": "most diverse values first",
    "opinion_diversity": "most diverse opinions first",
    "pull": "as they were found",
    "topic": "by topic",
}
RISING = ("pull", "topic")


def filtered(frame: "pd.DataFrame") -> tuple["pd.DataFrame", str]:
    """Draw the filters and the order; return the rows that pass all filters, in the order, and which it is."""
    with st.grid(4, min_column_width=200):
        category = controls.several("Category", "category", sorted(set(frame["category"])), placeholder="all")
        topic = controls.several("Topic", "topic", sorted(set(frame["topic"])), placeholder="all")
        author = controls.several("Author model", "author", sorted(set(frame["author"])), placeholder="all")
        words = controls.text("Words in the question", "words", placeholder="any")
    low, high = math.floor(100 * frame["total"].min()) / 100, math.ceil(100 * frame["total"].max()) / 100
    with st.grid(2, min_column_width=200):
        between = controls.span("Score S", "score", low, high, format="%.2f") if low < high else (low, high)
        order = controls.from_address("Order", "sort", list(SORTS), lambda each: SORTS[each])
    found = narrowed(frame, {"category": category, "topic": topic, "author": author}, words, between)
    return found.sort_values(order, ascending=order in RISING, kind="stable", ignore_index=True), order


def show_way_to_trace(path: Path, found: "pd.DataFrame", rows: list[int]) -> None:
    """Offer to open the trace of a question: of the row that was chosen, or the one chosen here."""
    texts = dict(zip(found["id"], found["text"], strict=True))
    controls.picked("question", list(texts), rows)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = controls.perhaps("Or choose it here", "question", list(texts), lambda id: f"{id} · {texts[id]}", placeholder="a question")
        if chosen:
            show.link("pages/traces.py", "Open its trace", ":material/account_tree:", study=stored.address(path), question=chosen)


def narrowed(frame: "pd.DataFrame", among: dict[str, list[str]], words: str, between: tuple[float, float]) -> "pd.DataFrame":
    """Return the rows whose columns hold one of the values asked for (any if none is), whose text has all `words` and whose S lies between, ends included."""
    kept = frame["total"].round(2).between(round(between[0], 2), round(between[1], 2))
    for column, chosen in among.items():
        kept &= frame[column].isin(chosen) | (not chosen)
    for word in words.split():
        kept &= frame["text"].str.contains(word, case=False, regex=False)
    return frame[kept].reset_index(drop=True)
