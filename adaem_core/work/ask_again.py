"""The commands that ask a model again: `prime` under other conditions, `retest` once more. Options in, one result out.

Data flow: `options → examinations of a series → job → answers`; the statistics are read off them on the pages of Validate.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import system_of
from adaem_core.errors import BadInput
from adaem_core.measure.examine import Instrument, examine
from adaem_core.measure.plan import panel_in
from adaem_core.records import Examination
from adaem_core.settings import ChatSettings, ElicitSettings
from adaem_core.validate.priming_run import CONTROLS, WORDINGS, plans, prepared
from adaem_core.work import jobs
from adaem_core.work.examine import outcomes, settled
from adaem_core.work.generate import carried_out, connected, given


def prime(options: Namespace) -> dict[str, Any]:
    """Ask one model the questions of an examination again, once per target value, and return what came of it."""
    with Study.write(options.study) as study:
        base, system = examinations.measurement(study, options.examination), system_of(study)
        targets = options.values.split(",") if options.values else list(system.ids)
        planned = plans(base, options.model, targets, system, wording=options.wording, control=options.control)
        arguments = ["--model", options.model, "--values", ",".join(targets), "--wording", options.wording, "--control", options.control]
        return asked(study, prepared(study, planned), options, "prime", ["--examination", base.id, *arguments])


def retest(options: Namespace) -> dict[str, Any]:
    """Ask everybody the questions of an examination once more (another draw), and return what came of it."""
    with Study.write(options.study) as study:
        base = examinations.measurement(study, options.examination)
        if base.imported:
            raise BadInput(f"{base.id} was read from a file: nobody can be asked again. Examine the models first.")
        again = [replace(base, id="", title=f"Retest of {base.title}", sample=draw, part_of=f"retest {base.id}") for draw in draws(options)]
        return asked(study, prepared(study, again), options, "retest", ["--examination", base.id, "--draws", str(options.draws)])


def draws(options: Namespace) -> range:
    """Return the numbers of the further draws."""
    if not 1 <= options.draws <= 20:
        raise BadInput(f"draws must be between 1 and 20, got {options.draws}.")
    return range(1, options.draws + 1)


def asked(study: Study, series: Sequence[Examination], options: Namespace, act: str, arguments: Sequence[str]) -> dict[str, Any]:
    """Finish all examinations of a series as one job and return what came of them."""
    began = time.monotonic()
    study.set_meta(chat=asdict(given(ChatSettings, options, ChatSettings.read(study.meta("chat")))))
    try:
        carried_out(study, work(study, series, act, arguments))
    finally:
        found = [answer for each in series for answer in examinations.answers(study, each)]
        sys.stderr.write(f"{len(found)} answers in {len(series)} conditions\n")
    spent = study.spent()
    told = {"study": str(study.path), "examinations": {each.id: each.condition for each in series}, **outcomes(found)}
    seconds = round(time.monotonic() - began, 3)
    return {**told, "tokens": spent["tokens"], "cost": spent["cost"], "seconds": seconds, "simulated": series[0].config["simulated"]}


async def work(study: Study, series: Sequence[Examination], act: str, arguments: Sequence[str]) -> None:
    """Finish one examination after the other under one heartbeat."""
    total, system = sum(len(each.asked) for each in series), system_of(study)
    async with connected(study, panel_in(series[0])) as client:
        at_once = 2 * ChatSettings.read(study.meta("chat")).concurrency // len(series[0].examinees) + 2
        elicit = ElicitSettings.read(series[0].config["elicit"])
        tools = Instrument(client, system, elicit, series[0].config["recogniser"], at_once)
        count = {"done": sum(settled(study, each, tools) for each in series)}

        def after() -> None:
            count["done"] += 1

        async with jobs.working(study, client, act, lambda: (count["done"], total), *arguments):
            for each in series:
                await examine(study, tools, each, after)


def add_prime(act: ArgumentParser) -> None:
    """Add the options of `prime` that are not knobs."""
    add_base(act)
    act.add_argument("--model", required=True, help="display name of the examinee to prime")
    act.add_argument("--values", help="ids of the target values, separated by commas (all by default)")
    act.add_argument("--wording", default="meaning", choices=WORDINGS, help="how the value is named to the model. Default: meaning.")
    act.add_argument("--control", default="silence", choices=CONTROLS, help="what the baseline is told. Default: silence.")


def add_retest(act: ArgumentParser) -> None:
    """Add the options of `retest` that are not knobs."""
    add_base(act)
    act.add_argument("--draws", type=int, default=1, help="how often everything is asked again. Default: 1.")


def add_base(act: ArgumentParser) -> None:
    """Add study and examination."""
    act.add_argument("--study", type=Path, required=True, help="the study file (.db)")
    act.add_argument("--examination", help="id of the examination to start from (the last one by default)")
