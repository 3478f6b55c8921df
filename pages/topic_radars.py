"""Radars by topic: whether models put forward other values in other fields."""

from dataclasses import replace

import streamlit as st

from pages.measure import readings as measured
from pages.measure import win_rates
from pages.measure.choose import examination_file, of_examination, pick_examination, pick_settings, two_needed
from pages.shared import controls, show, stored
from pages.shared.choose import pick_study

show.head("Radars by topic", "Do models put forward other values when the topic changes?")
path = pick_study()

with show.errors():
    from adaem_core.measure.by_topic import uncovered
    from adaem_core.visualize.measure_tables import category_table
    from adaem_core.visualize.radar import category_figures

    examination, system = pick_examination(path), stored.system_of(path)
    two_needed(examination)
    with st.grid(3, min_column_width=220):
        # Half the resamples: up to nine examinations are measured here at once, and a band needs less precision than a test.
        settings = replace(pick_settings(), resamples=100)
        everybody = examination.examinees
        models = controls.several("Models", "models", everybody, everybody[:2], max_selections=4, placeholder="one to four")
    categories = tuple(each.category for each in examination.asked)
    found = measured.by_category(measured.labels(path, examination.id), categories, settings)
    figures = category_figures(found, models, system) if models else {}
    of = of_examination(path, examination, settings=settings)
    name = examination_file(path, examination, f"topics-{settings.method}")
    if figures:
        win_rates.show_grid(figures, lambda each: f"{each} · {found[each].questions:,} questions", of, f"{name}-radars")
    elif models:
        st.info("No category has enough questions to be measured by itself.", icon=":material/info:")
    for each in found.values():
        if each.standings is None:
            st.caption(f"{show.plain(each.category)}: {each.why}.")
    if lacking := uncovered(categories):
        st.caption(f"No question in this examination: {'; '.join(lacking)}.")
    if models:
        columns = {**win_rates.COLUMNS, "category": "Category", "questions": "Questions", "note": "Note"}
        with st.expander("The numbers", icon=":material/table:"):
            show.table(
                category_table(found, models, system), alt="Win rates by category", of=of, name=name, columns=columns, placeholder="–"
            )

show.how_to_read(
    """
Each radar is an examination of its own, with the questions of one category only; their number stands above it. The line is the **win
rate** per value (0.5: the middle of all models of the examination), the **band** its interval: few questions make it wide. Axes stand in the
order of the theory: neighbours are compatible, facing values conflict. All radars have the same scale, from 0 to 1.

Compare shapes where bands do not overlap; where they do, the difference may be chance. Exact numbers are in the table.
"""
)
