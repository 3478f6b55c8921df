"""Who expressed a value, given how many did: the conditional distribution that a Rasch fit is built on (Andersen 1970).

Given that s of the answering examinees express a dimension, the question's own pull cancels, and each examinee is among the s
with a chance that depends on the odds exp(θ) alone. With γ_s the elementary symmetric function of the odds ε,
`π_k(s) = ε_k γ_{s−1} / γ_s · (1 − π_k(s−1))`: upwards from π(0) = 0 while the factor is at most 1, downwards from π(all) = 1
where it is above, and neither direction loses digits.
Data flow: `odds (rows, examinees) → ratios γ_{s−1}/γ_s → inclusion (sums, rows, examinees) → covariance`.
"""

import numpy as np

from adaem_core.infer.arrays import Floats


def sum_ratios(odds: Floats) -> Floats:
    """Return γ_{s−1}/γ_s of each row of `odds` (rows, examinees), shape (examinees + 1, rows): 0 at s = 0, inf beyond the answering.

    Odds are positive, 0 for an examinee that did not answer. γ comes scaled as the distribution of the sum, so it cannot overflow.
    """
    chances, rest = odds / (1 + odds), 1 / (1 + odds)  # not 1 − chance, which loses the digits of large odds
    sums = np.zeros((odds.shape[1] + 1, odds.shape[0]))
    sums[0] = 1.0
    for number, (with_it, without) in enumerate(zip(chances.T, rest.T, strict=True), start=1):
        sums[1 : number + 1] = sums[1 : number + 1] * without + sums[:number] * with_it
        sums[0] *= without
    ratios = np.zeros_like(sums)
    ratios[1:] = np.divide(sums[:-1], sums[1:], out=np.full_like(sums[1:], np.inf), where=sums[1:] > 0)
    return ratios


def inclusion(odds: Floats) -> Floats:
    """Return P(examinee expresses | s of the row do), shape (examinees + 1 sums, rows, examinees), in [0, 1].

    Sums over examinees to s; 0 for an examinee whose odds are 0 (no answer). Rows of impossible sums hold 1 for all who answered.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        factor = np.where(odds > 0, sum_ratios(odds)[:, :, None] * odds, 0.0)
        upward, downward = np.zeros_like(factor), np.ones_like(factor)
        for s in range(1, len(factor)):
            upward[s] = factor[s] * (1 - upward[s - 1])
        for s in range(len(factor) - 2, 0, -1):
            downward[s] = 1 - downward[s + 1] / factor[s + 1]
        return np.where(factor <= 1, upward, downward)


def joint_inclusion(odds: Floats, chances: Floats) -> Floats:
    """Return P(both k and l express | s do), shape (sums, rows, k, l); `chances` is `inclusion(odds)`, and stands on the diagonal.

    Given that l is among the s, the others hold s − 1 without it.
    """
    joint = np.zeros((*chances.shape, chances.shape[-1]))
    for number in range(odds.shape[1]):
        others = odds.copy()
        others[:, number] = 0.0
        joint[1:, :, :, number] = chances[1:, :, number, None] * inclusion(others)[:-1]
        joint[:, :, number, number] = chances[:, :, number]
    return joint
