"""Standings made by hand: win rates and independent normal resamples around them."""

import numpy as np

from adaem_core.infer.resample import interval
from adaem_core.measure.ratings import Ratings
from adaem_core.measure.standings import Standings
from adaem_core.settings import MeasureSettings


def made(win_rates: list[float], error: float | list[float], resamples: int = 2000, questions: int = 400) -> Standings:
    """Return standings on one dimension; `error` is the standard error of each win rate."""
    rates = np.array(win_rates)[:, None]
    noise = np.random.default_rng(1).normal(size=(resamples, len(rates), 1))
    # Exactly uncorrelated with unit variance, so that errors of differences are known by Pythagoras.
    noise = np.linalg.qr(noise[:, :, 0] - noise[:, :, 0].mean(axis=0))[0][:, :, None] * np.sqrt(resamples - 1)
    drawn = rates + noise * np.reshape(error, (-1, 1))
    names = tuple(f"model {number}" for number in range(len(rates)))
    low, high = interval(drawn, 0.95)
    empty = Ratings(np.full((1, *rates.shape), np.nan), np.full((1, *rates.shape), np.nan))
    return Standings(names, ("V",), questions, MeasureSettings(), rates, low, high, drawn, empty)
