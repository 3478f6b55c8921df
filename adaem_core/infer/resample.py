"""In which order questions are visited, and which ones a bootstrap resample holds. The same for all examinees and dimensions.

Data flow: `number of questions, rng → sequences of question positions → tallies`. A resample drawn with replacement is
a sequence in random order already, so one drawing serves TrueSkill (which visits in order) and Rasch (which only counts).
"""

import numpy as np

from adaem_core.infer.arrays import Floats, Integers


def random_orders(questions: int, count: int, rng: np.random.Generator) -> Integers:
    """Return `count` independent orders of all questions, shape (count, questions), positions in [0, questions)."""
    return rng.permuted(np.tile(np.arange(questions, dtype=np.intp), (count, 1)), axis=1)


def resamples(questions: int, count: int, rng: np.random.Generator) -> Integers:
    """Return `count` bootstrap resamples, shape (count, questions): questions drawn with replacement, in random order."""
    return rng.integers(max(questions, 1), size=(count, questions), dtype=np.intp)


def tally(sequences: Integers, questions: int) -> Floats:
    """Return how often each sequence visits each question, shape (sequences, questions); rows sum to the length of a sequence."""
    return np.array([np.bincount(each, minlength=questions) for each in sequences], dtype=np.float64).reshape(len(sequences), questions)


def interval(resampled: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the percentile interval over the first axis; NaN where no resample has a number."""
    none = np.isnan(resampled).all(axis=0)
    filled = np.where(none, 0.0, resampled)
    low, high = np.nanquantile(filled, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)
