"""Orders and resamples: what each row holds, and that the seed decides."""

import numpy as np

from adaem_core.infer.resample import random_orders, resamples, tally


def test_each_order_holds_every_question_once() -> None:
    orders = random_orders(20, 5, np.random.default_rng(1))
    np.testing.assert_array_equal(np.sort(orders, axis=1), np.tile(np.arange(20), (5, 1)))
    assert len({tuple(order) for order in orders}) == 5


def test_tally_counts_the_visits_of_a_resample() -> None:
    np.testing.assert_array_equal(tally(np.array([[0, 2, 2], [1, 1, 1]]), 3), [[1, 0, 2], [0, 3, 0]])


def test_resamples_draw_every_question_equally_often() -> None:
    counts = tally(resamples(10, 4000, np.random.default_rng(2)), 10)
    assert (counts.sum(axis=1) == 10).all()
    np.testing.assert_allclose(counts.mean(axis=0), 1, atol=0.08)  # five standard errors of a count with variance 0.9


def test_no_questions_give_empty_resamples() -> None:
    assert resamples(0, 3, np.random.default_rng(1)).shape == (3, 0)
    assert tally(resamples(0, 3, np.random.default_rng(1)), 0).shape == (3, 0)
