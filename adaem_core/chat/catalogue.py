"""Which models can be asked with one key, as LiteLLM's list tells it: a catalogue to search, and whose models they are.

Data flow: `the list → offers that stay, priced → those that fit → members of a panel`.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from adaem_core.chat.consent import HOSTS
from adaem_core.chat.keys import enough, needs_named
from adaem_core.chat.lifetime import last_day
from adaem_core.chat.prices import listed_price, price_list
from adaem_core.faults import faults
from adaem_core.panels import RULES, ModelSpec

SPECIAL = re.compile(  # made for something else than writing an answer
    r"/ft:|audio|voxtral|[-_]tts|ocr|-search|lyria|robotics|computer-use|deep-research|flux-|moderation|content-safety|-cyber",
    re.IGNORECASE,
)
ROOM = 8192  # tokens of a reply, for models that think before they answer
# Who made a model, by what its id holds; the first that fits. Names of tuned ones stand before those of what they were tuned from.
MAKERS: dict[str, tuple[str, str]] = {
    r"nemotron|nvidia": ("NVIDIA", "USA"),
    r"hermes|nousresearch": ("Nous Research", "USA"),
    r"deepseek": ("DeepSeek", "China"),
    r"claude": ("Anthropic", "USA"),
    r"gemini|gemma|learnlm": ("Google DeepMind", "USA"),
    r"gpt|openai/|/o\d|chatgpt": ("OpenAI", "USA"),
    r"mistral|ministral|magistral|mixtral|codestral|devstral|pixtral|voxtral": ("Mistral AI", "France"),
    r"llama|meta-models|meta/": ("Meta AI", "USA"),
    r"qwen|qwq|qvq": ("Alibaba Qwen", "China"),
    r"glm|zai": ("Zhipu AI", "China"),
    r"kimi|moonshot": ("Moonshot AI", "China"),
    r"command-|c4ai|aya": ("Cohere", "Canada"),
    r"grok": ("xAI", "USA"),
    r"minimax": ("MiniMax", "China"),
    r"phi-\d|microsoft|wizardlm": ("Microsoft", "USA"),
    r"jamba": ("AI21", "Israel"),
    r"granite": ("IBM", "USA"),
    r"apertus": ("Swiss AI", "Switzerland"),
    r"sonar": ("Perplexity", "USA"),
    r"nova-": ("Amazon", "USA"),
    r"hunyuan|tencent|hy\d": ("Tencent", "China"),
    r"ernie|baidu": ("Baidu", "China"),
    r"seed-|doubao|bytedance": ("ByteDance", "China"),
    r"step-|stepfun": ("StepFun", "China"),
    r"mimo": ("Xiaomi", "China"),
    r"olmo|allenai": ("Ai2", "USA"),
    r"falcon": ("TII", "United Arab Emirates"),
    r"aisingapore|sea-lion": ("AI Singapore", "Singapore"),
    r"salamandra|bsc-lt": ("BSC", "Spain"),
    r"inkling|thinkingmachines": ("Thinking Machines", "USA"),
}


@dataclass(frozen=True)
class Offer:
    """One model that a provider offers."""

    model: str  # LiteLLM id, its provider's prefix first
    provider: str
    developer: str  # "" where its id doesn't tell
    country: str
    input_price: float  # US dollars per million tokens
    output_price: float
    context: int  # tokens of prompt and reply together; 0 where nobody says
    thinks: bool  # before it answers, unless told otherwise
    json: bool  # its endpoint honours a JSON response format


@cache
def offers(today: date) -> tuple[Offer, ...]:
    """Return the chat models of the list that have a price, are not past their last day, and need one key; those of well-known providers first."""
    found = (offer(name, entry) for name, entry in price_list().items() if entry.get("mode") == "chat")
    staying = {each.model: each for each in found if each and ((last := last_day(each.model)) is None or last > today)}
    return tuple(staying[model] for model in sorted(staying, key=lambda each: (staying[each].provider not in HOSTS, each.casefold())))


def offer(name: str, entry: dict[str, Any]) -> Offer | None:
    """Return an entry of the list as an offer; None where it cannot be asked with one key, is no writer of texts, or has no price."""
    provider = str(entry.get("litellm_provider"))
    if "/" not in name and provider in {*HOSTS, "cohere_chat"}:
        name = f"{provider}/{name}"
    needs = needs_named(provider)
    price = listed_price(ModelSpec(name, name, ()))
    writes = "text" in entry.get("supported_output_modalities", ["text"]) and not SPECIAL.search(name)
    reached = name.startswith(f"{provider}/") and len(needs) == 1 and enough(needs[0][0]) and not faults(RULES["model"][0], name)
    if not (reached and price and writes):
        return None
    developer, country = maker(name)
    context = entry.get("max_input_tokens") or entry.get("max_tokens") or 0
    thinks = bool(entry.get("supports_reasoning")) and developer != "Anthropic"  # whose models think only when told to
    return Offer(name, provider, developer, country, *price, int(context), thinks, bool(entry.get("supports_response_schema")))


def maker(model: str) -> tuple[str, str]:
    """Return who made a model and in which country, as far as its id tells; empty texts where it doesn't."""
    _, _, bare = model.partition("/")
    return next((made for sign, made in MAKERS.items() if re.search(sign, f"/{bare}", re.IGNORECASE)), ("", ""))


def search(
    among: Iterable[Offer], words: str = "", providers: Collection[str] = (), most: float | None = None, least: int = 0
) -> tuple[Offer, ...]:
    """Return the offers that hold all words, are of these providers (of any if none is named), cost at most so many US dollars per million
    tokens written, and read at least so many tokens.
    """
    wanted = words.casefold().split()
    return tuple(
        each
        for each in among
        if all(word in f"{each.model} {each.developer} {each.country}".casefold() for word in wanted)
        and (not providers or each.provider in providers)
        and (most is None or each.output_price <= most)
        and each.context >= least
    )


def member(found: Offer, name: str, roles: Iterable[str]) -> dict[str, Any]:
    """Return an offer as a model of a panel, as its file holds it."""
    made: dict[str, Any] = {"name": name, "model": found.model, "roles": list(roles), "key_env": needs_named(found.provider)[0][0]}
    made |= {"max_tokens": ROOM} if found.thinks else {}
    made |= {"json": True} if found.json else {}
    made |= {"developer": found.developer, "country": found.country} if found.developer else {}
    return made | {"kind": "reasoning" if found.thinks else "chat"}
