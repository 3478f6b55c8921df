"""Prices: the user's own first, then LiteLLM's list (read without importing LiteLLM), else unknown."""

import subprocess
import sys

import pytest

from adaem_core.chat import prices
from adaem_core.chat.prices import Price, check_prices, price_list, price_of, unpriced
from adaem_core.errors import BadInput
from adaem_core.panels import ModelSpec, Panel, Role
from tests.rows import every_row


def model(id: str, **more: object) -> ModelSpec:
    return ModelSpec(id, id, (Role.P1,), **more)  # type: ignore[arg-type]


def test_the_list_is_per_token_and_prices_are_per_million() -> None:
    listed = price_list()["gpt-4o-mini"]
    found = price_of(model("openai/gpt-4o-mini"))
    assert found is not None
    assert found.input == pytest.approx(listed["input_cost_per_token"] * 1e6)
    assert found.output == pytest.approx(listed["output_cost_per_token"] * 1e6)


def test_a_price_in_the_panel_file_comes_first_each_on_its_own() -> None:
    assert price_of(model("openai/gpt-4o-mini", input_price=0.0, output_price=0.0)) == Price(0.0, 0.0)
    half = price_of(model("openai/gpt-4o-mini", output_price=9.0))
    assert half is not None
    assert half.output == 9.0
    assert half.input > 0


@every_row(
    "spec",
    [
        model("openai/no-such-model"),
        model("mistral/gpt-4o-mini"),  # the list's gpt-4o-mini is another provider's
        model("openai/gpt-4o-mini", api_base="http://localhost:8000/v1"),  # somebody else's server
        model("openai/no-such-model", input_price=1.0),
    ],
)
def test_what_nobody_knows_is_unknown_and_not_free(spec: ModelSpec) -> None:
    assert price_of(spec) is None
    with pytest.raises(BadInput, match="input_price and output_price"):
        check_prices(Panel("p", (model("simulated/a"), spec)))
    assert unpriced(Panel("p", (model("simulated/a"), spec))) == (spec,)


def test_simulated_models_are_free() -> None:
    assert price_of(model("simulated/aurora")) == Price(0.0, 0.0)


def test_nothing_slow_is_imported() -> None:
    code = "import sys; from adaem_core.chat.prices import price_list; assert price_list(); sys.exit('litellm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_tiered_price_is_that_of_the_tier_our_prompts_are_in(monkeypatch: pytest.MonkeyPatch) -> None:
    low = {"input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6, "range": [0, 8_000]}
    ours = {"input_cost_per_token": 3e-6, "output_cost_per_token": 4e-6, "output_cost_per_reasoning_token": 9e-6, "range": [8_000, 64_000]}
    high = {"input_cost_per_token": 7e-6, "output_cost_per_token": 8e-6, "range": [64_000, 1e6]}
    monkeypatch.setattr(prices, "price_list", lambda: {"p/m": {"tiered_pricing": [low, ours, high]}})
    assert prices.price_of(ModelSpec("m", "p/m", ())) == Price(3.0, 9.0), "thoughts are paid as what they cost"


def test_every_tiered_model_of_the_list_has_a_price() -> None:
    tiered = [model for model, entry in prices.price_list().items() if "'range'" in str(entry.get("tiered_pricing"))]
    assert tiered and all(price_of(ModelSpec("m", model, ())) for model in tiered)


@pytest.mark.parametrize(
    ("asked", "listed"), [("cohere_chat/m", "cohere/m"), ("gemini/m", "vertex_ai/m"), ("bedrock/us.m", "us.m"), ("ai21/m", "m")]
)
def test_a_price_under_a_sisters_name_is_found(monkeypatch: pytest.MonkeyPatch, asked: str, listed: str) -> None:
    provider = {"us.m": "bedrock_converse", "m": "ai21_chat"}.get(listed, "")
    entry = {"input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6, "litellm_provider": provider}
    monkeypatch.setattr(prices, "price_list", lambda: {listed: entry})
    assert price_of(ModelSpec("m", asked, ())) == Price(1.0, 2.0)
    assert price_of(ModelSpec("m", "stranger/m", ())) is None
