"""What a study is said to have found: the planted difference where there is one, and none in pure chance."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom
from statsmodels.stats.multitest import multipletests

from adaem_core.measure.groups import p_values
from adaem_core.measure.standings import Standings, stand
from adaem_core.panels import panel
from adaem_core.settings import MeasureSettings
from adaem_core.values import value_system
from adaem_core.write import findings
from tests.measure.made_standings import made
from tests.measure.simulate import coins, planted
from tests.write.examined import EXAMINATION

SYSTEM = value_system("schwartz")
NULLS = 120


def planted_standings(rng: np.random.Generator) -> Standings:
    theta = np.zeros((6, 4))
    theta[2, 3], theta[5, 3] = 1.6, -1.6
    return stand(planted(rng, 300, theta), MeasureSettings())


def test_the_planted_pair_and_value_are_named_with_their_numbers(rng: np.random.Generator) -> None:
    standings = planted_standings(rng)
    found = findings.difference(standings, SYSTEM)
    assert found.dimension == "V3"
    assert found.says.startswith("model 2 puts forward V3 more than model 5 does: ")
    for row in (2, 5):
        numbers = (each[row, 3] for each in (standings.win_rates, standings.low, standings.high))
        assert "{:.2f} ({:.2f} to {:.2f})".format(*numbers) in found.says
    assert f"of {15 * 4} comparisons" in found.caveat and "300 questions" in found.caveat


def test_pairs_are_corrected_over_all_values_at_once(rng: np.random.Generator) -> None:
    """Held against statsmodels' Holm over the 60 p of all pairs and values together."""
    standings = planted_standings(rng)
    first, second = np.triu_indices(6, k=1)
    wanted = multipletests(p_values(standings)[first, second].ravel(), alpha=0.05, method="holm")[0]
    assert np.array_equal(findings.apart(standings)[first, second].ravel(), wanted)
    assert 0 < wanted.sum() < len(wanted)


def test_chance_alone_is_seldom_taken_for_a_difference() -> None:
    """No model differs on any value: a difference is told in at most 5 % of the data sets, but for chance in their number."""
    few = MeasureSettings(resamples=100)
    told = sum(
        bool(findings.difference(stand(coins(np.random.default_rng(seed), 120, 5, 4), few), SYSTEM).dimension) for seed in range(NULLS)
    )
    assert told <= binom.ppf(0.99, NULLS, 0.05), told


def test_where_nothing_differs_it_says_what_would_have_been_missed() -> None:
    found = findings.difference(made([0.52, 0.5, 0.48], error=0.1), SYSTEM)
    assert "No two of these 3 models can be told apart on any of 1 values." in found.says and not found.dimension
    assert "does not show that they are alike" in found.caveat and "would be missed" in found.caveat


def test_models_that_were_never_rated_are_no_finding() -> None:
    found = findings.difference(made([np.nan, np.nan], error=0.1), SYSTEM)
    assert not found.dimension and "no difference could have been seen" in found.caveat


@pytest.mark.parametrize(
    ("absent", "checks", "simulated", "said", "unsaid"),
    [
        (0, 0, True, ("invented", "was not checked"), ("missing",)),
        (12, 2, False, ("12 of 1,200 answers (1.0%)",), ("invented", "was not checked", "Only")),
    ],
)
def test_limits_are_those_of_the_study(absent: int, checks: int, simulated: bool, said: tuple[str, ...], unsaid: tuple[str, ...]) -> None:
    examination = EXAMINATION if simulated else replace(EXAMINATION, panel=panel("openai"))
    told = " ".join(findings.limits(examination, made([0.5, 0.4, 0.6], error=0.1), absent, checked=bool(checks), grown=True))
    assert all(each in told for each in (*said, "everyday questions", "what they would do")) and not any(each in told for each in unsaid)


def test_few_questions_are_a_limit() -> None:
    assert "Only 48 questions" in " ".join(
        findings.limits(EXAMINATION, made([0.5, 0.6], error=0.1, questions=48), 0, checked=True, grown=True)
    )


def test_questions_from_a_file_are_not_said_to_be_chosen_for_differences() -> None:
    told = " ".join(findings.limits(EXAMINATION, made([0.5, 0.6], error=0.1), 0, checked=False, grown=False))
    assert "chosen because" not in told and "was not checked" in told
