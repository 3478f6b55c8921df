"""How good a set of questions is as a set: its size, length, repetition, spread, and how far it is from other sets.

The figures of AdAEM Tables 1, 2, 7, 8, 14, 17 and 18. The paper does not say how it computes them; here the definition stands
beside each number (`DEFINITIONS`). Self-BLEU and Dist-2 are also given in a form in which sets of different size compare; intervals
leave one question out at a time (jackknife; Efron & Stein 1981). Why: docs/decisions/self-bleu-at-one-size.md.
Data flow: `texts, unit vectors → Quality` (an `Estimate` per figure: value, interval, or why there is none).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from scipy.special import gammaln

from adaem_core.infer.arrays import Floats, Integers
from adaem_core.infer.estimate import Estimate, jackknifed, unknown, without_interval
from adaem_core.landscape.self_bleu import reference_sample, self_bleu
from adaem_core.landscape.words import words

REFERENCES = 200  # questions that serve as references, and the size to which Dist-2 is brought
CHUNK = 2048  # rows of similarities held at once
Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]

DEFINITIONS = {
    "number": "Number of questions: texts that are not empty; repeats count.",
    "mean_length": "Mean length in words. A word is a run of letters and digits, with inner apostrophes and hyphens; case and punctuation do not count.",
    "self_bleu": (
        "Self-BLEU at a fixed reference sample: mean over all questions of BLEU-4 (equal weights, nltk's sentence_bleu with smoothing method 1, "
        "words in lower case) against the questions of one sample drawn by seed, itself left out. 0 to 1; lower is more varied. "
        "The interval is over questions, at this sample."
    ),
    "self_bleu_all": (
        "Self-BLEU as above, with all other questions as references. It rises with the number of questions: compare sets of one size only."
    ),
    "dist_2": "Distinct word pairs (bigrams within a question) over all word pairs. 0 to 1; higher is more varied. It falls with the number of questions.",
    "dist_2_same_size": (
        "Dist-2 to be expected of so many questions drawn from the set without replacement (rarefaction, exact): sets of different size compare. "
        "An expectation over all draws, so it has no interval."
    ),
    "mean_similarity": "Mean cosine similarity over all pairs of different questions, by sentence embedding. −1 to 1; lower is more varied.",
    "novelty": "1 − mean cosine similarity between the questions of this set and those of another. Higher is newer. The interval is over the questions of this set.",
    "novelty_nearest": "1 − mean cosine similarity of each question to its nearest in the other set: 0 where everything is there already.",
}


@dataclass(frozen=True)
class Quality:
    """The figures of one set of questions, each as `DEFINITIONS` has it."""

    number: int
    references: int  # questions in the reference sample of `self_bleu`, which is also the size behind `dist_2_same_size`
    mean_length: Estimate
    self_bleu: Estimate
    self_bleu_all: Estimate
    dist_2: Estimate
    dist_2_same_size: Estimate
    mean_similarity: Estimate
    novelty: Mapping[str, Estimate] = field(default_factory=dict)  # by name of the other set
    novelty_nearest: Mapping[str, Estimate] = field(default_factory=dict)


def quality(
    texts: Sequence[str],
    vectors: Vectors | None = None,
    against: Mapping[str, Vectors] | None = None,
    *,
    references: int | None = REFERENCES,
    seed: int = 0,
) -> Quality:
    """Return the quality of a set of questions.

    `vectors` are unit vectors, shape (texts, dimensions); without them there is no similarity and no novelty. `references` is
    the size of the reference sample, None for all questions.
    """
    split = [words(text) for text in texts]
    sample = reference_sample(len(split), references, seed)
    others = against or {}
    return Quality(
        number=len(texts),
        references=int(sample.sum()),
        mean_length=mean(np.array([len(each) for each in split], dtype=float)),
        self_bleu=mean(self_bleu(split, sample), bounds=(0, 1)),
        self_bleu_all=mean(self_bleu(split), bounds=(0, 1)),
        dist_2=dist_2(split),
        dist_2_same_size=dist_2_at(split, int(sample.sum())),
        mean_similarity=mean_similarity(vectors),
        novelty={name: novelty(vectors, other) for name, other in others.items()},
        novelty_nearest={name: novelty_nearest(vectors, other) for name, other in others.items()},
    )


def mean(values: Floats, *, bounds: tuple[float, float] = (-np.inf, np.inf)) -> Estimate:
    """Return the mean of the values that are known, shape (questions,), with Student's interval."""
    known = values[~np.isnan(values)]
    if not len(known):
        told = "there is no question" if not len(values) else "there is no other question to compare with"
        return unknown(told)
    total, count = known.sum(), len(known)
    left_out = (total - known) / (count - 1) if count > 1 else known[:0]
    return jackknifed(float(total / count), left_out, count, bounds)


def bigrams(split: Sequence[Sequence[str]]) -> tuple[Integers, Integers]:
    """Return which bigram and which text, one entry per bigram of the corpus, shape (bigrams,) each."""
    known: dict[tuple[str, str], int] = {}
    pairs = [(known.setdefault(pair, len(known)), text) for text, each in enumerate(split) for pair in pairwise(each)]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def dist_2(split: Sequence[Sequence[str]]) -> Estimate:
    """Return the share of distinct bigrams, texts given as words (Li et al. 2016)."""
    ids, owners = bigrams(split)
    if not len(ids):
        return unknown("no question has two words")
    distinct, total = len(np.unique(ids)), len(ids)
    held = np.unique(ids * len(split) + owners)
    gram, text = np.divmod(held, len(split))
    # Without its text, a bigram that no other text holds is gone.
    only_here = np.bincount(text[(np.bincount(gram) == 1)[gram]], minlength=len(split))
    rest = total - np.bincount(owners, minlength=len(split))
    left_out = np.where(rest > 0, (distinct - only_here) / np.maximum(rest, 1), np.nan)
    return jackknifed(distinct / total, left_out, len(split), (0, 1))


def dist_2_at(split: Sequence[Sequence[str]], size: int) -> Estimate:
    """Return Dist-2 to be expected of `size` texts drawn without replacement (Hurlbert 1971): expected distinct over expected all bigrams."""
    ids, owners = bigrams(split)
    if not len(ids):
        return unknown("no question has two words")
    count = len(split)
    holders, bigrams_held = np.unique(np.bincount(np.unique(ids * count + owners) // count), return_counts=True)
    distinct = float((bigrams_held * (1 - absent(holders, count, size))).sum())
    return without_interval(distinct / (size * len(ids) / count), "it is an expectation over all draws", count)


def absent(holders: Integers, count: int, size: int) -> Floats:
    """Return the chance that none of `holders` texts is among `size` drawn from `count` without replacement, same shape, in [0, 1]."""
    left = count - holders
    possible = left >= size
    left = np.where(possible, left, size)
    logs = gammaln(left + 1) - gammaln(left - size + 1) - gammaln(count + 1) + gammaln(count - size + 1)
    return np.where(possible, np.exp(logs), 0.0)


def mean_similarity(vectors: Vectors | None) -> Estimate:
    """Return the mean cosine over pairs of different texts: the squared length of the sum holds all pairs, so no matrix is needed."""
    if vectors is None:
        return unknown("the questions were not embedded")
    count, exact = len(vectors), np.asarray(vectors, dtype=float)
    if count < 2:
        return unknown("there is no pair of questions")
    total, own = exact.sum(axis=0), np.square(exact).sum(axis=1)
    all_pairs = float(total @ total - own.sum())
    with_each = exact @ total - own  # similarity of each text to all others together
    left_out = (all_pairs - 2 * with_each) / ((count - 1) * (count - 2)) if count > 2 else exact[:0, 0]
    return jackknifed(all_pairs / (count * (count - 1)), left_out, count, (-1, 1))


def novelty(vectors: Vectors | None, others: Vectors) -> Estimate:
    """Return 1 − mean cosine over all pairs of a text of this set and one of the others."""
    if (missing := incomparable(vectors, others)) is not None or vectors is None:
        return missing or unknown("the questions were not embedded")
    centre = np.asarray(others, dtype=float).mean(axis=0)
    return mean(1 - np.asarray(vectors, dtype=float) @ centre, bounds=(0, 2))


def novelty_nearest(vectors: Vectors | None, others: Vectors) -> Estimate:
    """Return 1 − mean cosine of each text to its nearest among the others."""
    if (missing := incomparable(vectors, others)) is not None or vectors is None:
        return missing or unknown("the questions were not embedded")
    return mean(1 - nearest_similarity(vectors, others), bounds=(0, 2))


def incomparable(vectors: Vectors | None, others: Vectors) -> Estimate | None:
    """Return why two sets cannot be compared; None if they can."""
    if vectors is None:
        return unknown("the questions were not embedded")
    if not len(vectors) or not len(others):
        return unknown("one of the two sets has no question")
    return None


def nearest_similarity(vectors: Vectors, others: Vectors) -> Floats:
    """Return the cosine of each text to its nearest other, shape (texts,), in [−1, 1]; a block of products at a time."""
    parts = [(vectors[start : start + CHUNK] @ others.T).max(axis=1) for start in range(0, len(vectors), CHUNK)]
    return np.asarray(np.minimum(np.concatenate(parts), 1.0), dtype=float)
