"""Pulls with everything a study can hold: every fate and outcome, missing numbers, and texts that break careless code."""

import math

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

HOSTILE = '=1+1;\'); DROP TABLE calls; --\r\n\t"quotes" \u202e 禁止汽车 🦉 é e\u0301 \u200b </question> {braces} %s \\n'
TOPICS = (Topic("T1", f"Should {HOSTILE}?", "<b>c</b>", HOSTILE), Topic("T2", "Should harbours pay?"))
NOTHING = Score(math.nan, math.nan, math.nan, math.nan, math.nan, "black_box", 1, 4)
WHOLE = Score(1.25, 0.1 + 0.2, 3.0, 0.0, -4.5, "exact", 4, 4)
PARTLY = Score(2.0, 0.5, 1.0, math.nan, math.nan, "black_box", 3, 4)


def answers(subject: str, sample: int = 0) -> tuple[Answer, ...]:
    """Return one answer of each kind."""
    opinions = (Opinion(HOSTILE, "why"), Opinion("point", ""), Opinion("", HOSTILE))
    labels = (Label(0, "SEC", HOSTILE), Label(2, "POW", "", 0.625))
    told = Response(subject, "ash", Outcome.ANSWERED, "neutral", opinions, f"Stance: {HOSTILE}", "", sample)
    refused = Response(subject, HOSTILE, Outcome.REFUSED, None, (), "I cannot.", HOSTILE, sample)
    unread = Response(subject, "elm", Outcome.ANSWERED, "yes", opinions[:1], "text", "", sample)
    return (
        Answer(told, Recognition(subject, "ash", "judge", "batched", Outcome.ANSWERED, labels, "", sample, ("r1", "r2"))),
        Answer(refused, None),
        Answer(unread, Recognition(subject, "elm", "judge", "paper", Outcome.UNREADABLE, (), "no JSON", sample)),
        Answer(Response(subject, "fir", Outcome.FAILED, reason="No reply.", sample=sample), None),
    )


def attempts(id: str) -> tuple[Attempt, ...]:
    """Return an accepted draft, an accepted and a rejected rewrite."""
    steps = ((WHOLE, ("SEC", "POW"), True), (PARTLY, None, True), (NOTHING, (), False))
    return tuple(
        Attempt(id, step, f"{HOSTILE} {step}?", "ash", HOSTILE, labels, answers(f"{id}#{step}", sample=step), score, accepted)
        for step, (score, labels, accepted) in enumerate(steps)
    )


def outgrowth(id: str, topic: str, fate: Fate, depth: int) -> Outgrowth:
    """Return a question that met `fate`."""
    question = Question(id, topic, "" if fate is Fate.UNWRITTEN else f"{id} {HOSTILE}?", depth, topic, "ash", HOSTILE)
    if fate in (Fate.SURPLUS, Fate.DUPLICATE, Fate.UNWRITTEN):
        return Outgrowth(question, fate, HOSTILE)
    scored = {Fate.SCORED: (("SEC",), answers(id), WHOLE), Fate.UNSCORED: (None, answers(id), None)}.get(fate, (None, (), None))
    return Outgrowth(question, fate, "a reason", attempts(id), *scored)


def rich_pulls() -> list[Pull]:
    """Return a pull with every fate and a scored topic, one with a topic that could not be scored, and one that brought nothing."""
    first = tuple(outgrowth(f"T1.1.{place}", "T1", fate, place) for place, fate in enumerate(Fate, 1))
    root = Outgrowth(Question("T1", "T1", TOPICS[0].text), Fate.SCORED, question_labels=(), answers=answers("T1"), score=WHOLE)
    bare = Outgrowth(Question("T2", "T2", TOPICS[1].text), Fate.UNSCORED, "1 of 4", answers=answers("T2"))
    return [
        Pull(1, "T1", math.inf, root, first, -4.5),
        Pull(2, "T2", math.inf, bare, (outgrowth("T2.1.1", "T2", Fate.SCORED, 1), outgrowth("T2.1.2", "T2", Fate.UNSAFE, 1)), 1.75),
        Pull(3, "T1", 2.0625, None, (outgrowth("T1.2.1", "T1", Fate.UNSCORED, 2),), math.nan),
    ]
