"""The exact score against a slow, literal reading of Appendix I.2, and when it gives way to the black-box form."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from adaem_core.generate.score import reward
from adaem_core.generate.score_exact import SMALLEST, combine, exact_score, log_joint, log_mean
from adaem_core.messages import Completion, Purpose, Request, TokenProbability
from adaem_core.records import Answer, Score
from tests.elicit.fakes import SYSTEM, Said, ScriptedModel
from tests.generate.fakes import answer, apparatus, number, panel, refusal, run, shown

OPEN = panel(("ash", "oak"), ("ash", "elm"), logprobs=True)
TEXT = "Should it be so at all?"
ANSWERS = (answer("ash", "SEC", texts=("harbour",)), answer("oak", "POW", texts=("meadow",)), answer("elm", "SDI", texts=("violin",)))


def literal(expressed: np.ndarray, own: np.ndarray, likelihood: np.ndarray, sign: int, beta: float) -> tuple[float, ...]:
    """Return value diversity, opinion diversity, conformity, disentanglement and S, one product and one sum at a time.

    With p(v|y) clipped away from 0 and 1; v^i is the more probable labelling of y_i; M are the models other than i.
    """
    models, dimensions = expressed.shape
    chance = np.clip(expressed, SMALLEST, 1 - SMALLEST)

    def joint(answer: int, labelling: Sequence[bool]) -> float:
        return math.prod(chance[answer, d] if labelling[d] else 1 - chance[answer, d] for d in range(dimensions))

    value = opinion = conformity = apart = 0.0
    for i in range(models):
        labelling = [bool(expressed[i, d] >= 0.5) for d in range(dimensions)]
        others = [j for j in range(models) if j != i]
        conformity += math.log(joint(i, labelling)) / models
        value -= math.log(sum(joint(j, labelling) for j in others) / len(others)) / models
        by_others = sum(math.exp(likelihood[j, i]) for j in others) / len(others)
        opinion += (likelihood[i, i] - math.log(by_others)) / models
        apart += sum(abs(own[d] - expressed[i, d]) for d in range(dimensions)) / models
    return value, opinion, conformity, apart, conformity + value + opinion + sign * beta / 2 * apart


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    models, dimensions = draw(st.integers(2, 5)), draw(st.integers(1, 6))
    chance = st.floats(0, 1)
    return (
        draw(arrays(float, (models, dimensions), elements=chance)),
        draw(arrays(float, dimensions, elements=chance)),
        draw(arrays(float, (models, models), elements=st.floats(-12, 0))),
    )


def parts(found: Score) -> tuple[float, ...]:
    return found.value_diversity, found.opinion_diversity, found.value_conformity, found.disentanglement, found.total


@settings(deadline=None)
@given(tables(), st.sampled_from(["equation", "appendix"]), st.floats(0, 4))
def test_the_score_is_the_formula_of_the_appendix(table: tuple[np.ndarray, np.ndarray, np.ndarray], sign: str, beta: float) -> None:
    found = combine(*table, apparatus(ScriptedModel(), disentanglement=sign, beta=beta), asked=7)
    assert parts(found) == pytest.approx(literal(*table, 1 if sign == "equation" else -1, beta), rel=1e-6, abs=1e-6)
    assert (found.form, found.answered, found.asked) == ("exact", len(table[0]), 7)


def test_the_likelihood_of_an_answer_under_another_model_is_read_the_right_way_round() -> None:
    """Row: the judge, column: the author. Model 0 finds both answers likely, model 1 only its own."""
    likelihood = np.array([[-1.0, -2.0], [-9.0, -1.0]])
    found = combine(np.full((2, 1), 0.9), np.array([0.5]), likelihood, apparatus(ScriptedModel()), asked=2)
    assert found.opinion_diversity == pytest.approx(((-1 - -9) + (-1 - -2)) / 2)


def test_the_joint_probability_by_hand() -> None:
    found = log_joint(np.array([[0.9, 0.2], [0.5, 0.5]]), np.array([[True, False], [False, True]]))
    assert np.exp(found) == pytest.approx(np.array([[0.9 * 0.8, 0.1 * 0.2], [0.25, 0.25]]))


def test_a_sure_verdict_never_makes_the_score_infinite() -> None:
    found = log_joint(np.array([[1.0, 0.0]]), np.array([[False, True]]))
    assert found[0, 0] == pytest.approx(2 * math.log(SMALLEST)) and math.isfinite(found[0, 0])


@given(st.lists(st.floats(-700, 0), min_size=1, max_size=9))
def test_the_log_of_a_mean(logs: list[float]) -> None:
    assert log_mean(np.array(logs)) == pytest.approx(math.log(sum(map(math.exp, logs)) / len(logs)), rel=1e-9, abs=1e-9)


def test_the_log_of_a_mean_does_not_underflow() -> None:
    assert log_mean(np.array([-5000.0, -5000.0])) == -5000.0


def chance(text: str, id: str) -> float:
    return 0.05 + number("p", text, id) % 90 / 100


def tokens(judge: str, continuation: str) -> tuple[TokenProbability, ...]:
    return tuple(TokenProbability(f"t{place}", -(1 + number(judge, continuation, place) % 400 / 100)) for place in range(3))


def endpoint(request: Request, verdict: Callable[[str, str, Request], Said] | None = None) -> Said:
    """Play models and recogniser that return log-probabilities."""
    if request.purpose is Purpose.LIKELIHOOD:
        assert shown(request, "question") == TEXT and request.params.continuation
        return Completion("", logprobs=tokens(request.model, request.params.continuation))
    text, id = shown(request, "opinion"), shown(request, "value")[:3]
    if verdict:
        return verdict(text, id, request)
    yes = chance(text, id)
    return Completion("No", logprobs=(TokenProbability("No", math.log(1 - yes), {"Yes": math.log(yes)}),))


def expected(answers: Sequence[Answer], told: Callable[[str, str], float]) -> tuple[float, ...]:
    likelihood = [
        [math.fsum(token.logprob for token in tokens(judge.model, each.response.text)) / 3 for each in answers] for judge in answers
    ]
    texts = [" ".join(each.response.text.split()) for each in answers]
    expressed = np.array([[told(text, id) for id in SYSTEM.ids] for text in texts])
    return literal(expressed, np.array([told(TEXT, id) for id in SYSTEM.ids]), np.array(likelihood), 1, 1)


def test_a_whole_score_from_endpoints_that_return_log_probabilities() -> None:
    model = ScriptedModel(endpoint)
    found = run(exact_score(apparatus(model, OPEN), TEXT, (ANSWERS[0], refusal("fir"), *ANSWERS[1:])))
    assert found is not None and (found.form, found.answered, found.asked) == ("exact", 3, 4)
    assert parts(found) == pytest.approx(expected(ANSWERS, chance), rel=1e-6)
    asked = [(each.model, each.params.continuation) for each in model.history if each.purpose is Purpose.LIKELIHOOD]
    assert sorted(asked) == sorted((judge.model, each.response.text) for judge in ANSWERS for each in ANSWERS)
    assert len(model.history) == 9 + 4 * len(SYSTEM.ids), "one verdict per text and value where its yes-token tells the probability"


def test_the_sampling_form_where_the_recogniser_returns_no_probabilities() -> None:
    def yes_in(text: str, id: str) -> int:
        return number("n", text, id) % 9

    model = ScriptedModel(lambda request: endpoint(request, lambda text, id, asked: "Yes" if asked.sample < yes_in(text, id) else "No"))
    found = run(exact_score(apparatus(model, OPEN), TEXT, ANSWERS))
    assert found is not None and parts(found) == pytest.approx(expected(ANSWERS, lambda text, id: yes_in(text, id) / 8), rel=1e-6)


def silent_judge(request: Request) -> Said:
    failed = Completion("", failure="failed", reason="No reply came.")
    return failed if request.purpose is Purpose.LIKELIHOOD and request.model == "oak" else endpoint(request)


def without_logprobs(request: Request) -> Said:
    return Completion("", logprobs=None) if request.purpose is Purpose.LIKELIHOOD else endpoint(request)


def babbling(request: Request) -> Said:
    return endpoint(request, lambda text, id, _: "Perhaps." if id == "POW" and text == TEXT else "Yes")


@pytest.mark.parametrize("reply", [silent_judge, without_logprobs, babbling])
def test_one_missing_probability_leaves_the_black_box_form(reply: Callable[[Request], Said]) -> None:
    tools = apparatus(ScriptedModel(reply), OPEN, reward="exact")
    assert run(exact_score(tools, TEXT, ANSWERS)) is None
    assert run(reward(tools, TEXT, ANSWERS, ("SEC",))).form == "black_box"


def test_a_panel_with_a_closed_endpoint_is_not_even_asked() -> None:
    closed = replace(OPEN, models=tuple(replace(each, logprobs=each.name != "elm") for each in OPEN.models))
    model = ScriptedModel()
    assert run(exact_score(apparatus(model, closed), TEXT, ANSWERS)) is None and model.history == []
    assert run(exact_score(apparatus(ScriptedModel(), OPEN), TEXT, (ANSWERS[0], refusal("oak")))) is None


@pytest.mark.parametrize(("asked_for", "form"), [("exact", "exact"), ("black_box", "black_box")])
def test_the_form_is_the_one_asked_for(asked_for: str, form: str) -> None:
    found = run(reward(apparatus(ScriptedModel(endpoint), OPEN, reward=asked_for), TEXT, ANSWERS, ("SEC",)))
    assert found.form == form
