"""From the choices of a new run to what it will take, and from there to a study file with a worker on it."""

from dataclasses import dataclass
from pathlib import Path

from adaem_core.archive.translations import Translation
from adaem_core.generate.forecast import ROLES, forecast, minutes
from adaem_core.generate.translate import forecast as translating
from adaem_core.panels import Panel, check_roles
from adaem_core.records import Topic
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import ValueSystem
from pages.shared import launch, stored


@dataclass(frozen=True)
class Plan:
    """Everything a run needs."""

    title: str
    system: ValueSystem
    topics: tuple[Topic, ...]
    awaited: tuple[Translation, ...]  # topics to be translated first
    earlier: tuple[Path, ...]  # studies whose questions must not come back
    panel: Panel
    generate: GenerateSettings
    elicit: ElicitSettings
    chat: ChatSettings


def work(plan: Plan) -> launch.Work:
    """Return what the run will take; BadInput where the panel lacks a role."""
    check_roles(plan.panel, *ROLES)
    stages = translating(plan.panel, plan.awaited) + forecast(plan.panel, plan.system, plan.generate, plan.elicit, len(plan.topics))
    expected = minutes(stages, plan.panel, plan.generate, plan.chat)
    return launch.Work(stages, expected, plan.panel.models, plan.chat, plan.panel.simulated)


def begin(plan: Plan) -> Path:
    """Write the study file, start its worker, and return the study."""
    from adaem_core.generate.run import create_study  # brings the embedder; the rest of the page needs none of it

    path = launch.new_path(plan.title)
    parts = {
        "topics": plan.topics,
        "awaited": plan.awaited,
        "panel": plan.panel,
        "system": plan.system,
        "elicit": plan.elicit,
        "generate": plan.generate,
        "chat": plan.chat,
        "earlier": [item.question.text for each in plan.earlier for item in stored.edition(each, None).items],
    }
    create_study(path, title=plan.title.strip() or path.stem, **parts).close()
    launch.work_on(path)
    return path
