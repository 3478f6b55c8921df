"""The commands `generate`, which starts a study or continues it, and `estimate`, which says beforehand what that will take.

Data flow: `options → study file → job → summary`; `options → stages`.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adaem_core import panels, values
from adaem_core.archive.opening import exists
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import send_with, settings_of
from adaem_core.chat import consent
from adaem_core.chat.embed import Embedder
from adaem_core.chat.lifetime import ending
from adaem_core.errors import AdaemError, BadInput
from adaem_core.generate import edition as editions
from adaem_core.generate.forecast import forecast, minutes
from adaem_core.generate.run import apparatus, create_study, nothing_scored, run, summary
from adaem_core.generate.translate import forecast as translating
from adaem_core.generate.translate import translate_topics
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.work import jobs
from adaem_core.work.command import Command, add_ids, add_reading, add_study, given
from adaem_core.work.connected import connected, to_the_end
from adaem_core.work.topics import differs, tell_of_translations, topics_for


def generate(options: Namespace) -> dict[str, Any]:
    """Start the study, or continue it, and return its summary; raises a kind of Paused at a stop."""
    began = time.monotonic()
    with continued(options) if exists(options.study) else started(options) as study:
        try:
            to_the_end(study, exploring(study))
        finally:
            found = summary(study)
            progress(found, settings_of(study).generate.budget)
        if not found["questions"]:
            jobs.remark(study, why := nothing_scored(study))
            sys.stderr.write(why + "\n")
        return {**found, "seconds": round(time.monotonic() - began, 3)}


async def exploring(study: Study) -> None:
    """Run the study under a heartbeat."""
    embed, made = Embedder(), settings_of(study)
    budget = made.generate.budget
    try:
        async with (
            connected(study, made.panel) as client,
            jobs.working(study, client, "generate", lambda: (len(study.pulls()), budget), calls_of(study)),
        ):
            tell_of_translations(await translate_topics(study, client))
            await run(study, apparatus(study, client, embed), lambda: progress(summary(study), budget))
    finally:
        embed.close()


def calls_of(study: Study) -> int:
    """Return how many requests the whole run takes, about."""
    made, topics = settings_of(study), len(study.topics())
    return sum(each.calls for each in forecast(made.panel, made.system, made.generate, made.elicit, topics))


def progress(found: dict[str, Any], budget: int) -> None:
    """Write one line on how far the study is to standard error."""
    scores = found["mean_score_questions"]
    mean = "none scored yet" if scores is None else f"mean score {scores:.2f}"
    label = "SIMULATED, " if found["simulated"] else ""
    paid = sum(found["calls"].values()) - found["cached_calls"]
    line = f"{label}pull {found['pulls']} of {budget}: {found['questions']} questions, {mean}, {paid} calls paid for, ${found['cost']:.4f}"
    line += f", {found['asked_again']} pulls hold what failed for the moment" * bool(found["asked_again"])
    sys.stderr.write(line + "\n")


def started(options: Namespace) -> Study:
    """Return a new study made from the options; BadInput with all that is missing on this computer, before there is a file."""
    panel, chat = panels.panel(options.panel or "simulated"), given(ChatSettings, options)
    if not chat.replay:
        consent.check(panel.models)
    drawn = topics_for(options)
    return create_study(
        options.study,
        title=options.title or options.study.stem,
        topics=drawn.topics,
        awaited=drawn.awaited,
        panel=panel,
        system=values.value_system(options.value_system or "schwartz"),
        elicit=given(ElicitSettings, options),
        generate=given(GenerateSettings, options),
        chat=chat,
        earlier=[text for path in options.against or () for text in editions.read_questions(path)],
    )


def continued(options: Namespace) -> Study:
    """Return the study that is there, with new sending options or a larger budget; BadInput if other options differ from it."""
    study = Study.write(options.study)
    try:
        check_same(study, options)
        made = settings_of(study)
        longer = replace(made.generate, budget=max(made.generate.budget, options.budget or 0))
        study.set_meta(generate=asdict(longer))
        send_with(study, given(ChatSettings, options, made.chat))
    except AdaemError:
        study.close()
        raise
    return study


def check_same(study: Study, options: Namespace) -> None:
    """Raise BadInput naming every option that would change what the study has begun."""
    made = settings_of(study)
    knobs = {**asdict(made.generate), **asdict(made.elicit)}
    differing = [knob for knob, was in knobs.items() if getattr(options, knob) not in (None, was)]
    if options.budget is not None and options.budget >= made.generate.budget:
        differing = [knob for knob in differing if knob != "budget"]
    if options.panel and panels.panel(options.panel).models != made.panel.models:
        differing.append("panel")
    if options.value_system and values.value_system(options.value_system) != made.system:
        differing.append("value_system")
    if options.topics and differs(study, topics_for(options)):
        differing.append("topics")
    if differing:
        raise BadInput(
            f"{study.path.name} was begun with other settings of: {', '.join(differing)}. "
            "Leave them out to continue it (only the budget may grow), or choose another file name."
        )


def estimated(options: Namespace) -> dict[str, Any]:
    """Return what a study made from the options would take, stage by stage; cost None where a model has no price.

    `missing` says what has to be set before it can start, `ending` which models are or will soon be withdrawn.
    """
    panel, system = panels.panel(options.panel or "simulated"), values.value_system(options.value_system or "schwartz")
    settings, elicit = given(GenerateSettings, options), given(ElicitSettings, options)
    drawn = topics_for(options)
    stages = (*translating(panel, drawn.awaited), *forecast(panel, system, settings, elicit, len(drawn.topics)))
    costs, today = [each.cost for each in stages], datetime.now(UTC).date()
    return {
        "calls": sum(each.calls for each in stages),
        "prompt_tokens": sum(each.prompt_tokens for each in stages),
        "completion_tokens": sum(each.completion_tokens for each in stages),
        "cost": None if None in costs else sum(cost for cost in costs if cost is not None),
        "minutes": round(minutes(stages, panel, settings, given(ChatSettings, options)), 2),
        "stages": [asdict(each) for each in stages],
        "simulated": panel.simulated,
        "missing": list(consent.obstacles(panel.models)),
        "ending": [told for each in panel.models if (told := ending(each, today))],
    }


def add_making(act: ArgumentParser) -> None:
    """Add the options that make a study; None means: as the study has it, or the default."""
    act.add_argument("--title", help="name shown in the studio")
    act.add_argument("--panel", help="name or file of the panel (simulated by default)")
    act.add_argument("--topics", help="name of a topic set, or a CSV, TSV, JSONL or text file (general by default)")
    act.add_argument("--column", help="column of the topics file that holds the text")
    add_ids(act)
    add_reading(act)
    act.add_argument("--english-only", action="store_true", default=None, help="leave out topics that are not in English")
    act.add_argument("--translate-with", metavar="MODEL", help="have topics in other languages translated by this model of the panel")
    act.add_argument("--max-topics", type=int, help="use so many topics, spread over categories")
    act.add_argument("--value-system", help="name or file of the value system (schwartz by default)")
    act.add_argument("--against", type=Path, action="append", help="an earlier edition (.jsonl) whose questions must not return")


def add_generate(act: ArgumentParser) -> None:
    """Add the study file and what makes a study."""
    add_study(act)
    add_making(act)


def add_estimate(act: ArgumentParser) -> None:
    """Add the same, the study file being of no account."""
    act.add_argument("--study", type=Path, help="the study file (.db)")
    add_making(act)


KNOBS = (GenerateSettings, ElicitSettings, ChatSettings)
GENERATE = Command("generate", "start a study, or continue it", generate, add_generate, KNOBS)
ESTIMATE = Command("estimate", "say what a study will cost, without starting it", estimated, add_estimate, KNOBS)
