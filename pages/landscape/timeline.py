"""The parts of the page Timeline: times by author model, their summary, dated events, and the questions behind them."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.origin import Origin
from pages.landscape import places
from pages.landscape.question_sets import FURTHER, WORDING, Chosen
from pages.shared import controls, show

if TYPE_CHECKING:
    from adaem_core.landscape.timeline import Timed
    from adaem_core.landscape.years import Dated

SINCE = (1500, 1800, 1900, 1950, 1980, 2000)
KINDS = {"year": "Years", "month": "Months", "range": "Spans", "decade": "Decades", "century": "Centuries", "event": "Events"}
NUMBER = st.column_config.NumberColumn
SUMMARY = {
    "author": "Author model",
    "questions": NUMBER("Questions"),
    "dated": NUMBER("With a time"),
    "share": NUMBER("Share", format="percent"),
    "low": NUMBER("from", format="percent", help="95 % interval (Wilson)."),
    "high": NUMBER("to", format="percent"),
    "middle": NUMBER("Median", format="%.0f", help="Median over mentions; a decade or long event counts in its middle."),
    "latest": NUMBER("Latest", format="%d"),
    "cutoff": st.column_config.TextColumn("Knows until", help="Knowledge cut-off as the model's card in the study's panel says."),
    "beyond": NUMBER("Beyond", help="Questions that name a time wholly after the year of the cut-off."),
}
EVENTS = {
    "event": "Event",
    "first_year": NUMBER("From", format="%d"),
    "last_year": NUMBER("To", format="%d"),
    "author": "Author model",
    "questions": NUMBER("Questions"),
}
QUESTIONS = {
    "named": "Time named",
    **WORDING,
    "first_year": NUMBER("From", format="%d"),
    "last_year": NUMBER("To", format="%d"),
    **FURTHER,
}


@dataclass(frozen=True)
class Found:
    """The chosen questions with the times they name, of the kinds asked for."""

    chosen: Chosen
    times: "list[tuple[Dated, ...]]"
    authors: list[str]
    summaries: "list[Timed]"

    @property
    def of(self) -> Origin:
        """What it is of: n, how many name a time, method."""
        dated = sum(map(bool, self.times))
        return self.chosen.of(
            f"{len(self.times):,} questions, {dated:,} ({dated / len(self.times):.1%}) name a time",
            f"{len(self.summaries)} authors or sets",
            "years by rules, events by a list",
            "95 % intervals (Wilson)",
        )

    def file(self, *what: str) -> str:
        """Return the name of a download."""
        return self.chosen.file("timeline", *what)


def find(chosen: Chosen) -> Found:
    """Draw the choice of kinds and return the times of those kinds."""
    from adaem_core.landscape.timeline import by_author, only

    pills = partial(st.pills, selection_mode="multi")
    kinds = controls.several("Kinds of time", "kinds", list(KINDS), list(KINDS), lambda kind: KINDS[kind], pills)
    times, written = only(places.times(chosen), kinds), places.authors(chosen)
    return Found(chosen, times, written, by_author(times, written, places.cutoffs(chosen)))


def show_timeline(found: Found) -> None:
    """Show the timeline."""
    from adaem_core.visualize.timeline import timeline_figure

    since = controls.from_address("Begin with", "since", SINCE, default=1950, widget=st.select_slider, width=320)
    drawn = timeline_figure(found.times, found.authors, found.summaries, since)
    show.figure(drawn, alt=f"Years and events by author model since {since}, with knowledge cut-offs", of=found.of, name=found.file())
    if not any(each.cutoff for each in found.summaries):
        st.caption("No knowledge cut-off is known for these authors. A panel names it in the model's card (knowledge_cutoff).")


def show_summary(found: Found) -> None:
    """Show the table per author model."""
    from adaem_core.visualize.timeline import summary_table

    st.subheader("By author model", anchor=False)
    show.table(
        summary_table(found.summaries),
        alt="Times per author model",
        of=found.of,
        name=found.file("authors"),
        columns=SUMMARY,
        placeholder="–",
    )
    show.under(found.of)


def show_events(found: Found) -> None:
    """Show the dated events."""
    from adaem_core.visualize.timeline import events_table

    frame = events_table(found.times, found.authors)
    if frame.empty:
        return
    st.subheader("Dated events", anchor=False)
    show.table(frame, alt="Dated events by author model", of=found.of, name=found.file("events"), columns=EVENTS)


def show_questions(found: Found) -> None:
    """Show the questions that name a time, those of one author model if asked for."""
    from adaem_core.visualize.timeline import dated_questions

    st.subheader("The questions", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = ["", *(each.author for each in found.summaries if each.dated)]
        author = controls.from_address("Of", "author", names, lambda name: name or "All authors and sets", width=320)
        beyond = controls.switch("Only beyond the cut-off", "beyond")
    times = [mentions if author in ("", name) else () for mentions, name in zip(found.times, found.authors, strict=True)]
    held = dated_questions(found.chosen.frame, later(found, times) if beyond else times)[list(QUESTIONS)]
    if held.empty:
        st.caption("No question names such a time.")
        return
    show.table(
        held, alt="Questions that name a time", of=found.of, name=found.file("questions"), columns=QUESTIONS, height=320, placeholder="–"
    )


def later(found: Found, times: "list[tuple[Dated, ...]]") -> "list[tuple[Dated, ...]]":
    """Return the mentions that lie beyond what their author knows."""
    from adaem_core.landscape.timeline import cutoff_year

    until = {each.author: cutoff_year(each.cutoff) or 9999 for each in found.summaries}
    return [tuple(each for each in mentions if each.first_year > until[name]) for mentions, name in zip(times, found.authors, strict=True)]


def explains() -> str:
    """Return how to read the page."""
    return (
        "Each row is an author model. A bubble stands at a year that its questions name; its area is the number of mentions. A decade, a century or a long "
        "event stands in its middle. The bar across a row is the model's **knowledge cut-off**, as the card of the model says; "
        "orange diamonds lie beyond it.\n\n"
        "A time beyond the cut-off is no proof that the model knows more than its card says: targets such as “by 2030” are named long before they come, "
        "and a time may be made up. The cut-off's own calendar year never counts as beyond.\n\n"
        "Years are numbers of four figures whose neighbours do not say that they count or cost something; events are found by a list of about eighty "
        "names, so an event that is not on it is missed. A share of questions with a time is therefore a lower limit."
    )
