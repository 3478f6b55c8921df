"""Speed and steadiness of measuring: `python -m tests.benchmarks.bench_measure`, or `pytest tests/benchmarks/bench_measure.py -m benchmark -s`.

The published size: 12,310 questions, 16 examinees, 10 dimensions, drawn from a Rasch model. The `trueskill` package plays a
slice of the questions only; its time for all of them is extrapolated, and the line says so. No figure is asserted.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import trueskill

from adaem_core.infer.arrays import Floats
from adaem_core.infer.resample import interval, random_orders
from adaem_core.measure.groups import groups
from adaem_core.measure.ratings import rate
from adaem_core.measure.standings import stand
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.measure.win_rates import propensity_chances, skill_chances, win_rates
from adaem_core.settings import MeasureSettings
from tests.measure.simulate import planted

QUESTIONS, EXAMINEES, DIMENSIONS, SLICE = 12_310, 16, 10, 100
SETTINGS = MeasureSettings()


def labels(missing: float) -> ValueLabels:
    rng = np.random.default_rng(1)
    return planted(rng, QUESTIONS, rng.normal(size=(EXAMINEES, DIMENSIONS)), missing)


def seconds(work: Callable[[], Any], repeats: int = 1) -> float:
    """Return the wall clock of the fastest of some repeats."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def package(expressed: Floats) -> None:
    """Play all games of `expressed` (questions, examinees, dimensions) with the package, shared weights, no drift."""
    league = trueskill.TrueSkill(draw_probability=0.0, tau=0.0, backend="scipy")
    for dimension in range(expressed.shape[2]):
        skills = [league.create_rating() for _ in range(expressed.shape[1])]
        for question in expressed[:, :, dimension]:
            teams = [np.flatnonzero(question == label) for label in (1, 0)]
            if all(len(team) for team in teams):
                weights = [[1 / len(team)] * len(team) for team in teams]
                after = league.rate([tuple(skills[each] for each in team) for team in teams], weights=weights)
                for each, skill in zip(np.concatenate(teams), [skill for team in after for skill in team], strict=True):
                    skills[each] = skill


def one_order() -> Iterator[str]:
    whole = labels(0.0)
    orders = random_orders(QUESTIONS, 1, np.random.default_rng(1))
    ours = seconds(lambda: rate(whole, orders, SETTINGS), repeats=3)
    theirs = seconds(lambda: package(whole.expressed[:SLICE])) * QUESTIONS / SLICE
    yield f"TrueSkill, one order: {ours:.2f} s; the package {theirs:.0f} s (extrapolated from {SLICE} questions): {theirs / ours:.0f} times"


def steadiness() -> Iterator[str]:
    orders = random_orders(QUESTIONS, 20, np.random.default_rng(2))
    for weighting, drift in (("share", 0.0), ("sum", 0.0), ("share", 25 / 300), ("sum", 25 / 300)):
        ratings = rate(labels(0.0), orders, replace(SETTINGS, weighting=weighting, drift=drift))
        spread = win_rates(skill_chances(ratings)).std(axis=0, ddof=1)
        yield f"SD of a win rate over orders, {weighting}, τ = {drift:.3f}: mean {spread.mean():.4f}, largest {spread.max():.4f}"


def replicates() -> Iterator[str]:
    for method in ("trueskill", "rasch"):
        for missing in (0.0, 0.1):
            whole, settings = labels(missing), replace(SETTINGS, method=method)
            start = time.perf_counter()
            found = stand(whole, settings)
            taken = time.perf_counter() - start
            width = float(np.nanmean(found.high - found.low))
            yield f"{method}, {missing:.0%} missing: standings with {settings.resamples} resamples {taken:.1f} s; intervals {width:.3f} wide"
    yield f"significance groups: {seconds(lambda: groups(found), repeats=3):.3f} s"


def coverage() -> Iterator[str]:
    """200 examinations (dimensions) of each size, nominal 95 %: how often the interval holds the large-sample win rate."""
    for examinees in (4, 9, 16):
        theta = np.linspace(-1, 1, examinees)
        for method in ("trueskill", "rasch"):
            settings, truth = replace(SETTINGS, method=method), large_sample(theta, method)
            for questions in (100, 300, 1000):
                found = stand(planted(np.random.default_rng(3), questions, np.tile(theta[:, None], 200), missing=0.05), settings)
                low, high = interval(found.resampled, 0.95)
                held = ((low <= truth) & (truth <= high)).mean()
                yield f"coverage, {method}, {examinees} examinees, {questions} questions: {held:.3f}; width {np.nanmean(high - low):.3f}"


def large_sample(theta: Floats, method: str) -> Floats:
    """Return the win rates that many questions converge to, shape (examinees, 1)."""
    if method == "rasch":
        return win_rates(propensity_chances(theta[:, None]))
    rng = np.random.default_rng(4)
    many = planted(rng, 20_000, np.tile(theta[:, None], 10))
    rates = win_rates(skill_chances(rate(many, random_orders(20_000, 4, rng), SETTINGS)))
    return np.asarray(rates.mean(axis=(0, 2))[:, None], dtype=np.float64)


@pytest.mark.benchmark
@pytest.mark.parametrize("part", [one_order, steadiness, replicates, coverage])
def test_speed_is_shown(part: Callable[[], Iterator[str]], capsys: pytest.CaptureFixture[str]) -> None:
    for line in part():
        with capsys.disabled():
            show(line)


def show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for each in (one_order, steadiness, replicates, coverage):
        for figure in each():
            show(figure)
