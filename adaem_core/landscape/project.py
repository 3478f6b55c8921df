"""Draw questions as points in a plane: PCA, t-SNE or UMAP of their embeddings (AdAEM Fig. 3), and say how far the picture can be trusted.

A picture of so few dimensions must tear and squeeze. *Trustworthiness* says how many neighbours in the picture are neighbours
in meaning, *continuity* how many neighbours in meaning stay neighbours in the picture (Venna & Kaski 2001); 1 is perfect.
Same vectors, method and seed give the same picture; coordinates are kept on disk under an address of texts, model, method and seed.
Data flow: `texts → unit vectors → (points, 2) → Projection`, stored as `projections/<address>.npz` in the cache folder.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np

from adaem_core.chat.cache import cache_folder
from adaem_core.errors import BadInput
from adaem_core.landscape import sealed

METHODS = ("pca", "tsne", "umap")
FEWEST = {"pca": 3, "tsne": 5, "umap": 5}  # texts below which a method has nothing to arrange
CHECKED = 2000  # points in the sample on which a picture is checked: all pairs of it are compared
NEIGHBOURS = 10  # how many nearest neighbours count in that check
VERSION = 1  # of the pictures: a change that moves points must raise it
Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]


@dataclass(frozen=True, eq=False)
class Projection:
    """Points in the plane, and how far to trust them."""

    method: str
    points: Vectors  # (texts, 2), centred, the longer side of the cloud 1; axes and distances across the picture have no unit
    trustworthiness: float  # [0, 1]; NaN where `why` says so
    continuity: float  # [0, 1]; NaN likewise
    checked: int  # points on which the two were computed
    neighbours: int
    why: str = ""  # why the picture could not be checked


def project(vectors: Vectors, method: str, seed: int = 0) -> Projection:
    """Return the picture of unit vectors, shape (texts, dimensions); BadInput for an unknown method or too few texts."""
    if method not in METHODS:
        raise BadInput(f"No method {method!r} to draw a map. Choose one of {', '.join(METHODS)}.")
    if len(vectors) < FEWEST[method]:
        raise BadInput(f"A map by {method} needs at least {FEWEST[method]} texts, got {len(vectors)}. Add a set, or choose pca.")
    points = framed({"pca": pca, "tsne": tsne, "umap": umap}[method](vectors, seed))
    return Projection(method, points, *fidelity(vectors, points, seed))


def pca(vectors: Vectors, seed: int) -> Vectors:
    """Return the two directions of largest variance, by an exact decomposition: no draw is involved and `seed` has no effect."""
    del seed
    from sklearn.decomposition import PCA

    return np.asarray(PCA(2, svd_solver="covariance_eigh" if len(vectors) > vectors.shape[1] else "full").fit_transform(vectors))


def tsne(vectors: Vectors, seed: int) -> Vectors:
    """Return t-SNE from a PCA start (van der Maaten & Hinton 2008), perplexity 30 or as many as the texts allow."""
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    perplexity = min(30.0, (len(vectors) - 1) / 3)
    # The sum over points is split among threads: the order of two parts does not matter to a sum, that of more does.
    with threadpool_limits(2, user_api="openmp"):
        return np.asarray(TSNE(2, perplexity=perplexity, init="pca", random_state=seed).fit_transform(vectors))


def umap(vectors: Vectors, seed: int) -> Vectors:
    """Return UMAP by cosine distance (McInnes et al. 2018), 15 neighbours or as many as there are; compiles for half a minute in a new process."""
    from umap import UMAP

    neighbours = min(15, len(vectors) - 1)
    # The spectral start needs more texts than it has directions.
    start = "spectral" if len(vectors) > 10 else "random"
    made = UMAP(n_neighbors=neighbours, metric="cosine", init=start, random_state=seed, n_jobs=1)
    return np.asarray(made.fit_transform(vectors))


def framed(points: Vectors) -> Vectors:
    """Return points centred and scaled such that the longer side of the cloud is 1; identical points stay at 0."""
    centred = points - (points.max(axis=0) + points.min(axis=0)) / 2
    side = float(np.ptp(centred, axis=0).max())
    # Between identical texts only rounding remains: drawn large, it would look like a finding.
    return np.asarray(centred / side if side > 1e-5 else 0 * centred, dtype=np.float32)


def fidelity(vectors: Vectors, points: Vectors, seed: int) -> tuple[float, float, int, int, str]:
    """Return trustworthiness, continuity, points checked, neighbours counted, and why it could not be done.

    On a seeded sample of at most `CHECKED` points. Continuity is trustworthiness with the two spaces exchanged.
    """
    from sklearn.manifold import trustworthiness

    chosen = np.random.default_rng(seed).permutation(len(vectors))[:CHECKED]
    count = len(chosen)
    neighbours = min(NEIGHBOURS, (count - 1) // 2)
    if neighbours < 1 or count < 5:
        return float("nan"), float("nan"), count, 0, "cannot be computed because there are fewer than 5 texts"
    high, flat = vectors[chosen], points[chosen]
    trusted = trustworthiness(high, flat, n_neighbors=neighbours)
    continued = trustworthiness(flat, high, n_neighbors=neighbours)
    return float(trusted), float(continued), count, neighbours, ""


def address(texts: Sequence[str], model: str, method: str, seed: int) -> str:
    """Return the content address of a picture: what decides where its points lie."""
    made = hashlib.sha256(f"{VERSION}\x1f{model}\x1f{method}\x1f{seed}".encode())
    for text in texts:
        made.update(b"\x1e" + text.encode("utf-8", "surrogatepass"))
    return made.hexdigest()[:32]


def folder() -> Path:
    """Return where pictures are kept."""
    return cache_folder() / "projections"


def stored(address: str) -> Projection | None:
    """Return the picture under an address; None where this computer kept none."""
    content = sealed.kept(folder() / f"{address}.npz")
    if content is None:
        return None
    with np.load(BytesIO(content), allow_pickle=False) as held:
        trusted, continued = (float(each) for each in held["fidelity"])
        checked, neighbours = (int(each) for each in held["counts"])
        return Projection(str(held["method"]), held["points"], trusted, continued, checked, neighbours, str(held["why"]))


def stored_vectors(texts: Sequence[str], model: str) -> Vectors | None:
    """Return the unit vectors kept for these texts, shape (texts, dimensions); None where they were not embedded as one set yet."""
    content = sealed.kept(vectors_file(texts, model))
    return None if content is None else np.load(BytesIO(content), allow_pickle=False)


def store_vectors(texts: Sequence[str], model: str, vectors: Vectors) -> None:
    """Keep the vectors of a set of texts."""
    sealed.keep(vectors_file(texts, model), saved(lambda file: np.save(file, vectors)))


def vectors_file(texts: Sequence[str], model: str) -> Path:
    """Return where the vectors of a set of texts are kept."""
    return folder() / f"{address(texts, model, 'vectors', 0)}.npy"


def store(address: str, made: Projection) -> None:
    """Keep a picture."""
    parts = {
        "points": made.points,
        "method": np.array(made.method),
        "why": np.array(made.why),
        "fidelity": np.array([made.trustworthiness, made.continuity]),
        "counts": np.array([made.checked, made.neighbours]),
    }
    sealed.keep(folder() / f"{address}.npz", saved(lambda file: np.savez(file, allow_pickle=False, **parts)))


def saved(save: Callable[[BinaryIO], object]) -> bytes:
    """Return what `save` writes to a file."""
    file = BytesIO()
    save(file)
    return file.getvalue()


def neighbours(vectors: Vectors, index: int, count: int) -> list[tuple[int, float]]:
    """Return the texts nearest in meaning to one, as (index, cosine), the nearest first; the text itself is left out, its repeats are not."""
    cosines = vectors @ vectors[index]
    cosines[index] = -np.inf
    order = np.argsort(-cosines, kind="stable")[: min(count, len(vectors) - 1)]
    return [(int(each), min(float(cosines[each]), 1.0)) for each in order]
