"""What a study was made with: written once, when it is made, and read in one place.

Data flow: `StudySettings → study file → StudySettings`.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from adaem_core import __version__
from adaem_core.archive.study import TRANSLATIONS, Study
from adaem_core.archive.translations import Translation
from adaem_core.errors import BadInput
from adaem_core.faults import STRICT, WANTED, faults, tell
from adaem_core.panels import Panel, as_mapping, parse_panel
from adaem_core.records import Topic
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import ValueSystem, parse_value_system

IDENTITY = re.compile(r"[0-9a-f]{8}")


def today() -> str:
    """Return the present day, ISO 8601, UTC."""
    return datetime.now(UTC).date().isoformat()


@dataclass(frozen=True)
class StudySettings:
    """What a study was made with. Nothing of it changes later but `chat`, how its requests are sent."""

    title: str
    system: ValueSystem
    panel: Panel
    elicit: ElicitSettings
    generate: GenerateSettings
    chat: ChatSettings
    earlier: tuple[str, ...] = ()  # questions of other editions that new ones must differ from
    date: str = field(default_factory=today)  # ISO day
    engine: str = __version__

    @property
    def simulated(self) -> bool:
        """True when any model of the panel is simulated."""
        return self.panel.simulated


def create(path: Path, settings: StudySettings, topics: Iterable[Topic], awaited: Sequence[Translation] = ()) -> Study:
    """Return a new study at `path`, open for writing, with the translations it awaits; BadInput if there is a study already."""
    translated = {TRANSLATIONS: [asdict(each) for each in awaited]} if awaited else {}
    return Study.create(path, {**as_meta(settings), **translated}, topics)


def as_meta(settings: StudySettings) -> dict[str, Any]:
    """Return the settings by the names under which a study file holds them."""
    return {
        "title": settings.title,
        "date": settings.date,
        "engine": settings.engine,
        "value_system": asdict(settings.system),
        "panel": as_mapping(settings.panel),
        "panel_name": settings.panel.name,
        "simulated": settings.simulated,
        "elicit": asdict(settings.elicit),
        "generate": asdict(settings.generate),
        "chat": asdict(settings.chat),
        "earlier": list(settings.earlier),
    }


def settings_of(study: Study) -> StudySettings:
    """Return what a study was made with; BadInput names what is missing or damaged in the file."""
    system, panel = study.meta("value_system"), study.meta("panel")
    if not isinstance(system, dict) or panel is None:
        raise BadInput(f"{study.path.name} does not say with which values and models it was made. Choose another copy of the file.")
    text, knobs = TypeAdapter(str, config=STRICT), TypeAdapter(dict[str, Any], config=STRICT)
    title, panel_name, date, engine = (stored(study, name, text, "") for name in ("title", "panel_name", "date", "engine"))
    return StudySettings(
        title=title,
        system=parse_value_system(str(system.get("id")), system),
        panel=parse_panel(panel_name, panel, study.path.name),
        elicit=ElicitSettings.read(stored(study, "elicit", knobs, {})),
        generate=GenerateSettings.read(stored(study, "generate", knobs, {})),
        chat=ChatSettings.read(stored(study, "chat", knobs, {})),
        earlier=tuple(stored(study, "earlier", TypeAdapter(list[str], config=STRICT), [])),
        date=date,
        engine=engine,
    )


def stored(study: Study, name: str, kind: TypeAdapter[Any], default: Any) -> Any:
    """Return what stands under `name`, of this kind; BadInput where it is of another."""
    found = study.meta(name, default)
    wrong = faults(kind, found)
    tell(
        [f"{study.path.name} is damaged: its {name} must be {WANTED[wrong[0]['type']]}. Choose another copy of the file."] if wrong else []
    )
    return found


def identity_of(study: Study) -> str:
    """Return eight figures and letters that name the study and every copy of it, whatever its file or its title is called later.

    One from before studies had them is named by when, and on which topics, it was made.
    """
    given = study.meta("identity")
    if isinstance(given, str) and IDENTITY.fullmatch(given):
        return given
    made = repr((study.meta("created"), [astuple(each) for each in study.topics()]))
    return hashlib.sha256(made.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def send_with(study: Study, chat: ChatSettings) -> None:
    """Store how the study's requests are sent from now on."""
    study.set_meta(chat=asdict(chat))
