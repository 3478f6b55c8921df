"""The methods sentence names every setting that changes a number."""

import numpy as np
import pytest

from adaem_core.archive.examinations import Asked, Examination
from adaem_core.measure.methods_sentence import sentence
from adaem_core.measure.standings import stand
from adaem_core.panels import panel
from adaem_core.settings import ElicitSettings, MeasureSettings
from tests.measure.simulate import planted


@pytest.mark.parametrize(
    ("method", "says"), [("trueskill", "averaged over 3 random orders"), ("rasch", "conditional Rasch model per value (prior of 3 logits)")]
)
def test_the_settings_are_told(method: str, says: str) -> None:
    standings = stand(
        planted(np.random.default_rng(1), 12, np.zeros((2, 1))), MeasureSettings(method=method, orders=3, resamples=25, seed=9)
    )
    asked = tuple(Asked(str(number), "?") for number in range(12))
    read = panel("simulated"), ElicitSettings(protocol="paper"), "reader", "0.1.0"
    told = sentence(Examination("E1", "", "abc", "2026-01-01", ("one", "two"), asked, *read), standings, 3)
    assert told.startswith("2 simulated respondents, not real models, answered 12 questions (benchmark abc, 2026-01-01).")
    for part in (says, "3 of 24 answers", "25 bootstrap", "seed 9", "95%", "reader (paper protocol)", "AdAEM Studio 0.1.0"):
        assert part in told
