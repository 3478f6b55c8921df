"""The quality of a set of questions. Oracles: scipy, brute force over pairs and draws, counts made by hand, planted repeats."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from scipy import stats

from adaem_core.landscape.quality import (
    DEFINITIONS,
    Quality,
    dist_2,
    dist_2_at,
    mean_similarity,
    nearest_similarity,
    novelty,
    novelty_nearest,
    quality,
)
from adaem_core.landscape.words import words
from tests.rows import every_row

TEXTS = ["Should towns ban cars?", "Should towns ban dogs?", "Is care a duty?", "Is it right to ban cars?", "Who pays?"]


@pytest.fixture
def vectors() -> np.ndarray:
    made = np.random.default_rng(3).normal(size=(60, 8)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_mean_length_has_students_interval() -> None:
    found = quality(TEXTS).mean_length
    lengths = [4, 4, 4, 6, 2]
    assert found.value == 4.0
    assert (found.low, found.high) == pytest.approx(stats.t.interval(0.95, 4, 4.0, stats.sem(lengths)))


def test_dist_2_counts_pairs_within_questions() -> None:
    # By hand: 3 + 3 + 3 + 5 + 1 pairs; "should towns" and "towns ban" stand twice, "ban cars" too.
    found = dist_2([words(text) for text in TEXTS])
    assert found.value == pytest.approx(12 / 15)


def test_the_jackknife_of_dist_2_leaves_each_question_out() -> None:
    split = [words(text) for text in TEXTS]
    left_out = np.array([dist_2(split[:i] + split[i + 1 :]).value for i in range(len(split))])
    error = np.sqrt((len(split) - 1) / len(split) * np.square(left_out - left_out.mean()).sum())
    found = dist_2(split)
    assert found.low == pytest.approx(found.value - stats.t.ppf(0.975, 4) * error)
    assert found.high == 1.0, "cut to what is possible"


@every_row("size", [1, 2, 3, 5])
def test_dist_2_at_a_size_is_the_expectation_over_all_draws(size: int) -> None:
    split = [words(text) for text in TEXTS]
    draws = [[split[i] for i in chosen] for chosen in combinations(range(len(split)), size)]
    pairs = [[pair for each in draw for pair in pairwise(each)] for draw in draws]
    expected = np.mean([len(set(each)) for each in pairs]) / np.mean([len(each) for each in pairs])
    assert dist_2_at(split, size).value == pytest.approx(expected)


def test_mean_similarity_is_that_of_all_pairs(vectors: np.ndarray) -> None:
    products = vectors.astype(float) @ vectors.astype(float).T
    pairs = products[np.triu_indices(len(vectors), 1)]
    found = mean_similarity(vectors)
    assert found.value == pytest.approx(pairs.mean(), abs=1e-12)
    left_out = [mean_similarity(np.delete(vectors, i, axis=0)).value for i in range(len(vectors))]
    error = np.sqrt((len(vectors) - 1) * np.var(left_out))
    assert found.high - found.value == pytest.approx(stats.t.ppf(0.975, len(vectors) - 1) * error)


def test_the_jackknife_interval_of_similarity_holds_the_truth_as_often_as_it_says() -> None:
    rng, centre, held = np.random.default_rng(5), np.full(6, 0.4), 0
    for _ in range(400):
        found = mean_similarity((centre + rng.normal(size=(40, 6))).astype(np.float32))
        held += found.low <= centre @ centre <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_novelty_is_one_minus_mean_and_nearest_similarity(vectors: np.ndarray) -> None:
    products = vectors[:20] @ vectors[20:].T
    assert novelty(vectors[:20], vectors[20:]).value == pytest.approx(1 - products.mean(), abs=1e-6)
    assert novelty_nearest(vectors[:20], vectors[20:]).value == pytest.approx(1 - products.max(axis=1).mean(), abs=1e-6)
    assert novelty_nearest(vectors[:20], vectors).value == pytest.approx(0.0, abs=1e-6), "all of it is there already"


def test_nearest_similarity_in_blocks(vectors: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adaem_core.landscape.quality.CHUNK", 7)
    np.testing.assert_allclose(nearest_similarity(vectors, vectors[:9]), (vectors @ vectors[:9].T).max(axis=1), atol=1e-6)


@pytest.mark.parametrize("texts", [[], ["Alone?"], ["", "?!"]])
def test_odd_sets_give_reasons_and_no_surprise(texts: list[str]) -> None:
    found = quality(texts, np.zeros((len(texts), 4), dtype=np.float32), {"none": np.zeros((0, 4), dtype=np.float32)})
    assert found.number == len(texts)
    for name, each in {**vars(found), **found.novelty}.items():
        if hasattr(each, "why") and np.isnan(each.value):
            assert each.why.startswith("cannot be computed because"), name
        if hasattr(each, "why") and np.isnan(each.low):
            assert each.why, name


def test_without_vectors_similarity_says_why() -> None:
    assert "not embedded" in quality(TEXTS).mean_similarity.why


def test_at_the_same_sample_size_the_number_of_questions_matters_less() -> None:
    rng = np.random.default_rng(0)
    made = [" ".join(rng.choice(40, size=8).astype(str)) for _ in range(3000)]
    small, large = quality(made[:300], references=100), quality(made, references=100)
    assert abs(small.self_bleu.value - large.self_bleu.value) < 0.02
    assert large.self_bleu_all.value - small.self_bleu_all.value > 0.1
    assert abs(small.dist_2_same_size.value - large.dist_2_same_size.value) < 0.01
    assert small.dist_2.value - large.dist_2.value > 0.1


def test_every_figure_has_its_definition() -> None:
    assert set(DEFINITIONS) == set(Quality.__dataclass_fields__) - {"references"}
