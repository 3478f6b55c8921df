"""Drop a new question that is too similar to those that are there already (Algorithm 2, line 13).

ε belongs to its embedding model; tests/generate/test_deduplicate.py shows what our default catches and what it spares
(docs/decisions/threshold-belongs-to-its-embedding.md).
Data flow: `drafts in order, questions so far → the same drafts, repeats marked`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from adaem_core.chat.embed import Vectors
from adaem_core.generate.wording import normalised
from adaem_core.records import Fate, Outgrowth
from adaem_core.settings import GenerateSettings

Vector = np.ndarray[tuple[int], np.dtype[np.float32]]


@dataclass(frozen=True)
class Known:
    """The questions a new one must differ from, with their unit vectors, shape (texts, dimensions)."""

    texts: tuple[str, ...]
    vectors: Vectors


def sift(
    pulls: Sequence[Sequence[Outgrowth]], vectors: Mapping[str, Vector], known: Known, settings: GenerateSettings
) -> list[list[Outgrowth]]:
    """Return the drafts of a wave, pull by pull, with repeats marked DUPLICATE and good ones beyond N2 marked SURPLUS.

    Drafts are taken in the order given; each one kept is known to the next.
    """
    sifted = []
    for drafts in pulls:
        fates: list[Outgrowth] = []
        for draft in drafts:
            fates.append(judged(draft, vectors, known, settings, kept=sum(each.fate is Fate.UNSCORED for each in fates)))
            if fates[-1].fate is Fate.UNSCORED:
                text = draft.question.text
                known = Known((*known.texts, text), np.vstack([known.vectors, vectors[text]]))
        sifted.append(fates)
    return sifted


def judged(draft: Outgrowth, vectors: Mapping[str, Vector], known: Known, settings: GenerateSettings, *, kept: int) -> Outgrowth:
    """Return one draft with its fate; `kept` drafts of the same pull were kept before it."""
    if draft.fate is not Fate.UNSCORED:
        return draft
    if kept == settings.kept:
        return replace(draft, fate=Fate.SURPLUS, reason=f"{kept} questions of this pull were kept before it")
    reason = repeats(draft.question.text, vectors[draft.question.text], known, settings)
    return replace(draft, fate=Fate.DUPLICATE, reason=reason) if reason else draft


def repeats(text: str, vector: Vector, known: Known, settings: GenerateSettings) -> str | None:
    """Return why `text` is a duplicate, None if it is new.

    A duplicate has the same words as a known question, or its mean cosine similarity to the `similar` nearest known
    questions exceeds ε.
    """
    if not known.texts:
        return None
    similarity = known.vectors @ vector
    nearest = known.texts[int(similarity.argmax())]
    if same_words(text, known.texts):
        return f"the same words as an earlier question: {nearest}"
    level = float(np.sort(similarity)[-settings.similar :].mean())
    return f"similarity {level:.2f} to earlier questions, nearest: {nearest}" if level > settings.epsilon else None


def without_repeats(pulls: Sequence[Sequence[Outgrowth]], known: Known) -> list[tuple[Outgrowth, ...]]:
    """Return a wave with questions marked DUPLICATE that refinement made the same as an earlier one, in order."""
    texts = list(known.texts)
    checked = []
    for grown in pulls:
        fates = [mark_repeat(each, texts) for each in grown]
        checked.append(tuple(fates))
    return checked


def mark_repeat(grown: Outgrowth, texts: list[str]) -> Outgrowth:
    """Return `grown`, marked if its wording is among `texts`; adds a new wording to `texts`."""
    if grown.fate is not Fate.SCORED:
        return grown
    if same_words(grown.question.text, texts):
        return replace(grown, fate=Fate.DUPLICATE, reason="refinement led to the words of an earlier question")
    texts.append(grown.question.text)
    return grown


def same_words(text: str, texts: Sequence[str]) -> bool:
    """Return True when one of `texts` has exactly the words of `text`."""
    return normalised(text) in map(normalised, texts)
