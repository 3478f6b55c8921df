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

LONGEST_PROMPT = 32_000  # tokens; a prompt of ours, a long reply shown again included, stays far below
# Names of LiteLLM's for one and the same provider, whose list may have a model under any of them.
FAMILIES = (
    ("cohere_chat", "cohere"),
    ("bedrock", "bedrock_converse"),
    ("ai21", "ai21_chat"),
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
    entry = at_our_length(list_entry(spec.model))
    asked, written = entry.get("input_cost_per_token"), entry.get("output_cost_per_token")
    if not (isinstance(asked, int | float) and isinstance(written, int | float)):
        return None
    thought = entry.get("output_cost_per_reasoning_token")  # dearer with some providers: thoughts are part of the reply
    return asked * 1e6, max(written, thought if isinstance(thought, int | float) else 0.0) * 1e6


def at_our_length(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with the prices of the tier that holds all our prompts, where its prices depend on a prompt's length."""
    tiers = [each for each in entry.get("tiered_pricing") or () if each.get("range", (0, 0))[-1] >= LONGEST_PROMPT]
    return {**entry, **min(tiers, key=lambda each: each["range"][-1])} if tiers else entry


def list_entry(model: str) -> dict[str, Any]:
    """Return the list's entry for a LiteLLM id, also where the list leaves the provider's prefix out or has it under a sister; empty if none."""
    known = price_list()
    provider, _, bare = model.partition("/")
    family = next((each for each in FAMILIES if provider in each), (provider,))
    for name in (model, *(f"{each}/{bare}" for each in family if bare)):
        if name in known:
            return known[name]
    listed = known.get(bare, {}) if bare else {}
    return listed if str(listed.get("litellm_provider", "")).startswith(family) else {}


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
