"""The menu: a search, then the steps in the order of work, each with its pages one step deeper and what the study in use has of it."""

from collections.abc import Sequence

import streamlit as st

from pages.menu import search, standing
from pages.shared import member, site

Entry = tuple[str, str, str, str]  # file, title, icon, and the question the page answers


def draw(current: str) -> None:
    """Draw the menu for who is there, unfolded where the page of this title stands; nobody has one before signing in."""
    listed = {step: [entry for entry in entries if member.opens(entry[1])] for step, entries in site.MAP.items()}
    if not any(listed.values()):
        return
    path = standing.in_use()
    has = standing.told(path) if path else {}
    with st.sidebar:
        search.ask(path)
        for step, entries in listed.items():
            if not step:
                links(entries)
            elif entries:
                label = f"{step}  :small[:gray[{has[step]}]]" if has.get(step) else step
                with st.expander(label, icon=site.ICONS[step], expanded=any(title == current for _, title, *_ in entries)):
                    links(entries)


def links(entries: Sequence[Entry]) -> None:
    """Draw the links to some pages."""
    for file, title, icon, help in entries:
        st.page_link(f"pages/{file}.py", label=title, icon=f":material/{icon}:", help=help)
