"""How a check ends: a verdict in one word with its criterion, and a sentence for a methods section. Every page of Validate comes through here."""

import math
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.origin import Origin, text_file
from pages.shared import show

if TYPE_CHECKING:
    from adaem_core.infer.estimate import Estimate

# What a verdict looks like by its first word; any other word is neutral.
LOOKS = {
    "Yes": ("green", "check_circle"),
    "No": ("red", "cancel"),
    "Undecided": ("orange", "help"),
    "Partly": ("orange", "contrast"),
    "Unknown": ("gray", "do_not_disturb_on"),
}


def show_verdict(word: str, sentence: str, criterion: str) -> None:
    """Show the verdict (Yes, No, Undecided, Unknown or another word), what it rests on, and by which criterion it was given.

    The three are Markdown: escape what comes from studies or models with show.plain.
    """
    colour, icon = LOOKS.get(word.split(" ", 1)[0].rstrip(":,."), ("blue", "info"))
    with st.container(border=True):
        st.badge(word, icon=f":material/{icon}:", color=colour)
        st.markdown(sentence)
        st.caption(f"Criterion: {criterion}")


def judged(found: "Estimate", threshold: float) -> str:
    """Return the verdict on a number that should reach `threshold`: its whole interval decides, so a lucky number is no Yes."""
    if not found.known:
        return "Unknown"
    if math.isnan(found.low):  # without an interval nothing can be decided beyond the number
        return "Undecided"
    return "Yes" if found.low >= threshold else "No" if found.high < threshold else "Undecided"


def methods(text: str, of: Origin, name: str) -> None:
    """Show a paragraph for a methods section as plain text, with its download."""
    with st.expander("For a methods section", icon=":material/article:"):
        st.code(text, language=None, wrap_lines=True)
        show.download("Text", lambda: text_file(text, of), f"{name}-methods.txt", "text/plain")
