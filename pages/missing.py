"""Refusals: which answers are missing, of which model, on which topics, and why."""

from functools import partial

import streamlit as st

from pages.measure import readings as measured
from pages.measure.choose import examination_file, of_examination, pick_examination
from pages.shared import launch, show, stored
from pages.shared.choose import pick_study
from pages.shared.controls import from_address

show.head("Refusals", "Which answers are missing, and could that tilt the comparison?")
path = pick_study()
ALL = "all"

with show.errors():
    from adaem_core.measure.missing import absent, by_category, by_examinee, verdicts_missing
    from adaem_core.visualize.measure_tables import missing_table, reasons_table
    from adaem_core.visualize.missing import missing_figure

    examination = pick_examination(path)
    found = measured.lost(path, examination.id)
    asked, of = len(examination.asked) * len(examination.examinees), of_examination(path, examination)
    st.markdown(f"**{len(found):,} of {asked:,} answers ({len(found) / asked:.1%}) are missing.** They are left out of every comparison.")
    labels, unpressed = (measured.labels(path, examination.id, "", pressed).labels for pressed in (True, False))
    if gaps := verdicts_missing(labels):
        st.markdown(f"In answers that were read, {gaps:,} single values could not be read; they are missing, too, value by value.")
    if pressed := absent(unpressed) - absent(labels):
        st.markdown(f"{pressed:,} answers came only when a model was asked once more. They are kept; Win rates can leave them out.")
    if passing := sum(each.passing for each in found):
        st.markdown(f"{passing:,} of the missing answers can be asked for again; the others are final.")
        launch.failed_again(path, passing, "examine", examination=examination.id, read_twice=0)
    if found:
        name = partial(examination_file, path, examination)
        categories = [each.name for each in by_category(examination, found)]
        left, right = st.columns(2, gap="large")
        with left:
            category = from_address("By model, in category", "category", [ALL, *categories])
            counts = by_examinee(examination, found, None if category == ALL else category)
            show.figure(missing_figure(counts), alt="Missing answers by model", of=of, name=name("missing-by-model"))
        with right:
            model = from_address("By category, of model", "who", [ALL, *examination.examinees])
            counts = by_category(examination, found, None if model == ALL else model)
            show.figure(missing_figure(counts), alt="Missing answers by category", of=of, name=name("missing-by-category"))
        st.subheader("Reasons", anchor=False)
        reasons = {
            "kind": "What",
            "ends": "And then",
            "model": "Model",
            "reason": st.column_config.TextColumn("Reason", width="large"),
            "answers": "Answers",
        }
        show.table(reasons_table(found), alt="Why answers are missing", of=of, name=name("missing-reasons"), columns=reasons)
        st.subheader("All missing answers", anchor=False)
        columns = {**reasons, "question": st.column_config.TextColumn("Question", width="large"), "category": "Category", "id": "Id"}
        show.table(missing_table(found), alt="Every missing answer", of=of, name=name("missing-list"), columns=columns)
        query = {
            "study": stored.address(path),
            "examination": examination.id,
            "shown": "missing",
            **({} if model == ALL else {"model": model}),
        }
        show.link("pages/evidence.py", "See them question by question", ":material/fact_check:", **query)

show.how_to_read(
    """
A model may **refuse** a question, its answer may be **unreadable** (no stance, no points), the request may have **failed**, or the recogniser could not
read values in it. None of these is evidence that the model lacks a value: such answers are missing, not zero.

What failed for the moment (an endpoint was down, a request timed out) is asked again by the button above, or by the same command. What a model
refused, what its provider withheld and what could not be read even when asked once more is **final**, and stays with its reason.

Look at the shares: a model that refuses much, above all in one category, is measured on fewer and perhaps milder questions. Its intervals
grow, and its standing there deserves a second look.
"""
)
