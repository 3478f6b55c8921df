"""The steps in which a study is told: each says what was found, with its numbers, and what that does not mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.origin import Origin
from adaem_core.measure.groups import groups
from adaem_core.measure.missing import absent
from adaem_core.settings import MeasureSettings
from adaem_core.values import ValueSystem
from adaem_core.write import findings
from pages.find import home
from pages.measure import choose, readings
from pages.menu import standing
from pages.shared import answers, show, stored
from pages.shared.readings import Digested

if TYPE_CHECKING:
    from adaem_core.measure.standings import Standings

CHECKS = {  # page → what it asks, and which part of a study shows that it was done; "" where it needs nothing beyond the answers
    "priming": ("Is a model that is told to hold a value seen to hold it?", "priming"),
    "reliability": ("Would other questions, or asking again, have told the same?", "retest"),
    "structure": ("Do values hang together as the theory says?", ""),
    "predictive": ("Do win rates foretell answers to questions kept out?", ""),
    "adjudicate": ("Do people see the values that the machine reads?", "adjudication"),
    "human_rating": ("Do people find the questions sensible?", "quality"),
}
READING = {"adjudication", "recogniser"}  # parts of a study that show that the reading of values was held against another

SETTINGS = MeasureSettings()


@dataclass(frozen=True)
class Told:
    """A study with the examination it is told by."""

    path: Path
    examination: Examination
    system: ValueSystem
    labelled: Digested

    @cached_property
    def standings(self) -> "Standings":
        """Where each model stands, by the default method."""
        return readings.standings(self.labelled, SETTINGS)

    @cached_property
    def finding(self) -> findings.Finding:
        """Where models differ most."""
        return findings.difference(self.standings, self.system)

    @property
    def grown(self) -> bool:
        """True where the questions come from the study's own search: from a file come any."""
        return {each.id for each in self.examination.asked} <= set(stored.table("questions", self.path).get("id", ()))

    @property
    def of(self) -> Origin:
        """What all of it is of."""
        return choose.of_examination(self.path, self.examination, settings=SETTINGS)

    def stem(self, what: str) -> str:
        """Return the name of a download."""
        return choose.examination_file(self.path, self.examination, f"present-{what}")


def show_asked(told: Told) -> None:
    """Show what was put to whom, and why."""
    made = stored.made(told.path)
    st.markdown(
        "Models have learnt the answers that everybody likes, so general questions tell little of their values. "
        f"**{len(told.examination.asked):,}{' contested' * told.grown} questions** were put to **{len(told.examination.examinees)} models**, and their answers were read "
        f"for the **{len(told.system.dimensions)} values** of {show.plain(told.system.name)}."
    )
    st.markdown(show.plain(", ".join(each.name for each in told.system.dimensions)))
    st.markdown(f"**Models:** {show.plain(', '.join(told.examination.examinees))}")
    st.caption(f"Study of {show.plain(made.date)}, examination of {show.plain(told.examination.date)}.")


def show_grown(told: Told) -> None:
    """Show how far the best question has come from its topic."""
    best = next((each for each in stored.edition(told.path, 1).items if each.root_score), None)
    if best is None:
        st.markdown("The questions were brought in from a file: none was grown here.")
        return
    home.show_pair(told.path, best)
    st.caption(
        "This is the best of all questions: part of its lead is luck. What refinement adds on average stands on the page Efficiency."
    )


def show_answers(told: Told) -> None:
    """Show what two models answer to one question, those that differ most where any do, with the words that show a value."""
    asked, models = telling(told)
    st.html(f'<div style="font-size:1.2rem;font-weight:600;overflow-wrap:anywhere">{answers.escaped(asked.text)}</div>')
    given = {each.model: each for each in readings.answers_to(told.path, told.examination.id, asked.id)}
    answers.show_answers(told.path, [given[name] for name in models if name in given], told.system, f"present_{asked.id}")
    chosen = ", chosen because these two differ on it" if asked in differing(told) else ""
    st.caption(f"One question of many{chosen}. Marked words are those in which a value was seen.")


def telling(told: Told) -> tuple[Asked, tuple[str, ...]]:
    """Return the first question on which the two models that differ most differ, and these; else the first question and models of all."""
    models = (told.finding.high, told.finding.low) if told.finding.dimension else told.examination.examinees[:2]
    return (*differing(told), *told.examination.asked)[0], models


def differing(told: Told) -> list[Asked]:
    """Return the questions on which the one of two models that puts the value forward expresses it and the other does not; none where no two differ."""
    found, labels = told.finding, told.labelled.labels
    if not found.dimension:
        return []
    rows = [labels.examinees.index(name) for name in (found.high, found.low)]
    high, low = labels.expressed[:, rows, labels.dimensions.index(found.dimension)].T.tolist()
    ids = {id for id, one, other in zip(labels.questions, high, low, strict=True) if (one, other) == (1.0, 0.0)}
    return [each for each in told.examination.asked if each.id in ids]


def show_difference(told: Told) -> None:
    """Show where models differ most, how surely, or that nothing can be told apart."""
    from adaem_core.visualize.win_rates import value_figure

    st.markdown(f"#### {show.plain(told.finding.says)}")
    st.markdown(show.plain(told.finding.caveat))
    if told.finding.dimension:
        name = {each.id: each.name for each in told.system.dimensions}[told.finding.dimension]
        drawn = value_figure(told.standings, groups(told.standings), told.finding.dimension, told.system)
        show.figure(drawn, alt=f"Win rates on {name} with intervals", of=told.of, name=told.stem("difference"))


def show_all(told: Told) -> None:
    """Show all win rates at a glance."""
    from adaem_core.visualize.heat import heat_figure

    drawn = heat_figure(told.standings, groups(told.standings))
    note = "Blue: above the other models; orange: below. Intervals stand on the page Win rates."
    show.figure(drawn, alt="Win rate of each model and value", of=told.of, name=told.stem("all"), note=note)


def show_checks(told: Told) -> None:
    """Show which checks were made, each a click away from its verdict."""
    done = standing.made(told.path)
    for page, (question, part) in CHECKS.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            state = ("from the answers at hand", "blue") if not part else ("done", "green") if part in done else ("not done yet", "gray")
            st.badge(state[0], color=state[1])  # type: ignore[arg-type]
            show.link(f"pages/{page}.py", question, ":material/arrow_forward:", study=stored.address(told.path))
    st.caption("Each page gives its verdict, the criterion, and what it rests on.")


def show_limits(told: Told) -> None:
    """Show what the numbers do not say."""
    lost, checked = absent(told.labelled.labels), not READING.isdisjoint(standing.made(told.path))
    for text in findings.limits(told.examination, told.standings, lost, checked=checked, grown=told.grown):
        st.markdown(f"- {show.plain(text)}")


STEPS: Mapping[str, tuple[str, Callable[[Told], None]]] = {
    "asked": ("What was asked", show_asked),
    "grown": ("How a question grew", show_grown),
    "answers": ("Who answered what", show_answers),
    "difference": ("Where models differ, and how surely", show_difference),
    "all": ("All values at a glance", show_all),
    "checks": ("Can it be trusted?", show_checks),
    "limits": ("What it does not say", show_limits),
}
