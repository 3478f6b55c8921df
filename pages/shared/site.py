"""The site map: which pages there are, in which order, how a page reached without it comes back under it, and what is said where one breaks."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import streamlit as st

from pages.shared import member

if TYPE_CHECKING:
    from streamlit.typing import Page

ENTRY = "app.py"
# Section → file, title, icon, and the question the page answers.
MAP: dict[str, list[tuple[str, str, str, str]]] = {
    "": [("home", "Home", "home", "What the studio measures; studies on disk.")],
    "Find questions": [
        ("new_run", "New run", "play_circle", "Choose values, topics and models; see the cost; start."),
        ("monitor", "Run monitor", "monitoring", "Watch a run, pause it, continue it."),
        ("traces", "Question traces", "account_tree", "How one question came about, answer by answer."),
        ("benchmark", "Benchmark", "format_list_numbered", "The best questions; filter and export them."),
        ("models", "Models", "groups", "Who answers: model cards, prices, connection tests."),
    ],
    "Landscape": [
        ("map", "Question map", "scatter_plot", "Questions as points: which are alike, what each set covers."),
        ("quality", "Question quality", "rule", "Length, repetition, spread and novelty of sets of questions."),
        ("topics", "Topics", "topic", "What the questions are about; which topics the search preferred, and why."),
        ("regions", "Regions", "public", "Which countries the questions of each author model name."),
        ("timeline", "Timeline", "timeline", "Which years and events the questions name, beside what their authors can know."),
        ("efficiency", "Efficiency", "trending_up", "What a budget buys, and what refinement adds."),
    ],
    "Measure": [
        ("examine", "New examination", "quiz", "Put a benchmark to models: cost, power, start."),
        ("win_rates", "Win rates", "leaderboard", "Where each model stands on each value, with its uncertainty."),
        ("topic_radars", "Radars by topic", "radar", "Whether models put forward other values in other fields."),
        ("compare", "Compare two models", "compare_arrows", "Differences per value, and the questions that show them."),
        ("evidence", "Evidence", "fact_check", "From a number to the answers and words it rests on."),
        ("missing", "Refusals", "block", "Which answers are missing, of whom, and why."),
    ],
    "Validate": [
        ("priming", "Priming", "psychology", "Whether a model told to hold a value is seen to hold it."),
        ("reliability", "Reliability", "repeat", "Would other questions, or asking again, have told the same?"),
        ("structure", "Value structure", "hub", "Whether values hang together as the theory says."),
        ("side_by_side", "Benchmarks side by side", "splitscreen", "Which of two sets of questions tells models apart better."),
        ("panels_compared", "Another panel", "swap_horiz", "Whether results depend on who wrote and scored the questions."),
        ("predictive", "Predictive use", "online_prediction", "Whether win rates foretell answers to questions kept out."),
        ("convergence", "Other instruments", "join_inner", "A model's profile against published figures."),
        ("approximation", "Approximation of the score", "functions", "The score from answers against the one from probabilities."),
        ("calibration", "Calibration", "tune", "How well the studio finds what was planted in simulated respondents."),
        ("recogniser", "Recogniser check", "spellcheck", "Whether values are read as people, or a reference, read them."),
        ("adjudicate", "Blind adjudication", "visibility_off", "Label opinions yourself, without seeing the machine's labels."),
        ("human_rating", "Human rating", "reviews", "People rate baseline and generated questions, mixed blind."),
    ],
}


def navigation() -> "Page":
    """Declare all pages and return the one to run."""
    st.session_state["mapped"] = True
    return st.navigation({section: [declared(*page) for page in pages] for section, pages in MAP.items() if pages}, expanded=True)


def declared(file: str, title: str, icon: str, help: str) -> "Page":
    """Return one page of the map; one that who is there may not open is not listed, but still says so at its address."""
    shown: Literal["visible", "hidden"] = "visible" if member.opens(title) else "hidden"
    return st.Page(f"pages/{file}.py", title=title, icon=f":material/{icon}:", help=help, default=file == "home", visibility=shown)


def configure() -> None:
    """Set what holds for every page. Its picture is a file of ours: an icon by name would be fetched from another host."""
    st.set_page_config(page_title="AdAEM Studio", page_icon="pages/shared/logo.svg", layout="wide")


def ensure() -> None:
    """Bring a page under the site map: a bookmark opened on a fresh server reaches the page before app.py has run even once.

    Declaring the pages makes Streamlit run app.py from then on; the rerun stays on the same page with the same address.
    """
    entry = Path(getattr(sys.modules["__main__"], "__file__", None) or "").name
    if entry == ENTRY and "mapped" not in st.session_state:
        configure()
        navigation()
        st.rerun()


def broken(error: Exception) -> bool:
    """Tell a visitor that something broke, and nothing of where the studio lies; Streamlit has logged the error. Return that it is shown."""
    st.error("Something in the studio broke here; its log says what. Your study is as it was: reload the page, or go on elsewhere.")
    return True
