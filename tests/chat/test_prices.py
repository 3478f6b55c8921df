"""Prices: the user's own first, then LiteLLM's list (read without importing LiteLLM), else unknown."""

import subprocess
import sys

import pytest

from adaem_core.chat import prices
from adaem_core.chat.prices import Price, check_prices, price_list, price_of, unpriced
from adaem_core.errors import BadInput
from adaem_core.panels import ModelSpec, Panel
from adaem_core.records import Role
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


def test_tiers_and_sister_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    tiers = [{"input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6, "range": [0, 32000]}, {"input_cost_per_token": 9e-6}]
    known = {
        "dashscope/long": {"litellm_provider": "dashscope", "tiered_pricing": tiers},
        "command": {"litellm_provider": "cohere", "input_cost_per_token": 3e-6, "output_cost_per_token": 4e-6},
    }
    monkeypatch.setattr(prices, "price_list", lambda: known)
    assert price_of(model("dashscope/long")) == Price(1.0, 2.0)
    assert price_of(model("cohere_chat/command")) == Price(3.0, 4.0)
    assert price_of(model("mistral/command")) is None
