"""Make an examination: who is examined, by whom the answers are read, and what it will take.

Data flow: `study, questions, panel → Examination (stored)`; `the same → Stage per purpose`.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from adaem_core import __version__
from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import panel_of
from adaem_core.chat.estimate import SECONDS_PER_CALL, SECONDS_PER_SIMULATED_CALL, Stage, stage, together, tokens
from adaem_core.chat.prices import check_prices
from adaem_core.errors import BadInput
from adaem_core.measure.sources import Given, responses
from adaem_core.messages import Purpose
from adaem_core.panels import ModelSpec, Panel, as_mapping, check_roles, parse_panel
from adaem_core.records import Answer, Asked, Examination, Role
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import ValueSystem


def new_study(path: Path, *, title: str, panel: Panel, system: ValueSystem, elicit: ElicitSettings, chat: ChatSettings) -> Study:
    """Return a new study without topics, open for writing: for questions or answers that come from a file."""
    check_roles(panel, (Role.RECOGNISER, 1))
    meta: dict[str, Any] = {
        "title": title,
        "date": datetime.now(UTC).date().isoformat(),
        "engine": __version__,
        "value_system": asdict(system),
        "panel": as_mapping(panel),
        "panel_name": panel.name,
        "simulated": panel.simulated,
        "elicit": asdict(elicit),
        "generate": asdict(GenerateSettings()),
        "chat": asdict(chat),
        "earlier": [],
    }
    return Study.create(path, meta, ())


def panel_for(study: Study, chosen: Panel | None) -> Panel:
    """Return the chosen models (the study's own if None) with a recogniser, the study's where they bring none; BadInput without one."""
    panel = chosen or panel_of(study)
    if panel.one(Role.RECOGNISER):
        return panel
    spare = panel_of(study).having(Role.RECOGNISER)[:1]
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
    config = {
        "panel": as_mapping(panel),
        "panel_name": panel.name,
        "simulated": panel.simulated,
        "elicit": asdict(elicit),
        "engine": __version__,
        "recogniser": panel.one(Role.RECOGNISER),
    }
    config = orjson.loads(orjson.dumps(config))  # as it will be read again: two plans are compared
    today = datetime.now(UTC).date().isoformat()
    return Examination("", title or panel.name, benchmark, today, tuple(examinees or examinees_of(panel)), tuple(asked), config, **more)


def same(one: Examination, other: Examination) -> bool:
    """Return True when two examinations ask the same of the same models in the same way, whatever they are called."""
    return bool(deciding(one) == deciding(other))


def deciding(each: Examination) -> Any:
    """Return what decides an examination's answers."""
    config = {key: each.config[key] for key in ("panel", "elicit", "recogniser")}
    return (each.benchmark, each.examinees, each.asked, config, each.condition, each.system_prompt, each.sample, each.imported)


def made(study: Study, examination: Examination, chat: ChatSettings | None = None) -> Examination:
    """Return the study's examination that is the same, or store this one; BadInput when a model has no price."""
    known = next((each for each in examinations.every(study) if same(each, examination)), None)
    if known is None and not (chat and chat.replay):
        check_prices(panel_in(examination))
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


def panel_in(examination: Examination) -> Panel:
    """Return the panel an examination was made with."""
    return parse_panel(examination.config["panel_name"], examination.config["panel"], examination.id)


def estimate(examination: Examination, system: ValueSystem, read_twice: int = 0) -> tuple[Stage, ...]:
    """Return what the examination will take; `read_twice` answers are read by the other protocol as well. Cached replies are not subtracted."""
    elicit, panel = ElicitSettings.read(examination.config["elicit"]), panel_in(examination)
    reader = next(each for each in panel.models if each.name == examination.config["recogniser"])
    examined = [] if examination.imported else [each for each in panel.models if each.name in examination.examinees]
    asked = len(examination.asked)
    answers = asked * len(examination.examinees)
    prompt, reply = tokens(Purpose.ANSWER, system, elicit, simulated=examination.config["simulated"])
    prompt += len(examination.system_prompt.split())
    again = replace(elicit, protocol="batched" if elicit.protocol == "paper" else "paper")
    reading = [readings(reader, system, elicit, answers), readings(reader, system, again, min(read_twice, answers))]
    answering = [stage(Purpose.ANSWER, [(each, asked) for each in examined], prompt, reply)] if examined else []
    return (*answering, together([each for each in reading if each.calls] or reading[:1]))


def readings(reader: ModelSpec, system: ValueSystem, elicit: ElicitSettings, answers: int) -> Stage:
    """Return what it takes to have so many answers read by one protocol."""
    calls = answers * (elicit.opinions * len(system.dimensions) if elicit.protocol == "paper" else 1)
    return stage(Purpose.RECOGNISE, [(reader, calls)], *tokens(Purpose.RECOGNISE, system, elicit, simulated=reader.simulated))


def minutes(stages: Sequence[Stage], examination: Examination, chat: ChatSettings) -> float:
    """Return the expected minutes: no request of an examination waits for more than one other, so concurrency decides."""
    seconds = SECONDS_PER_SIMULATED_CALL if examination.config["simulated"] else SECONDS_PER_CALL / chat.concurrency
    return sum(each.calls for each in stages) * seconds / 60
