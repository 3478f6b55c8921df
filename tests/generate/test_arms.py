"""The bandit against the printed formula, a naive loop, and the arithmetic mean."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.generate.arms import Arm, choose, choose_wave, ucb, update
from adaem_core.records import Fate, Outgrowth, Pull
from tests.generate.fakes import grown, topics
from tests.rows import every_row

REWARDS = st.floats(-100, 100) | st.just(math.nan)


def arm(pulls: int, estimate: float = 0.0) -> Arm:
    return Arm(topics(1)[0], (), pulls, estimate)


def pull(reward: float, *outgrowths: Outgrowth, root: Outgrowth | None = None) -> Pull:
    return Pull(1, "T1", math.inf, root, outgrowths, reward)


def test_the_bound_by_hand() -> None:
    # Q + sqrt(2 ln B / C) with B = 100, C = 4, Q = 1.5: ln 100 = 4.605170186, 2 * 4.605170186 / 4 = 2.302585093, its root 1.517427129.
    assert ucb(arm(4, 1.5), 100) == pytest.approx(3.017427129, abs=1e-9)
    assert ucb(arm(0, 7.0), 100) == math.inf
    assert ucb(arm(3, 2.5), 1) == 2.5  # ln 1 = 0: with a budget of one there is nothing left to explore


@every_row(
    "arms, chosen",
    [
        ([arm(1, 9.0), arm(0), arm(0)], 1),  # unpulled first, lowest index
        ([arm(1, 1.0), arm(1, 2.0), arm(1, 2.0)], 1),  # ties: lowest index
        ([arm(9, 2.0), arm(1, 1.9)], 1),  # the bonus of a little known arm: sqrt(2 ln 50) = 2.80 against 0.93
        ([arm(9, 4.0), arm(1, 1.9)], 0),
        ([arm(1, -3.0), arm(1, -1.0)], 1),  # exact scores are logarithms and may be negative
    ],
)
def test_the_arm_chosen(arms: list[Arm], chosen: int) -> None:
    assert choose(arms, 50) == chosen


@given(st.integers(1, 12), st.integers(0, 12), st.integers(1, 15), st.integers(2, 500), st.data())
def test_while_unpulled_arms_remain_a_wave_makes_the_pulls_of_the_loop(
    count: int, done: int, size: int, budget: int, data: st.DataObject
) -> None:
    pulled = min(done, count)
    arms = [arm(1, data.draw(st.floats(-9, 9))) if place < pulled else arm(0) for place in range(count)]
    size = min(size, count - pulled)
    wave = choose_wave(arms, budget, size)
    one_by_one = []
    for _ in range(size):
        index = choose(arms, budget)
        one_by_one.append((index, arms[index].pulls + 1, ucb(arms[index], budget)))
        arms[index] = update(arms[index], pull(data.draw(REWARDS)))
    assert [(each.index, each.ordinal, each.ucb) for each in wave] == one_by_one


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(-5, 5)), min_size=1, max_size=6), st.integers(1, 20))
def test_a_choice_in_a_wave_counts_as_a_pull_that_has_not_paid_yet(start: list[tuple[int, float]], size: int) -> None:
    arms = [arm(pulls, estimate) for pulls, estimate in start]
    counts = [each.pulls for each in arms]
    for each in choose_wave(arms, 60, size):
        bounds = [math.inf if not n else q + math.sqrt(2 * math.log(60) / n) for n, (_, q) in zip(counts, start, strict=True)]
        assert each.index == bounds.index(max(bounds))
        assert (each.ordinal, each.ucb) == (counts[each.index] + 1, pytest.approx(max(bounds)))
        counts[each.index] += 1
    assert [each.pulls for each in arms] == [pulls for pulls, _ in start], "the arms themselves stay as they are"


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=40))
def test_the_estimate_is_the_running_mean(rewards: list[float]) -> None:
    now = arm(0)
    for reward in rewards:
        now = update(now, pull(reward))
    assert now.pulls == len(rewards)
    assert now.estimate == pytest.approx(math.fsum(rewards) / len(rewards), abs=1e-9)


def test_a_pull_without_a_reward_counts_but_does_not_move_the_estimate() -> None:
    now = update(update(arm(0), pull(3.0)), pull(math.nan))
    assert (now.pulls, now.estimate) == (2, 3.0)
    # Algorithm 2, line 28: the next reward moves Q by (r - Q) / C with C = 3.
    assert update(now, pull(6.0)).estimate == 4.0


def ids(outgrowths: Sequence[Outgrowth]) -> list[str]:
    return [each.question.id for each in outgrowths]


def test_only_scored_questions_join_the_tree_the_topic_first() -> None:
    lost = [grown(f"T1.1.{place}", 3.0, fate=fate) for place, fate in enumerate(Fate) if fate is not Fate.SCORED]
    kept = grown("T1.1.9", 4.0)
    now = update(arm(0), pull(4.0, *lost, kept, root=grown("T1", 1.0, depth=0)))
    assert ids(now.tree) == ["T1", "T1.1.9"]
    assert ids(update(now, pull(2.0, grown("T1.2.1"))).tree) == ["T1", "T1.1.9", "T1.2.1"]
    assert ids(update(arm(0), pull(4.0, kept, root=grown("T1", None, depth=0, fate=Fate.UNSCORED))).tree) == ["T1.1.9"]
