"""What lies on the shelf: a card per study, and one example of what a run finds. No figures here: the first page must be there at once."""

from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.errors import AdaemError, BadInput
from adaem_core.marks import spelt_out, straight
from pages.shared import answers, show, stored

if TYPE_CHECKING:
    from adaem_core.generate.edition import Item


def demo_address() -> dict[str, str]:
    """Return what names the finished demo study in an address; empty if there is none."""
    return next(({"study": stored.address(path)} for path in stored.demos()), {})


def show_example() -> None:
    """Show what the demo study found: a general topic beside the most telling question grown from it."""
    for path in stored.demos()[:1]:
        best = next((each for each in stored.edition(path, 1).items if each.root_score), None)
        if best:
            st.subheader("One example", anchor=False)
            show.simulated_badge(simulated=stored.made(path).simulated)
            show_pair(path, best)


def show_pair(path: Path, best: "Item") -> None:
    """Show topic and question with their scores."""
    assert best.root_score is not None
    sides = (
        ("A general topic", best.topic.text, best.root_score),
        ("Grown from it: models differ more", best.question.text, best.score),
    )
    with st.grid(2, min_column_width=280):
        for title, text, score in sides:
            with st.container(border=True, height="stretch"):
                st.caption(title)
                st.html(f'<div style="font-size:1.1rem;overflow-wrap:anywhere">{answers.escaped(text)}</div>')
                st.metric("Informativeness S", f"{score.total:.2f}")
    show.link("pages/traces.py", "How did it get there?", ":material/arrow_forward:", study=stored.address(path), question=best.question.id)


def show_study(name: str, path: Path) -> None:
    """Show the card of one study; one that cannot be read says why and harms no other."""
    with st.container(border=True, height="stretch"):
        try:
            if not stored.plainly_named(path):
                raise BadInput("Its name holds signs that are not seen or change what stands beside them. Rename the file.")
            about, job = stored.look(path)
        except AdaemError as error:
            st.text(spelt_out(name))
            st.badge("Damaged", icon=":material/broken_image:", color="red")
            st.caption(show.plain(error))
            return
        demo = path in stored.demos()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(shorten(straight(about.made.title) or name, 80, placeholder=" …"))
            show.simulated_badge(simulated=about.made.simulated)
        state = "Finished demo" if demo else job.state.capitalize()
        st.caption(
            f"{state} · {about.pulls:,} pulls, {about.topics:,} topics · {show.plain(about.made.system.name)} · {show.plain(about.made.date)}"
        )
        page, label = ("pages/benchmark.py", "Open") if demo or job.state == "finished" else ("pages/monitor.py", "Watch")
        show.link(page, label, ":material/arrow_forward:", study=stored.address(path))
