"""How alike two models' opinions are: BERTScore's greedy token matching, without idf (Zhang et al. 2020; Appendix C.3); and two sets.

Data flow: `opinions per model → token vectors → F1 of every opinion pair → mean per model pair`.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

from adaem_core.chat.embed import Embedder, Vectors


async def opinion_similarity(embed: Embedder, opinions: Sequence[Sequence[str]]) -> Vectors:
    """Return the mean F1 between the opinions of two models, shape (models, models), in [-1, 1].

    The diagonal is the mean within one model, itself included. NaN where a model has no opinion.
    """
    sizes = [len(group) for group in opinions]
    return await embed.remember("mean BERTScore F1", opinions, lambda vectors: block_means(bert_f1(vectors), sizes))


def bert_f1(vectors: Sequence[Vectors]) -> Vectors:
    """Return F1 of greedy matching between all texts, shape (texts, texts), from unit token vectors of each text.

    The first and last token of a text are its marks: words may match them, but they do not count as words themselves, as in
    the reference implementation. Recall = mean over the row text's words of their best match in the column text; precision is its
    transpose. A text without words (invisible characters alone) is like no other: its F1 is 0.
    """
    if not vectors:
        return np.empty((0, 0), dtype=np.float32)
    starts = np.array([0, *accumulate(len(each) for each in vectors)])
    stacked = np.concatenate(vectors)
    best = np.maximum.reduceat(stacked @ stacked.T, starts[:-1], axis=1)  # (all tokens, texts)
    best[starts[:-1]] = best[starts[1:] - 1] = 0
    words = np.array([max(len(each) - 2, 1) for each in vectors])
    recall = np.add.reduceat(best, starts[:-1], axis=0) / words[:, None]
    total = recall + recall.T
    return np.asarray(np.divide(2 * recall * recall.T, total, out=np.zeros_like(total), where=total != 0), dtype=np.float32)


def block_means(matrix: Vectors, sizes: Sequence[int]) -> Vectors:
    """Return the mean of each block of `matrix`, whose rows and columns fall into groups of `sizes`."""
    ends = [0, *accumulate(sizes)]
    rows = list(pairwise(ends))
    means = [[matrix[a:b, c:d].mean() if b > a and d > c else np.nan for c, d in rows] for a, b in rows]
    return np.array(means, dtype=np.float32)


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """Return |∩| / |∪| of two sets, in [0, 1]; 1 where both are empty."""
    return len(first & second) / len(first | second) if first | second else 1.0
