"""Reliability: would other questions, another order, other words, or asking again have told the same?"""

from pages.measure import readings as measured
from pages.measure.choose import pick_examination, two_needed
from pages.shared import controls, show
from pages.shared.choose import pick_study
from pages.validate import reliability

show.head("Reliability", "Would other questions, or asking again, have told the same about these models?")
path = pick_study()

with show.errors():
    examination = pick_examination(path)
    two_needed(examination)
    checked = reliability.Checked(path, examination, measured.labels(path, examination.id))
    for place, draw in zip(controls.tabs("tab", reliability.VIEWS), reliability.PARTS, strict=True):
        if place.open:
            with place:
                draw(checked)

show.how_to_read(reliability.EXPLAINS)
