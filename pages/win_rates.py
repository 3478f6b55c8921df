"""Win rates: where each model stands on each value, with its uncertainty."""

import streamlit as st

from pages.shared import cached, cached_measure, measure_agreement, measure_choice, measure_panels, show, study_picker

show.head("Win rates", "Which values does each model put forward more than the others, and how sure is that?")
path = study_picker.pick_study()

with show.errors():
    examination, system = measure_choice.pick_examination(path), cached.system_of(path)
    measure_choice.two_needed(examination)
    with st.grid(3, min_column_width=220):
        settings = measure_choice.pick_settings()
    from adaem_core.measure.groups import groups
    from adaem_core.measure.missing import absent

    labelled = cached_measure.labels(path, examination.id)
    standings, lost = cached_measure.standings(labelled, settings), absent(labelled.labels)
    shown = measure_panels.Shown(path, examination, system, standings, groups(standings), lost)
    measure_choice.warn_few(examination)
    measure_choice.show_size(examination, standings, lost)
    measure_panels.show_tabs(shown)
    measure_panels.show_way_to_evidence(shown)
    measure_agreement.show_agreement(path, examination, system)

show.how_to_read(measure_panels.EXPLAINS)
