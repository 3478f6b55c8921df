"""Present: a study in seven steps, for people who did not make it."""

import streamlit as st

from pages.measure import readings as measured
from pages.measure.choose import pick_examination, two_needed
from pages.report import present
from pages.report.steps import Told
from pages.shared import show, stored
from pages.shared.choose import pick_study

show.head("Present", "What was asked, what was found, how sure is it, and what does it not say?")
path = pick_study()

with show.errors():
    examination = pick_examination(path)
    two_needed(examination)
    present.show_story(Told(path, examination, stored.system_of(path), measured.labels(path, examination.id)))

show.how_to_read(
    "Everything shown is computed from the study: sentences, figures and their caveats change with it. Titles and notes can be your own; "
    "they are kept in the study. The address names study, examination and step, so it can be sent as a link. On the whole screen the arrow keys "
    "lead on and back, Esc leaves. *All on one page* prints, a sheet a step."
)
st.caption("Press F11 for your browser's own full screen.")
