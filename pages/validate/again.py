"""To ask everything once more, its price first; and to find an examination that asks the same questions in other words."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.study import Study
from adaem_core.errors import AdaemError
from adaem_core.records import Examination
from adaem_core.settings import ChatSettings
from adaem_core.work import jobs
from pages.find import new_run
from pages.measure import readings as measured
from pages.measure.choose import title_of
from pages.shared import show, stored
from pages.shared.choose import from_address
from pages.shared.readings import Digested

if TYPE_CHECKING:
    from adaem_core.measure.value_labels import ValueLabels

HOW = (
    "Export the questions (Benchmark, or your own file), reword each, keep its **id** in a column `id`, and examine that file with the same "
    "models (*New examination*, questions from a file). It can then be chosen here and is compared question by question."
)


def offer(path: Path, examination: Examination) -> None:
    """Offer to ask everything again: how often, what it takes, start."""
    st.subheader("Ask everything again", anchor=False)
    if because := refusal(path, examination):
        st.info(because)
        return
    draws = int(st.number_input("How many times more", 1, 20, 1, key="draws", width=200))
    try:
        show_price(path, examination, draws)
    except AdaemError as error:
        st.info(f"What it takes cannot be computed because its panel is not known: {show.plain(error)}")
        return
    if st.button("Ask again", type="primary", icon=":material/replay:", key="ask_again"):
        jobs.start(path, "retest", "--examination", examination.id, "--draws", str(draws))
        st.switch_page("pages/monitor.py", query_params={"study": path.stem})


def refusal(path: Path, examination: Examination) -> str:
    """Return why nobody can be asked; empty when they can."""
    if examination.imported:
        return "These answers were read from a file: nobody can be asked again. Examine the models in the studio, or import their answers anew."
    if path in stored.demos():
        return "The demo study is finished and stays as it is. In a study of your own you can ask everything again here, after seeing the cost."
    return "This study is being worked on. Wait for it, or pause it on the Run monitor." if jobs.watch(path).active else ""


def show_price(path: Path, examination: Examination, draws: int) -> None:
    """Show what asking again will take."""
    from dataclasses import replace

    from adaem_core.measure.plan import estimate, minutes

    with Study.read(path) as study:
        chat = ChatSettings.read(study.meta("chat"))
    whole = replace(examination, asked=examination.asked * draws)
    stages = estimate(whole, stored.system_of(path))
    new_run.show_stages(stages, minutes(stages, whole, chat))


def pick_paraphrase(path: Path, examination: Examination, labelled: Digested) -> "tuple[ValueLabels, ValueLabels] | None":
    """Return both readings of the shared questions; None, saying how to make one, where there is no such examination."""
    from adaem_core.validate.in_common import in_common

    told = {
        f"{name}/{id}": f"{name} · {title_of(each)}"
        for name, place in stored.studies().items()
        for id, each in measured.titles(place).items()
        if not each.part_of and (place, id) != (path, examination.id) and reworded(examination, measured.examination(place, id))
    }
    if not told:
        st.info(f"There is no examination of reworded questions yet. {HOW}")
        return None
    name, id = from_address("Reworded examination", "reworded", list(told), lambda each: told[each]).rsplit("/", 1)
    return in_common(labelled.labels, measured.labels(stored.studies()[name], id).labels, questions=True)


def reworded(first: Examination, second: Examination) -> bool:
    """Return whether the second asks at least two questions of the first in other words, of at least two of its models."""
    texts = {each.id: each.text for each in first.asked}
    same = [each for each in second.asked if each.id in texts]
    differ = any(each.text != texts[each.id] for each in same)
    return len(same) > 1 and differ and len(set(first.examinees) & set(second.examinees)) > 1
