"""The bandit: one arm per topic, as a record and pure functions (Algorithm 2, lines 4-8, 27-28).

Data flow: `arms → choose → pull → update → arms`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from adaem_core.records import Fate, Outgrowth, Pull, Topic


@dataclass(frozen=True)
class Arm:
    """A topic with its question tree, pull count C_i and estimate Q_i."""

    topic: Topic
    tree: tuple[Outgrowth, ...] = ()  # scored questions, the topic itself first
    pulls: int = 0
    estimate: float = 0.0


def ucb(arm: Arm, budget: int) -> float:
    """Return the upper confidence bound Q_i + sqrt(2 ln B / C_i), with B the whole budget as printed; inf if never pulled."""
    return arm.estimate + math.sqrt(2 * math.log(budget) / arm.pulls) if arm.pulls else math.inf


def choose(arms: Sequence[Arm], budget: int) -> int:
    """Return the index of the arm to pull: the first unpulled one, else the one with the highest bound (lowest index wins ties)."""
    return max(range(len(arms)), key=lambda index: (ucb(arms[index], budget), -index))


@dataclass(frozen=True)
class Choice:
    """The bandit's decision to pull an arm."""

    index: int  # of the arm
    ordinal: int  # 1 for the arm's first pull
    ucb: float  # the bound it was chosen for; inf for a first pull


def choose_wave(arms: Sequence[Arm], budget: int, size: int) -> list[Choice]:
    """Return `size` choices to be pulled together.

    Each choice counts as a pull that has not paid yet, so that one wave spreads over arms. While unpulled arms
    remain, a wave makes the same choices as the one-by-one loop; `size` 1 is that loop.
    """
    waiting, choices = list(arms), []
    for _ in range(size):
        index = choose(waiting, budget)
        arm = waiting[index]
        choices.append(Choice(index, arm.pulls + 1, ucb(arm, budget)))
        waiting[index] = replace(arm, pulls=arm.pulls + 1)
    return choices


def update(arm: Arm, pull: Pull) -> Arm:
    """Return the arm after `pull`: C_i + 1 and Q_i moved to the running mean of rewards.

    A pull that scored no question has no reward (NaN): it counts in C_i and leaves Q_i where it was.
    """
    pulls = arm.pulls + 1
    step = 0.0 if math.isnan(pull.reward) else (pull.reward - arm.estimate) / pulls
    # A question that refinement made a repeat has a score, too, but must not grow or be shown beside its twin.
    grown = [each for each in (pull.root, *pull.outgrowths) if each is not None and each.fate is Fate.SCORED]
    return replace(arm, tree=(*arm.tree, *grown), pulls=pulls, estimate=arm.estimate + step)
