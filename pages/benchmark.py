"""Benchmark: the best questions of a study; filter, open, export."""

import streamlit as st

from adaem_core.archive.origin import csv_file, json_lines, workbook
from adaem_core.generate.edition import table
from pages.find import benchmark
from pages.shared import controls, show, stored
from pages.shared.caption import of_study, study_file
from pages.shared.choose import pick_study

show.head("Benchmark", "Which questions tell most about how these models differ in their values?")
path = pick_study()

with show.errors():
    frame = stored.table("questions", path)
    if frame.empty:
        show.empty(
            "This study has no scored question yet. They appear as soon as its first pull is finished.", "pages/monitor.py", "Watch the run"
        )
        st.stop()

    found, order = benchmark.filtered(frame)
    of = of_study(path, f"{len(found):,} of {len(frame):,} questions", benchmark.SORTS[order])
    show.under(of, "Choose a row to open its trace.")
    picked = st.dataframe(
        found, column_config=benchmark.COLUMNS, column_order=list(benchmark.COLUMNS), hide_index=True, alt="The best questions", key="questions",
        on_select="rerun", selection_mode="single-row", height=420, placeholder="–",
    )  # fmt: skip
    benchmark.show_way_to_trace(path, found, picked.selection.rows)

    st.subheader("Export", anchor=False)
    told = "Of the whole study; the filters above do not apply."
    top = controls.number("How many of the best questions", "top", 1, len(frame), min(50, len(frame)), width=260, help=told)
    edition = stored.edition(path, top)
    with st.container(horizontal=True):
        name, of = study_file(path, f"top{top}-{edition.id}"), of_study(path, f"the best {top:,} of {len(frame):,} questions")
        show.download("Benchmark (JSON lines)", lambda: json_lines(table(edition), of), f"{name}.jsonl", "application/jsonl")
        show.download("Benchmark (CSV)", lambda: csv_file(table(edition), of), f"{name}.csv", "text/csv")
        show.download("Benchmark (XLSX)", lambda: workbook(table(edition), of), f"{name}.xlsx", show.WORKBOOK)
    st.caption(
        f"Edition {edition.id}: same settings, seed and answers give the same questions and scores. In CSV, cells that a spreadsheet would run as a formula begin with an apostrophe."
    )

show.how_to_read(benchmark.EXPLAINS)
