"""The EM loop step by step on scripted answers whose scores were computed by hand (Eq. 2 and 3)."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from adaem_core.chat.embed import Vectors
from adaem_core.generate.refine import draw_scores, e_step, jaccard, refine, telling_answers
from adaem_core.messages import Completion, Purpose, Request
from adaem_core.records import Attempt, Outcome, Question
from tests.elicit.fakes import Said, ScriptedModel
from tests.generate.fakes import WordEmbedder, answer, apparatus, labelled, run, shown
from tests.rows import every_row

QUESTION = Question("T1.1.1", "T1", "Should version zero be asked?", 1, "T1", "ash", "A fact.")
VERSIONS = ("zero", "one", "two", "three")
# Values of both points per model and version. With similarity 0.5 between all models and no value in the question itself:
# S = diversity + 0.5 + conformity + distance / 2.
VALUES = {
    "zero": {"ash": ("SEC", "SEC"), "oak": ("SEC", "SEC")},  # 1 + 0.5 + 1 + 1/2 = 3
    "one": {"ash": ("SEC", "SEC"), "oak": ("POW", "POW")},  # 2 + 0.5 + 1 + 1/2 = 4
    "two": {"ash": ("SEC", "SEC"), "oak": ("POW", "SDI")},  # 3 + 0.5 + (1 + 2)/2 + 1.5/2 = 5.75
    "three": {"ash": ("SEC", "SEC"), "oak": ("SEC", "")},  # 1 + 0.5 + (1 + 1)/2 + 1/2 = 3
}
SCORES = {"zero": 3.0, "one": 4.0, "two": 5.75, "three": 3.0}


class FlatEmbedder(WordEmbedder):
    """All models' opinions are equally similar."""

    async def remember(self, name: str, content: Sequence[Sequence[str]], compute: Callable[[list[Vectors]], Vectors]) -> Vectors:
        return np.full((len(content), len(content)), 0.5, dtype=np.float32)


def version(text: str) -> str:
    return next(each for each in VERSIONS if f"version {each}" in text.lower())


def play(rewrites: Sequence[Said], values: dict[str, dict[str, tuple[str, str]]] = VALUES) -> ScriptedModel:
    """Return a model for every role; rewrites come in the order given."""
    queue = list(rewrites)

    def reply(request: Request) -> Said:
        if request.purpose is Purpose.ANSWER:
            now = version(shown(request, "question"))
            return f"Stance: Yes\nKey Points:\n1. {request.model} version {now} draw {request.sample}: first\n2. {request.model} version {now} draw {request.sample}: second"
        if request.purpose is Purpose.RECOGNISE:
            return labelled(request, lambda text: values[version(text)][text.split()[0]]["second" in text].split())
        if request.purpose is Purpose.LABEL_QUESTION:
            return labelled(request, lambda _: ())
        return queue.pop(0) if request.purpose in (Purpose.REWRITE, Purpose.REPAIR) else "Name what it costs."

    return ScriptedModel(reply)


def rewrites(*versions: str) -> list[Said]:
    return [f"Question: Should version {each} be asked?" for each in versions]


def refined(said: Sequence[Said], **settings: float) -> tuple[tuple[Attempt, ...], str, ScriptedModel]:
    model = play(said)
    attempts, reason = run(refine(apparatus(model, embed=FlatEmbedder(), **settings), QUESTION, "Should it be?"))
    return attempts, reason, model


def told(attempts: Sequence[Attempt]) -> list[tuple[int, str, float, bool]]:
    return [(each.step, version(each.text), each.score.total, each.accepted) for each in attempts]


def test_each_rewrite_that_raises_the_score_is_the_next_to_be_rewritten() -> None:
    attempts, reason, model = refined(rewrites("one", "two", "three"))
    assert told(attempts) == [(0, "zero", 3.0, True), (1, "one", 4.0, True), (2, "two", 5.75, True), (3, "three", 3.0, False)]
    assert reason == "the last rewrite raised the score by τ or less"
    assert [version(shown(each, "question")) for each in model.history if each.purpose is Purpose.REFLECT] == ["zero", "one", "two"]
    assert [each.reflection for each in attempts] == ["", *["Name what it costs."] * 3]
    assert {answer.response.subject for answer in attempts[2].answers} == {attempts[2].subject} == {"T1.1.1#2"}


@pytest.mark.parametrize(("tau", "accepted"), [(0.99, True), (1.0, False), (1.01, False)])
def test_a_gain_of_exactly_tau_is_not_enough(tau: float, accepted: bool) -> None:
    attempts, *_ = refined(rewrites("one", "three"), tau=tau)
    assert attempts[1].accepted is accepted


def test_refinement_stops_at_the_first_small_gain_even_if_a_later_text_were_better() -> None:
    attempts, *_ = refined(rewrites("three", "two"))
    assert told(attempts) == [(0, "zero", 3.0, True), (1, "three", 3.0, False)]


@every_row("order", [("one", "two", "three"), ("two", "one"), ("three",), ("one", "three"), ("one", "zero")])
def test_the_accepted_score_never_falls_and_every_attempt_is_kept(order: tuple[str, ...]) -> None:
    attempts, *_ = refined(rewrites(*order))
    accepted = [each.score.total for each in attempts if each.accepted]
    assert accepted == sorted(accepted) and attempts[0].accepted
    assert [each.step for each in attempts] == list(range(len(attempts)))
    assert [each.score.total for each in attempts] == [SCORES[version(each.text)] for each in attempts]
    assert not attempts[-1].accepted and all(each.accepted for each in attempts[:-1])


def test_a_rewrite_that_cannot_be_read_gets_one_repair_and_then_ends_refinement() -> None:
    attempts, reason, model = refined([*rewrites("one"), "No idea.", "Still none."])
    assert told(attempts) == [(0, "zero", 3.0, True), (1, "one", 4.0, True)]
    assert reason.startswith("no rewrite: ") and "question mark" in reason
    assert [each.purpose for each in model.history[-2:]] == [Purpose.REWRITE, Purpose.REPAIR]


def test_a_repaired_rewrite_counts() -> None:
    attempts, *_ = refined(["No idea.", *rewrites("one", "three")])
    assert told(attempts)[1] == (1, "one", 4.0, True)


@pytest.mark.parametrize("said", [Completion("", failure="failed", reason="No reply came."), Completion("  ")])
def test_an_author_without_suggestions_ends_refinement_with_a_reason(said: Completion) -> None:
    model = play([])
    inner = model.function
    model.function = lambda request: said if request.purpose is Purpose.REFLECT else inner(request)
    attempts, reason = run(refine(apparatus(model, embed=FlatEmbedder()), QUESTION, "Should it be?"))
    assert len(attempts) == 1 and reason == f"no rewrite: {said.reason or 'the author gave no suggestion'}"


def test_a_draft_nobody_answers_is_kept_and_not_rewritten() -> None:
    model = ScriptedModel(
        lambda request: labelled(request, lambda _: ()) if request.purpose is Purpose.LABEL_QUESTION else "I'm sorry, but I can't help."
    )
    attempts, reason = run(refine(apparatus(model, embed=FlatEmbedder()), QUESTION, "Should it be?"))
    assert len(attempts) == 1 and math.isnan(attempts[0].score.total) and reason == "too few readable answers to score the draft"
    assert {each.response.outcome for each in attempts[0].answers} == {Outcome.REFUSED}


def test_the_e_step_asks_every_fast_model_and_none_of_the_strong_ones() -> None:
    model = play([])
    attempt = run(e_step(apparatus(model, embed=FlatEmbedder()), QUESTION, 0, QUESTION.text))
    assert [each.model for each in attempt.answers] == ["ash", "oak"] and not attempt.accepted
    assert "elm" not in {each.model for each in model.history}


def test_scores_of_draws_by_hand() -> None:
    """S(y) = conformity + coherence - value overlap - semantic overlap with the draws of the other model."""
    draws = [answer("ash", "SEC", "POW"), answer("ash", "SEC", "SEC"), answer("oak", "SEC", "SDI")]
    similarity = np.array(
        [[1.0, 0.30, 0.20, 0.10], [0.30, 1.0, 0.90, 0.50], [0.20, 0.90, 1.0, 0.40], [0.10, 0.50, 0.40, 1.0]], dtype=np.float32
    )
    expected = [
        2 + 0.30 - 1 / 3 - 0.50,  # {SEC, POW} against {SEC, SDI}
        1 + 0.20 - 1 / 2 - 0.40,  # {SEC} against {SEC, SDI}
        2 + 0.10 - (1 / 3 + 1 / 2) / 2 - (0.50 + 0.40) / 2,
    ]
    assert draw_scores(draws, similarity) == pytest.approx(expected, abs=1e-6)
    assert draw_scores(draws[:1], similarity[:2, :2]) == pytest.approx([2.30], abs=1e-6), "nobody else answered: nothing to differ from"


def test_jaccard() -> None:
    assert jaccard(frozenset("AB"), frozenset("BC")) == 1 / 3
    assert jaccard(frozenset(), frozenset()) == 1.0
    assert jaccard(frozenset("A"), frozenset()) == 0.0


def test_of_several_draws_each_model_keeps_the_most_telling() -> None:
    """ash brings in two values in draw 1 (conformity 2), oak in draw 0; a refused draw never wins, and a silent model keeps its first."""
    model = play([])
    inner = model.function
    said = {("ash", "0"): ("SEC", "SEC"), ("ash", "1"): ("SEC", "POW"), ("oak", "0"): ("SDI", "SEC"), ("oak", "1"): ("SDI", "SDI")}

    def reply(request: Request) -> Said:
        if request.purpose is Purpose.RECOGNISE:
            return labelled(request, lambda text: said[text.split()[0], text.split(":")[0].split()[-1]]["second" in text].split())
        silent = request.purpose is Purpose.ANSWER and (request.model == "fir" or (request.model == "oak" and request.sample == 2))
        return "I'm sorry, but I can't help." if silent else inner(request)

    model.function = reply
    said |= {("ash", "2"): ("SEC", "SEC")}
    tools = apparatus(model, embed=FlatEmbedder(), draws=3)
    fir = replace(tools.panel.models[0], name="fir")
    tools = replace(tools, panel=replace(tools.panel, models=(*tools.panel.models, fir)))
    found = run(telling_answers(tools, "T1.1.1#0", QUESTION.text))
    assert [(each.model, each.response.sample, each.usable) for each in found] == [("ash", 1, True), ("oak", 0, True), ("fir", 0, False)]
