"""The command `recognise`: have labelled texts read, and say how well the recogniser agrees with the labels.

Data flow: `labels file → study with texts and reference → job (one reading per few texts) → RecogniserCheck`.
"""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from adaem_core import panels, values
from adaem_core.archive.examinations import Examination
from adaem_core.archive.opening import exists
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.errors import BadInput
from adaem_core.measure.plan import new_study
from adaem_core.settings import ChatSettings, ElicitSettings
from adaem_core.validate.labelled_texts import both, checks, first, stored
from adaem_core.work.answering import carry_out_series
from adaem_core.work.command import Command, add_reading, given, reading, sending

if TYPE_CHECKING:
    from adaem_core.infer.estimate import Estimate


def recognise(options: Namespace) -> dict[str, Any]:
    """Read the texts (or go on where it stopped) and return the agreement; raises a kind of Paused at a stop."""
    with begun(options) if not exists(options.study) else Study.write(options.study) as study:
        examination = chosen(study)
        found = carry_out_series(study, [examination], sending(study, options), "examine", {"examination": examination.id})
        return {**found, **accuracy(study, examination)}


def begun(options: Namespace) -> Study:
    """Return a new study holding the texts and labels of the file."""
    from adaem_core.validate.recogniser import read_reference

    if not options.labels:
        raise BadInput(f"{options.study}: no study there. Give a file of labelled texts with --in.")
    panel, system = panels.panel(options.panel or "simulated"), values.value_system(options.value_system or "schwartz")
    reference = first(read_reference(options.labels, system, reading(options)), options.limit)
    elicit, title = given(ElicitSettings, options), options.title or options.study.stem
    study = new_study(options.study, title=title, panel=panel, system=system, elicit=elicit, chat=given(ChatSettings, options))
    stored(study, reference, panel, elicit, title)
    return study


def chosen(study: Study) -> Examination:
    """Return the study's last check; BadInput without one."""
    found = checks(study)
    if not found:
        raise BadInput(f"{study.path.name} holds no labelled texts. Choose a new file name and give the labels with --in.")
    return found[-1]


def accuracy(study: Study, examination: Examination) -> dict[str, Any]:
    """Return accuracy, macro F1 and κ, and F1 per value; each None with a reason where it cannot be computed."""
    from adaem_core.validate.recogniser import check_recogniser

    check = check_recogniser(*both(study, examination, settings_of(study).system), np.random.default_rng(0))
    found = {"accuracy": check.agreement, "macro_f1": check.scores.macro_f1, "kappa": check.kappa}
    return {
        **{name: for_json(each) for name, each in found.items()},
        "f1": {each.name: for_json(each.f1) for each in check.scores.values},
        "texts": check.common,
        "cells": check.scores.all.n,
    }


def for_json(found: "Estimate") -> dict[str, Any]:
    """Return an estimate for JSON: None for NaN."""
    return {key: None if isinstance(value, float) and np.isnan(value) else value for key, value in asdict(found).items()}


def add_recognise(act: ArgumentParser) -> None:
    """Add the options of `recognise` that are not knobs."""
    act.add_argument("--study", type=Path, required=True, help="the study file (.db); a new one for a file of labels")
    act.add_argument("--in", dest="labels", type=Path, help="labelled texts (columns text and one of 0/1 per value, or text, value, label)")
    add_reading(act)
    act.add_argument("--limit", type=int, help="read so many texts, from the top (all by default)")
    act.add_argument("--panel", help="name or file of the panel whose recogniser reads (simulated by default)")
    act.add_argument("--value-system", help="name or file of the value system (schwartz by default)")
    act.add_argument("--title", help="name shown in the studio")


HELP = "have labelled texts read, to see how far the recogniser agrees"
RECOGNISE = Command("recognise", HELP, recognise, add_recognise, (ElicitSettings, ChatSettings))
