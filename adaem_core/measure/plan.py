"""Make an examination: who is examined, by whom the answers are read, and what it will take.

Data flow: `study, questions, panel → Examination (stored)`; `the same → Stage per purpose`.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from adaem_core import __version__
from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import StudySettings, create, settings_of, today
from adaem_core.chat.forecast import SECONDS_PER_CALL, SECONDS_PER_SIMULATED_CALL, Calls, Stage, stage
from adaem_core.chat.prices import check_prices
from adaem_core.elicit.sizes import answer_reading_size, answer_size, usual
from adaem_core.errors import BadInput
from adaem_core.measure.sources import Given, responses
from adaem_core.messages import Purpose
from adaem_core.panels import Panel, Role, check_roles
from adaem_core.records import Answer
from adaem_core.settings import OTHER_PROTOCOL, ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import ValueSystem


def new_study(path: Path, *, title: str, panel: Panel, system: ValueSystem, elicit: ElicitSettings, chat: ChatSettings) -> Study:
    """Return a new study without topics, open for writing: for questions or answers that come from a file."""
    check_roles(panel, (Role.RECOGNISER, 1))
    return create(path, StudySettings(title, system, panel, elicit, GenerateSettings(), chat), ())


def panel_for(study: Study, chosen: Panel | None) -> Panel:
    """Return the chosen models (the study's own if None) with a recogniser, the study's where they bring none; BadInput without one."""
    panel = chosen or settings_of(study).panel
    if panel.one(Role.RECOGNISER):
        return panel
    spare = settings_of(study).panel.having(Role.RECOGNISER)[:1]
    if not spare:
        raise BadInput(f"Panel {panel.name!r} has no recogniser, and neither has the study: give one model the role recogniser.")
    if spare[0].name in {each.name for each in panel.models}:
        raise BadInput(f"Panel {panel.name!r} has a model called {spare[0].name!r}, as the study's recogniser is. Rename it.")
    return Panel(panel.name, (*panel.models, replace(spare[0], roles=(Role.RECOGNISER,))))


def examinees_of(panel: Panel) -> tuple[str, ...]:
    """Return who is examined: the models with the role examinee; in a panel without that role those with P2."""
    return panel.names(Role.EXAMINEE) or panel.names(Role.P2)


def planned(
    panel: Panel,
    elicit: ElicitSettings,
    benchmark: str,
    asked: Sequence[Asked],
    *,
    examinees: Sequence[str] = (),
    title: str = "",
    **more: Any,
) -> Examination:
    """Return an examination that is not stored yet (id ""); the examinees are the panel's unless named."""
    named = tuple(examinees or examinees_of(panel))
    return Examination(
        "",
        title or panel.name,
        benchmark,
        today(),
        named,
        tuple(asked),
        panel,
        elicit,
        panel.one(Role.RECOGNISER) or "",
        __version__,
        **more,
    )


def same(one: Examination, other: Examination) -> bool:
    """Return True when two examinations ask the same of the same models in the same way, whatever they are called."""
    return bool(deciding(one) == deciding(other))


def deciding(each: Examination) -> Any:
    """Return what decides an examination's answers."""
    how = (each.panel.models, each.elicit, each.recogniser)
    return (each.benchmark, each.examinees, each.asked, *how, each.condition, each.system_prompt, each.sample, each.imported)


def made(study: Study, examination: Examination, chat: ChatSettings | None = None) -> Examination:
    """Return the study's examination that is the same, or store this one; BadInput when a model has no price."""
    known = next((each for each in examinations.every(study) if same(each, examination)), None)
    if known is None and not (chat and chat.replay):
        check_prices(examination.panel)
    return known or examinations.create(study, examination)


def imported(study: Study, panel: Panel, elicit: ElicitSettings, given: Sequence[Given], *, title: str) -> Examination:
    """Store answers that exist already as an examination; only the recogniser of the panel will be asked."""
    recogniser = Panel(panel.name, panel.having(Role.RECOGNISER)[:1])
    asked = tuple(dict.fromkeys(each.asked for each in given))
    names = tuple(dict.fromkeys(each.model for each in given))
    address = examinations.content_address([text for each in given for text in (each.model, each.asked.text, each.text)])
    examination = made(study, planned(recogniser, elicit, address, asked, examinees=names, title=title, imported=True))
    examinations.save(study, [Answer(each, None) for each in responses(given, examination, elicit.opinions)])
    return examination


def forecast(examination: Examination, system: ValueSystem, read_twice: int = 0) -> tuple[Stage, ...]:
    """Return what the examination will take; `read_twice` answers are read by the other protocol as well. Cached replies are not subtracted."""
    elicit, panel, lengths = examination.elicit, examination.panel, usual(simulated=examination.simulated)
    reader = next(each for each in panel.models if each.name == examination.recogniser)
    examined = [] if examination.imported else [each for each in panel.models if each.name in examination.examinees]
    answers = len(examination.asked) * len(examination.examinees)
    size, singly = answer_size(elicit, lengths), elicit.opinions * len(system.dimensions)
    readings = [
        (reader, count * (singly if protocol == "paper" else 1), answer_reading_size(protocol, system, elicit, lengths))
        for protocol, count in ((elicit.protocol, answers), (OTHER_PROTOCOL[elicit.protocol], min(read_twice, answers)))
    ]
    calls: dict[Purpose, list[Calls]] = {
        Purpose.ANSWER: [(each, len(examination.asked), size) for each in examined],
        Purpose.RECOGNISE: [each for each in readings if each[1]],
    }
    return tuple(stage(purpose, each) for purpose, each in calls.items() if each)


def minutes(stages: Sequence[Stage], examination: Examination, chat: ChatSettings) -> float:
    """Return the expected minutes: no request of an examination waits for more than one other, so concurrency decides."""
    seconds = SECONDS_PER_SIMULATED_CALL if examination.simulated else SECONDS_PER_CALL / chat.concurrency
    return sum(each.calls for each in stages) * seconds / 60
