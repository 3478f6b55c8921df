"""Small examinations for tests: three models, a tiny value system, replies that depend on the request alone."""

from pathlib import Path
from typing import Any

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.study import Study
from adaem_core.chat.model import Model
from adaem_core.measure.examine import Instrument, examine, unfinished
from adaem_core.measure.plan import new_study, planned
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.settings import ChatSettings, ElicitSettings
from tests.elicit.fakes import SYSTEM
from tests.generate.fakes import run

MODELS = ("ash", "oak", "elm")
PANEL = Panel(
    "small",
    (
        *(ModelSpec(name, f"simulated/{name}", (Role.EXAMINEE,)) for name in MODELS),
        ModelSpec("judge", "simulated/recogniser", (Role.RECOGNISER,)),
        ModelSpec("critic", "simulated/recogniser", (Role.GUARD,)),
    ),
)
ASKED = tuple(Asked(f"Q{number}", f"Should law {number} stand?", "Law", "Justice" if number % 2 else "Trade") for number in range(1, 5))


def study(path: Path) -> Study:
    """Return a new study without topics, open for writing."""
    return new_study(path, title="Small", panel=PANEL, system=SYSTEM, elicit=ElicitSettings(), chat=ChatSettings())


def examination(file: Study, **more: Any) -> Examination:
    """Return an examination stored in the study."""
    return examinations.create(file, planned(PANEL, ElicitSettings(), "bench", ASKED, **more))


def instrument(ask: Model, recogniser: str = "judge", **elicit: Any) -> Instrument:
    """Return what an examination works with."""
    return Instrument(ask, SYSTEM, ElicitSettings(**elicit), recogniser, at_once=2)


def done(file: Study, ask: Model, each: Examination, **how: Any) -> int:
    """Finish the examination and return how many questions were worked on."""
    worked: list[int] = []
    tools = instrument(ask, **how)
    run(examine(file, tools, each, unfinished(file, tools, each), lambda: worked.append(1)))
    return len(worked)
