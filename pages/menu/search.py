"""The search in the menu: pages, and the values, models and questions of the study in use.

Data flow: `words, study → Hit → link`. What is looked for is a text of the visitor's and no part of the address: it is on the way to a page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import streamlit as st

from adaem_core.errors import AdaemError
from pages.measure import readings as measured
from pages.shared import member, show, site, stored
from pages.shared.choose import STUDY

MOST = 5  # hits of a kind
LABEL = "Search pages, questions, models, values"


@dataclass(frozen=True)
class Hit:
    """Something that was found, and where it is shown."""

    text: str
    file: str  # of the page
    icon: str
    query: Mapping[str, str] = field(default_factory=dict)


@st.fragment
def ask(path: Path | None) -> None:
    """Draw the search and what it finds, while one types; the page beside it stays as it is."""
    words = st.text_input(
        LABEL, key="menu_search", type="search", placeholder="Search", icon=":material/search:", label_visibility="collapsed", live=True
    )
    if words and words.strip():
        with st.container(border=True, gap="xsmall"):
            try:
                tell(list(hits(words, path)))
            except AdaemError as error:
                show.refuse(error)


def tell(found: Sequence[Hit]) -> None:
    """Draw a link to each thing that was found."""
    if not found:
        st.caption("Nothing found. All words must be there; questions, models and values are those of the study in use.")
    for each in found:
        st.page_link(f"pages/{each.file}.py", label=show.plain(show.short(each.text)), icon=f":material/{each.icon}:", query_params=dict(each.query) or None)  # fmt: skip


def hits(words: str, path: Path | None) -> Iterator[Hit]:
    """Yield what has all the words, some of each kind: pages, values, models, questions."""
    for kind in (pages(), *((values(path), models(path), questions(path)) if path else ())):
        yield from islice((hit for hit, said in kind if has(said, words)), MOST)


def has(text: str, words: str) -> bool:
    """Say whether a text has all the words, large or small."""
    return all(word in text.casefold() for word in words.casefold().split())


def pages() -> Iterator[tuple[Hit, str]]:
    """Yield each page that may be opened, and the words it is found by."""
    for step, entries in site.MAP.items():
        for file, title, icon, help in entries:
            if member.opens(title):
                yield Hit(title, file, icon), f"{title} {help} {step}"


def values(path: Path) -> Iterator[tuple[Hit, str]]:
    """Yield each value of a study's system, where models were measured on it."""
    for each in stored.system_of(path).dimensions if measured.titles(path) else ():
        yield Hit(each.name, "evidence", "favorite", {STUDY: stored.address(path), "value": each.id}), f"{each.name} {each.id}"


def models(path: Path) -> Iterator[tuple[Hit, str]]:
    """Yield each model that was measured, with its newest examination."""
    newest = {name: id for id in reversed(measured.titles(path)) for name in measured.examination(path, id).examinees}
    for name, id in newest.items():
        yield Hit(name, "evidence", "smart_toy", {STUDY: stored.address(path), "examination": id, "model": name}), name


def questions(path: Path) -> Iterator[tuple[Hit, str]]:
    """Yield each question that has a score, the most telling first."""
    frame = stored.table("questions", path)
    for id, text in zip(frame["id"], frame["text"], strict=True) if len(frame) else ():
        yield Hit(text, "traces", "account_tree", {STUDY: stored.address(path), "question": id}), f"{id} {text}"
