"""The loop of Algorithm 2: choose arms, pull them, update them, until the budget is used.

`wave` arms are pulled together (docs/decisions/waves.md); randomness is keyed by (seed, arm, pull, question), so the result
depends on the settings and the models' answers alone (docs/decisions/randomness-is-keyed.md).
Data flow: `arms, known questions → wave of Pulls → arms, known questions`.
"""

from asyncio import gather
from collections.abc import AsyncIterator, Sequence
from itertools import count

import numpy as np

from adaem_core.chat.lanes import in_turn
from adaem_core.elicit.turns import together
from adaem_core.generate.arms import Arm, Choice, choose_wave, update
from adaem_core.generate.deduplicate import Known, sift, without_repeats
from adaem_core.generate.pull import develop, score_root, write_drafts
from adaem_core.generate.score import mean
from adaem_core.generate.tools import Apparatus
from adaem_core.records import Fate, Outgrowth, Pull, Topic

KEPT = (Fate.SCORED, Fate.UNSCORED, Fate.UNSAFE)  # fates of questions that later ones must differ from


async def explore(tools: Apparatus, arms: Sequence[Arm], texts: Sequence[str]) -> AsyncIterator[list[Pull]]:
    """Yield finished waves until the budget is used; `texts` are the questions new ones must differ from.

    Started with the arms and texts that earlier waves left, it continues as if it had never stopped.
    """
    arms, settings = list(arms), tools.settings
    known = Known(tuple(texts), await tools.embed.sentences(texts))
    while (done := sum(arm.pulls for arm in arms)) < settings.budget:
        choices = choose_wave(arms, settings.budget, min(settings.wave, settings.budget - done))
        pulls = await pull_wave(tools, [(arms[choice.index], choice) for choice in choices], done + 1, known)
        for choice, pull in zip(choices, pulls, strict=True):
            arms[choice.index] = update(arms[choice.index], pull)
        known = await grown_by(tools, known, [each.question.text for pull in pulls for each in pull.outgrowths if each.fate in KEPT])
        yield pulls


Chosen = Sequence[tuple[Arm, Choice]]


async def pull_wave(tools: Apparatus, chosen: Chosen, first: int, known: Known) -> list[Pull]:
    """Return the pulls of the chosen arms, numbered from `first`."""
    # Nothing waits for the topics' own scores but the end of the wave: they come last and fill the gaps that others leave.
    turns = zip(count(len(chosen) + 1), chosen, strict=False)
    roots, grown = await gather(
        together(in_turn(turn, score_root(tools, arm, choice)) for turn, (arm, choice) in turns), grow_wave(tools, chosen, known)
    )
    parts = zip(count(first), chosen, roots, grown, strict=False)
    return [Pull(number, arm.topic.id, choice.ucb, root, found, pull_reward(found)) for number, (arm, choice), root, found in parts]


async def grow_wave(tools: Apparatus, chosen: Chosen, known: Known) -> list[tuple[Outgrowth, ...]]:
    """Return what grew in each pull: all questions are written, then sifted in order of choice, then refined and scored together."""
    drafts = await together(write_drafts(tools, arm, choice) for arm, choice in chosen)
    texts = [draft.question.text for of_pull in drafts for draft in of_pull]
    sifted = sift(drafts, dict(zip(texts, await tools.embed.sentences(texts), strict=True)), known, tools.settings)
    pulls = (develop_all(tools, of_pull, arm.topic) for (arm, _), of_pull in zip(chosen, sifted, strict=True))
    # Pull by pull rather than step by step: a run that is stopped has more finished questions, and fewer answers wait in memory.
    return without_repeats(await together(in_turn(turn, pull) for turn, pull in enumerate(pulls, 1)), known)


async def develop_all(tools: Apparatus, drafts: Sequence[Outgrowth], topic: Topic) -> tuple[Outgrowth, ...]:
    """Return the drafts of one pull refined, guarded and scored."""
    # A function, not a generator within a generator: that would read `topic` only after the loop over pulls had moved on.
    return await together(develop(tools, draft, topic) for draft in drafts)


def pull_reward(outgrowths: Sequence[Outgrowth]) -> float:
    """Return the mean final score of a pull's questions, MEAN(Ŝ) of Algorithm 2; NaN if none was scored."""
    return mean([each.score.total for each in outgrowths if each.fate is Fate.SCORED and each.score is not None])


async def grown_by(tools: Apparatus, known: Known, texts: Sequence[str]) -> Known:
    """Return `known` with the final wordings of a wave."""
    return Known((*known.texts, *texts), np.vstack([known.vectors, await tools.embed.sentences(texts)])) if texts else known
