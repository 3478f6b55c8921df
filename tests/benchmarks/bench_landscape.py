"""Speed of the landscape: `python -m tests.benchmarks.bench_landscape`, or `pytest tests/benchmarks/bench_landscape.py -m benchmark -s`.

12,310 made-up questions of 15 words, with the word frequencies of a real vocabulary (Zipf): Self-BLEU, all figures of quality,
a map of as many points as a figure and as JSON, and t-SNE and UMAP, each twice to see that the same seed gives the same picture.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adaem_core.landscape.project import project
from adaem_core.landscape.quality import quality
from adaem_core.landscape.self_bleu import reference_sample, self_bleu
from adaem_core.landscape.words import words
from adaem_core.visualize.question_map import map_figure

COUNT, LENGTH, VOCABULARY, DIMENSIONS = 12_310, 15, 12_000, 384


def made_texts(count: int) -> list[str]:
    rng = np.random.default_rng(0)
    shares = 1 / np.arange(1, VOCABULARY + 1)
    drawn = rng.choice(VOCABULARY, size=(count, LENGTH), p=shares / shares.sum())
    return [" ".join(f"w{word}" for word in row) for row in drawn]


def made_vectors(count: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    centres = rng.normal(size=(60, DIMENSIONS))
    vectors = (centres[rng.integers(60, size=count)] + rng.normal(size=(count, DIMENSIONS))).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def timed(name: str, run: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = run()
    print(f"{name:<58}{time.perf_counter() - start:>9.2f} s")
    return result


def measure(*, layouts: bool) -> None:
    texts, vectors = made_texts(COUNT), made_vectors(COUNT)
    split = timed(f"split {COUNT:,} questions into words", lambda: [words(text) for text in texts])
    timed("Self-BLEU, all other questions as references", lambda: self_bleu(split))
    timed("Self-BLEU, 200 references", lambda: self_bleu(split, reference_sample(COUNT, 200, 0)))
    timed("all figures of quality, against a set of 4,561", lambda: quality(texts, vectors, {"other": vectors[:4561]}))
    made = timed("PCA, trustworthiness and continuity", lambda: project(vectors, "pca"))
    figure = timed("the map as a figure", lambda: map_figure(made.points, texts, kinds=[text[:3] for text in texts]))
    content = timed("the figure as JSON", figure.to_json)
    print(f"{'its size':<58}{len(content) / 1e6:>9.2f} MB")
    for method in ("tsne", "umap") if layouts else ():
        first = timed(f"{method}, first time", lambda method=method: project(vectors, method))
        again = timed(f"{method}, again", lambda method=method: project(vectors, method))
        print(f"{'the same picture':<58}{np.array_equal(first.points, again.points)!s:>9}")


@pytest.mark.benchmark
def test_speed() -> None:
    measure(layouts=False)


if __name__ == "__main__":
    measure(layouts=True)
