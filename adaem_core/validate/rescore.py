"""The black-box score of questions that were scored by log-probabilities: their answers are stored, so it can be computed afterwards (I.2).

Nobody is asked anything. Data flow: `study with exact scores → stored answers → black-box Score beside the exact one`.
"""

import asyncio
from dataclasses import dataclass

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.chat.embed import Embedder
from adaem_core.generate.score import black_box_score
from adaem_core.records import Outgrowth, Score
from adaem_core.settings import GenerateSettings


@dataclass(frozen=True)
class BothForms:
    """Questions with both forms of the score, in one order."""

    questions: tuple[str, ...]  # their texts
    black_box: tuple[Score, ...]
    exact: tuple[Score, ...]


def exact_ids(study: Study) -> tuple[str, ...]:
    """Return the ids of the questions whose final score is the exact one."""
    return tuple(each.question.id for each in study.outgrowths() if each.score is not None and each.score.form == "exact")


def both_forms(study: Study, embed: Embedder) -> BothForms:
    """Return the exact scores of a study with the black-box scores of the same answers; empty where there is no exact score."""
    found = [study.question(id) for id in exact_ids(study)]
    settings = settings_of(study).generate
    return asyncio.run(scored(found, embed, settings))


async def scored(found: list[Outgrowth], embed: Embedder, settings: GenerateSettings) -> BothForms:
    """Return both forms of these questions."""
    black_box = [await black_box_score(embed, each.answers, each.question_labels, settings) for each in found]
    exact = tuple(each.score for each in found if each.score is not None)
    return BothForms(tuple(each.question.text for each in found), tuple(black_box), exact)
