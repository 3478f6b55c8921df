"""Each part of S(x) by hand on worked examples, and what must not change it (Eq. 1; Appendix C.3)."""

import math
from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.generate.score import (
    black_box_score,
    disentanglement,
    mean,
    opinion_diversity,
    per_opinion,
    total,
    value_conformity,
    value_diversity,
)
from adaem_core.records import Answer, Outcome, Recognition, Response, Score
from adaem_core.settings import GenerateSettings
from tests.generate.fakes import WordEmbedder, answer, refusal, run
from tests.rows import every_row

SETS = st.lists(st.frozensets(st.sampled_from("ABCDEF")), min_size=2, max_size=9)


def scored(answers: Sequence[Answer], labels: Sequence[str] | None = ("SEC",), **settings: object) -> Score:
    return run(black_box_score(WordEmbedder(), answers, labels, GenerateSettings(**settings)))


@every_row(
    "profiles, expected",
    [
        (["AB", "AB"], 1.0),  # identical: |AB| / |AB|
        (["AB", "CD"], 4.0),  # disjoint: 4 / max(0, 1); the printed min would divide by zero
        (["", ""], 0.0),  # nothing expressed by anyone: 0 / 1
        (["AB", ""], 2.0),  # 2 / 1
        (["ABC", "BCD"], 4 / 2),
        (["A", "AB", "C"], (2 + 2 + 3) / 3),  # pairs: 2/1, {A,C} 2/1, {A,B,C} 3/1
        (["ABC", "ABC", "ABC", "ABC"], 1.0),
    ],
)
def test_value_diversity(profiles: list[str], expected: float) -> None:
    assert value_diversity([set(each) for each in profiles]) == pytest.approx(expected)


@given(SETS)
def test_value_diversity_is_the_formula_over_ordered_pairs_in_any_order(profiles: list[frozenset[str]]) -> None:
    pairs = [(a, b) for i, a in enumerate(profiles) for j, b in enumerate(profiles) if i != j]
    expected = sum(len(a | b) / max(len(a & b), 1) for a, b in pairs) / len(pairs)
    assert value_diversity(profiles) == pytest.approx(expected)
    assert value_diversity(profiles[::-1]) == pytest.approx(expected)


@given(SETS)
def test_a_panel_twice_as_large_of_the_same_opinions_scores_the_same_scale(profiles: list[frozenset[str]]) -> None:
    """A mean, not a sum: the score lies between the least and the greatest of its pairs, however many models there are."""
    pairs = [len(a | b) / max(len(a & b), 1) for a, b in permutations(profiles, 2)]
    assert min(pairs) - 1e-9 <= value_diversity(profiles) <= max(pairs) + 1e-9


@pytest.mark.parametrize("size", [4, 9])
def test_panels_of_four_and_nine_compare(size: int) -> None:
    assert value_diversity([{f"V{place}"} for place in range(size)]) == 2.0  # everyone names a value of their own
    assert opinion_diversity(np.full((size, size), 0.25, dtype=np.float32)) == pytest.approx(0.75)
    assert disentanglement([{"A", "B"}] * size, {"B", "C"}) == 2.0


@every_row(
    "opinions, expected",
    [(["AB", "AC", "A"], 3 / 1), (["A", "B"], 2 / 1), (["AB", "AB"], 2 / 2), (["", ""], 0.0), (["AB"], 1.0), (["AB", ""], 2 / 1)],
)
def test_value_conformity(opinions: list[str], expected: float) -> None:
    assert value_conformity([set(each) for each in opinions]) == pytest.approx(expected)


def test_opinion_diversity_leaves_the_diagonal_out() -> None:
    similarity = np.array([[0.9, 0.2, 0.4], [0.2, 0.8, 0.6], [0.4, 0.6, 0.7]], dtype=np.float32)
    assert opinion_diversity(similarity) == pytest.approx(1 - (0.2 + 0.4 + 0.6) / 3)
    assert math.isnan(opinion_diversity(similarity[:1, :1])) and math.isnan(opinion_diversity(np.empty((0, 0), dtype=np.float32)))


@every_row(
    "profiles, labels, expected",
    [
        (["AB", "C"], "A", (1 + 2) / 2),  # {B} differs; {A, C} differ
        (["A", "A"], "A", 0.0),
        (["", "AB"], "", (0 + 2) / 2),
        (["A"], "A", math.nan),
    ],
)
def test_disentanglement(profiles: list[str], labels: str, expected: float) -> None:
    assert disentanglement([set(each) for each in profiles], set(labels)) == pytest.approx(expected, nan_ok=True)


def test_disentanglement_of_a_question_nobody_could_read() -> None:
    assert math.isnan(disentanglement([{"A"}, {"B"}], None))


@every_row("sign, beta, expected", [("equation", 1, 6.5), ("appendix", 1, 5.5), ("equation", 0, 6), ("appendix", 3, 4.5)])
def test_the_total_in_both_signs(sign: str, beta: float, expected: float) -> None:
    # 3 + 1 + 2 ± beta / 2 · 1
    assert total(3, 1, 2, 1, GenerateSettings(disentanglement=sign, beta=beta)) == expected


def test_values_of_each_opinion_in_order() -> None:
    assert per_opinion(answer("ash", "SEC POW", "", "POW")) == [{"SEC", "POW"}, set(), {"POW"}]


def test_a_whole_score_by_hand() -> None:
    same = ("harbour orchard", "violin meadow")
    found = scored([answer("ash", "SEC", "POW", texts=same), answer("oak", "SEC", "SDI", texts=same)], ("SEC", "SDI"))
    assert found.value_diversity == 3 / 1  # {SEC, POW, SDI} / {SEC}
    assert found.value_conformity == 2 / 1  # each model: two values, none in both points
    assert found.disentanglement == (2 + 0) / 2  # {POW, SDI} apart for ash, nothing for oak
    # Both models say the same two things; each point equals one of the other's and is nearly orthogonal to the other one.
    one, two = (WordEmbedder().tokens(text) for text in same)
    recall, precision = (one[1:-1] @ two.T).max(axis=1).mean(), (one @ two[1:-1].T).max(axis=0).mean()
    f1 = 2 * recall * precision / (recall + precision)
    assert found.opinion_diversity == pytest.approx(1 - (1 + 1 + f1 + f1) / 4, abs=1e-5)
    assert found.total == pytest.approx(found.value_diversity + found.opinion_diversity + found.value_conformity + 0.5)
    assert (found.form, found.answered, found.asked) == ("black_box", 2, 2)


def test_a_refusal_is_left_out_and_never_counts_as_expressing_nothing() -> None:
    two = [answer("ash", "SEC", "POW"), answer("oak", "SDI", "SDI")]
    unread = Answer(two[0].response, Recognition("Q", "fir", "judge", "batched", Outcome.UNREADABLE))
    failed = Answer(Response("Q", "yew", Outcome.FAILED), None)
    with_silence = scored([two[0], refusal("elm"), unread, two[1], failed])
    assert (with_silence.answered, with_silence.asked) == (2, 5)
    alone = scored(two)
    assert [getattr(with_silence, part) for part in PARTS] == [getattr(alone, part) for part in PARTS]
    assert alone.value_diversity != scored([*two, answer("elm", "", "")]).value_diversity, "an answer without values is a result"


PARTS = ("value_diversity", "opinion_diversity", "value_conformity", "disentanglement", "total")


@pytest.mark.parametrize("answers", [[], [refusal("ash"), refusal("oak")], [answer("ash", "SEC"), refusal("oak")]])
def test_fewer_than_two_usable_answers_give_no_number(answers: list[Answer]) -> None:
    found = scored(answers)
    assert all(math.isnan(getattr(found, part)) for part in PARTS)
    assert found.asked == len(answers)


def test_unknown_labels_of_the_question_leave_the_total_unknown_but_not_the_other_parts() -> None:
    found = scored([answer("ash", "SEC"), answer("oak", "POW")], None)
    assert math.isnan(found.disentanglement) and math.isnan(found.total)
    assert found.value_diversity == 2.0 and not math.isnan(found.opinion_diversity)


def test_the_order_of_models_changes_nothing() -> None:
    three = [answer("ash", "SEC", "POW"), answer("oak", "SDI", ""), answer("elm", "SEC SDI", "SEC")]
    first, *others = (scored(order) for order in permutations(three))
    for other in others:
        assert [getattr(other, part) for part in PARTS] == pytest.approx([getattr(first, part) for part in PARTS], abs=1e-6)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_mean(numbers: list[float]) -> None:
    assert mean(numbers) == pytest.approx(np.mean(numbers), abs=1e-6)


def test_the_mean_of_nothing() -> None:
    assert math.isnan(mean([]))
