"""What starting work on a study would do, in words for its owner, who may never have seen the study before.

Data flow: `study file → lines`. Nothing of the file is done, and nothing in the lines is more than its settings.
"""

from pathlib import Path

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.chat import consent
from adaem_core.errors import BadInput
from adaem_core.panels import ModelSpec
from adaem_core.settings import ChatSettings
from adaem_core.work import jobs


def would_do(path: Path) -> list[str]:
    """Return what would be done, whom it would ask with which key, and up to which cost, a line each; BadInput for a damaged study."""
    with Study.read(path) as study:
        made, job, asked = settings_of(study), jobs.remembered(study.meta("job")), models(study)
    fields = ", ".join(f"{name} {value}" for name, value in job.arguments.items() if value is not None)
    invented = ", ".join(each.name for each in asked if each.simulated)
    told = [f"Simulated, on this computer: {invented}."] * bool(invented)
    told += [asking(each) for each in asked if not each.simulated]
    return [f"Work: {job.act}{f' ({fields})' * bool(fields)}.", *told, caps(made.chat)]


def models(study: Study) -> tuple[ModelSpec, ...]:
    """Return all models that a study's own work and its examinations may ask, each once."""
    panels = (settings_of(study).panel, *(each.panel for each in examinations.every(study)))
    return tuple(dict.fromkeys(each for panel in panels for each in panel.models))


def where(path: Path) -> list[str]:
    """Return what a study's requests carry where, each once; nothing where all its models are simulated."""
    with Study.read(path) as study:
        return sorted({each.in_words() for spec in models(study) for each in consent.sendings(spec)})


def asking(spec: ModelSpec) -> str:
    """Return whom a model's requests would go to, and what they would carry."""
    try:
        carried = "; ".join(each.in_words() for each in consent.sendings(spec))
    except BadInput as error:
        carried = str(error)
    return f"{spec.name} ({spec.model}): {carried}."


def caps(chat: ChatSettings) -> str:
    """Return up to which caps, and how many at once."""
    limits = {"US dollars": chat.max_cost, "calls": chat.max_calls, "tokens": chat.max_tokens}
    told = ", ".join(f"{value:,} {name}" for name, value in limits.items() if value is not None)
    return f"{f'Up to {told}' if told else 'No cap'}; {chat.concurrency} requests at once."
