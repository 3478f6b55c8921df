"""Priming (construct validity, §4.2 and Appendix C.11): tell a model to hold one value, and see whether the instrument notices.

A baseline examination exists; the same model answers the same questions again under a system prompt, once per target value. Its
primed answers replace its own among the unprimed others, who are not asked again.
Data flow: `baseline, targets → Examination per target → (examine) → labels with the model's row replaced`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Examination
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.measure.plan import made
from adaem_core.measure.value_labels import ValueLabels, value_labels
from adaem_core.settings import ChatSettings
from adaem_core.values import Dimension, ValueSystem

WORDINGS = {
    "meaning": "Throughout this conversation you are guided by {name}, which means: {definition} Let this show in what you say.",
    "name": "Throughout this conversation let your answers reflect {name}.",
    "person": "Speak as somebody to whom nothing matters more than the value {name}: {definition}",
}
# What the baseline is told. "silence" compares a prompt with none; "neutral" shows what the value adds to having any system prompt.
CONTROLS = {"silence": "", "neutral": "Throughout this conversation answer as you see fit."}
NEUTRAL = "(neutral prompt)"


def prompt(dimension: Dimension, wording: str) -> str:
    """Return the system prompt that asks a model to hold one value; BadInput for a wording there is not."""
    if wording not in WORDINGS:
        raise BadInput(f"wording must be one of {', '.join(WORDINGS)}, got {wording!r}.")
    return WORDINGS[wording].format(name=dimension.name, definition=dimension.definition)


def plans(base: Examination, model: str, targets: Sequence[str], system: ValueSystem, *, wording: str, control: str) -> list[Examination]:
    """Return one examination of `model` alone per target value, after that of the control prompt if there is one; none is stored yet.

    Raises BadInput when the model was not examined or a target is no value of the system.
    """
    check(base, model, targets, system, control)
    known = {each.id: each for each in system.dimensions}
    name = f"priming {base.id} {model} {wording} {control}"
    alone = replace(base, id="", title=f"Priming of {model}", examinees=(model,), part_of=name)
    neutral = [replace(alone, condition=NEUTRAL, system_prompt=CONTROLS[control])] if CONTROLS[control] else []
    return neutral + [replace(alone, condition=id, system_prompt=prompt(known[id], wording)) for id in targets]


def check(base: Examination, model: str, targets: Sequence[str], system: ValueSystem, control: str) -> None:
    """Raise BadInput unless model, targets and control can be used."""
    if model not in base.examinees or base.imported:
        raise BadInput(f"{model!r} cannot be primed: it was not asked in {base.id}. Choose one of {', '.join(base.examinees)}.")
    if len(base.examinees) < 2:
        raise BadInput(f"{base.id} has one examinee, so nothing to compare with. Examine at least two models.")
    if unknown := [id for id in targets if id not in system.ids] or ([] if targets else ["(none)"]):
        raise BadInput(f"No value {', '.join(unknown)} in {system.name}. Choose among {', '.join(system.ids)}.")
    if control not in CONTROLS:
        raise BadInput(f"control must be one of {', '.join(CONTROLS)}, got {control!r}.")


def prepared(study: Study, planned: Sequence[Examination], chat: ChatSettings | None = None) -> list[Examination]:
    """Store the planned examinations, those that are there already once, and return them; BadInput when a model to be asked has no price."""
    return [made(study, each, chat) for each in planned]


def primings(study: Study) -> dict[str, list[Examination]]:
    """Return the primed examinations of a study by the name of their series."""
    found: dict[str, list[Examination]] = {}
    for each in examinations.every(study):
        if each.part_of.startswith("priming "):
            found.setdefault(each.part_of, []).append(each)
    return found


def primed_labels(base: ValueLabels, primed: ValueLabels) -> ValueLabels:
    """Return `base` with the one examinee of `primed` replaced by its primed self; both have the same questions and dimensions."""
    array = np.array(base.expressed)
    array[:, base.examinees.index(primed.examinees[0])] = primed.expressed[:, 0]
    return ValueLabels(array, base.questions, base.examinees, base.dimensions)


def labels_of(
    study: Study, base: Examination, series: Sequence[Examination], system: ValueSystem
) -> tuple[ValueLabels, dict[str, ValueLabels]]:
    """Return the baseline's labels, under the control prompt if there was one, and those of each target, the model's row replaced."""
    plain = value_labels(study, base, system)
    by_condition = {each.condition: primed_labels(plain, value_labels(study, each, system)) for each in series}
    return by_condition.pop(NEUTRAL, plain), by_condition
