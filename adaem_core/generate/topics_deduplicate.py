"""Drop topics that say the same: near-identical wordings by MinHash, then close meanings by clusters of embeddings.

After Appendix B, but DBSCAN finds groups and average linkage splits each group's chains (docs/decisions/topics-are-merged-without-chains.md).
One line of data flow: topics → `by_wording` → `by_meaning` → `Distinct(kept, merged)`, which the preview shows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from adaem_core.generate.similarity import jaccard
from adaem_core.records import Topic

if TYPE_CHECKING:
    from datasketch import MinHash

Embed = Callable[[Sequence[str]], NDArray[np.float32]]  # texts → unit vectors, shape (texts, dimensions)

# Calibrated by eye on 571 real conclusions: below these values pairs begin to ask different things. Embeddings hardly tell for
# from against, which does no harm here: a question and its opposite open the same topic.
WORDING = 0.75  # Jaccard similarity of character 4-grams
MEANING = 0.85  # mean cosine similarity within a cluster, for all-MiniLM-L6-v2
SHINGLE = 4
HASHES = 128
SEED = 1


@dataclass(frozen=True)
class Merged:
    """One topic that was dropped, the kept topic that stands for it, and why."""

    topic: Topic
    into: Topic
    reason: str  # wording or meaning
    similarity: float  # in [0, 1]: Jaccard for wording, cosine for meaning


@dataclass(frozen=True)
class Distinct:
    """Topics that differ, in their original order, and what was merged into them."""

    kept: tuple[Topic, ...]
    merged: tuple[Merged, ...]


def deduplicate(topics: Sequence[Topic], embed: Embed | None = None, *, wording: float = WORDING, meaning: float = MEANING) -> Distinct:
    """Return the distinct topics; without `embed` only wordings are compared. Deterministic.

    `wording` and `meaning` are the least similarities, in (0, 1], at which two topics count as one.
    A topic merged by wording into one that is then merged by meaning names the topic finally kept.
    """
    first = by_wording(topics, wording)
    if embed is None or len(first.kept) < 2:
        return first
    second = by_meaning(first.kept, embed([topic.text for topic in first.kept]), meaning)
    finally_into = {each.topic.id: each.into for each in second.merged}
    moved = (Merged(each.topic, finally_into.get(each.into.id, each.into), each.reason, each.similarity) for each in first.merged)
    return Distinct(second.kept, (*moved, *second.merged))


def by_wording(topics: Sequence[Topic], least: float) -> Distinct:
    """Merge each topic into the most similar earlier one that was kept, if their wordings are at least `least` alike.

    MinHash proposes candidates, the exact Jaccard similarity decides.
    """
    from datasketch import MinHashLSH

    # Candidates are proposed a little below the limit, so that an unlucky hash seldom hides a true one.
    index = MinHashLSH(threshold=max(least - 0.15, 0.05), num_perm=HASHES)
    shingles = [shingled(topic.text) for topic in topics]
    kept: list[int] = []
    merged: list[Merged] = []
    for place, topic in enumerate(topics):
        sketch = sketched(shingles[place])
        near = [(jaccard(shingles[place], shingles[other]), -other) for other in map(int, index.query(sketch))]
        if near and max(near)[0] >= least:
            similarity, other = max(near)
            merged.append(Merged(topic, topics[-other], "wording", similarity))
        else:
            index.insert(str(place), sketch)
            kept.append(place)
    return Distinct(tuple(topics[place] for place in kept), tuple(merged))


def shingled(text: str) -> frozenset[str]:
    """Return the character 4-grams of the text in lower case, letters and digits only, words kept apart."""
    plain = " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())
    return frozenset(plain[start : start + SHINGLE] for start in range(max(len(plain) - SHINGLE + 1, 1)))


def sketched(shingles: Iterable[str]) -> "MinHash":
    """Return the MinHash of a set of strings, the same in every process."""
    from datasketch import MinHash

    sketch = MinHash(num_perm=HASHES, seed=SEED)
    sketch.update_batch([each.encode() for each in sorted(shingles)])
    return sketch


def by_meaning(topics: Sequence[Topic], vectors: NDArray[np.float32], least: float) -> Distinct:
    """Keep of each cluster the topic nearest to its centre; `vectors` has one unit vector a topic."""
    labels = clusters(vectors, least)
    into = {place: nearest_to_centre(vectors, members) for members in groups(labels) for place in members.tolist()}
    merged = tuple(
        Merged(topics[place], topics[centre], "meaning", float(np.clip(vectors[place] @ vectors[centre], 0, 1)))
        for place, centre in sorted(into.items())
        if place != centre
    )
    return Distinct(tuple(topic for place, topic in enumerate(topics) if into[place] == place), merged)


def clusters(vectors: NDArray[np.float32], least: float) -> NDArray[np.int64]:
    """Return a cluster number for each unit vector; the mean similarity between any two parts of a cluster is at least `least`."""
    from sklearn import config_context
    from sklearn.cluster import DBSCAN

    with config_context(working_memory=128):  # megabytes; the default of 1,024 is much for a small machine
        found = DBSCAN(eps=1 - least, min_samples=1, metric="cosine").fit_predict(vectors)
    labels = np.zeros(len(vectors), dtype=np.int64)
    for members in groups(found):
        labels[members] = split(vectors[members], least) + labels.max() + 1
    return labels


def split(vectors: NDArray[np.float32], least: float) -> NDArray[np.int64]:
    """Return cluster numbers by average linkage within one chain of neighbours."""
    from sklearn.cluster import AgglomerativeClustering

    if len(vectors) < 2:
        return np.zeros(len(vectors), dtype=np.int64)
    model = AgglomerativeClustering(n_clusters=None, metric="cosine", linkage="average", distance_threshold=1 - least)
    return np.asarray(model.fit_predict(vectors), dtype=np.int64)


def groups(labels: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the places of each label's members, in order of the labels."""
    return [np.flatnonzero(labels == label) for label in np.unique(labels)]


def nearest_to_centre(vectors: NDArray[np.float32], members: NDArray[np.int64]) -> int:
    """Return the member most similar to the mean of its cluster; of equals the first."""
    closeness = vectors[members] @ vectors[members].mean(axis=0)
    return int(members[np.argmax(np.round(closeness, 6))])
