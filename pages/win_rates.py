"""Win rates: where each model stands on each value, with its uncertainty."""

import streamlit as st

from pages.measure import readings as measured
from pages.measure import two_readings, win_rates
from pages.measure.choose import pick_examination, pick_pressed, pick_settings, show_size, two_needed, warn_few
from pages.shared import show, stored
from pages.shared.choose import pick_study

show.head("Win rates", "Which values does each model put forward more than the others, and how sure is that?")
path = pick_study()

with show.errors():
    examination, system = pick_examination(path), stored.system_of(path)
    two_needed(examination)
    with st.grid(3, min_column_width=220):
        settings, pressed = pick_settings(), pick_pressed()
    from adaem_core.measure.groups import groups
    from adaem_core.measure.missing import absent

    labelled = measured.labels(path, examination.id, "", pressed)
    standings, lost = measured.standings(labelled, settings), absent(labelled.labels)
    shown = win_rates.Shown(path, examination, system, standings, groups(standings), lost, pressed)
    warn_few(examination)
    show_size(examination, standings, lost)
    win_rates.show_tabs(shown)
    win_rates.show_way_to_evidence(shown)
    two_readings.show_agreement(path, examination, system)

show.how_to_read(win_rates.EXPLAINS)
