"""The forecast against a run that really took place, and its sums by hand."""

from dataclasses import replace

import pytest

from adaem_core.chat.embed import Embedder
from adaem_core.chat.forecast import Stage, cost_of, stage
from adaem_core.chat.simulated.respond import respond
from adaem_core.generate.arms import Arm
from adaem_core.generate.explore import explore
from adaem_core.generate.forecast import ATTEMPTS, forecast, minutes, sizes
from adaem_core.generate.tools import Apparatus
from adaem_core.generate.topics import read_topics
from adaem_core.messages import Purpose, Request
from adaem_core.panels import ModelSpec, Panel, Role, panel
from adaem_core.records import Pull
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import value_system
from tests.generate.fakes import Ledger, run

SCHWARTZ = value_system("schwartz")
PRICED = ModelSpec("ash", "openai/none-such", (Role.P1, Role.P2, Role.RECOGNISER), input_price=2.0, output_price=8.0)


def simulated() -> Ledger:
    """Return the simulated panel, which counts words as tokens."""

    def reply(request: Request) -> str:
        return respond(request.model, request.messages, request.purpose, request.sample, request.params)

    return Ledger(reply, lambda request: sum(words(each["content"]) for each in request.messages), words)


def words(text: str) -> int:
    return len(text.split())


async def played(tools: Apparatus, count: int) -> list[Pull]:
    topics = read_topics("general").topics[:count]
    return [pull async for wave in explore(tools, [Arm(each) for each in topics], [each.text for each in topics]) for pull in wave]


@pytest.mark.parametrize(("budget", "topics", "protocol"), [(4, 3, "batched"), (2, 2, "paper")])
def test_each_purpose_takes_about_as_many_calls_and_tokens_as_told(embedder: Embedder, budget: int, topics: int, protocol: str) -> None:
    members, settings, elicit = panel("simulated"), GenerateSettings(budget=budget, wave=3, seed=7), ElicitSettings(protocol=protocol)
    ledger = simulated()
    pulls = run(played(Apparatus(ledger, embedder, members, SCHWARTZ, elicit, settings), topics))
    told = {each.purpose: each for each in forecast(members, SCHWARTZ, settings, elicit, topics)}
    assert told.keys() == {*ledger.calls} - {Purpose.REPAIR}
    for purpose, each in told.items():
        assert 1 / 1.5 <= each.calls / ledger.calls[purpose] <= 1.5, purpose
        assert each.prompt_tokens / each.calls == pytest.approx(ledger.asked[purpose] / ledger.calls[purpose], rel=0.15), purpose
        assert each.completion_tokens / each.calls == pytest.approx(ledger.written[purpose] / ledger.calls[purpose], rel=0.25), purpose
    assert sum(each.prompt_tokens for each in told.values()) == pytest.approx(ledger.asked.total(), rel=0.25)
    assert sum(each.completion_tokens for each in told.values()) == pytest.approx(ledger.written.total(), rel=0.25)
    tried = [len(each.attempts) for pull in pulls for each in pull.outgrowths if each.attempts]
    assert sum(tried) / len(tried) == pytest.approx(ATTEMPTS, rel=0.3)


def test_the_stages_come_in_the_order_of_a_pull_and_their_calls_by_hand() -> None:
    models = tuple(
        ModelSpec(name, f"simulated/{name}", roles) for name, roles in (("a", (Role.P1, Role.P2)), ("b", (Role.P1,)), ("c", (Role.P2,)))
    )
    members = Panel("p", (*models, ModelSpec("judge", "simulated/recogniser", (Role.RECOGNISER,))))
    found = forecast(members, SCHWARTZ, GenerateSettings(budget=10), ElicitSettings(), 4)
    questions, roots = 10 * 3, 4
    answers = 2 * questions * ATTEMPTS + questions + 2 * roots  # a and b try every text; c answers 30 refined questions; a and c the topics
    rewrites = questions * (ATTEMPTS - 1)
    assert [(each.purpose, each.calls) for each in found] == [
        (Purpose.FACT, 30),
        (Purpose.QUESTION, 30),
        (Purpose.ANSWER, answers),
        (Purpose.RECOGNISE, answers),
        (Purpose.LABEL_QUESTION, questions * ATTEMPTS + roots),
        (Purpose.REFLECT, rewrites),
        (Purpose.REWRITE, rewrites),
    ]  # no guard in the panel, no guard in the forecast
    assert {each.cost for each in found} == {0.0}, "simulated models are free"
    again = forecast(members, SCHWARTZ, GenerateSettings(budget=10, draws=2), ElicitSettings(), 4)
    assert again[2].calls == 2 * questions * 2 * ATTEMPTS + 2 * questions + 2 * roots, "with several draws P1 answers the final text anew"


def test_costs_by_hand() -> None:
    # 1,000 prompt tokens at 2 dollars and 500 reply tokens at 8 dollars a million
    assert cost_of(PRICED, 1000, 500) == pytest.approx((1000 * 2 + 500 * 8) / 1e6)
    dearer = replace(PRICED, name="oak", output_price=80.0)
    found = stage(Purpose.ANSWER, [(PRICED, 10.0, (100, 50)), (dearer, 5.0, (100, 50))])
    assert found == Stage(Purpose.ANSWER, 15, 1500, 750, pytest.approx((1500 * 2 + 500 * 8 + 250 * 80) / 1e6))


def test_a_model_without_a_price_makes_only_its_stages_unknown() -> None:
    unpriced = ModelSpec("oak", "openai/none-such", (Role.P2,))
    assert cost_of(unpriced, 1000, 500) is None
    costs = {
        each.purpose: each.cost for each in forecast(Panel("p", (PRICED, unpriced)), SCHWARTZ, GenerateSettings(), ElicitSettings(), 3)
    }
    assert costs[Purpose.ANSWER] is None and costs[Purpose.FACT] is not None and costs[Purpose.FACT] > 0


def test_the_total_of_a_stage_is_calls_times_tokens() -> None:
    asked = Panel("p", (PRICED,)), SCHWARTZ, GenerateSettings(budget=4), ElicitSettings(), 4
    for each in forecast(*asked):
        prompt, completion = sizes(*asked)[each.purpose]
        assert each.prompt_tokens == pytest.approx(each.calls * prompt, abs=prompt) and each.completion_tokens == pytest.approx(
            each.calls * completion, abs=completion
        )
        assert each.cost == pytest.approx((each.prompt_tokens * 2 + each.completion_tokens * 8) / 1e6, rel=0.01)


def test_the_papers_protocol_takes_one_call_per_point_and_value() -> None:
    batched, paper = (
        {
            each.purpose: each.calls
            for each in forecast(Panel("p", (PRICED,)), SCHWARTZ, GenerateSettings(), ElicitSettings(protocol=name), 3)
        }
        for name in ("batched", "paper")
    )
    assert paper[Purpose.RECOGNISE] == 3 * 10 * batched[Purpose.RECOGNISE]
    assert paper[Purpose.LABEL_QUESTION] == 10 * batched[Purpose.LABEL_QUESTION]


def test_more_at_once_never_takes_longer_and_more_calls_never_less() -> None:
    members, elicit = Panel("p", (PRICED,)), ElicitSettings()
    stages = forecast(members, SCHWARTZ, GenerateSettings(budget=20), elicit, 20)
    slow, fast = (minutes(stages, members, GenerateSettings(budget=20, wave=wave), ChatSettings()) for wave in (1, 10))
    assert fast < slow
    one_by_one = minutes(stages, members, GenerateSettings(budget=20, wave=20), ChatSettings(concurrency=1))
    assert one_by_one == pytest.approx(sum(each.calls for each in stages) * 4 / 60), "one request at a time, four seconds each"
