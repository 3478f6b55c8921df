"""The site map: which pages there are, in which order, and how a page reached without it comes back under it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.typing import Page

ENTRY = "app.py"


def navigation() -> "Page":
    """Declare all pages and return the one to run."""
    st.session_state["mapped"] = True
    home = st.Page("pages/home.py", title="Home", icon=":material/home:", default=True, help="What the studio measures; studies on disk.")
    return st.navigation({"": [home], "Find questions": finding(), "Look closely": looking()})


def finding() -> list["Page"]:
    """Return the pages of a run."""
    return [
        st.Page(
            "pages/new_run.py",
            title="New run",
            icon=":material/play_circle:",
            help="Choose values, topics and models; see the cost; start.",
        ),
        st.Page("pages/monitor.py", title="Run monitor", icon=":material/monitoring:", help="Watch a run, pause it, continue it."),
    ]


def looking() -> list["Page"]:
    """Return the pages that show what a run found."""
    return [
        st.Page(
            "pages/traces.py",
            title="Question traces",
            icon=":material/account_tree:",
            help="How one question came about, answer by answer.",
        ),
        st.Page(
            "pages/benchmark.py",
            title="Benchmark",
            icon=":material/format_list_numbered:",
            help="The best questions; filter and export them.",
        ),
        st.Page("pages/models.py", title="Models", icon=":material/groups:", help="Who answers: model cards, prices, connection tests."),
    ]


def ensure() -> None:
    """Bring a page under the site map: a bookmark opened on a fresh server reaches the page before app.py has run even once.

    Declaring the pages makes Streamlit run app.py from then on; the rerun stays on the same page with the same address.
    """
    entry = Path(getattr(sys.modules["__main__"], "__file__", None) or "").name
    if entry == ENTRY and "mapped" not in st.session_state:
        navigation()
        st.rerun()
