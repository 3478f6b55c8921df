"""Texts as words: the tokens every count here is made of, and the words that set a selection of questions apart from the rest.

Characteristic words are ranked by log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, §3.5): a word
that is frequent everywhere, or met too rarely to tell, ends near 0, so no list of stop words is needed.
Data flow: `texts → words → counts → Word per word, the most characteristic first`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from adaem_core.infer.estimate import share

WORD = re.compile(r"\w+(?:['’\-]\w+)*")
PRIOR = 500.0  # words of prior, spread over the vocabulary as both sides together use it


@dataclass(frozen=True)
class Word:
    """How one word is used in a selection and in the rest."""

    word: str
    z: float  # standardised log-odds: above 0 more in the selection; beyond ±1.96 unlikely to be chance for a word named beforehand
    log_odds: float  # natural logarithm of the odds ratio, shrunk towards 0
    low: float  # 95 % interval of the log-odds
    high: float
    selection: int  # times in the selection
    rest: int  # times in the rest


def words(text: str) -> list[str]:
    """Return the words of a text, lower-cased, without punctuation; “deep-sea” and “don't” are one word each."""
    return WORD.findall(text.lower())


def one_line(text: str) -> str:
    """Return the text on one line without control characters, of which an embedding model can make nothing."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def counted(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word occurs."""
    return Counter(word for text in texts for word in words(text))


def characteristic(selection: Sequence[str], rest: Sequence[str], *, prior: float = PRIOR) -> list[Word]:
    """Return every word of both sides, the most characteristic of the selection first; empty where one side has no word.

    With y the counts of a side, n its total and a the prior counts: log-odds = ln((y + a) / (n + A − y − a)) of the selection
    minus that of the rest, variance ≈ 1 / (y + a) + 1 / (y' + a). Source: Monroe et al. 2008, eq. (15)-(22).
    """
    return compared(counted(selection), counted(rest), prior=prior)


def compared(chosen: Counter[str], others: Counter[str], *, prior: float = PRIOR) -> list[Word]:
    """Return what `characteristic` does, from the counts of the two sides."""
    if not chosen or not others:
        return []
    vocabulary = sorted(chosen.keys() | others.keys())
    if len(vocabulary) == 1:
        return []  # one word alone has no odds against other words
    here, there = (np.array([side[word] for word in vocabulary], dtype=float) for side in (chosen, others))
    estimates, errors = log_odds(here, there, prior)
    z = estimates / errors
    reach = 1.96 * errors
    order = sorted(range(len(vocabulary)), key=lambda place: (-z[place], vocabulary[place]))
    return [
        Word(
            vocabulary[i], float(z[i]), float(estimates[i]), float(estimates[i] - reach[i]), float(estimates[i] + reach[i]),
            int(here[i]), int(there[i]),
        )
        for i in order
    ]  # fmt: skip


def log_odds(here: np.ndarray, there: np.ndarray, prior: float) -> tuple[np.ndarray, np.ndarray]:
    """Return log-odds ratios and their standard errors, shape (words,), from two rows of counts over the same words."""
    expected = prior * (here + there) / (here + there).sum()
    sides = []
    for counts in (here, there):
        count, total = counts + expected, counts.sum() + prior
        sides.append((np.log(count) - np.log(total - count), 1 / count))
    return sides[0][0] - sides[1][0], np.sqrt(sides[0][1] + sides[1][1])


@dataclass(frozen=True)
class Keyword:
    """How common one word is among the texts of a set."""

    word: str
    texts: int  # that have the word at least once
    share: float  # of all texts, [0, 1]
    low: float  # 95 % interval of the share
    high: float


def keywords(texts: Sequence[str], *, leave_out: frozenset[str] = frozenset()) -> list[Keyword]:
    """Return the words of a set with the share of its texts that have them, the commonest first; words of one letter are left out."""
    found = Counter(word for text in texts for word in set(words(text)) if len(word) > 1 and word not in leave_out)
    ranked = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return [Keyword(word, count, *share(count, len(texts))) for word, count in ranked]


def function_words() -> frozenset[str]:
    """Return English words that say nothing about a subject, for lists of keywords."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS) | {"does", "did", "doing", "having"}
