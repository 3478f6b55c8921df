"""A study of the published size, written without asking anybody: 12,310 questions, 16 examinees, ten values, a twentieth missing."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import orjson

from adaem_core import panels
from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked
from adaem_core.archive.rows import marks
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import StudySettings, create
from adaem_core.generate.topics import read_topics
from adaem_core.measure.plan import planned
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.records import Question, Topic
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import value_system

QUESTIONS, EXAMINEES = 12_310, 16
SAID = orjson.dumps(
    [["A duty", "families hold together because somebody cares"], ["A freedom", "each may choose"], ["A risk", "it may fail"]]
)


def write_big_study(path: Path, questions: int = QUESTIONS) -> Path:
    """Write the study to `path` and return it: scored questions of the general topics, and one finished examination."""
    rng = np.random.default_rng(4)
    system, topics = value_system("schwartz"), read_topics("general").topics
    models = [
        ModelSpec(f"model-{number:02}", f"openai/model-{number:02}", (Role.P1, Role.P2, Role.EXAMINEE)) for number in range(EXAMINEES)
    ]
    panel = Panel("sixteen", (*models, replace(panels.panel("simulated").having(Role.RECOGNISER)[0], name="reader")))
    settings = StudySettings(
        "Big", system, panel, ElicitSettings(), GenerateSettings(budget=questions // 3), ChatSettings(), date="2026-11-21", engine="0"
    )
    with create(path, settings, topics) as study:
        asked = write_questions(study, rng, topics, questions)
        each = examinations.create(study, planned(panel, ElicitSettings(), "big", asked, title="Big"))
        write_answers(study, rng, each.id, asked, [model.name for model in models], system.ids)
    return path


def write_questions(study: Study, rng: np.random.Generator, topics: tuple[Topic, ...], count: int) -> list[Asked]:
    """Store `count` scored questions, three a pull, and return them as they are asked."""
    asked, rows, pulls = [], [], []
    for number in range(count):
        topic = topics[(number // 3) % len(topics)]
        place = ("Kenya", "Japan", "Bavaria", "France", "Texas", "India")[number % 6]
        text = f"Should {place} change rule {number} of {1950 + number % 70} on {topic.text.rstrip('?').lower()}?"
        question = Question(f"{topic.id}.{number}", topic.id, text, 1, topic.id, f"model-{number % EXAMINEES:02}", "A fact.")
        parts = rng.normal([3.0, 0.6, 1.4, 2.0], [0.8, 0.1, 0.3, 0.4]).tolist()
        score = (*parts, parts[0] + parts[1] + parts[2] + parts[3] / 2, "black_box", 9, 9)
        provenance = (question.depth, question.parent_id, question.author, question.fact, number // 3 + 1, "scored", "", "[]")
        rows.append((question.id, topic.id, text, *provenance, *score))
        asked.append(Asked(question.id, text, topic.text, topic.category))
        if number % 3 == 2:
            pulls.append((number // 3 + 1, topic.id, 9.0, float(score[4]), "2026-11-21T00:00:00+00:00"))
    with study.connection:
        study.connection.executemany(f"INSERT INTO questions VALUES ({marks(19)})", rows)
        study.connection.executemany(f"INSERT INTO pulls VALUES ({marks(5)})", pulls)
    return asked


def write_answers(
    study: Study, rng: np.random.Generator, id: str, asked: list[Asked], models: list[str], dimensions: tuple[str, ...]
) -> None:
    """Store every model's answer to every question; labels follow a planted profile, one answer in twenty is a refusal."""
    chance = 1 / (1 + np.exp(-rng.normal(-1, 0.8, (len(models), len(dimensions)))))
    expressed = rng.random((len(asked), *chance.shape)) < chance
    refused = rng.random((len(asked), len(models))) < 0.05
    responses, recognitions = [], []
    for place, question in enumerate(asked):
        for column, model in enumerate(models):
            subject = f"{id}:{question.id}"
            if refused[place, column]:
                responses.append((subject, model, "refused", None, b"[]".decode(), "", "It declined.", 0, ""))
                continue
            labels = [[0, value, "", 1.0] for value, says in zip(dimensions, expressed[place, column], strict=True) if says]
            responses.append((subject, model, "answered", "yes", SAID.decode(), "", "", 0, ""))
            recognitions.append((subject, model, "reader", "batched", "answered", orjson.dumps(labels).decode(), "", 0, "[]"))
    with study.connection:
        study.connection.executemany(f"INSERT INTO responses VALUES ({marks(9)})", responses)
        study.connection.executemany(f"INSERT INTO recognitions VALUES ({marks(9)})", recognitions)
