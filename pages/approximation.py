"""Approximation of the score: does the score from answers alone stand for the exact one from probabilities?"""

from pages.shared import show
from pages.shared.choose import pick_study
from pages.validate import approximation

show.head("Approximation of the score", "Does the score from answers alone agree with the exact one, where models return probabilities?")
path = pick_study()

with show.errors():
    approximation.show_approximation(path)

show.how_to_read(
    "The exact score uses the probabilities that models give to words; most services do not return them, so the studio counts values and compares "
    "opinions instead (black box). Where a study was scored by probabilities, its stored answers are scored a second time by counting: nobody is "
    "asked again. The two are in different units, so what matters is whether they put questions in the same order (Spearman's ρ)."
)
