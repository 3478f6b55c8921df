"""Add an examination to the rich study without the engine: 40 questions, 4 models, planted leanings, lost answers, hostile texts."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.study import Study
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.records import Answer, Label, Opinion, Outcome, Recognition, Response
from adaem_core.settings import ElicitSettings
from adaem_core.values import value_system
from tests.pages.fixture_study import FORMULA, HOSTILE, IMAGE, ask

EXAMINEES = ("aurora", "boreal", "cedar", "<b>delta</b> $x$ :red[red]")
CATEGORIES = (*(["Economics and Business"] * 16), *(["Social and Cultural Issues"] * 14), *(["<b>Hostile</b>"] * 7), *([""] * 3))
# The chance that a model expresses a value: the first leans to one side of the circle, the last to the other.
LEANINGS = {"aurora": 0.8, "boreal": 0.4, "cedar": 0.0, EXAMINEES[3]: -0.8}
LOST = {("boreal", 2): Outcome.REFUSED, ("boreal", 7): Outcome.REFUSED, ("cedar", 3): Outcome.UNREADABLE, (EXAMINEES[3], 4): Outcome.FAILED}
UNREAD = ("aurora", 5)
ABSENT = (EXAMINEES[3], 39)


def asked(number: int) -> Asked:
    """Return one question; the 31st is hostile."""
    text = f"{FORMULA} {HOSTILE}?" if number == 30 else f"Should a town of {1000 + number} people pay for a new bridge?"
    return Asked(f"T00{number % 4 + 1}.{number}.1", text, f"Topic {number % 4} {IMAGE}", CATEGORIES[number])


def answer(study: Study, examination: Examination, number: int, model: str) -> Answer:
    """Return one answer, expressing values by the model's leaning, drawn by a seed of its own."""
    subject = examination.subject(examination.asked[number].id)
    request = ask(study, subject, model, examination.asked[number].text)
    if outcome := LOST.get((model, number)):
        return Answer(Response(subject, model, outcome, text="", reason=f"It declined. {IMAGE}", request=request), None)
    points = (Opinion("A point", f"Prosperity for all. {HOSTILE if number == 30 else ''}"), Opinion("Another", "Rules people can rely on"))
    given = Response(subject, model, Outcome.ANSWERED, "yes" if number % 2 else "no", points, request=request)
    if (model, number) == UNREAD:
        return Answer(given, Recognition(subject, model, "recogniser", "batched", Outcome.UNREADABLE, reason=f"No table. {IMAGE}"))
    return Answer(given, Recognition(subject, model, "recogniser", "batched", Outcome.ANSWERED, labels(number, model)))


def labels(number: int, model: str) -> tuple[Label, ...]:
    """Return the labels of one answer."""
    ids = value_system("schwartz").ids
    rng = np.random.default_rng([number, EXAMINEES.index(model)])
    lean = LEANINGS[model] * np.cos(np.linspace(0, 2 * np.pi, len(ids), endpoint=False))
    chosen = rng.random(len(ids)) < 0.4 + 0.35 * lean
    return tuple(Label(1, id, "people can rely on") for id, each in zip(ids, chosen, strict=True) if each)


def readers(*, simulated: bool) -> Panel:
    """Return a panel of the recogniser alone."""
    return Panel("small <b>", (ModelSpec("recogniser", f"{'simulated' if simulated else 'openai'}/reader", (Role.RECOGNISER,)),))


def write_examination(
    path: Path, *, count: int = 40, title: str = f"Bridges {HOSTILE}", simulated: bool = True, panel: Panel | None = None
) -> Path:
    """Add the examination (its first `count` questions) to the study at `path` and return the path."""
    new = Examination(
        "", title, "abc123", "2026-11-21", EXAMINEES, tuple(asked(number) for number in range(count)),
        panel or readers(simulated=simulated), ElicitSettings(), "recogniser", "0.1.0",
    )  # fmt: skip
    with Study.write(path) as study:
        made = examinations.create(study, new)
        places = [(number, model) for number in range(count) for model in EXAMINEES if (model, number) != ABSENT]
        examinations.save(study, [answer(study, made, number, model) for number, model in places])
    return path


def read_again(path: Path) -> None:
    """Read the first five readable questions a second time, by the other protocol, with the same labels."""
    with Study.write(path) as study:
        made = examinations.one(study, "E1")
        usable = [each for each in examinations.answers(study, made) if each.usable and each.recognition]
        whole = [each for each in usable if sum(other.response.subject == each.response.subject for other in usable) == len(EXAMINEES)]
        examinations.save(study, [replace(each, recognition=replace(each.recognition, protocol="paper")) for each in whole[:20]])  # type: ignore[type-var]
