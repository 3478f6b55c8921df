"""The command line's acts for scripts and notebooks: `generate_questions`, `examine`, `prime`; and what is read from their study.

An act asks models, reports on standard error, and returns what its command returns. Begun again it continues, and asks for nothing that
was answered. What is left out is as the study has it, or the default. Data flow: `arguments → options → command → summary`.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.measure.value_labels import ValueLabels, value_labels
from adaem_core.panels import Panel
from adaem_core.records import Topic
from adaem_core.settings import ChatSettings, ElicitSettings, ExamineSettings, GenerateSettings, Settings
from adaem_core.values import ValueSystem
from adaem_core.work.cli import parser


def open_study(path: str | Path) -> Study:
    """Return a study for reading, also while it is being worked on: `with open_study("my.db") as study: …`."""
    return Study.read(Path(path))


def generate_questions(
    study: str | Path,
    generate: GenerateSettings | None = None,
    elicit: ElicitSettings | None = None,
    chat: ChatSettings | None = None,
    *,
    panel: Panel | str | Path | None = None,
    value_system: ValueSystem | str | Path | None = None,
    topics: Sequence[Topic] | str | Path | None = None,
    title: str | None = None,
) -> dict[str, Any]:
    """Search for the questions on which the panel's models differ, and return the study's summary; raises Paused at a stop."""
    named = topics if topics is None or isinstance(topics, str | Path) else tuple(topics)
    wanted = {"panel": panel, "value_system": value_system, "topics": named, "title": title}
    return done(["generate", "--study", str(study)], [generate, elicit, chat], **wanted)


def examine(
    study: str | Path,
    examine: ExamineSettings | None = None,
    elicit: ElicitSettings | None = None,
    chat: ChatSettings | None = None,
    *,
    benchmark: str | Path | None = None,
    answers: str | Path | None = None,
    examinees: Panel | str | Path | None = None,
    top: int | None = None,
    value_system: ValueSystem | str | Path | None = None,
    title: str | None = None,
) -> dict[str, Any]:
    """Put questions to models and read the values in their answers; return what came of it. Raises Paused at a stop.

    The questions are the study's own best, or those of the file `benchmark`; with a file of `answers` nobody is asked.
    """
    files = {"benchmark": Path(benchmark) if benchmark else None, "answers": Path(answers) if answers else None}
    wanted = {"examinees": examinees, "top": top, "value_system": value_system, "title": title}
    return done(["examine", "--study", str(study)], [examine, elicit, chat], **files, **wanted)


def prime(study: str | Path, model: str, chat: ChatSettings | None = None, *, values: Sequence[str] = ()) -> dict[str, Any]:
    """Ask an examinee again, told to hold one value at a time (ids; by default all); return what came of it. Raises Paused at a stop."""
    return done(["prime", "--study", str(study), "--model", model], [chat], values=",".join(values) or None)


def done(words: Sequence[str], chosen: Sequence[Settings | None], **wanted: Any) -> dict[str, Any]:
    """Return what a command returns; None among `chosen` and `wanted` is an option that was not given."""
    options = parser().parse_args(words)
    knobs = {name: value for each in chosen if each for name, value in asdict(each).items()}  # type: ignore[call-overload]
    vars(options).update(knobs | {name: value for name, value in wanted.items() if value is not None})
    result: dict[str, Any] = options.run(options)
    return result


def labels(study: Study, examination: str | None = None, *, pressed: bool = True) -> ValueLabels:
    """Return who expresses what on which question of an examination (by id; by default the last one): what all numbers start from.

    With `pressed` False, without the answers that came only when a model was asked once more.
    """
    return value_labels(study, examinations.measurement(study, examination), settings_of(study).system, pressed=pressed)
