"""Rasch against statsmodels' conditional logit and against the literal penalised likelihood over all subsets, maximised by scipy."""

import math
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import minimize
from statsmodels.discrete.conditional_models import ConditionalLogit

from adaem_core.errors import AdaemError
from adaem_core.infer.arrays import Floats
from adaem_core.infer.resample import resamples, tally
from adaem_core.measure import rasch
from adaem_core.measure.rasch import fit, refit
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings
from tests.measure.simulate import name, planted

WEAK = MeasureSettings(prior=3.0)
NONE = MeasureSettings(prior=100.0)  # the weakest allowed: next to none
RNG = np.random.default_rng(11)
THETA = RNG.normal(size=(6, 2))
LABELS = planted(RNG, 150, THETA, missing=0.15)


def by_statsmodels(expressed: Floats) -> tuple[Floats, Floats]:
    """Return θ and standard errors relative to the mean, for `expressed` (questions, examinees), without a prior."""
    question, examinee = np.nonzero(~np.isnan(expressed))
    count = expressed.shape[1]
    dummies = np.eye(count)[examinee][:, 1:]  # the first examinee is the reference
    result = ConditionalLogit(expressed[question, examinee], dummies, groups=question).fit(method="newton", tol=1e-12, disp=False)
    theta = np.concatenate([[0.0], result.params])
    covariance = np.zeros((count, count))
    covariance[1:, 1:] = result.cov_params()
    centre = np.eye(count) - 1 / count
    return theta - theta.mean(), np.sqrt(np.diag(centre @ covariance @ centre))


def minus_likelihood(theta: Floats, expressed: Floats, prior: float) -> float:
    """Return the penalised conditional likelihood, negative logarithm, as its definition reads."""
    total = float(np.square(theta).sum()) / (2 * prior**2)
    for row in expressed:
        answered = np.flatnonzero(~np.isnan(row))
        number = int(row[answered].sum())
        weights = [math.exp(theta[list(subset)].sum()) for subset in combinations(answered, number)]
        total -= float(theta[answered] @ row[answered]) - math.log(math.fsum(weights))
    return total


@pytest.mark.filterwarnings("ignore:Dropped")  # statsmodels says that it leaves silent questions out, as we do
@pytest.mark.parametrize("dimension", [0, 1])
def test_equals_conditional_logit_of_statsmodels_with_its_errors(dimension: int) -> None:
    theta, error = by_statsmodels(LABELS.expressed[:, :, dimension])
    found = fit(LABELS, NONE)
    np.testing.assert_allclose(found.theta[:, dimension], theta, atol=5e-5)  # the weakest prior still pulls by 4e-5
    np.testing.assert_allclose(found.error[:, dimension], error, atol=1e-5)


@pytest.mark.parametrize("prior", [0.5, 3.0])
def test_equals_the_maximum_of_the_literal_penalised_likelihood(prior: float) -> None:
    labels = LABELS.subset(range(60))
    best = minimize(minus_likelihood, np.zeros(6), args=(labels.expressed[:, :, 0], prior), method="BFGS", options={"gtol": 1e-7})
    np.testing.assert_allclose(fit(labels, MeasureSettings(prior=prior)).theta[:, 0], best.x, atol=1e-5)


def test_perfect_separation_does_not_diverge() -> None:
    """One expresses always, one never, one flips a coin: the prior keeps θ finite, in order, and where scipy finds it."""
    coin = np.tile([0.0, 1.0], 20)
    labels = name(np.stack([np.ones(40), coin, np.zeros(40)], axis=1)[:, :, None])
    found = fit(labels, WEAK)
    best = minimize(minus_likelihood, np.zeros(3), args=(labels.expressed[:, :, 0], 3.0), method="BFGS", options={"gtol": 1e-8})
    np.testing.assert_allclose(found.theta[:, 0], best.x, atol=1e-4)
    assert found.theta[0, 0] > 3 > -3 > found.theta[2, 0]
    assert np.isfinite(found.error).all()


def test_separation_without_a_prior_to_speak_of_still_ends() -> None:
    labels = name(np.tile([1.0, 0.0], (500, 1))[:, :, None])
    theta = fit(labels, NONE).theta[:, 0]
    assert theta[0] == pytest.approx(-theta[1], abs=1e-9)
    assert 5 < theta[0] < 20


def test_a_fit_that_does_not_settle_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasch, "STEPS", 2)
    with pytest.raises(AdaemError, match="did not settle in 2 steps"):
        fit(LABELS, WEAK)


def test_recovers_the_planted_propensities() -> None:
    """Errors are standard normal: 16 × 4 of them, with standard deviation 1 ± 0.09 and mean 0 by construction."""
    rng = np.random.default_rng(2)
    theta = rng.normal(size=(16, 4))
    found = fit(planted(rng, 3000, theta, missing=0.05), WEAK)
    ratio = (found.theta - (theta - theta.mean(axis=0))) / found.error
    assert 0.75 < ratio.std() < 1.25


def test_silent_questions_and_missing_answers_say_nothing() -> None:
    everyone, nobody = np.ones((50, 6, 2)), np.zeros((50, 6, 2))
    alone = np.full((50, 6, 2), np.nan)
    alone[:, 0] = 1.0
    more = name(np.concatenate([LABELS.expressed, everyone, nobody, alone]))
    np.testing.assert_allclose(fit(more, WEAK).theta, fit(LABELS, WEAK).theta, atol=1e-12)


def test_never_rated_is_missing() -> None:
    expressed = LABELS.expressed.copy()
    expressed[:, 2, 0] = np.nan
    found = fit(name(expressed), WEAK)
    assert np.isnan(found.theta[2]).tolist() == [True, False]
    assert np.isnan(found.error[2]).tolist() == [True, False]
    without = fit(name(np.delete(expressed, 2, axis=1)), WEAK)
    np.testing.assert_allclose(np.delete(found.theta[:, 0], 2), without.theta[:, 0], atol=1e-7)
    np.testing.assert_allclose(np.delete(found.error[:, 0], 2), without.error[:, 0], atol=1e-7)


def test_no_telling_question_leaves_everyone_unrated() -> None:
    found = fit(name(np.ones((5, 3, 1))), WEAK)
    assert np.isnan(found.theta).all()
    assert np.isnan(found.error).all()


def test_permuting_examinees_permutes_theta() -> None:
    swap = [2, 5, 0, 1, 4, 3]
    np.testing.assert_allclose(fit(name(LABELS.expressed[:, swap]), WEAK).theta, fit(LABELS, WEAK).theta[swap], atol=1e-7)


@pytest.mark.parametrize(("questions", "spread"), [(40, 1.0), (150, 3.0)])
def test_refit_of_a_resample_equals_the_fit_to_its_questions(questions: int, spread: float) -> None:
    """To .004 logits, where standard errors are .2 and more: a resample stops early on purpose."""
    rng = np.random.default_rng(9)
    labels = planted(rng, questions, spread * THETA, missing=0.1)
    drawn = resamples(questions, 20, rng)
    found = refit(labels, fit(labels, WEAK), tally(drawn, questions), WEAK)
    exact = np.array([fit(relabelled(labels, rows), WEAK).theta for rows in drawn])
    np.testing.assert_array_equal(np.isnan(found), np.isnan(exact))
    np.testing.assert_allclose(found, exact, atol=0.004)


def relabelled(labels: ValueLabels, rows: Floats) -> ValueLabels:
    return name(labels.expressed[np.asarray(rows, dtype=np.intp)])
