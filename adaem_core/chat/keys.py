"""What a model needs on this computer before it can be asked: environment variables, and an address where there is no usual one.

A variable may be set in the environment, entered for one session (by name in `hand`, of pages alone), or kept in this computer's keyring.
Data flow: `ModelSpec, environment → what is missing`. Nothing is sent; no value is ever shown.
"""

import os
import re
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from adaem_core.chat import kept_keys
from adaem_core.chat.prices import list_entry, price_list
from adaem_core.panels import VARIABLE, ModelSpec

Place = Literal["session", "environment", "keyring"]  # the first that has a variable counts

Needs = tuple[tuple[str, ...], ...]  # all of them, each met by any of its variables: the first is the usual one

AWS: Needs = (("AWS_ACCESS_KEY_ID", "AWS_BEARER_TOKEN_BEDROCK", "AWS_PROFILE", "AWS_ROLE_ARN", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),)
GOOGLE: Needs = (("VERTEXAI_PROJECT", "VERTEX_PROJECT", "GOOGLE_CLOUD_PROJECT"), ("VERTEXAI_LOCATION", "VERTEX_LOCATION"))
# Providers whose variables are not called after them; taken from LiteLLM's own look-ups.
UNUSUAL: dict[str, Needs] = {
    "azure": (
        ("AZURE_API_KEY", "AZURE_OPENAI_API_KEY", "AZURE_AD_TOKEN", "AZURE_CLIENT_SECRET"),
        ("AZURE_API_BASE",),
        ("AZURE_API_VERSION",),
    ),
    "azure_ai": (("AZURE_AI_API_KEY",), ("AZURE_AI_API_BASE",)),
    "bedrock": AWS,
    "bedrock_converse": AWS,
    "sagemaker": AWS,
    "sagemaker_chat": AWS,
    "cohere": (("COHERE_API_KEY", "CO_API_KEY"),),
    "cohere_chat": (("COHERE_API_KEY", "CO_API_KEY"),),
    "databricks": (("DATABRICKS_API_KEY", "DATABRICKS_TOKEN"), ("DATABRICKS_API_BASE",)),
    "fireworks_ai": (("FIREWORKS_AI_API_KEY", "FIREWORKS_API_KEY", "FIREWORKSAI_API_KEY", "FIREWORKS_AI_TOKEN"),),
    "gemini": (("GEMINI_API_KEY", "GOOGLE_API_KEY"),),
    "huggingface": (("HF_TOKEN", "HUGGINGFACE_API_KEY"),),
    "nvidia_nim": (("NVIDIA_NIM_API_KEY", "NVIDIA_API_KEY"),),
    "openrouter": (("OPENROUTER_API_KEY", "OR_API_KEY"),),
    "perplexity": (("PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY"),),
    "text-completion-openai": (("OPENAI_API_KEY",),),
    "together_ai": (("TOGETHERAI_API_KEY", "TOGETHER_AI_API_KEY", "TOGETHER_API_KEY", "TOGETHER_AI_TOKEN"),),
    "vertex_ai": GOOGLE,
    "vertex_ai_beta": GOOGLE,
    "volcengine": (("VOLCENGINE_API_KEY", "ARK_API_KEY"),),
    "watsonx": (("WATSONX_APIKEY", "WATSONX_API_KEY", "WX_API_KEY", "WATSONX_TOKEN"), ("WATSONX_URL", "WATSONX_API_BASE", "WX_URL")),
}
KEYLESS = frozenset({"simulated", "ollama", "ollama_chat", "vllm", "llamafile", "lm_studio", "oobabooga", "petals", "docker_model_runner"})
# Servers of one's own: without an address LiteLLM would send their requests, and the user's words, to somebody else.
ADDRESSED = {
    name: f"{name.upper()}_API_BASE" for name in ("hosted_vllm", "openai_like", "custom_openai", "litellm_proxy", "xinference", "infinity")
}
ELSEWHERE = {
    "bedrock": "~/.aws",
    "bedrock_converse": "~/.aws",
    "sagemaker": "~/.aws",
    "sagemaker_chat": "~/.aws",
}  # where credentials may lie, too


def provider_of(spec: ModelSpec) -> str:
    """Return the provider's name in LiteLLM: what stands before the slash, or the list's for a bare id."""
    prefix, slash, _ = spec.model.partition("/")
    return prefix if slash else str(list_entry(spec.model).get("litellm_provider") or "openai")


def needs_of(spec: ModelSpec) -> Needs:
    """Return the environment variables a model needs; none where it has its own address and names no key."""
    if spec.key_env:
        return ((spec.key_env,),)
    provider = provider_of(spec)
    return () if spec.api_base else needs_named(provider)


@cache
def needs_named(provider: str) -> Needs:
    """Return the environment variables that a provider's models need at its own address."""
    if provider in KEYLESS or provider in ADDRESSED or provider not in UNUSUAL.keys() | listed_providers():
        return ()
    return UNUSUAL.get(provider, ((f"{provider.upper().replace('-', '_')}_API_KEY",),))


@cache
def listed_providers() -> frozenset[str]:
    """Return the providers in LiteLLM's list."""
    return frozenset(str(entry.get("litellm_provider")) for entry in price_list().values())


def needed(spec: ModelSpec) -> Needs:
    """Return the environment variables a model needs, but for those whose values may lie in a file of its provider's."""
    elsewhere = ELSEWHERE.get(provider_of(spec))
    return () if elsewhere and not spec.key_env and Path(elsewhere).expanduser().exists() else needs_of(spec)


def place(names: Iterable[str], hand: Collection[str] = ()) -> Place | None:
    """Return where a value lies for one of several variables; None where there is none."""
    names = tuple(names)
    if any(each in hand for each in names):
        return "session"
    if any(os.environ.get(each, "").strip() for each in names):
        return "environment"
    return "keyring" if kept_keys.names().intersection(names) else None


def missing_variables(spec: ModelSpec, hand: Collection[str] = ()) -> tuple[str, ...]:
    """Return the usual names of the variables that have no value."""
    return tuple(each[0] for each in needed(spec) if place(each, hand) is None)


def bring(models: Iterable[ModelSpec]) -> None:
    """Put the kept keys that models need into this process's environment, where their client looks; AdaemError if the keyring gives one not."""
    for names in dict.fromkeys(each for spec in models for each in needed(spec)):
        if place(names) == "keyring":
            variable = next(each for each in names if each in kept_keys.names())
            os.environ[variable] = kept_keys.fetch(variable)


@cache
def providers_of(variable: str) -> frozenset[str]:
    """Return the known providers that take a variable."""
    return frozenset(each for each in listed_providers() | UNUSUAL.keys() if any(variable in names for names in needs_named(each)))


def enough(variable: str) -> bool:
    """Return whether a variable can hold a key that is all its providers need; true of any that is no known provider's.

    An address, say, must not be entered by one visitor where the key that goes there is another's.
    """
    single = all(len(needs_named(each)) == 1 and each not in ELSEWHERE for each in providers_of(variable))
    return single and re.fullmatch(VARIABLE, variable) is not None


def missing_address(spec: ModelSpec) -> bool:
    """Return True for a server of one's own whose address nobody gave."""
    variable = ADDRESSED.get(provider_of(spec))
    return bool(variable) and not spec.api_base and not os.environ.get(str(variable), "").strip()


def key_variable(spec: ModelSpec) -> str:
    """Return the environment variable that holds this model's key: the panel's, else the provider's usual one."""
    return next((each[0] for each in needs_of(spec)), f"{provider_of(spec).upper()}_API_KEY")


def unreachable(models: Iterable[ModelSpec], hand: Collection[str] = ()) -> tuple[str, ...]:
    """Return what keeps models from being asked, all at once: one sentence a variable or address, each with the models' names."""
    models = tuple(models)
    homeless = [each.name for each in models if missing_address(each)]
    told = [without(variable, names) for variable, names in wanting(models, hand).items()]
    return (*told, *(f"Give {name} its address in the panel file, in the field api_base." for name in homeless))


def wanting(models: Iterable[ModelSpec], hand: Collection[str] = ()) -> dict[str, list[str]]:
    """Return the variables that have no value, each with the names of the models that need it."""
    found: dict[str, list[str]] = {}
    for spec in models:
        for variable in missing_variables(spec, hand):
            found.setdefault(variable, []).append(spec.name)
    return found


def without(variable: str, names: Iterable[str]) -> str:
    """Return what to do about a variable that has no value."""
    page = ", or enter it on the Models page" if enough(variable) else ""
    return f"Set the environment variable {variable}, which {', '.join(names)} needs{page}."
