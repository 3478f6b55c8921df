"""Label matrices with a planted truth: logit P(examinee k expresses v on q) = theta_kv + b_qv."""

import numpy as np
from scipy.special import expit

from adaem_core.infer.arrays import Floats
from adaem_core.measure.value_labels import ValueLabels


def name(expressed: Floats) -> ValueLabels:
    """Return the array as labels, with made-up names."""
    questions, examinees, dimensions = expressed.shape
    return ValueLabels(
        expressed,
        tuple(f"q{number}" for number in range(questions)),
        tuple(f"model {number}" for number in range(examinees)),
        tuple(f"V{number}" for number in range(dimensions)),
    )


def planted(rng: np.random.Generator, questions: int, theta: Floats, missing: float = 0.0) -> ValueLabels:
    """Return labels drawn from a Rasch model, `theta` (examinees, dimensions); whole responses are missing at random."""
    pull = rng.normal(-0.7, 1.5, size=(questions, 1, theta.shape[1]))
    expressed = (rng.random((questions, *theta.shape)) < expit(theta + pull)).astype(np.float64)
    expressed[rng.random((questions, len(theta))) < missing] = np.nan
    return name(expressed)


def coins(rng: np.random.Generator, questions: int, examinees: int, dimensions: int, missing: float = 0.0) -> ValueLabels:
    """Return labels without any structure; each cell is missing for itself."""
    expressed = (rng.random((questions, examinees, dimensions)) < rng.uniform(0.1, 0.9, size=dimensions)).astype(np.float64)
    expressed[rng.random(expressed.shape) < missing] = np.nan
    return name(expressed)
