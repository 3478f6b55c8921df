"""What a token costs: the panel file's own price, else the list that ships with LiteLLM, read without importing it.

Data flow: `ModelSpec → Price` (US dollars per million tokens), None where nobody knows
(docs/decisions/no-price-no-run.md).
"""

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from adaem_core.errors import BadInput
from adaem_core.panels import ModelSpec, Panel

# Names of LiteLLM's for one and the same provider, whose list may have a model under any of them.
FAMILIES = (
    ("cohere_chat", "cohere"),
    ("bedrock", "bedrock_converse"),
    ("ollama_chat", "ollama"),
    ("gemini", "vertex_ai", "vertex_ai_beta"),
    ("openai", "text-completion-openai"),
    ("azure", "azure_text"),
    ("moonshot", "moonshotai"),
    ("dashscope", "qwen"),
)
LIST = "model_prices_and_context_window_backup.json"


@dataclass(frozen=True)
class Price:
    """US dollars per million tokens."""

    input: float
    output: float


def price_of(spec: ModelSpec) -> Price | None:
    """Return the price of a model, None when neither the panel file nor LiteLLM's list knows it. Simulated models are free."""
    if spec.simulated:
        return Price(0.0, 0.0)
    listed = listed_price(spec)
    given = tuple(
        own if own is not None else of_list
        for own, of_list in zip((spec.input_price, spec.output_price), listed or (None, None), strict=True)
    )
    if given[0] is None or given[1] is None:
        return None
    return Price(float(given[0]), float(given[1]))


def listed_price(spec: ModelSpec) -> tuple[float, float] | None:
    """Return LiteLLM's list price per million prompt and reply tokens, None if the list has none."""
    if spec.api_base and spec.model.startswith("openai/"):
        return None  # "openai/" at another address is merely the protocol: OpenAI's own prices would be a guess
    entry = list_entry(spec.model)
    tiers = entry.get("tiered_pricing") or [{}]  # by length of the prompt: ours are short, so the first one
    each = tuple(entry.get(name, tiers[0].get(name)) for name in ("input_cost_per_token", "output_cost_per_token"))
    if not all(isinstance(price, int | float) for price in each):
        return None
    return float(each[0]) * 1e6, float(each[1]) * 1e6


def list_entry(model: str) -> dict[str, Any]:
    """Return the list's entry for a LiteLLM id, also where the list leaves the provider's prefix out; empty if there is none."""
    known = price_list()
    provider, _, bare = model.partition("/")
    if model in known or not bare:
        return known.get(model, {})
    family = next((each for each in FAMILIES if provider in each), (provider,))
    found = next((known[name] for each in family if (name := f"{each}/{bare}") in known), known.get(bare, {}))
    return found if any(str(found.get("litellm_provider", "")).startswith(each) for each in family) else {}


@cache
def price_list() -> dict[str, dict[str, Any]]:
    """Return LiteLLM's packaged price list by model id; empty when LiteLLM is not installed."""
    package = importlib.util.find_spec("litellm")
    if package is None or not package.submodule_search_locations:
        return {}
    path = Path(package.submodule_search_locations[0]) / LIST
    if not path.is_file():
        return {}
    content: dict[str, dict[str, Any]] = orjson.loads(path.read_bytes())
    return content


def unpriced(panel: Panel) -> tuple[ModelSpec, ...]:
    """Return the models nobody knows a price of, in file order."""
    return tuple(each for each in panel.models if price_of(each) is None)


def check_prices(panel: Panel) -> None:
    """Raise BadInput, as a question to the user, when a model of the panel has no price."""
    if unknown := unpriced(panel):
        names = ", ".join(f"{each.name} ({each.model})" for each in unknown)
        raise BadInput(
            f"What do these models cost: {names}? No price is known, so the cost cap could not protect you. "
            "Set input_price and output_price (US dollars per million tokens) of each in the panel file; 0 for a local model."
        )
