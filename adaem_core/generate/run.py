"""A generation run from its study file: make it, continue it, sum it up.

Data flow: `study file → arms and known questions → explore → waves → study file`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from adaem_core.archive.failed import failed_pulls
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import StudySettings, create, settings_of
from adaem_core.archive.translations import Translation
from adaem_core.chat.embed import Embedder
from adaem_core.chat.model import Model
from adaem_core.chat.prices import check_prices
from adaem_core.errors import AdaemError, BadInput
from adaem_core.generate.again import known_texts, pull_again
from adaem_core.generate.arms import Arm, update
from adaem_core.generate.explore import explore
from adaem_core.generate.forecast import ROLES
from adaem_core.generate.score import mean
from adaem_core.generate.tools import Apparatus
from adaem_core.generate.translate import check_translator
from adaem_core.panels import Panel, check_roles
from adaem_core.records import Fate, Outgrowth, Pull, Topic
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import ValueSystem


def create_study(
    path: Path,
    *,
    title: str,
    topics: Sequence[Topic],
    panel: Panel,
    system: ValueSystem,
    elicit: ElicitSettings,
    generate: GenerateSettings,
    chat: ChatSettings,
    earlier: Sequence[str] = (),
    awaited: Sequence[Translation] = (),
) -> Study:
    """Return a new study file, open for writing; BadInput when topics, roles or prices are missing.

    `earlier` are questions of other editions that new ones must differ from, `awaited` the topics to be translated first.
    """
    if not topics:
        raise BadInput("There are no topics. Choose a topic set or give a file with at least one topic.")
    if repeated := [id for id, count in Counter(topic.id for topic in topics).items() if count > 1]:
        raise BadInput(f"Topic id {', '.join(repeated)} is used twice. Ids must differ: rename one of the two.")
    check_roles(panel, *ROLES)
    for translator in {each.model for each in awaited}:
        check_translator(panel, translator)
    if not chat.replay:
        check_prices(panel)  # before there is a file: a study keeps its panel, so a price could not be filled in later
    return create(path, StudySettings(title, system, panel, elicit, generate, chat, tuple(earlier)), topics, awaited)


def apparatus(study: Study, ask: Model, embed: Embedder) -> Apparatus:
    """Return everything a run of `study` works with."""
    made = settings_of(study)
    return Apparatus(ask, embed, made.panel, made.system, made.elicit, made.generate)


async def run(study: Study, tools: Apparatus, after_wave: Callable[[], None]) -> None:
    """Continue `study` to the end of its budget, each wave stored when it is finished; raises a kind of Paused at a stop.

    First comes what failed for the moment the last time.
    """
    if not study.topics():
        raise AdaemError(
            "No topic is left to ask, because none could be translated. Start the same command again, which asks again for what failed; or "
            "begin a new study with another translator, or with topics in English."
        )
    await pull_again(study, tools, after_wave)
    pulls = study.finished_pulls()
    async for wave in explore(tools, arms_after(study.topics(), pulls), known_texts(study, pulls)):
        study.save_pulls(wave)
        after_wave()


def arms_after(topics: Sequence[Topic], pulls: Sequence[Pull]) -> list[Arm]:
    """Return one arm per topic as the pulls left them."""
    arms = {topic.id: Arm(topic) for topic in topics}
    for pull in pulls:
        arms[pull.topic_id] = update(arms[pull.topic_id], pull)
    return list(arms.values())


def summary(study: Study) -> dict[str, Any]:
    """Return what a run did so far: pulls, questions, accepted refinements, mean scores, calls, tokens, cost."""
    grown = study.outgrowths()
    tally = study.tally()
    spent = study.spent()
    return {
        "study": str(study.path),
        "pulls": len(study.pulls()),
        "questions": sum(each.fate is Fate.SCORED and each.question.depth > 0 for each in grown),
        "fates": fates(grown),
        "accepted_refinements": study.select("SELECT COUNT(*) AS n FROM attempts WHERE accepted AND step > 0")[0]["n"],
        "mean_score_topics": mean_score([each for each in grown if each.question.depth == 0]),
        "mean_score_questions": mean_score([each for each in grown if each.question.depth > 0]),
        "calls": {purpose: sum(each["calls"] for each in rows) for purpose, rows in groupby(tally, key=lambda each: each["purpose"])},
        "cached_calls": sum(each["cached"] for each in tally),
        "tokens": spent["tokens"],
        "cost": spent["cost"],
        "unrecorded": study.lost(),
        "asked_again": len(failed_pulls(study)),
        "simulated": settings_of(study).simulated,
    }


def nothing_scored(study: Study) -> str:
    """Return in a sentence why a finished study has no scored question: the commonest reasons, with how often each."""
    why = "SELECT reason, COUNT(*) AS times FROM questions WHERE depth > 0 AND reason != '' GROUP BY reason ORDER BY times DESC, reason LIMIT 3"
    reasons = "; ".join(f"{each['reason'].rstrip('.')} ({each['times']:,} ×)" for each in study.select(why)) or "no question was written"
    return (
        f"No question could be scored: {reasons}. Mend that and start the same command again, which asks again for what failed; "
        "what was refused or could not be read stays so: for that, start a new study."
    )


def fates(grown: Sequence[Outgrowth]) -> dict[str, int]:
    """Return how many written questions met each fate."""
    return {fate.value: sum(each.fate is fate for each in grown if each.question.depth > 0) for fate in Fate}


def mean_score(grown: Sequence[Outgrowth]) -> float | None:
    """Return the mean S of the scored ones, None where there are none."""
    scores = [each.score.total for each in grown if each.score is not None and each.fate is Fate.SCORED]
    return mean(scores) if scores else None
