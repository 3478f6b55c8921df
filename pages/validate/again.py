"""To ask everything once more, its price first; and to find an examination that asks the same questions in other words."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from pages.measure import readings as measured
from pages.measure.choose import title_of
from pages.shared import choose, controls, launch, stored
from pages.shared.controls import from_address
from pages.shared.readings import Digested

if TYPE_CHECKING:
    from adaem_core.measure.value_labels import ValueLabels
    from pages.measure.readings import Titled

HOW = (
    "Export the questions (Benchmark, or your own file), reword each, keep its **id** in a column `id`, and examine that file with the same "
    "models (*New examination*, questions from a file). It can then be chosen here and is compared question by question."
)


def offer(path: Path, examination: Examination) -> None:
    """Offer to ask everything again: how often, what it takes, start."""
    st.subheader("Ask everything again", anchor=False)
    draws = controls.number("How many times more", "draws", 1, 20, 1, width=200)
    reasons = launch.forecast(lambda: work(path, examination, draws), path)
    launch.start("Ask again", "ask_again", reasons, lambda: begin(path, examination, draws), "replay")


def work(path: Path, examination: Examination, draws: int) -> launch.Work:
    """Return what asking again will take; BadInput where nobody can be asked."""
    launch.check_asked(examination)
    whole = replace(examination, asked=examination.asked * draws)
    return launch.examining([whole], stored.system_of(path), launch.chat_of(path))


def begin(path: Path, examination: Examination, draws: int) -> Path:
    """Put a worker on the study and return it."""
    launch.work_on(path, "retest", examination=examination.id, draws=draws)
    return path


def pick_paraphrase(path: Path, examination: Examination, labelled: Digested) -> "tuple[ValueLabels, ValueLabels] | None":
    """Return both readings of the shared questions; None, saying how to make one, where there is no such examination."""
    from adaem_core.validate.in_common import in_common

    def others(place: Path) -> "dict[str, Titled]":
        listed = {id: each for id, each in measured.titles(place).items() if not each.part_of and (place, id) != (path, examination.id)}
        return {id: each for id, each in listed.items() if reworded(examination, measured.examination(place, id))}

    told = {
        f"{stored.address(place)}/{id}": f"{stored.label(place)} · {title_of(each)}"
        for place, found in stored.wherever(others).items()
        for id, each in found.items()
    }
    if not told:
        st.info(f"There is no examination of reworded questions yet. {HOW}")
        return None
    name, id = from_address("Reworded examination", "reworded", list(told), lambda each: told[each]).rsplit("/", 1)
    choose.show_used([stored.named(name)])
    return in_common(labelled.labels, measured.labels(stored.named(name), id).labels, questions=True)


def reworded(first: Examination, second: Examination) -> bool:
    """Return whether the second asks at least two questions of the first in other words, of at least two of its models."""
    texts = {each.id: each.text for each in first.asked}
    same = [each for each in second.asked if each.id in texts]
    differ = any(each.text != texts[each.id] for each in same)
    return len(same) > 1 and differ and len(set(first.examinees) & set(second.examinees)) > 1
