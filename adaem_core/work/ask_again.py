"""The commands that ask a model again: `prime` under other conditions, `retest` once more. Options in, one result out.

Data flow: `options → examinations of a series → job → answers`; the statistics are read off them on the pages of Validate.
"""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import Any

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.errors import BadInput
from adaem_core.settings import ChatSettings
from adaem_core.validate.priming_run import CONTROLS, WORDINGS, plans, prepared
from adaem_core.work.answering import carry_out_series
from adaem_core.work.command import Command, add_study, sending


def prime(options: Namespace) -> dict[str, Any]:
    """Ask one model the questions of an examination again, once per target value, and return what came of it."""
    with Study.write(options.study) as study:
        base, system = examinations.measurement(study, options.examination), settings_of(study).system
        targets = options.values.split(",") if options.values else list(system.ids)
        series = plans(base, options.model, targets, system, wording=options.wording, control=options.control)
        arguments = {"model": options.model, "values": ",".join(targets), "wording": options.wording, "control": options.control}
        chat = sending(study, options)
        return carry_out_series(study, prepared(study, series, chat), chat, "prime", {"examination": base.id, **arguments})


def retest(options: Namespace) -> dict[str, Any]:
    """Ask everybody the questions of an examination once more (another draw), and return what came of it."""
    with Study.write(options.study) as study:
        base = examinations.measurement(study, options.examination)
        if base.imported:
            raise BadInput(f"{base.id} was read from a file: nobody can be asked again. Examine the models first.")
        again = [replace(base, id="", title=f"Retest of {base.title}", sample=draw, part_of=f"retest {base.id}") for draw in draws(options)]
        chat = sending(study, options)
        return carry_out_series(study, prepared(study, again, chat), chat, "retest", {"examination": base.id, "draws": options.draws})


def draws(options: Namespace) -> range:
    """Return the numbers of the further draws."""
    if not 1 <= options.draws <= 20:
        raise BadInput(f"draws must be between 1 and 20, got {options.draws}.")
    return range(1, options.draws + 1)


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
    add_study(act)
    act.add_argument("--examination", help="id of the examination to start from (the last one by default)")


PRIME = Command("prime", "ask a model again under system prompts that name a value", prime, add_prime, (ChatSettings,))
RETEST = Command("retest", "ask all examinees again, to see how far answers repeat", retest, add_retest, (ChatSettings,))
