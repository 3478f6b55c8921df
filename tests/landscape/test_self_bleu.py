"""Self-BLEU equals nltk's, text by text. Oracle: `nltk.translate.bleu_score.sentence_bleu` with smoothing method 1."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adaem_core.landscape.self_bleu import closest_lengths, reference_sample, self_bleu

bleu_score = pytest.importorskip("nltk.translate.bleu_score", reason="nltk, the oracle of Self-BLEU, is not installed")
SMOOTHING = bleu_score.SmoothingFunction().method1
TEXTS = [
    "should towns ban private cars from their centres",
    "should towns ban loud music from their parks and their centres",
    "is it right to ban the ban of the ban of cars",
    "should towns ban private cars from their centres",
    "cars",
    "",
    "who pays for care",
]


def oracle(texts: list[list[str]], references: np.ndarray | None = None) -> np.ndarray:
    """Return nltk's BLEU of each text against the other references."""
    chosen = np.ones(len(texts), dtype=bool) if references is None else references
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.array(
            [
                bleu_score.sentence_bleu(
                    [other for j, other in enumerate(texts) if j != i and chosen[j]], text, smoothing_function=SMOOTHING
                )
                for i, text in enumerate(texts)
            ]
        )


def test_equals_nltk_on_a_small_corpus() -> None:
    texts = [text.split() for text in TEXTS]
    np.testing.assert_allclose(self_bleu(texts), oracle(texts), rtol=1e-12)


def test_equals_nltk_with_some_texts_as_references() -> None:
    texts = [text.split() for text in TEXTS]
    chosen = np.array([1, 0, 1, 0, 1, 0, 0], dtype=bool)
    np.testing.assert_allclose(self_bleu(texts, chosen), oracle(texts, chosen), rtol=1e-12)


SENTENCES = st.lists(st.lists(st.sampled_from("abcd"), max_size=9), min_size=3, max_size=7)


@settings(max_examples=150, deadline=None)
@given(SENTENCES, st.data())
def test_equals_nltk_on_anything_short(texts: list[list[str]], data: st.DataObject) -> None:
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))))
    if chosen.sum() >= 2:
        np.testing.assert_allclose(self_bleu(texts, chosen), oracle(texts, chosen), rtol=1e-12)
    np.testing.assert_allclose(self_bleu(texts), oracle(texts), rtol=1e-12)


def test_a_duplicate_repeats_itself_wholly() -> None:
    texts = [text.split() for text in TEXTS]
    assert self_bleu(texts)[0] == pytest.approx(1.0)
    assert self_bleu(texts)[3] == pytest.approx(1.0)


def test_without_another_text_there_is_no_score() -> None:
    assert np.isnan(self_bleu([["alone"]])).all()
    assert self_bleu([]).shape == (0,)
    only = np.array([True, False])
    found = self_bleu([["a", "b"], ["a"]], only)
    assert np.isnan(found[0]), "the only reference has nobody to be compared with"
    assert not np.isnan(found[1])


def test_of_two_equally_close_lengths_the_shorter_counts() -> None:
    lengths = np.array([4, 6, 5])
    assert closest_lengths(lengths, np.array([True, True, True])).tolist() == [5, 5, 4]


def test_the_reference_sample_is_the_same_every_time() -> None:
    first, again = reference_sample(1000, 200, 7), reference_sample(1000, 200, 7)
    assert first.sum() == 200
    assert (first == again).all()
    assert (first != reference_sample(1000, 200, 8)).any()
    assert reference_sample(10, 200, 7).all()
    assert reference_sample(10, None, 7).all()
