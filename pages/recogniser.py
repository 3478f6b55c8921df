"""Recogniser check: does the machine read values as people, or a reference, do?"""

import streamlit as st

from pages.shared import show, stored
from pages.shared.choose import study_in_use, study_needed
from pages.shared.controls import from_address, segments
from pages.validate import judged, recogniser

RESULTS, NEW = "results", "new"
VIEWS = {RESULTS: "Results", NEW: "New check from a file"}

show.head("Recogniser check", "Does the recogniser read values as people, or a reference, read them?")
study_in_use()

with show.errors():
    view = segments("Show", "tab", list(VIEWS), lambda each: VIEWS[each], label_visibility="collapsed")
    if view == NEW:
        recogniser.new_check()
    else:
        path = study_needed()
        found = {each.id: each for each in judged.checks(path)}
        if found:
            id = from_address("Check", "check", list(found), lambda id: f"{id} · {found[id].title} · {found[id].date}")
            reference, machine, scores = judged.check(path, id)
            system = stored.system_of(path)
            checked = recogniser.Checked(path, found[id], system, scores, "the labels of a file")
            recogniser.show_scores(checked)
            from adaem_core.visualize.label_scores import disagreements

            st.markdown("**Where the two differ**")
            frame = disagreements(reference, machine, system)
            show.table(frame, alt="Disagreements", of=checked.of, name=checked.stem("disagreements"), columns=show.headings(frame))
        else:
            show.empty(
                "This study holds no labelled file. Choose “New check from a file” above, or label opinions of an examination yourself.",
                "pages/adjudicate.py",
                "Blind adjudication",
            )
        recogniser.show_instructions(path)

show.how_to_read(recogniser.EXPLAINS)
