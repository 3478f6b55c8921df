"""Choose a study, or anything in it, such that the address of the page always says which: it can be shared, reloaded, come back to."""

from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import shorten

import streamlit as st

from adaem_core.marks import straight
from pages.shared import show, stored


def from_address(label: str, key: str, options: Sequence[str], shown: Callable[[str], str] = str) -> str:
    """Return the option that the address names; the box changes the address. An unknown name falls back to the last or first option."""
    wanted = st.query_params.get(key) or st.session_state.get(f"last_{key}")
    chosen = wanted if wanted in options else options[0]
    st.session_state[f"choice_{key}"] = chosen
    st.selectbox(label, options, key=f"choice_{key}", format_func=shown, on_change=follow, args=(key,))
    st.session_state[f"last_{key}"] = chosen
    if st.query_params.get(key) != chosen:
        st.query_params[key] = chosen
    return chosen


def follow(key: str) -> None:
    """Write a new choice into the address, which is what the page reads."""
    st.query_params[key] = st.session_state[f"choice_{key}"]


def pick_study() -> Path:
    """Return the chosen study file; where there is none, say what to do and stop the page."""
    with show.errors():
        found = stored.choices()
    if not found:
        show.empty(
            "There is no study yet. A study is one run: it asks a panel of models and keeps every answer.",
            "pages/new_run.py",
            "Start the first run",
        )
        st.stop()
    with st.sidebar:
        path = found[from_address("Study", "study", list(found))]
    with show.errors():
        made = stored.made(path)
    # In the page, not in the sidebar: on a phone that is closed.
    with st.container(horizontal=True, vertical_alignment="center"):
        show.simulated_badge(simulated=made.simulated)
        st.text(shorten(straight(f"Study: {made.title or path.stem}"), 90, placeholder=" …"))
    return path
