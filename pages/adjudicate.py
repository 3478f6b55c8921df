"""Blind adjudication: people label opinions without the machine's labels; how far do they agree with each other, and it with them?"""

from pages.measure.choose import pick_examination
from pages.shared import controls, member, show, stored
from pages.shared.choose import pick_study
from pages.validate import adjudicate, raters

show.head("Blind adjudication", "Which values do people find in these opinions, not knowing what the machine found, or who wrote them?")
path = pick_study()

with show.errors():
    examination, system = pick_examination(path), stored.system_of(path)
    views = {"label": "Label opinions", **({"results": "Results"} if member.may("read") else {})}  # who only rates stays blind
    label, *rest = controls.tabs("tab", views)
    if label.open:
        with label:
            if raters.own_study(path) and adjudicate.sampled(path, examination.id) and (rater := raters.pick_rater()):
                adjudicate.show_opinion(path, examination.id, system, rater)
    if rest and rest[0].open:
        with rest[0]:
            adjudicate.show_result(path, examination, system)

show.how_to_read(adjudicate.EXPLAINS)
