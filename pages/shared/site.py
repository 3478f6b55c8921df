"""The site map: which pages there are, in which order, how a page reached without it comes back under it, and what is said where one breaks."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import streamlit as st

from pages.shared import member

if TYPE_CHECKING:
    from streamlit.typing import Page

ENTRY = "app.py"
# Step, in the order of work → file, title, icon, and the question the page answers.
MAP: dict[str, list[tuple[str, str, str, str]]] = {
    "": [("home", "Home", "home", "What the studio measures; studies on disk.")],
    "Find questions": [
        ("new_run", "New run", "play_circle", "Choose values, topics and models; see the cost; start."),
        ("monitor", "Run monitor", "monitoring", "Watch a run, pause it, continue it."),
        ("benchmark", "Benchmark", "format_list_numbered", "The best questions; filter and export them."),
        ("traces", "Question traces", "account_tree", "How one question came about, answer by answer."),
        ("models", "Models", "groups", "Who answers: model cards, prices, connection tests."),
    ],
    "Survey them": [
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
        ("evidence", "Evidence", "fact_check", "From a number to the answers and words it rests on."),
        ("missing", "Refusals", "block", "Which answers are missing, of whom, and why."),
    ],
    "Validate": [
        ("priming", "Priming", "psychology", "Whether a model told to hold a value is seen to hold it."),
        ("reliability", "Reliability", "repeat", "Would other questions, or asking again, have told the same?"),
        ("structure", "Value structure", "hub", "Whether values hang together as the theory says."),
        ("predictive", "Predictive use", "online_prediction", "Whether win rates foretell answers to questions kept out."),
        ("recogniser", "Recogniser check", "spellcheck", "Whether values are read as people, or a reference, read them."),
        ("adjudicate", "Blind adjudication", "visibility_off", "Label opinions yourself, without seeing the machine's labels."),
        ("human_rating", "Human rating", "reviews", "People rate baseline and generated questions, mixed blind."),
        ("approximation", "Approximation of the score", "functions", "The score from answers against the one from probabilities."),
        ("calibration", "Calibration", "tune", "How well the studio finds what was planted in simulated respondents."),
    ],
    "Compare": [
        ("compare", "Compare two models", "compare_arrows", "Differences per value, and the questions that show them."),
        ("side_by_side", "Benchmarks side by side", "splitscreen", "Which of two sets of questions tells models apart better."),
        ("panels_compared", "Another panel", "swap_horiz", "Whether results depend on who wrote and scored the questions."),
        ("convergence", "Other instruments", "join_inner", "A model's profile against published figures."),
    ],
    "Report": [
        ("present", "Present", "slideshow", "What was found, how surely, and what it does not say, in seven steps."),
    ],
}
# Streamlit writes white on the primary colour; on the dark theme's, which is light because it is also written in, that could not be read.
ON_PRIMARY = """<style>
[data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"], span[data-tag-index] {color: light-dark(#ffffff, #0d1f1e) !important}
[data-testid="stBaseButton-primary"] p, [data-testid="stBaseButton-primaryFormSubmit"] p, span[data-tag-index] * {color: inherit !important}
</style>"""
ICONS = {
    "Find questions": ":material/search_insights:",
    "Survey them": ":material/scatter_plot:",
    "Measure": ":material/leaderboard:",
    "Validate": ":material/verified:",
    "Compare": ":material/compare_arrows:",
    "Report": ":material/slideshow:",
}

# Page by its title → the parameters its address may have, beside the study: a control each. Names stay as they are: links last.
MEASURED = "examination method confidence"
KNOBS = "budget wave seed kept draws tau epsilon similar shots tree_depth beta disentanglement reward"
READING = "opinions words temperature top_p protocol"
SENDING = "concurrency timeout retries max_cost max_calls max_tokens replay"
EXAMINING = "read_twice read_seed"
SAYS = {
    "New run": f"system topics count earlier panel title translator foreign merged {KNOBS} {READING} {SENDING}",
    "Question traces": "question open",
    "Benchmark": "category topic author words score sort question top",
    "Models": "panel build words providers price context",
    "Question map": "sets layout colour words selection near quality",
    "Question quality": "sets by sample shown",
    "Topics": "of topic",
    "Regions": "sets author country",
    "Timeline": "sets kinds since author beyond",
    "Efficiency": "top beside",
    "New examination": f"source top system title own panel examinees {READING} {EXAMINING} {SENDING}",
    "Win rates": f"{MEASURED} pressed tab per model value readings",
    "Radars by topic": f"{MEASURED} models",
    "Compare two models": f"{MEASURED} model other tab question",
    "Evidence": f"{MEASURED} model value shown question others",
    "Refusals": "examination category who",
    "Priming": f"{MEASURED} series definition target model targets wording control",
    "Reliability": "examination tab parts held draws reworded",
    "Value structure": f"{MEASURED} way",
    "Benchmarks side by side": f"{MEASURED} against",
    "Another panel": f"{MEASURED} against",
    "Predictive use": f"{MEASURED} share",
    "Agreement with other instruments": f"{MEASURED} model published",
    "Approximation of the score": "counted",
    "Calibration": "by measure",
    "Recogniser check": f"tab check system panel title count {READING} {SENDING}",
    "Blind adjudication": "examination tab rater size",
    "Human rating": "tab rater count invited",
    "Present": "examination view step",
}
# Pages that are forms: what was filled in stands there when one comes back. And parameters that mean the same on all pages: what was last
# chosen is chosen on the next page, too.
FORMS = frozenset({"New run", "New examination", "Recogniser check"})
COMMON = frozenset({"study", "examination", "method", "confidence", "pressed", "model", "other", "value", "question", "rater", "panel"})
PAGE, TO_THE_LETTER = "page", "address_to_the_letter"  # in the session
ASTRAY = "astray"  # in the session: what is to be told of an address, the parameter, and what it says


def navigation() -> "Page":
    """Declare all pages and return the one to run; the menu (`pages.menu`) lists them."""
    st.session_state["mapped"] = True
    return st.navigation({step: [declared(*page) for page in pages] for step, pages in MAP.items()}, position="hidden")


def declared(file: str, title: str, icon: str, help: str) -> "Page":
    """Return one page of the map; one that who is there may not open is not listed, but still says so at its address."""
    shown: Literal["visible", "hidden"] = "visible" if member.opens(title) else "hidden"
    return st.Page(f"pages/{file}.py", title=title, icon=f":material/{icon}:", help=help, default=file == "home", visibility=shown)


def configure() -> None:
    """Set what holds for every page. Its picture is a file of ours: an icon by name would be fetched from another host."""
    st.set_page_config(page_title="AdAEM Studio", page_icon="pages/shared/logo.svg", layout="wide")
    st.html(ON_PRIMARY)


def ensure() -> None:
    """Bring a page under the site map: a bookmark opened on a fresh server reaches the page before app.py has run even once.

    Declaring the pages makes Streamlit run app.py from then on; the rerun stays on the same page with the same address.
    """
    entry = Path(getattr(sys.modules["__main__"], "__file__", None) or "").name
    if entry == ENTRY and "mapped" not in st.session_state:
        configure()
        navigation()
        st.rerun()


def arrive(title: str) -> None:
    """Note which page this is. When one has just come to it, its address counts to the letter, until something is chosen on it."""
    if st.session_state.get(PAGE) != title:
        st.session_state.pop(ASTRAY, None)
        st.session_state[PAGE] = title
        st.session_state[TO_THE_LETTER] = True


def unknown(title: str) -> list[str]:
    """Return what the address speaks of and the page of this title does not know."""
    return sorted(set(st.query_params) - {"study", *SAYS.get(title, "").split()})


def memory(name: str) -> str:
    """Return under what the session remembers the choice of a parameter; empty where the address alone does."""
    if name in COMMON:
        return f"last_{name}"
    page = st.session_state.get(PAGE, "")
    return f"last_{page}_{name}" if page in FORMS else ""


def remember(name: str, said: list[str]) -> None:
    """Remember what was chosen, where the session does."""
    if key := memory(name):
        st.session_state[key] = said


def remembered(name: str) -> list[str]:
    """Return what was last chosen, empty where nothing is remembered."""
    key = memory(name)
    return st.session_state.get(key, []) if key else []


def forget(*names: str) -> None:
    """Take parameters out of the address, and out of what is remembered."""
    for name in names:
        st.query_params.pop(name, None)
        st.session_state.pop(memory(name) or name, None)


def broken(error: Exception) -> bool:
    """Tell a visitor that something broke, and nothing of where the studio lies; Streamlit has logged the error. Return that it is shown."""
    st.error("Something in the studio broke here; its log says what. Your study is as it was: reload the page, or go on elsewhere.")
    return True
