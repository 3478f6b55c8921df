"""Every job without a browser: `python -m adaem_core generate --study FILE.db …`.

Results go to standard output, progress to standard error. Exit status: 0 finished, 2 bad input, 3 paused at the
budget, 130 interrupted but resumable, 1 anything else that stopped it.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import orjson

from adaem_core.errors import AdaemError, BadInput, BudgetReached, Paused
from adaem_core.settings import ChatSettings, ElicitSettings, ExamineSettings, GenerateSettings, MeasureSettings, Settings
from adaem_core.work import ask_again, calibrate, examine, generate, landscape, recognise


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = parser().parse_args(arguments)
    try:
        result = options.run(options)
    except BudgetReached as error:
        return told(error, 3)
    except (Paused, KeyboardInterrupt) as error:
        return told(error, 130)
    except BadInput as error:
        return told(error, 2)
    except AdaemError as error:
        return told(error, 1)
    if result is not None:
        sys.stdout.write(shown(result, as_json=options.json))
    return 0


def told(error: BaseException, status: int) -> int:
    """Write what happened to standard error and return `status`."""
    sys.stderr.write(f"{str(error) or 'Interrupted. Start the same command again to continue.'}\n")
    return status


def shown(result: Any, *, as_json: bool) -> str:
    """Return a result as one JSON line, or as lines for people."""
    if as_json:
        return orjson.dumps(result, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS).decode() + "\n"
    rows = result.items() if isinstance(result, dict) else enumerate(result, 1)
    return "".join(f"{name}: {value}\n" for name, value in rows)


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar; options of the method come from the settings."""
    top = argparse.ArgumentParser(prog="python -m adaem_core", description="AdAEM Studio without a browser.")
    acts = top.add_subparsers(required=True, metavar="COMMAND")
    for name, run, help in (
        ("generate", generate.generate, "start a study, or continue it"),
        ("estimate", generate.estimated, "say what a study will cost, without starting it"),
    ):
        act = command(acts, name, run, help)
        act.add_argument("--study", type=Path, required=name == "generate", help="the study file (.db)")
        add_making(act)
    for name, run, help in (
        ("status", generate.status, "say how a study stands"),
        ("export", generate.export, "write all tables of a study as files"),
    ):
        command(acts, name, run, help).add_argument("--study", type=Path, required=True, help="the study file (.db)")
    acts.choices["export"].add_argument("--out", type=Path, required=True, help="folder for the files")
    best = command(acts, "benchmark", generate.benchmark, "write the best questions of a study as JSON lines")
    best.add_argument("--study", type=Path, required=True, help="the study file (.db)")
    best.add_argument("--top", type=int, help="how many questions (all by default)")
    best.add_argument("--out", type=Path, required=True, help="file to write (.jsonl)")
    act = command(acts, "examine", examine.examined, "put a benchmark to models and read the values in their answers")
    examine.add_examine(act)
    add_knobs(act, ExamineSettings, ElicitSettings, ChatSettings)
    ratings = command(acts, "ratings", examine.ratings, "compute win rates with intervals from an examination")
    examine.add_ratings(ratings)
    add_knobs(ratings, MeasureSettings)
    landscape.add_quality(command(acts, "quality", landscape.quality, "measure a set of questions as a set"))
    landscape.add_input(command(acts, "places", landscape.places, "find the countries that questions mention"))
    prime = command(acts, "prime", ask_again.prime, "ask a model again under system prompts that name a value")
    ask_again.add_prime(prime)
    add_knobs(prime, ChatSettings)
    act = command(acts, "recognise", recognise.recognise, "have labelled texts read, to see how far the recogniser agrees")
    recognise.add_recognise(act)
    add_knobs(act, ElicitSettings, ChatSettings)
    retest = command(acts, "retest", ask_again.retest, "ask all examinees again, to see how far answers repeat")
    ask_again.add_retest(retest)
    add_knobs(retest, ChatSettings)
    landscape.add_project(command(acts, "project", landscape.project, "draw a map of a set of questions"))
    told_truth = "simulate examinations with a planted truth and say how well they recover it"
    calibrate.add_calibrate(command(acts, "calibrate", calibrate.calibration, told_truth))
    probe = command(acts, "probe", generate.probe, "test the connection to the models of a panel")
    probe.add_argument("--panel", required=True, help="name or file of the panel")
    probe.add_argument("--model", help="display name of one model (all by default)")
    return top


def command(acts: Any, name: str, run: Any, help: str) -> argparse.ArgumentParser:
    """Add one command."""
    act: argparse.ArgumentParser = acts.add_parser(name, help=help)
    act.add_argument("--json", action="store_true", help="print one JSON object, last on standard output")
    act.set_defaults(run=run)
    return act


def add_making(act: argparse.ArgumentParser) -> None:
    """Add the options that make a study; None means: as the study has it, or the default."""
    act.add_argument("--title", help="name shown in the studio")
    act.add_argument("--panel", help="name or file of the panel (simulated by default)")
    act.add_argument("--topics", help="name of a topic set, or a CSV, TSV, JSONL or text file (general by default)")
    act.add_argument("--column", help="column of the topics file that holds the text")
    act.add_argument("--max-topics", type=int, help="use so many topics, spread over categories")
    act.add_argument("--value-system", help="name or file of the value system (schwartz by default)")
    act.add_argument("--against", type=Path, action="append", help="an earlier edition (.jsonl) whose questions must not return")
    add_knobs(act, GenerateSettings, ElicitSettings, ChatSettings)


def add_knobs(act: argparse.ArgumentParser, *acts: type[Settings]) -> None:
    """Add one option per knob of these settings."""
    for settings in acts:
        for each in fields(settings):  # type: ignore[arg-type]
            add_knob(act, each)


def add_knob(act: argparse.ArgumentParser, knob: Any) -> None:
    """Add the option of one knob."""
    name, choices = f"--{knob.name.replace('_', '-')}", knob.metadata["choices"] or None
    if knob.type is bool:
        act.add_argument(name, action="store_true", default=None, help=knob.metadata["help"])
        return
    kind = {int: int, float: float, str: str, float | None: float, int | None: int}[knob.type]
    default = "none" if knob.default is None else knob.default
    act.add_argument(name, type=kind, choices=choices, help=f"{knob.metadata['help']} Default: {default}.".replace("%", "%%"))
