"""Write the rich study without the engine: every number here was chosen by hand, so tests can name what they expect."""

import math
from dataclasses import replace
from pathlib import Path

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import StudySettings, create
from adaem_core.messages import Completion, Params, Purpose, Request
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.records import (
    Answer,
    Attempt,
    Fate,
    Label,
    Opinion,
    Outcome,
    Outgrowth,
    Pull,
    Question,
    Recognition,
    Response,
    Score,
    Topic,
)
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import value_system

IMAGE = "<img src=x onerror=alert(1)>"
PICTURE = "![x](http://evil.example/x.png)"
FORMULA = '=HYPERLINK("http://evil.example")'
ICON = ":material/home: :red[red] $x^2$ [link](http://evil.example) **bold** www.evil.example"
HOSTILE = f"{IMAGE} {PICTURE} {ICON}"
MODELS = ("aurora", "boreal", "cedar", "delta")
TOPICS = (
    Topic("T001", "Should adult children care for their ageing parents?", "Social and Cultural Issues"),
    Topic("T002", "Should the state limit what companies may advertise?", "Economics and Business"),
    Topic("T003", f"Is it right to {HOSTILE}?", "<b>Hostile</b>"),
    Topic("T004", "Should towns ban private cars from their centres?", "Environment and Sustainability"),
)
LONG = (
    "Traditions hand down what generations learnt: a duty towards parents binds families together, and a community that forgets it "
    "loses its safety net, even where the law asks for nothing and each person's own judgement would decide otherwise"
)


def score(total: float, *, answered: int = 4) -> Score:
    """Return a score whose parts add up to its total."""
    return Score(total - 2.4, 0.62, 1.28, 1.0, total, "black_box", answered, 4)


def answer(subject: str, number: int, request: str, *, hostile: bool = False) -> Answer:
    """Return the answer of one model: the second refuses, the third cannot be read now and then, the rest answer."""
    model = MODELS[number]
    if number == 1 and subject.endswith("2"):
        return Answer(
            Response(subject, model, Outcome.REFUSED, text="I cannot help.", reason="It declined to take a side.", request=request), None
        )
    if number == 2 and subject.endswith("3"):
        return Answer(Response(subject, model, Outcome.UNREADABLE, text="??", reason=f"No points found. {IMAGE}", request=request), None)
    points = (
        Opinion("Family duty", HOSTILE if hostile else LONG),
        Opinion("Freedom", "Room to make one's own decisions matters more than custom"),
        Opinion("Safety", "A stable society needs rules people can rely on"),
    )
    given = Response(subject, model, Outcome.ANSWERED, ("yes", "no", "neutral", "yes")[number], points, "", request=request)
    labels = (
        Label(0, "TRA", "Traditions hand down what generations learnt"),
        Label(0, "CON", "binds families together"),
        Label(1, "SEL", "Room to make one's own decisions"),
        *((Label(2, "SEC", "A stable society"),) * (number != 3)),
    )
    return Answer(given, Recognition(subject, model, "recogniser", "batched", Outcome.ANSWERED, labels))


def grown(study: Study, pull: int, number: int, topic: Topic, total: float, parent: str, depth: int) -> Outgrowth:
    """Return one scored question with a draft, a rejected and an accepted rewrite."""
    id = f"{topic.id}.{pull}.{number}"
    hostile = topic.id == "T003"
    text = f"Should a court in Nagasaki fine adults who leave parents over {60 + 7 * pull + number} without care?"
    text = f"{FORMULA} {HOSTILE}?" if hostile and number == 1 else text
    fact = f"In 2017 a court in Chengdu ordered four daughters to visit their father. {HOSTILE if hostile else ''}"
    question = Question(id, topic.id, text, depth, parent, MODELS[number % 4] if number < 3 else "<i>gpt</i>*5*", fact)
    steps = ((0, total - 1.3, True), (1, total - 1.5, False), (2, total, True))
    tried = [
        attempt(study, id, step, text if step == 2 else f"{text} (version {step})", value, accepted, hostile)
        for step, value, accepted in steps
    ]
    answers = tuple(answer(id, each, ask(study, id, MODELS[each], text), hostile=hostile) for each in range(4))
    return Outgrowth(question, Fate.SCORED, "", tuple(tried), ("TRA", "CON"), answers, score(total, answered=3))


def attempt(study: Study, id: str, step: int, text: str, total: float, accepted: bool, hostile: bool) -> Attempt:
    """Return one attempt with the answers of the fast models."""
    reflection = (
        f"The answers hardly differ. {HOSTILE if hostile else 'Name a person who must choose between duty and freedom.'}" if step else ""
    )
    answers = tuple(answer(f"{id}#{step}", each, ask(study, f"{id}#{step}", MODELS[each], text), hostile=hostile) for each in (0, 2, 3))
    return Attempt(id, step, text, "aurora", reflection, ("TRA",), answers, score(total, answered=3), accepted)


def ask(study: Study, subject: str, model: str, text: str) -> str:
    """Put one request into the ledger and return its key."""
    key = f"{subject}-{model}"
    request = Request(
        model,
        ({"role": "user", "content": f"<question>\n{text}\n</question>\nGive exactly 3 key points. {HOSTILE}"},),
        Params(),
        purpose=Purpose.ANSWER,
    )
    reply = Completion(
        f"Stance: Yes\nKey Points:\n1. {HOSTILE}", key, prompt_tokens=180, completion_tokens=120, cost=0.0004, served_by=f"{model}-2026-01"
    )
    study.record(f"openai/{model}", request, reply)
    return key


def lost(pull: int, number: int, fate: Fate, reason: str) -> Outgrowth:
    """Return a question that was not scored."""
    return Outgrowth(
        Question(f"T001.{pull}.{number}", "T001", f"Should {fate} things be asked? {HOSTILE}", 1, "T001", "boreal", "A fact."), fate, reason
    )


def panel_of(provider: str) -> Panel:
    """Return the panel of the study."""
    return Panel("small <b>", tuple(ModelSpec(name, f"{provider}/{name}", (Role.P1, Role.P2, Role.RECOGNISER)) for name in MODELS))


SETTINGS = StudySettings(
    f"Care and duty {HOSTILE}", value_system("schwartz"), panel_of("simulated"), ElicitSettings(), GenerateSettings(budget=12), ChatSettings(),
    date="2026-11-21", engine="0.1.0",
)  # fmt: skip


def write_study(path: Path, *, simulated: bool = True) -> Path:
    """Write the rich study to `path` and return it: 8 pulls of 4 topics, 15 scored questions."""
    settings = SETTINGS if simulated else replace(SETTINGS, panel=panel_of("openai"))
    with create(path, settings, TOPICS) as study:
        study.save_pulls([pull_of(study, number) for number in range(1, 9)])
        job = {
            "state": "paused",
            "message": f"The cost cap is reached. {IMAGE}",
            "act": "generate",
            "arguments": [],
            "done": 8,
            "total": 12,
            "calls": 240,
            "cached": 30,
            "tokens": 72000,
            "cost": 0.08,
        }
        study.set_meta(job={**job, "seconds": 40.0, "seconds_left": None, "heartbeat": 0.0, "pid": 0})
    return path


def pull_of(study: Study, number: int) -> Pull:
    """Return one of the eight pulls: each topic twice, the second time growing from the first question of the first."""
    topic, again = TOPICS[(number - 1) % 4], number > 4
    parent, depth, turn = (f"{topic.id}.1.1", 2, 2) if again else (topic.id, 1, 1)
    totals = (2.9 + 0.23 * number, 3.4 + 0.3 * number)
    questions = [grown(study, turn, place, topic, total, parent, depth) for place, total in enumerate(totals, 1)]
    if number == 5:
        told = (
            (Fate.DUPLICATE, f"similarity 0.91 to earlier questions {IMAGE}"),
            (Fate.UNSAFE, "promotes harm"),
            (Fate.UNWRITTEN, FORMULA),
            (Fate.UNSCORED, "1 of 4 answered"),
        )
        questions = questions[:1] + [lost(turn, 3 + place, fate, reason) for place, (fate, reason) in enumerate(told)]
    root = None if again else Outgrowth(Question(topic.id, topic.id, topic.text), Fate.SCORED, answers=(), score=score(2.5 + 0.05 * number))
    reward = math.fsum(each.score.total for each in questions if each.score) / sum(each.score is not None for each in questions)
    return Pull(number, topic.id, 3.1 + reward if again else math.inf, root, tuple(questions), reward)
