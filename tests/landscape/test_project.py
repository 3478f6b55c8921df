"""Maps of questions. Oracles: the definitions of trustworthiness and continuity written out, planted groups, sklearn's neighbours."""

import sys
import types
from pathlib import Path

import numpy as np
import pytest

from adaem_core.errors import BadInput
from adaem_core.landscape import project as maps
from adaem_core.landscape.project import (
    Projection,
    address,
    fidelity,
    framed,
    neighbours,
    project,
    store,
    store_vectors,
    stored,
    stored_vectors,
)


def groups(count: int = 60, dimensions: int = 12) -> np.ndarray:
    """Return unit vectors in three tight groups."""
    rng = np.random.default_rng(2)
    centres = np.eye(3, dimensions)[np.arange(count) % 3]
    made = (centres + 0.15 * rng.normal(size=(count, dimensions))).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def ranks(points: np.ndarray) -> np.ndarray:
    """Return the rank of j among the others of i by distance, from 1; itself 0."""
    distances = np.square(points[:, None, :].astype(float) - points[None, :, :]).sum(axis=2)
    np.fill_diagonal(distances, -1)
    return np.argsort(np.argsort(distances, axis=1), axis=1)


def by_definition(space: np.ndarray, picture: np.ndarray, k: int) -> float:
    """Return trustworthiness as Venna & Kaski (2001) write it: a penalty for each neighbour in the picture that is none in the space."""
    n, true, seen = len(space), ranks(space), ranks(picture)
    penalty = sum(true[i, j] - k for i in range(n) for j in range(n) if i != j and seen[i, j] <= k < true[i, j])
    return float(1 - 2 / (n * k * (2 * n - 3 * k - 1)) * penalty)


@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_groups_stay_together_and_the_picture_is_reproducible(method: str) -> None:
    vectors = groups()
    made, again = project(vectors, method, 4), project(vectors, method, 4)
    assert np.array_equal(made.points, again.points)
    assert made.points.shape == (60, 2)
    assert np.ptp(made.points, axis=0).max() == pytest.approx(1.0)
    kinds = np.arange(60) % 3
    nearest = [neighbours_in(made.points, each) for each in range(60)]
    assert np.mean([kinds[each] == kinds[other] for each, other in enumerate(nearest)]) > 0.95


def neighbours_in(points: np.ndarray, index: int) -> int:
    return int(np.flatnonzero(ranks(points)[index] == 1)[0])


def test_trustworthiness_and_continuity_follow_their_definitions() -> None:
    vectors = groups(40)
    points = framed(np.random.default_rng(1).normal(size=(40, 2)).astype(np.float32))
    trusted, continued, checked, counted, why = fidelity(vectors, points, seed=0)
    assert (checked, counted, why) == (40, 10, "")
    assert trusted == pytest.approx(by_definition(vectors, points, 10))
    assert continued == pytest.approx(by_definition(points, vectors, 10))


def test_a_faithful_picture_has_one_and_a_large_one_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    flat = np.random.default_rng(0).normal(size=(80, 2)).astype(np.float32)
    assert fidelity(flat, flat, 0)[:2] == (1.0, 1.0)
    monkeypatch.setattr(maps, "CHECKED", 30)
    assert fidelity(flat, flat, 0)[2] == 30


def test_umap_gets_a_seed_and_sizes_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    # The real one compiles for half a minute: tests/benchmarks/bench_landscape.py runs it.
    asked = {}

    class Umap:
        def __init__(self, **options: object) -> None:
            asked.update(options)

        def fit_transform(self, vectors: np.ndarray) -> np.ndarray:
            return vectors[:, :2]

    monkeypatch.setitem(sys.modules, "umap", types.SimpleNamespace(UMAP=Umap))
    assert project(groups(8), "umap", 9).points.shape == (8, 2)
    assert asked == {"n_neighbors": 7, "metric": "cosine", "init": "random", "random_state": 9, "n_jobs": 1}


def test_too_few_texts_and_identical_texts() -> None:
    with pytest.raises(BadInput, match="at least 3 texts, got 2"):
        project(groups(2), "pca")
    with pytest.raises(BadInput, match="No method 'mds'"):
        project(groups(), "mds")
    same = project(np.repeat(groups(1), 6, axis=0), "pca")
    assert not same.points.any(), "rounding errors are not drawn large"
    assert "cannot be computed" in project(groups(3), "pca").why


def test_pictures_and_vectors_are_kept_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path))
    texts, at = ["a", "b", "c"], address(["a", "b", "c"], "m", "pca", 0)
    assert stored(at) is None
    made = Projection("pca", np.ones((3, 2), dtype=np.float32), 0.9, float("nan"), 3, 1, "why not")
    store(at, made)
    found = stored(at)
    assert found is not None
    assert (found.method, found.trustworthiness, found.checked, found.neighbours, found.why) == ("pca", 0.9, 3, 1, "why not")
    assert np.isnan(found.continuity)
    assert np.array_equal(found.points, made.points)
    assert address(["ab", "c"], "m", "pca", 0) != address(["a", "bc"], "m", "pca", 0)
    assert len({at, address(texts, "n", "pca", 0), address(texts, "m", "tsne", 0), address(texts, "m", "pca", 1)}) == 4
    assert stored_vectors(texts, "m") is None
    store_vectors(texts, "m", groups(3))
    assert np.array_equal(stored_vectors(texts, "m"), groups(3))  # type: ignore[arg-type]
    (tmp_path / "projections" / f"{at}.npz").write_bytes(b"broken")
    assert stored(at) is None


def test_nearest_neighbours() -> None:
    from sklearn.neighbors import NearestNeighbors

    vectors = groups(30)
    found = neighbours(vectors, 4, 3)
    oracle = NearestNeighbors(n_neighbors=4, metric="cosine").fit(vectors).kneighbors(vectors[4:5])
    assert [index for index, _ in found] == oracle[1][0][1:].tolist()
    np.testing.assert_allclose([cosine for _, cosine in found], 1 - oracle[0][0][1:], atol=1e-6)
    assert len(neighbours(vectors, 0, 99)) == 29
