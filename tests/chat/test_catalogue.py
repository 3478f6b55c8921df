"""The catalogue: what LiteLLM's list offers that can be asked with one key, searched by words, provider, price and length."""

from datetime import date

import pytest

from adaem_core.chat.catalogue import Offer, maker, member, offers, search
from adaem_core.chat.consent import enterable
from adaem_core.chat.keys import needs_of
from adaem_core.chat.lifetime import last_day
from adaem_core.chat.prices import list_entry, price_of
from adaem_core.panels import parse_panel
from tests.rows import every_row

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def all_offers() -> tuple[Offer, ...]:
    return offers(TODAY)


def test_each_is_listed_priced_stays_and_needs_one_key(all_offers: tuple[Offer, ...]) -> None:
    assert len(all_offers) > 1000
    (panel,) = [parse_panel("all", {"models": [member(each, each.model, ["p1"]) for each in all_offers]}, "all")]
    for each, spec in zip(all_offers, panel.models, strict=True):
        assert list_entry(each.model)["mode"] == "chat"
        assert (last := last_day(each.model)) is None or last > TODAY
        price = price_of(spec)
        assert price and (price.input, price.output) == (each.input_price, each.output_price)
        ((variable, *_),) = needs_of(spec)
        assert enterable(variable), variable


@every_row(
    "model", ["openai/gpt-4o-mini", "anthropic/claude-haiku-4-5", "gemini/gemini-2.5-flash-lite", "deepinfra/deepseek-ai/DeepSeek-V3.2"]
)
def test_what_people_look_for_is_there(model: str, all_offers: tuple[Offer, ...]) -> None:
    assert model in {each.model for each in all_offers}


@every_row("words", ["azure/", "bedrock/", "audio", "ft:", "gpt-3.5-turbo-0301", "text-embedding"])
def test_what_cannot_be_asked_with_one_key_or_writes_nothing_is_not(words: str, all_offers: tuple[Offer, ...]) -> None:
    assert not [each.model for each in all_offers if each.model.startswith(words) or words in each.model.partition("/")[2]]


def an(model: str, *, price: float = 1.0, context: int = 1000) -> Offer:
    developer, country = maker(model)
    return Offer(model, model.partition("/")[0], developer, country, price / 2, price, context, thinks=False, json=False)


def test_search() -> None:
    among = (an("openai/gpt-4o-mini", price=0.6), an("mistral/mistral-large", price=6.0, context=200_000), an("deepinfra/Qwen/Qwen3-32B"))
    assert search(among) == among
    assert search(among, "MINI gpt") == among[:1]
    assert search(among, "china") == among[2:] and search(among, "mistral ai") == among[1:2]
    assert search(among, providers=["openai", "mistral"]) == among[:2]
    assert search(among, most=1.0) == (among[0], among[2])
    assert search(among, least=100_000) == among[1:2]
    assert search(among, "gpt", ["mistral"]) == ()


@every_row(
    "model, developer",
    [
        ("deepinfra/meta-llama/Llama-3.3-70B-Instruct", "Meta AI"),
        ("deepinfra/nvidia/Llama-3.1-Nemotron-70B-Instruct", "NVIDIA"),
        ("deepinfra/deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "DeepSeek"),
        ("groq/openai/gpt-oss-120b", "OpenAI"),
        ("openai/o3", "OpenAI"),
        ("deepinfra/google/gemma-3-27b-it", "Google DeepMind"),
        ("mistral/ministral-8b-2512", "Mistral AI"),
        ("mistral/zai-glm-5", "Zhipu AI"),
        ("deepinfra/Gryphe/MythoMax-L2-13b", ""),
        ("openai/none-such", ""),
    ],
)
def test_makers(model: str, developer: str) -> None:
    assert maker(model)[0] == developer
