"""Refine one question: an E-step answers it, an M-step rewrites it, until the score stops rising (Eq. 2 and 3).

Data flow: `draft → e_step → Attempt → m_step → text → e_step → …`. Every attempt is kept, accepted or not
(docs/decisions/every-attempt-is-kept.md).
"""

import math
from asyncio import gather
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from adaem_core.chat.embed import Vectors
from adaem_core.elicit.recognise import label_text
from adaem_core.elicit.reveal import reveal
from adaem_core.elicit.turns import together
from adaem_core.generate.rewrite import rewrite
from adaem_core.generate.score import mean, per_opinion, reward, value_conformity
from adaem_core.generate.similarity import jaccard, opinion_similarity
from adaem_core.generate.tools import Answers, Apparatus
from adaem_core.generate.wording import Written
from adaem_core.panels import Role
from adaem_core.records import Answer, Attempt, Question


async def refine(tools: Apparatus, question: Question, topic: str) -> tuple[tuple[Attempt, ...], str]:
    """Return every attempt at `question`, the draft first, and why refinement ended.

    The last accepted attempt is the refined question. Its score rises by more than τ from each accepted attempt to
    the next, and S is bounded, so the loop ends.
    """
    best = replace(await e_step(tools, question, 0, question.text), accepted=True)
    attempts = [best]
    while not math.isnan(best.score.total):
        reflection, written = await m_step(tools, question, topic, best)
        if written.text is None:
            return tuple(attempts), f"no rewrite: {written.reason}"
        attempt = await e_step(tools, question, len(attempts), written.text, reflection)
        accepted = attempt.score.total - best.score.total > tools.settings.tau
        attempts.append(replace(attempt, accepted=accepted))
        if not accepted:
            return tuple(attempts), "the last rewrite raised the score by τ or less"
        best = attempts[-1]
    return tuple(attempts), "too few readable answers to score the draft"


async def e_step(tools: Apparatus, question: Question, step: int, text: str, reflection: str = "") -> Attempt:
    """Return `text` with each P1 model's most telling answer (Eq. 2) and the score they give it; not yet accepted."""
    draft_id = f"{question.id}#{step}"
    labels, answers = await gather(
        label_text(tools.ask, tools.recogniser, text, tools.system, tools.elicit), telling_answers(tools, draft_id, text)
    )
    score = await reward(tools, text, answers, labels)
    assert question.author is not None, "only written questions are refined"
    return Attempt(question.id, step, text, question.author, reflection, labels, answers, score, accepted=False)


async def m_step(tools: Apparatus, question: Question, topic: str, attempt: Attempt) -> tuple[str, Written]:
    """Return the author's reflection on `attempt` and its rewrite, meant to raise S(x) (Eq. 3)."""
    return await rewrite(tools, question, topic, attempt)


async def telling_answers(tools: Apparatus, subject: str, text: str) -> Answers:
    """Return one answer per P1 model: its only draw, or with N > 1 the usable draw with the highest S(y)."""
    draws = await together(answers_of(tools, Role.P1, subject, text, sample=sample) for sample in range(tools.settings.draws))
    if len(draws) == 1:
        return draws[0]
    usable = [answer for answer in chain.from_iterable(draws) if answer.usable]
    opinions = [[text], *([each.text for each in answer.response.opinions] for answer in usable)]
    scores = draw_scores(usable, await opinion_similarity(tools.embed, opinions))
    best = {id(answer): score for answer, score in zip(usable, scores, strict=True)}
    # A model without a usable draw keeps its first: the record that it did not answer.
    return tuple(max(of_model, key=lambda answer: best.get(id(answer), -math.inf)) for of_model in zip(*draws, strict=True))


async def answers_of(tools: Apparatus, role: Role, subject: str, text: str, *, sample: int = 0) -> Answers:
    """Return the answers of every model with `role` to `text`, values recognised, in panel order."""
    models = tools.panel.names(role)
    return await reveal(tools.ask, subject, text, models, tools.recogniser, tools.system, tools.elicit, sample=sample)


def draw_scores(draws: Sequence[Answer], similarity: Vectors) -> list[float]:
    """Return S(y) of each draw in black-box form (Eq. 2): conformity + coherence - value overlap - semantic overlap.

    `similarity` has shape (1 + draws, 1 + draws): row 0 is the question. What other models answer stands for p_M:
    overlap of values is the mean Jaccard index, semantic overlap the mean F1, over the draws of other models.
    """
    scores = []
    for index, draw in enumerate(draws):
        others = [other for other, each in enumerate(draws) if each.model != draw.model]
        values = mean([jaccard(draw.expressed, draws[other].expressed) for other in others]) if others else 0.0
        semantic = mean([float(similarity[index + 1, other + 1]) for other in others]) if others else 0.0
        coherence = float(similarity[0, index + 1])
        scores.append(value_conformity(per_opinion(draw)) + coherence - values - semantic)
    return scores
