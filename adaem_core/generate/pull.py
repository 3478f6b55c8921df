"""What happens to the questions of one pull: written, refined, guarded, scored (Algorithm 2, lines 11-25).

Data flow: `arm → drafts → (sifted elsewhere) → refined, guarded and scored questions`.
"""

import math
from asyncio import gather
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from adaem_core.elicit.recognise import label_text
from adaem_core.elicit.turns import together
from adaem_core.generate.arms import Arm, Choice
from adaem_core.generate.guard import reason_to_drop
from adaem_core.generate.refine import answers_of, refine
from adaem_core.generate.score import reward
from adaem_core.generate.tools import Apparatus
from adaem_core.generate.write import write_question
from adaem_core.panels import Role
from adaem_core.records import Fate, Outgrowth, Question, Topic


async def score_root(tools: Apparatus, arm: Arm, choice: Choice) -> Outgrowth | None:
    """Return the topic itself with its P2 score at the arm's first pull, None later: S_i of Algorithm 2's input."""
    if choice.ordinal > 1:
        return None
    return await score_final(tools, Outgrowth(Question(arm.topic.id, arm.topic.id, arm.topic.text), Fate.UNSCORED))


async def write_drafts(tools: Apparatus, arm: Arm, choice: Choice) -> list[Outgrowth]:
    """Return one draft per author, or N2 if that is more; authors rotate over P1 from pull to pull."""
    authors = tools.panel.names(Role.P1)
    turns = [authors[(choice.index + choice.ordinal + turn) % len(authors)] for turn in range(wanted(tools))]
    return list(await together(write_draft(tools, arm, choice, turn, author) for turn, author in enumerate(turns)))


def wanted(tools: Apparatus) -> int:
    """Return how many drafts a pull asks for."""
    return max(tools.settings.kept, len(tools.panel.having(Role.P1)))


def rounds(tools: Apparatus, choice: Choice) -> int:
    """Return how often the rotation of authors has come round in this arm before this pull."""
    return (choice.ordinal - 1) // len(tools.panel.having(Role.P1))


async def write_draft(tools: Apparatus, arm: Arm, choice: Choice, turn: int, author: str) -> Outgrowth:
    """Return a new question grown from a parent in the arm's tree; fate UNSCORED until more is known."""
    rng = np.random.default_rng([tools.settings.seed, choice.index, choice.ordinal, turn])
    parent = pick_parent(arm, tools.settings.tree_depth, rng)
    id = f"{arm.topic.id}.{choice.ordinal}.{turn + 1}"
    # After one round of authors the same author has the same turn again: a new sample, or an unchanged tree would get its old reply.
    sample = turn + rounds(tools, choice) * wanted(tools)
    fact, written = await write_question(tools, author, arm.topic.text, parent, best(arm.tree, tools.settings.shots), sample=sample)
    question = Question(id, arm.topic.id, written.text or "", parent.question.depth + 1, parent.question.id, author, fact)
    return Outgrowth(question, Fate.UNSCORED if written.text else Fate.UNWRITTEN, written.reason)


def pick_parent(arm: Arm, tree_depth: int, rng: np.random.Generator) -> Outgrowth:
    """Return a question of the tree that may still grow, drawn with probability proportional to its score."""
    root = Outgrowth(Question(arm.topic.id, arm.topic.id, arm.topic.text), Fate.UNSCORED)
    open_ends = [each for each in arm.tree if each.question.depth < tree_depth] or [root]
    weights = np.array([max(each.score.total, 1e-6) if each.score else 1.0 for each in open_ends])
    return open_ends[rng.choice(len(open_ends), p=weights / weights.sum())]


def best(tree: Sequence[Outgrowth], shots: int) -> list[Outgrowth]:
    """Return the `shots` best scored questions grown so far, the topic itself left out; earlier ones win ties."""
    scored = [each for each in tree if each.question.depth > 0 and each.score is not None]
    return sorted(scored, key=lambda each: -each.score.total if each.score else math.inf)[:shots]


async def develop(tools: Apparatus, draft: Outgrowth, topic: Topic) -> Outgrowth:
    """Return a draft that passed the sift refined with P1, guarded, and scored with P2; others as they are."""
    if draft.fate is not Fate.UNSCORED:
        return draft
    attempts, why_ended = await refine(tools, draft.question, topic.text)
    accepted = [attempt for attempt in attempts if attempt.accepted]
    refined = replace(draft, question=replace(draft.question, text=accepted[-1].text), attempts=attempts, reason=why_ended)
    if harm := await reason_to_drop(tools.ask, tools.panel.one(Role.GUARD), refined.question.text):
        return replace(refined, fate=Fate.UNSAFE, reason=harm)
    return await score_final(tools, refined)


async def score_final(tools: Apparatus, grown: Outgrowth) -> Outgrowth:
    """Return the question with the answers of P2 and the score they give it; UNSCORED if too few can be read."""
    text = grown.question.text
    labels, answers = await gather(
        label_text(tools.ask, tools.recogniser, text, tools.system, tools.elicit), answers_of(tools, Role.P2, grown.question.id, text)
    )
    score = await reward(tools, text, answers, labels)
    if math.isnan(score.total):
        why = f"{score.answered} of {score.asked} models gave a readable answer"
        reason = why if labels is not None else f"the recogniser could not read the question; {why}"
        return replace(grown, fate=Fate.UNSCORED, reason=reason, question_labels=labels, answers=answers)
    return replace(grown, fate=Fate.SCORED, question_labels=labels, answers=answers, score=score)
