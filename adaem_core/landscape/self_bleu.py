"""Self-BLEU: how much the questions of a set repeat each other's wording (Zhu et al. 2018; AdAEM Tables 1, 7, 14, 17, 18).

Each question is held as a hypothesis against other questions as references: BLEU-4 with equal weights as `sentence_bleu` of
nltk computes it with smoothing method 1 (Chen & Cherry 2014: a precision without any match counts 0.1 matches). Exact, and
linear in the corpus but for sorting: per n-gram, the two largest counts among the references and the owner of the largest
tell how far a hypothesis may be matched by anyone but itself.
Data flow: `texts as words → integer n-gram ids → clipped counts per text and order → BLEU per text`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from adaem_core.infer.arrays import Flags, Floats, Integers

ORDERS = 4
EPSILON = 0.1  # matches credited to a precision that has none: nltk's SmoothingFunction().method1


@dataclass(frozen=True, eq=False)
class Grams:
    """All n-grams of one order in the corpus, in order of appearance."""

    ids: Integers  # which n-gram, from 0
    starts: Integers  # index into the corpus's tokens where it begins


def self_bleu(texts: Sequence[Sequence[str]], references: Flags | None = None) -> Floats:
    """Return BLEU of each text against the others, shape (texts,), in [0, 1]; NaN where there is no other text to compare with.

    `texts` are lists of words. `references` marks the texts that serve as references (all of them if None); a text is
    never its own reference. Two texts of the same words are references of each other, as in nltk.
    """
    chosen = np.ones(len(texts), dtype=bool) if references is None else references
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    tokens, owners = numbered(texts), np.repeat(np.arange(len(texts)), lengths)
    matched = np.zeros((ORDERS, len(texts)))
    grams = Grams(tokens, np.arange(len(tokens)))
    for order in range(ORDERS):
        matched[order] = clipped(grams.ids, owners[grams.starts], chosen)
        grams = longer(grams, tokens, owners, order + 1)
    possible = np.maximum(lengths - np.arange(ORDERS)[:, None], 1)
    precisions = np.where(matched > 0, matched, EPSILON) / possible
    scores = brevity(lengths, closest_lengths(lengths, chosen)) * np.exp(np.log(precisions).mean(axis=0))
    alone = chosen.sum() - chosen == 0
    return np.where(alone, np.nan, np.where(matched[0] > 0, scores, 0.0))


def numbered(texts: Sequence[Sequence[str]]) -> Integers:
    """Return the corpus as one row of integers, one per word."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(word, len(known)) for text in texts for word in text], dtype=np.int64)


def longer(grams: Grams, tokens: Integers, owners: Integers, order: int) -> Grams:
    """Return the n-grams one word longer than `grams` (which have `order` words), none of which crosses the end of a text."""
    ends = grams.starts + order
    inside = ends < len(tokens)
    inside[inside] = owners[ends[inside]] == owners[grams.starts[inside]]
    codes = grams.ids[inside] * (tokens.max(initial=0) + 1) + tokens[ends[inside]]
    return Grams(np.unique(codes, return_inverse=True)[1], grams.starts[inside])


def clipped(ids: Integers, owners: Integers, references: Flags) -> Floats:
    """Return per text how many of its n-grams the other references match, shape (texts,): each at most as often as one of them has it."""
    if not len(ids):
        return np.zeros(len(references))
    pairs, counts = np.unique(ids * len(references) + owners, return_counts=True)
    gram, text = np.divmod(pairs, len(references))
    starts = np.flatnonzero(np.diff(gram, prepend=-1))
    offered = np.where(references[text], counts, 0)
    largest = np.maximum.reduceat(offered, starts)[gram]
    # The first holder of the largest count owns it; what is left then has the second largest, for the owner itself.
    holders = np.flatnonzero(offered == largest)
    owner_pairs = holders[np.flatnonzero(np.diff(gram[holders], prepend=-1))]
    offered[owner_pairs] = 0
    limits = largest
    limits[owner_pairs] = np.maximum.reduceat(offered, starts)[gram[owner_pairs]]
    return np.asarray(np.bincount(text, weights=np.minimum(counts, limits), minlength=len(references)), dtype=float)


def closest_lengths(lengths: Integers, references: Flags) -> Integers:
    """Return the length of the other reference that is closest to each text's own, the shorter of two equally close; 0 where there is none."""
    sizes, counts = np.unique(lengths[references], return_counts=True)
    kinds, places = np.unique(lengths * 2 + references, return_inverse=True)
    found = np.zeros(len(kinds), dtype=np.int64)
    # Few lengths occur: distinct ones are at most the square root of twice the corpus, so this stays linear.
    for place, kind in enumerate(kinds):
        length, is_reference = divmod(int(kind), 2)
        others = sizes[counts - (sizes == length) * is_reference > 0]
        found[place] = others[np.argmin(np.abs(others - length))] if len(others) else 0
    return found[places]


def brevity(lengths: Integers, closest: Integers) -> Floats:
    """Return the penalty for texts not longer than their closest reference, shape (texts,), in [0, 1]; 0 for a text without words."""
    penalty = np.exp(1 - closest / np.maximum(lengths, 1))
    return np.where(lengths > closest, 1.0, np.where(lengths == 0, 0.0, penalty))


def reference_sample(count: int, references: int | None, seed: int) -> Flags:
    """Return which of `count` texts are references, shape (count,): so many drawn by seed, or all where there are no more (or for None)."""
    chosen = np.zeros(count, dtype=bool)
    size = count if references is None else min(references, count)
    chosen[np.random.default_rng(seed).permutation(count)[:size]] = True
    return chosen
