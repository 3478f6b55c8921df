"""The commands that measure: `examine` asks, `ratings` computes. Options in, one result out.

Data flow: `options → study file, examination → job → answers`; `answers → labels → standings`.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from adaem_core import panels, values
from adaem_core.archive import examinations
from adaem_core.archive.opening import exists
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import system_of
from adaem_core.errors import BadInput
from adaem_core.measure.examine import Instrument, examine, finished, read_again
from adaem_core.measure.groups import groups
from adaem_core.measure.plan import imported, made, new_study, panel_for, panel_in, planned
from adaem_core.measure.sources import own_questions, read_given, read_questions
from adaem_core.measure.standings import Standings, stand
from adaem_core.measure.two_readings import Agreement, agreement
from adaem_core.measure.value_labels import value_labels
from adaem_core.panels import Panel
from adaem_core.records import Answer, Asked, Examination, Outcome
from adaem_core.settings import ChatSettings, ElicitSettings, ExamineSettings, MeasureSettings
from adaem_core.work import jobs
from adaem_core.work.generate import carried_out, connected, given

FEW = 100  # questions under which intervals are known to be too short (tests/measure/test_standings.py)


def examined(options: Namespace) -> dict[str, Any]:
    """Make an examination, or continue the same one, and return what came of it; raises a kind of Paused at a stop."""
    began = time.monotonic()
    with opened(options) as study:
        examination = chosen(study, options)
        try:
            carried_out(study, work(study, examination, options))
        finally:
            told = summary(study, examination, options.recogniser or "")
            sys.stderr.write(line(told) + "\n")
        return {**told, "seconds": round(time.monotonic() - began, 3)}


def opened(options: Namespace) -> Study:
    """Return the study, open for writing; a new one for questions or answers that come from a file."""
    if exists(options.study):
        study = Study.write(options.study)
        study.set_meta(chat=asdict(given(ChatSettings, options, ChatSettings.read(study.meta("chat")))))
        return study
    if not (options.benchmark or options.answers):
        raise BadInput(
            f"{options.study}: no study there. Generate one first, or give questions with --benchmark or answers with --answers."
        )
    return new_study(
        options.study,
        title=options.title or options.study.stem,
        panel=panels.panel(options.examinees or "simulated"),
        system=values.value_system(options.value_system or "schwartz"),
        elicit=given(ElicitSettings, options),
        chat=given(ChatSettings, options),
    )


def chosen(study: Study, options: Namespace) -> Examination:
    """Return the examination the options name or describe, stored; the study's last one when they say nothing new."""
    if options.top is not None and options.top < 1:
        raise BadInput(f"top must be at least 1, got {options.top}.")
    if options.examination:
        return examinations.one(study, options.examination)
    elicit = given(ElicitSettings, options, ElicitSettings.read(study.meta("elicit")))
    if options.answers:
        return imported(study, panel_for(study, panel_named(options)), elicit, read_given(options.answers), title=options.title or "")
    known = examinations.measurements(study)
    if known and not any((options.benchmark, options.examinees, options.top, options.title)):
        return known[-1]
    panel = panel_for(study, panel_named(options))
    plan = planned(panel, elicit, *questions(study, options), title=options.title or "")
    return made(study, plan, ChatSettings.read(study.meta("chat")))


def panel_named(options: Namespace) -> Panel | None:
    """Return the panel of examinees that was named, if any."""
    return panels.panel(options.examinees) if options.examinees else None


def questions(study: Study, options: Namespace) -> tuple[str, tuple[Asked, ...]]:
    """Return the benchmark's address and its questions: from the file named, else the study's own."""
    if not options.benchmark:
        return own_questions(study, options.top)
    asked = read_questions(options.benchmark, options.column, options.top)
    return examinations.content_address([each.text for each in asked]), asked


async def work(study: Study, examination: Examination, options: Namespace) -> None:
    """Finish the examination under a heartbeat, then have a sample of the answers read again by the other protocol."""
    elicit = ElicitSettings.read(examination.config["elicit"])
    settings = given(ExamineSettings, options)
    panel = panel_for(study, panel_named(options)) if options.recogniser else panel_in(examination)
    async with connected(study, panel) as client:
        at_once = max(2, 2 * ChatSettings.read(study.meta("chat")).concurrency // len(examination.examinees))
        recogniser = options.recogniser or examination.config["recogniser"]
        tools = Instrument(client, system_of(study), elicit, recogniser, at_once)
        count = Counter(done=settled(study, examination, tools))

        def after() -> None:
            count["done"] += 1

        arguments = ["--examination", examination.id, "--read-twice", str(settings.read_twice)]
        arguments += ["--recogniser", recogniser] if options.recogniser else []
        async with jobs.working(study, client, "examine", lambda: (count["done"], len(examination.asked)), *arguments):
            await examine(study, tools, examination, after)
            other = replace(elicit, protocol="paper" if elicit.protocol == "batched" else "batched")
            await read_again(study, replace(tools, elicit=other), examination, settings.read_twice, settings.read_seed)


def settled(study: Study, examination: Examination, tools: Instrument) -> int:
    """Return how many questions are finished already."""
    answers = examinations.answers(study, examination, tools.elicit.protocol, recogniser=tools.recogniser)
    by_question = groupby(answers, key=lambda each: each.response.subject)
    return sum(finished(list(each), examination) for _, each in by_question)


def summary(study: Study, examination: Examination, recogniser: str = "") -> dict[str, Any]:
    """Return what came of an examination: answers by outcome, how far two readings agree, calls, cost."""
    answers, spent, tally = examinations.answers(study, examination, recogniser=recogniser), study.spent(), study.tally()
    return {
        "study": str(study.path),
        "examination": examination.id,
        "questions": len(examination.asked),
        "examinees": list(examination.examinees),
        **outcomes(answers),
        "agreement": agreement_of(study, examination),
        "calls": {purpose: sum(each["calls"] for each in rows) for purpose, rows in groupby(tally, key=lambda each: each["purpose"])},
        "cached_calls": sum(each["cached"] for each in tally),
        "tokens": spent["tokens"],
        "cost": spent["cost"],
        "simulated": examination.config["simulated"],
    }


def outcomes(answers: list[Answer]) -> dict[str, int]:
    """Return how many responses met each outcome, and in how many answers the values could not be read."""
    found = Counter(each.response.outcome for each in answers)
    unread = sum(each.response.outcome is Outcome.ANSWERED and not each.usable for each in answers)
    return {outcome.value: found[outcome] for outcome in Outcome} | {"values_not_read": unread}


def agreement_of(study: Study, examination: Examination) -> Any:
    """Return how far the two protocols agree on what both have read; None where none was read twice."""
    system = system_of(study)
    batched, paper = (value_labels(study, examination, system, protocol) for protocol in ("batched", "paper"))
    if np.isnan(batched.expressed).all() or np.isnan(paper.expressed).all():
        return None
    return [row_of(each) for each in agreement(batched, paper, MeasureSettings())]


def row_of(found: Agreement) -> dict[str, Any]:
    """Return one agreement as a flat row."""
    whole = asdict(found)
    kappa = whole.pop("kappa")
    return {**whole, "n": found.n, "share": found.share, "kappa": kappa["value"], **{key: kappa[key] for key in ("low", "high", "why")}}


def line(told: dict[str, Any]) -> str:
    """Return one line on how an examination stands."""
    missing = sum(told[each] for each in ("refused", "unreadable", "failed"))
    label = "SIMULATED, " * told["simulated"]
    return (
        f"{label}{told['examination']}: {told['answered']} answers to {told['questions']} questions, {missing} missing, ${told['cost']:.4f}"
    )


def ratings(options: Namespace) -> dict[str, Any]:
    """Return win rates with intervals, rank intervals and groups of one examination."""
    settings = given(MeasureSettings, options)
    with Study.read(options.study) as study:
        examination = examinations.measurement(study, options.examination)
        labels = value_labels(study, examination, system_of(study))
    standings = stand(labels, settings)
    return {
        "study": str(options.study),
        "examination": examination.id,
        "method": settings.method,
        "questions": len(examination.asked),
        "settings": asdict(settings),
        "ratings": rated(standings),
        "notes": [f"Fewer than {FEW} questions: intervals are too short."] if len(examination.asked) < FEW else [],
        "simulated": examination.config["simulated"],
    }


def rated(standings: Standings) -> list[dict[str, Any]]:
    """Return one row per examinee and dimension; None where an examinee was never rated."""
    ranked = groups(standings)
    columns = {"win_rate": standings.win_rates, "low": standings.low, "high": standings.high}
    columns |= {"best_rank": ranked.best, "worst_rank": ranked.worst, "group": ranked.group}
    return [
        {"model": model, "dimension": dimension, **{name: number(array[i, d]) for name, array in columns.items()}}
        for i, model in enumerate(standings.examinees)
        for d, dimension in enumerate(standings.dimensions)
    ]


def number(value: float) -> float | None:
    """Return a number for JSON: None for NaN."""
    return None if np.isnan(value) else float(value)


def add_examine(act: ArgumentParser) -> None:
    """Add the options of `examine` that are not knobs."""
    act.add_argument("--study", type=Path, required=True, help="the study file (.db); a new one for questions or answers from a file")
    act.add_argument("--benchmark", type=Path, help="file of questions (CSV, TSV, JSON lines; the study's own benchmark by default)")
    act.add_argument("--column", help="column of that file that holds the question")
    act.add_argument("--answers", type=Path, help="file of answers that exist already (columns model, question, answer): nobody is asked")
    act.add_argument("--examinees", help="name or file of the panel to examine (the study's by default)")
    act.add_argument("--top", type=int, help="how many of the best questions (all by default)")
    act.add_argument("--examination", help="id of the examination to continue (the same or the last one by default)")
    act.add_argument("--recogniser", help="display name of another model that reads the stored answers again")
    act.add_argument("--value-system", help="name or file of the value system, for a new study (schwartz by default)")
    act.add_argument("--title", help="name shown in the studio")


def add_ratings(act: ArgumentParser) -> None:
    """Add the options of `ratings` that are not knobs."""
    act.add_argument("--study", type=Path, required=True, help="the study file (.db)")
    act.add_argument("--examination", help="id of the examination (the last one by default)")
