"""The command `examine`: make an examination, or continue one, and say what came of it.

Data flow: `options → study, Examination (the plan) → Task (the job) → answers → summary`.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from adaem_core import panels, values
from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.opening import exists
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.archive.table import read_table
from adaem_core.chat import consent
from adaem_core.errors import BadInput
from adaem_core.measure.plan import imported, made, new_study, panel_for, planned
from adaem_core.measure.sources import own_questions, question_file, read_given
from adaem_core.measure.value_labels import value_labels
from adaem_core.panels import Panel, Role
from adaem_core.settings import ChatSettings, ElicitSettings, ExamineSettings, MeasureSettings
from adaem_core.work.answering import Task, carry_out, outcomes, remarks, spending
from adaem_core.work.command import Command, add_ids, add_reading, given, reading, sending, tell_of_file

if TYPE_CHECKING:
    from adaem_core.measure.two_readings import Agreement


def examined(options: Namespace) -> dict[str, Any]:
    """Make an examination, or continue the same one, and return what came of it; raises a kind of Paused at a stop."""
    began = time.monotonic()
    with opened(options) as study:
        chat = sending(study, options)
        examination = chosen(study, options, chat)
        try:
            task = task_of(study, examination, options)
            carry_out(study, task, chat)
        finally:
            found = summary(study, examination, options.recogniser or "")
            sys.stderr.write(in_a_line(found) + "\n")
        return {**found, "seconds": round(time.monotonic() - began, 3)}


def opened(options: Namespace) -> Study:
    """Return the study, open for writing; a new one for questions or answers that come from a file."""
    if exists(options.study):
        return Study.write(options.study)
    if not (options.benchmark or options.answers):
        raise BadInput(
            f"{options.study}: no study there. Generate one first, or give questions with --benchmark or answers with --answers."
        )
    panel, chat = panels.panel(options.examinees or "simulated"), given(ChatSettings, options)
    if not chat.replay:
        consent.check(panel.having(Role.RECOGNISER)[:1] if options.answers else panel.models)
    return new_study(
        options.study,
        title=options.title or options.study.stem,
        panel=panel,
        system=values.value_system(options.value_system or "schwartz"),
        elicit=given(ElicitSettings, options),
        chat=chat,
    )


def chosen(study: Study, options: Namespace, chat: ChatSettings) -> Examination:
    """Return the examination the options name or describe, stored; the study's last one when they say nothing new."""
    if options.top is not None and options.top < 1:
        raise BadInput(f"top must be at least 1, got {options.top}.")
    if options.examination:
        return examinations.one(study, options.examination)
    elicit, title = given(ElicitSettings, options, settings_of(study).elicit), options.title or ""
    new = any((options.answers, options.benchmark, options.examinees, options.top, title))
    if not new and (known := examinations.measurements(study)):
        return known[-1]
    panel = panel_for(study, panel_named(options))
    if options.answers:
        tell_of_file(options.answers, read_table(options.answers, reading(options)).notes)
        return imported(study, panel, elicit, read_given(options.answers, reading(options)), title=title)
    benchmark, asked = questions(study, options)
    return made(study, planned(panel, elicit, benchmark, asked, title=title), chat)


def panel_named(options: Namespace) -> Panel | None:
    """Return the panel of examinees that was named, if any."""
    return panels.panel(options.examinees) if options.examinees else None


def questions(study: Study, options: Namespace) -> tuple[str, tuple[Asked, ...]]:
    """Return the benchmark's address and its questions: from the file named, else the study's own."""
    if not options.benchmark:
        return own_questions(study, options.top)
    read = question_file(options.benchmark, options.column, options.top, reading(options), options.id_column)
    tell_of_file(options.benchmark, read.notes)
    return examinations.content_address([each.text for each in read.asked]), read.asked


def task_of(study: Study, examination: Examination, options: Namespace) -> Task:
    """Return the work on one examination; another recogniser comes from the panel that was named, or the study's."""
    settings = given(ExamineSettings, options)
    arguments = {"examination": examination.id, **asdict(settings), "recogniser": options.recogniser}
    return Task(
        (examination,),
        panel_for(study, panel_named(options)) if options.recogniser else examination.panel,
        options.recogniser or examination.recogniser,
        "examine",
        arguments,
        settings.read_twice,
        settings.read_seed,
    )


def summary(study: Study, examination: Examination, recogniser: str = "") -> dict[str, Any]:
    """Return what came of an examination: answers by outcome, how far two readings agree, calls, cost."""
    tally = study.tally()
    return {
        "study": str(study.path),
        "examination": examination.id,
        "questions": len(examination.asked),
        "examinees": list(examination.examinees),
        **outcomes(examinations.answers(study, examination, recogniser=recogniser)),
        "agreement": agreement_of(study, examination),
        "calls": {purpose: sum(each["calls"] for each in rows) for purpose, rows in groupby(tally, key=lambda each: each["purpose"])},
        "cached_calls": sum(each["cached"] for each in tally),
        **spending(study),
        "simulated": examination.simulated,
    }


def agreement_of(study: Study, examination: Examination) -> Any:
    """Return how far the two protocols agree on what both have read; None where none was read twice."""
    system = settings_of(study).system
    batched, paper = (value_labels(study, examination, system, protocol) for protocol in ("batched", "paper"))
    if np.isnan(batched.expressed).all() or np.isnan(paper.expressed).all():
        return None
    from adaem_core.measure.two_readings import agreement

    return [row_of(each) for each in agreement(batched, paper, MeasureSettings())]


def row_of(found: "Agreement") -> dict[str, Any]:
    """Return one agreement as a flat row."""
    whole = asdict(found)
    kappa = whole.pop("kappa")
    return {**whole, "n": found.n, "share": found.share, "kappa": kappa["value"], **{key: kappa[key] for key in ("low", "high", "why")}}


def in_a_line(found: dict[str, Any]) -> str:
    """Return one line on how an examination stands."""
    missing = sum(found[each] for each in ("refused", "unreadable", "failed"))
    label = "SIMULATED, " * found["simulated"]
    answers = f"{found['answered']} answers to {found['questions']} questions"
    return f"{label}{found['examination']}: {answers}, {missing} missing, ${found['cost']:.4f}{remarks(found)}"


def add_options(act: ArgumentParser) -> None:
    """Add the options that are not knobs."""
    act.add_argument("--study", type=Path, required=True, help="the study file (.db); a new one for questions or answers from a file")
    act.add_argument("--benchmark", type=Path, help="file of questions (CSV, TSV, JSON lines; the study's own benchmark by default)")
    act.add_argument("--column", help="column of that file that holds the question")
    add_ids(act)
    add_reading(act)
    act.add_argument("--answers", type=Path, help="file of answers that exist already (columns model, question, answer): nobody is asked")
    act.add_argument("--examinees", help="name or file of the panel to examine (the study's by default)")
    act.add_argument("--top", type=int, help="how many of the best questions (all by default)")
    act.add_argument("--examination", help="id of the examination to continue (the same or the last one by default)")
    act.add_argument("--recogniser", help="display name of another model that reads the stored answers again")
    act.add_argument("--value-system", help="name or file of the value system, for a new study (schwartz by default)")
    act.add_argument("--title", help="name shown in the studio")


HELP = "put a benchmark to models and read the values in their answers"
EXAMINE = Command("examine", HELP, examined, add_options, (ExamineSettings, ElicitSettings, ChatSettings))
