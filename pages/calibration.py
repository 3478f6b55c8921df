"""Calibration: how exact is the studio itself, where the truth is known?"""

from pages.shared import choose, show
from pages.validate import calibration

show.head("Calibration", "Where the truth is known because it was planted, how well does the studio find it?")
choose.study_in_use()
show.simulated_badge(simulated=True)

with show.errors():
    calibration.show_calibration()

show.how_to_read(
    "Simulated respondents have known priorities. They are examined again and again, and the win rates are compared with what was planted. "
    "**Order recovered**: does a value's win rate rank the models as their planted priorities do? **Intervals that hold**: of 95 % intervals, 95 % "
    "should hold the truth (dotted line). Bands show the uncertainty of the simulation itself. Real models err in ways that are not simulated: read "
    "this as the best that can be hoped for, not as a promise."
)
