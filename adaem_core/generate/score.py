"""The informativeness score S(x) in its black-box form (Eq. 1; Appendix C.3), each part kept.

S = value diversity + opinion diversity + value conformity ± β/2 · disentanglement. All are means over
models or pairs, and no divisor |∩| is below 1 (docs/decisions/diversity-is-a-mean.md).
`reward` chooses the form the study asked for; the score says which form it has.
Data flow: `text, answers, question's own labels, opinion similarity → Score`.
"""

import math
from collections.abc import Collection, Sequence
from itertools import permutations

import numpy as np

from adaem_core.chat.embed import Embedder, Vectors
from adaem_core.generate.score_exact import exact_score
from adaem_core.generate.similarity import opinion_similarity
from adaem_core.generate.tools import Answers, Apparatus
from adaem_core.records import Answer, Score
from adaem_core.settings import GenerateSettings

Values = Collection[str]


async def black_box_score(embed: Embedder, answers: Sequence[Answer], question_labels: Values | None, settings: GenerateSettings) -> Score:
    """Return S(x) from the usable answers; all NaN when fewer than two are usable.

    `question_labels` None (they could not be read) makes disentanglement, and so the total, NaN.
    """
    usable = [answer for answer in answers if answer.usable]
    # Where one verdict is missing, nobody is compared by that value: it would count as not expressed.
    unknown = frozenset[str]().union(*(answer.unknown for answer in usable))
    profiles = [answer.expressed - unknown for answer in usable]
    labels = None if question_labels is None else set(question_labels) - unknown
    similarity = await opinion_similarity(embed, [[each.text for each in answer.response.opinions] for answer in usable])
    parts = (
        value_diversity(profiles),
        opinion_diversity(similarity),
        mean([value_conformity([each - unknown for each in per_opinion(answer)]) for answer in usable]) if len(usable) > 1 else math.nan,
        disentanglement(profiles, labels),
    )
    return Score(*parts, total=total(*parts, settings), form="black_box", answered=len(usable), asked=len(answers))


def total(diversity: float, opinion: float, conformity: float, disentangled: float, settings: GenerateSettings) -> float:
    """Return S: Eq. (1) adds β/2 of disentanglement; Appendix C.3 subtracts it (docs/decisions/disentanglement-is-added.md)."""
    sign = 1 if settings.disentanglement == "equation" else -1
    return diversity + opinion + conformity + sign * settings.beta / 2 * disentangled


def value_diversity(profiles: Sequence[Values]) -> float:
    """Return the mean over ordered model pairs of |v_i ∪ v_j| / max(|v_i ∩ v_j|, 1); 1 where all agree, NaN under two models."""
    return mean([spread([first, second]) for first, second in permutations(profiles, 2)])


def value_conformity(opinion_values: Sequence[Values]) -> float:
    """Return |∪| / max(|∩|, 1) over one response's opinions: how many values its reasons bring in."""
    return spread(opinion_values)


def spread(sets: Sequence[Values]) -> float:
    """Return |union| / max(|intersection|, 1) of `sets`; 0 where all are empty."""
    distinct = [set(each) for each in sets]
    return len(set.union(*distinct)) / max(len(set.intersection(*distinct)), 1)


def opinion_diversity(similarity: Vectors) -> float:
    """Return the mean over model pairs of 1 - their opinions' mean F1; `similarity` has shape (models, models). NaN under two."""
    pairs = np.triu_indices(len(similarity), k=1)
    return float(1 - similarity[pairs].mean()) if len(similarity) > 1 else math.nan


def disentanglement(profiles: Sequence[Values], question_labels: Values | None) -> float:
    """Return the mean L1 distance of the models' profiles to the question's own labels; NaN if those are unknown."""
    if question_labels is None or len(profiles) < 2:
        return math.nan
    return mean([len(set(profile) ^ set(question_labels)) for profile in profiles])


def per_opinion(answer: Answer) -> list[set[str]]:
    """Return the values expressed by each opinion of a usable answer, in order."""
    assert answer.recognition is not None
    found: list[set[str]] = [set() for _ in answer.response.opinions]
    for label in answer.recognition.labels:
        found[label.opinion].add(label.dimension)
    return found


def mean(numbers: Sequence[float]) -> float:
    """Return the arithmetic mean; NaN of nothing."""
    return math.fsum(numbers) / len(numbers) if numbers else math.nan


async def reward(tools: Apparatus, text: str, answers: Answers, question_labels: tuple[str, ...] | None) -> Score:
    """Return the exact score where it was asked for and every endpoint returns likelihoods, else the black-box score."""
    if tools.settings.reward == "exact" and (exact := await exact_score(tools, text, answers)) is not None:
        return exact
    return await black_box_score(tools.embed, answers, question_labels, tools.settings)
