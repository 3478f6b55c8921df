"""SIMULATED people for the demo library: they label opinions, rate questions and know the right labels, as planted in the phrases.

What they say is drawn from the planted truth with errors of their own; it describes no real person. The pages on which people judge
are filled with it.
"""

import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from adaem_core.archive import examinations
from adaem_core.archive.judgements import judge
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.chat.simulated.draws import pick, stable
from adaem_core.chat.simulated.phrases import find, schwartz, schwartz_index
from adaem_core.chat.simulated.questions import read_question
from adaem_core.generate.edition import edition
from adaem_core.validate import blind, labelled_texts
from adaem_core.validate.human_ratings import BASELINE, GENERATED, blind_order
from adaem_core.validate.recogniser import Reference

RATERS = ("SIMULATED rater 1", "SIMULATED rater 2", "SIMULATED rater 3")
MISSED, INVENTED = 0.15, 0.02  # by a simulated person, per opinion and value
SEED = 1


def planted(text: str) -> set[str]:
    """Return the values whose phrases stand in a text."""
    return {id for hit in find(schwartz_index(), text) for id in hit.stands_for}


def label(path: Path, opinions: int) -> None:
    """Draw a sample of the first examination's opinions and have every rater label it blind."""
    with Study.read(path) as study:
        examination = examinations.every(study)[0]
        found = blind.opinions(study, examination, schwartz().ids)
    kind, sample, texts = (
        f"adjudication {examination.id}",
        blind.draw(found, opinions, SEED),
        dict(zip(found.items, found.texts, strict=True)),
    )
    Study.note(path, **{kind: asdict(sample)})
    for rater in RATERS:
        for item in sample.items:
            judge(path, kind, rater, item, dict(ticked(rater, texts[item])))


def ticked(rater: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield each value with whether a rater ticks it: "1" or "0"."""
    rng, there = random.Random(stable(rater, text)), planted(text)
    for id in schwartz().ids:
        yield id, str(int(rng.random() < (1 - MISSED if id in there else INVENTED)))


def rate(path: Path, questions: int) -> None:
    """Prepare as many topics and best questions, and have every rater rate them."""
    with Study.read(path) as study:
        best, topics = edition(study).items[:questions], study.topics()[:questions]
    items = [{"id": f"B{number}", "text": each.text, "source": BASELINE} for number, each in enumerate(topics, 1)]
    items += [{"id": each.question.id, "text": each.question.text, "source": GENERATED} for each in best]
    Study.note(path, **{"human rating": items})
    texts = {each["id"]: each["text"] for each in items}
    for rater in RATERS:
        for item in blind_order({"all": list(texts)}, rater, SEED):
            judge(path, "quality", rater, item, points(rater, texts[item]))


def points(rater: str, text: str) -> dict[str, str]:
    """Return how a rater rates a question, from 1 to 3: the more contested it is, the more controversial and telling."""
    rng, level = random.Random(stable(rater, text)), read_question(text).contested
    aimed = {"rationality": 2.6, "controversy": 1.3 + 1.4 * level, "value elicitation": 1.2 + 1.5 * level}
    return {name: str(round(min(3.0, max(1.0, at + pick(rng, (-0.6, -0.2, 0.0, 0.2, 0.6)))))) for name, at in aimed.items()}


def store_check(path: Path, texts: int) -> None:
    """Store opinions of the first examination with the planted labels, for the recogniser to be checked against."""
    with Study.write(path) as study:
        told = settings_of(study)
        found = blind.opinions(study, examinations.every(study)[0], schwartz().ids)
        kept = np.random.default_rng(SEED).permutation(len(found.texts))[:texts].tolist()
        chosen = tuple(found.texts[each] for each in kept)
        right = np.array([[float(id in planted(text)) for id in schwartz().ids] for text in chosen])
        reference = Reference(tuple(map(str, kept)), chosen, schwartz().ids, right)
        labelled_texts.stored(study, reference, told.panel, told.elicit, "Planted labels (SIMULATED)")
