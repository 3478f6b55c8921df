"""Question traces: how one question came about, attempt by attempt, answer by answer."""

import streamlit as st

from adaem_core.visualize import tables
from adaem_core.visualize.score_parts import parts_figure
from adaem_core.visualize.tree import tree_figure
from pages.find import traces
from pages.shared import show, stored
from pages.shared.caption import of_study, study_file
from pages.shared.choose import pick_study
from pages.shared.controls import from_address

show.head("Question traces", "How did this question come about, and what do the models reveal when they answer it?")
path = pick_study()

with show.errors():
    system, texts = stored.system_of(path), traces.choosable(path)
    if not texts:
        show.empty(
            "This study has no question yet. They appear as soon as its first pull is finished.", "pages/monitor.py", "Watch the run"
        )
        st.stop()
    chosen = from_address("Question (type to search)", "question", list(texts), lambda id: f"{id} · {texts[id]}")
    grown = stored.question(path, chosen)
    tree = stored.topic_tree(path, grown.question.topic_id)

    traces.show_original(stored.translations(path).get(grown.question.topic_id))
    traces.show_heading(grown, tables.family(tree, chosen), system)

    st.subheader("Where it comes from", anchor=False)
    traces.show_line(tables.family(tree, chosen))
    if len(tree) > 1:
        of = of_study(path, f"{len(tree)} texts", system.name)
        show.figure(tree_figure(tree, chosen), alt="Family tree of the topic", of=of, name=study_file(path, f"{chosen}-family"))

    if grown.attempts:
        st.subheader("What was tried", anchor=False)
        traces.show_attempts(path, grown, system)
        steps = tables.attempts(grown.attempts)
        st.subheader("The score, part by part", anchor=False)
        left, right = st.columns([3, 2], gap="large")
        with left:
            of = of_study(path, f"{len(steps)} texts tried", "fast panel (P1)", system.name)
            show.figure(parts_figure(steps), alt="S and its parts at every step", of=of, name=study_file(path, f"{chosen}-parts"))
        with right:
            show.table(
                steps.drop(columns="text"),
                alt="S and its parts at every step",
                of=of,
                name=study_file(path, f"{chosen}-steps"),
                columns=traces.STEPS,
            )

    if grown.answers:
        st.subheader("The answers that gave the final score", anchor=False)
        traces.show_final(path, grown, system)

show.how_to_read(traces.EXPLAINS)
