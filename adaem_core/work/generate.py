"""What each command of the command line does: options in, one result out.

Data flow: `options → study file → job → summary`.
"""

import asyncio
import signal
import sys
import threading
import time
from argparse import Namespace
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import asdict, fields, replace
from typing import Any, TypeVar

from adaem_core import panels, values
from adaem_core.archive.opening import exists
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import panel_of, system_of
from adaem_core.chat.client import Client, open_client
from adaem_core.chat.embed import Embedder
from adaem_core.chat.endpoint.probe import probe as probe_model
from adaem_core.errors import AdaemError, BadInput
from adaem_core.generate import edition as editions
from adaem_core.generate.estimate import estimate, minutes
from adaem_core.generate.run import apparatus, create_study, nothing_scored, run, summary
from adaem_core.generate.topics import read_topics, sample_topics
from adaem_core.panels import Panel
from adaem_core.records import Topic
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings, Settings
from adaem_core.work import jobs, loops
from adaem_core.work.exports import export_tables

S = TypeVar("S", bound=Settings)


def generate(options: Namespace) -> dict[str, Any]:
    """Start the study, or continue it, and return its summary; raises a kind of Paused at a stop."""
    began = time.monotonic()
    with continued(options) if exists(options.study) else started(options) as study:
        try:
            carried_out(study, work(study))
        finally:
            told = summary(study)
            progress(told, study.meta("generate")["budget"])
        if not told["questions"]:
            jobs.remark(study, why := nothing_scored(study))
            sys.stderr.write(why + "\n")
        return {**told, "seconds": round(time.monotonic() - began, 3)}


def carried_out(study: Study, work: Coroutine[Any, Any, None]) -> None:
    """Do a long piece of work to its end; why it stopped before is stored, then raised."""
    try:
        loops.finish(work, lambda: jobs.pause(study.path))
    except AdaemError as error:
        jobs.stopped(study, error)
        raise


async def work(study: Study) -> None:
    """Run the study under a heartbeat."""
    embed, budget = Embedder(), study.meta("generate")["budget"]
    try:
        async with (
            connected(study, panel_of(study)) as client,
            jobs.working(study, client, "generate", lambda: (len(study.pulls()), budget)),
        ):
            await run(study, apparatus(study, client, embed), lambda: progress(summary(study), budget))
    finally:
        embed.close()


@asynccontextmanager
async def connected(study: Study, panel: Panel) -> AsyncIterator[Client]:
    """Give a client of the panel that works for the study; Ctrl-C and SIGTERM pause it where they can be heard: in the main thread."""
    async with open_client(panel, ChatSettings.read(study.meta("chat")), study) as client:
        for stop in (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ():
            asyncio.get_running_loop().add_signal_handler(stop, client.pause)
        yield client


def progress(told: dict[str, Any], budget: int) -> None:
    """Write one line on how far the study is to standard error."""
    scores = told["mean_score_questions"]
    mean = "none scored yet" if scores is None else f"mean score {scores:.2f}"
    label = "SIMULATED, " if told["simulated"] else ""
    line = f"{label}pull {told['pulls']} of {budget}: {told['questions']} questions, {mean}, {sum(told['calls'].values())} calls, ${told['cost']:.4f}"
    sys.stderr.write(line + "\n")


def started(options: Namespace) -> Study:
    """Return a new study made from the options."""
    return create_study(
        options.study,
        title=options.title or options.study.stem,
        topics=topics_for(options),
        panel=panels.panel(options.panel or "simulated"),
        system=values.value_system(options.value_system or "schwartz"),
        elicit=given(ElicitSettings, options),
        generate=given(GenerateSettings, options),
        chat=given(ChatSettings, options),
        earlier=[text for path in options.against or () for text in editions.read_questions(path)],
    )


def continued(options: Namespace) -> Study:
    """Return the study that is there, with new sending options or a larger budget; BadInput if other options differ from it."""
    study = Study.write(options.study)
    try:
        check_same(study, options)
        generate, chat = GenerateSettings.read(study.meta("generate")), ChatSettings.read(study.meta("chat"))
        longer = replace(generate, budget=max(generate.budget, options.budget or 0))
        study.set_meta(generate=asdict(longer), chat=asdict(given(ChatSettings, options, chat)))
    except AdaemError:
        study.close()
        raise
    return study


def check_same(study: Study, options: Namespace) -> None:
    """Raise BadInput naming every option that would change what the study has begun."""
    differing = [
        knob for act in ("generate", "elicit") for knob, was in study.meta(act).items() if getattr(options, knob) not in (None, was)
    ]
    if options.budget is not None and options.budget >= study.meta("generate")["budget"]:
        differing = [knob for knob in differing if knob != "budget"]
    if options.panel and panels.panel(options.panel).models != panel_of(study).models:
        differing.append("panel")
    if options.value_system and asdict(values.value_system(options.value_system)) != asdict(system_of(study)):
        differing.append("value_system")
    if options.topics and list(topics_for(options)) != study.topics():
        differing.append("topics")
    if differing:
        raise BadInput(
            f"{study.path.name} was begun with other settings of: {', '.join(differing)}. "
            "Leave them out to continue it (only the budget may grow), or choose another file name."
        )


def topics_for(options: Namespace) -> tuple[Topic, ...]:
    """Return the topics the options ask for."""
    asked = options.topics or "general"
    found = asked if isinstance(asked, tuple) else read_topics(asked, column=options.column).topics
    seed = options.seed if options.seed is not None else GenerateSettings().seed
    return tuple(sample_topics(found, options.max_topics, seed) if options.max_topics is not None else found)


def given(settings: type[S], options: Namespace, base: S | None = None) -> S:
    """Return settings with the options that were given, on top of `base` or the defaults."""
    chosen = {each.name: getattr(options, each.name) for each in fields(settings) if getattr(options, each.name) is not None}  # type: ignore[arg-type]
    return settings.read({**(asdict(base) if base else {}), **chosen})  # type: ignore[call-overload]


def estimated(options: Namespace) -> dict[str, Any]:
    """Return what a study made from the options would take, stage by stage; cost None where a model has no price."""
    panel, system = panels.panel(options.panel or "simulated"), values.value_system(options.value_system or "schwartz")
    settings, elicit = given(GenerateSettings, options), given(ElicitSettings, options)
    stages = estimate(panel, system, settings, elicit, len(topics_for(options)))
    costs = [each.cost for each in stages]
    return {
        "calls": sum(each.calls for each in stages),
        "prompt_tokens": sum(each.prompt_tokens for each in stages),
        "completion_tokens": sum(each.completion_tokens for each in stages),
        "cost": None if None in costs else sum(cost for cost in costs if cost is not None),
        "minutes": round(minutes(stages, panel, settings, given(ChatSettings, options)), 2),
        "stages": [asdict(each) for each in stages],
        "simulated": panel.simulated,
    }


def status(options: Namespace) -> dict[str, Any]:
    """Return how a study stands: its job and its summary."""
    with Study.read(options.study) as study:
        return {**asdict(jobs.watch(options.study)), **summary(study)}


def benchmark(options: Namespace) -> dict[str, Any]:
    """Write the best questions of a study and return how many, and of which edition."""
    with Study.read(options.study) as study:
        best = editions.edition(study, options.top)
    editions.write_jsonl(best, options.out)
    return {"out": str(options.out), "questions": len(best.items), "edition": best.id, "date": best.date, "simulated": best.simulated}


def export(options: Namespace) -> dict[str, Any]:
    """Write every table of a study as files and return their names."""
    with Study.read(options.study) as study:
        return {"out": str(options.out), "files": export_tables(study, options.out)}


def probe(options: Namespace) -> list[dict[str, Any]]:
    """Return what a first contact with each model of the panel showed."""
    panel = panels.panel(options.panel)
    chosen = [spec for spec in panel.models if options.model in (None, spec.name)]
    if not chosen:
        raise BadInput(f"No model {options.model!r} in panel {panel.name!r}. It has: {', '.join(each.name for each in panel.models)}.")
    return [asdict(asyncio.run(probe_model(panel, spec))) for spec in chosen]
