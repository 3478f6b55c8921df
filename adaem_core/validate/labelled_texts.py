"""Have a recogniser read labelled texts, as it reads answers: what a reference is compared with (Appendix C.2, Table 4).

Texts are packed like the points of an answer, so the recogniser meets them as it does in an examination. They lie in a study
as an examination of part "recogniser check" whose answers exist already; the reference labels lie beside, as judgements.
Data flow: `Reference → examination + judgements (stored) → (a job reads them) → Reference (the machine's labels)`.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.judgements import change, judgements
from adaem_core.archive.opening import now
from adaem_core.archive.rows import marks
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.measure.plan import made, planned
from adaem_core.panels import Panel, Role
from adaem_core.records import Answer, Opinion, Outcome, Response
from adaem_core.settings import ElicitSettings
from adaem_core.values import ValueSystem

if TYPE_CHECKING:
    from adaem_core.validate.recogniser import Reference

PART = "recogniser check"
WHO = "labelled texts"


def first(reference: "Reference", count: int | None) -> "Reference":
    """Return the first `count` items (all for None). BadInput where the file has labels but no texts to read."""
    if not reference.texts:
        raise BadInput("The file has ids and labels but no text column, so there is nothing to read. Add a column named text.")
    if count is not None and count < 1:
        raise BadInput(f"At least one text must be read, got {count}.")
    kept = slice(count)
    topics = reference.topics[kept] if reference.topics else ()
    return replace(reference, items=reference.items[kept], texts=reference.texts[kept], labels=reference.labels[kept], topics=topics)


def plan(reference: "Reference", panel: Panel, elicit: ElicitSettings, title: str) -> Examination:
    """Return the examination that would read the texts, not stored yet: what `measure.plan.forecast` needs."""
    readers = Panel(panel.name, panel.having(Role.RECOGNISER)[:1])
    asked = [Asked(f"B{number}", f"Texts, batch {number}") for number, _ in enumerate(batches(reference, elicit), 1)]
    address = examinations.content_address([*reference.texts, repr(reference.dimensions), repr(reference.labels.tolist())])
    return planned(readers, elicit, address, asked, examinees=(WHO,), title=title, imported=True, part_of=PART)


def batches(reference: "Reference", elicit: ElicitSettings) -> list[tuple[str, ...]]:
    """Return the texts, as many together as an answer has points."""
    return [tuple(texts[at : at + elicit.opinions]) for texts in [reference.texts] for at in range(0, len(texts), elicit.opinions)]


def stored(study: Study, reference: "Reference", panel: Panel, elicit: ElicitSettings, title: str) -> Examination:
    """Store texts and reference labels in a study open for writing, and return the examination that reads them."""
    examination = made(study, plan(reference, panel, elicit, title))
    answers = [
        Response(examination.subject(f"B{number}"), WHO, Outcome.ANSWERED, "neutral", tuple(Opinion(each, "") for each in texts))
        for number, texts in enumerate(batches(reference, elicit), 1)
    ]
    examinations.save(study, [Answer(each, None) for each in answers])
    places = [address(examination, place, elicit.opinions) for place in range(len(reference.items))]
    rows = [
        (kind(examination), "reference", item, dimension, f"{label:g}", now())
        for item, labels in zip(places, reference.labels.tolist(), strict=True)
        for dimension, label in zip(reference.dimensions, labels, strict=True)
        if not np.isnan(label)
    ]
    change(study.path, f"INSERT OR REPLACE INTO judgements VALUES ({marks(6)})", rows)
    return examination


def kind(examination: Examination) -> str:
    """Return the kind of judgement under which the reference labels of an examination lie."""
    return f"reference {examination.id}"


def address(examination: Examination, place: int, size: int) -> str:
    """Return where the text at `place` lies: its batch's subject and its number there."""
    return f"{examination.subject(f'B{place // size + 1}')}#{place % size}"


def checks(study: Study) -> list[Examination]:
    """Return the recogniser checks of a study, the newest last."""
    return [each for each in examinations.every(study) if each.part_of == PART]


def both(study: Study, examination: Examination, system: ValueSystem) -> "tuple[Reference, Reference]":
    """Return the reference labels and the machine's, of the same texts and dimensions; NaN where the machine's could not be read."""
    from adaem_core.validate.recogniser import Reference

    known = {(each.item, each.name): float(each.value) for each in judgements(study, kind(examination))}
    dimensions = tuple(id for id in system.ids if any(name == id for _, name in known))
    items, texts, machine = [], [], []
    for answer in examinations.answers(study, examination):
        for place, opinion in enumerate(answer.response.opinions):
            items.append(f"{answer.response.subject}#{place}")
            texts.append(opinion.text)
            machine.append([answer.recognition.verdict(place, id) if answer.recognition else np.nan for id in dimensions])
    reference = [[known.get((item, id), np.nan) for id in dimensions] for item in items]
    shape = (len(items), len(dimensions))
    sides = (np.array(each, dtype=np.float64).reshape(shape) for each in (reference, machine))
    one, other = (Reference(tuple(items), tuple(texts), dimensions, labels) for labels in sides)
    return one, other
