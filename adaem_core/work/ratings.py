"""The command `ratings`: win rates with intervals, rank intervals and groups, from the answers a study holds.

Data flow: `study file, examination → labels → standings, groups → one row per model and value`.
"""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Examination
from adaem_core.archive.origin import Origin, address, named
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import StudySettings, settings_of
from adaem_core.measure.value_labels import value_labels
from adaem_core.settings import FEW_QUESTIONS, MeasureSettings
from adaem_core.work.command import Command, add_study, given, number

if TYPE_CHECKING:
    from adaem_core.measure.standings import Standings


def ratings(options: Namespace) -> dict[str, Any]:
    """Return win rates with intervals, rank intervals and groups of one examination."""
    from adaem_core.measure.missing import absent, verdicts_missing
    from adaem_core.measure.standings import stand

    settings = given(MeasureSettings, options)
    with Study.read(options.study) as study:
        examination = examinations.measurement(study, options.examination)
        made = settings_of(study)
        labels = value_labels(study, examination, made.system, pressed=not options.without_pressed)
    return {
        "study": str(options.study),
        "examination": examination.id,
        "method": settings.method,
        "questions": len(examination.asked),
        "settings": asdict(settings),
        "pressed": "left out" if options.without_pressed else "kept",
        "missing": absent(labels),
        "verdicts_missing": verdicts_missing(labels),
        "ratings": rated(stand(labels, settings)),
        "notes": [f"Fewer than {FEW_QUESTIONS} questions: intervals are too short."] if len(examination.asked) < FEW_QUESTIONS else [],
        "simulated": examination.simulated,
        "about": of_examination(made, options.study.stem, examination, settings).told,
    }


def of_examination(made: StudySettings, stem: str, examination: Examination, settings: MeasureSettings) -> Origin:
    """Return what ratings are of."""
    n = f"{len(examination.asked):,} questions × {len(examination.examinees)} models"
    method = f"{settings.method}, {settings.confidence:.0%} intervals from {settings.resamples} resamples"
    link = address("win_rates", study=stem, examination=examination.id, method=settings.method)
    source, date = f"benchmark {examination.benchmark}", examination.date
    return Origin(examination.simulated, named(made.title, stem), n, method, source, date, link)


def rated(standings: "Standings") -> list[dict[str, Any]]:
    """Return one row per examinee and dimension; None where an examinee was never rated."""
    from adaem_core.measure.groups import groups

    ranked = groups(standings)
    columns = {"win_rate": standings.win_rates, "low": standings.low, "high": standings.high}
    columns |= {"best_rank": ranked.best, "worst_rank": ranked.worst, "group": ranked.group}
    return [
        {"model": model, "dimension": dimension, **{name: number(array[i, d]) for name, array in columns.items()}}
        for i, model in enumerate(standings.examinees)
        for d, dimension in enumerate(standings.dimensions)
    ]


def add_options(act: ArgumentParser) -> None:
    """Add study and examination."""
    add_study(act)
    act.add_argument("--examination", help="id of the examination (the last one by default)")
    act.add_argument("--without-pressed", action="store_true", help="leave out answers that came only when a model was asked once more")


RATINGS = Command("ratings", "compute win rates with intervals from an examination", ratings, add_options, (MeasureSettings,))
