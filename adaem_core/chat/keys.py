"""Which environment variables hold a model's key, and which of them are missing. Their values are nobody's business here.

Data flow: `ModelSpec, environment → names of missing variables`.
"""

import os
import re
from collections.abc import Iterable, Mapping

from adaem_core.chat.prices import list_entry
from adaem_core.errors import BadInput
from adaem_core.panels import ModelSpec

AWS, GOOGLE = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), ("VERTEXAI_PROJECT", "VERTEXAI_LOCATION")
# What each provider wants, where that is not its name and _API_KEY. Oracle: LiteLLM's own check (tests/chat/test_keys.py).
OTHERS: Mapping[str, tuple[str, ...]] = {
    "bedrock": AWS,
    "bedrock_converse": AWS,
    "sagemaker": AWS,
    "vertex_ai": GOOGLE,
    "azure": ("AZURE_API_KEY",),
    "cohere_chat": ("COHERE_API_KEY",),
    "ai21_chat": ("AI21_API_KEY",),
    "datarobot": ("DATAROBOT_API_TOKEN",),
    "together_ai": ("TOGETHERAI_API_KEY",),
    "perplexity": ("PERPLEXITYAI_API_KEY",),
    "text-completion-openai": ("OPENAI_API_KEY",),
    "text-completion-codestral": ("CODESTRAL_API_KEY",),
    "text-completion-inception": ("INCEPTION_API_KEY",),
    "github": ("GITHUB_API_KEY",),
    "watsonx": ("WATSONX_APIKEY",),
    "databricks": ("DATABRICKS_API_KEY",),
}
BY_NAME = frozenset(  # NAME_API_KEY
    re.findall(
        r"\w+",
        "openai anthropic cohere replicate openrouter huggingface ai21 baseten nlp_cloud deepinfra featherless_ai gemini groq nvidia_nim"
        " cerebras xai volcengine codestral inception deepseek mistral voyage fireworks_ai novita nebius wandb dashscope modelscope moonshot"
        " zai publicai sambanova minimax hyperbolic",
    )
)
INSTEAD: Mapping[str, tuple[str, ...]] = {  # any one of these does as well
    "anthropic": ("ANTHROPIC_AUTH_TOKEN",),
    "gemini": ("GOOGLE_API_KEY",),
    "fireworks_ai": ("FIREWORKS_API_KEY", "FIREWORKSAI_API_KEY", "FIREWORKS_AI_TOKEN"),
    "perplexity": ("PERPLEXITY_API_KEY",),
    "together_ai": ("TOGETHER_API_KEY", "TOGETHER_AI_TOKEN"),
    "huggingface": ("HF_TOKEN",),
    "replicate": ("REPLICATE_API_TOKEN",),
    "watsonx": ("WX_API_KEY", "WATSONX_API_KEY", "WATSONX_TOKEN"),
    "vertex_ai": ("GOOGLE_APPLICATION_CREDENTIALS", "VERTEX_PROJECT", "GOOGLE_CLOUD_PROJECT"),
    **dict.fromkeys(
        ("bedrock", "bedrock_converse", "sagemaker"),
        (
            *("AWS_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_BEARER_TOKEN_BEDROCK"),
            *("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"),
        ),
    ),
}


def provider_of(spec: ModelSpec) -> str:
    """Return the provider of a LiteLLM id: what stands before the first slash, or what LiteLLM's list says of a bare name; "" if unknown."""
    named, slash, _ = spec.model.partition("/")
    return named if slash else str(list_entry(spec.model).get("litellm_provider", ""))


def variables(spec: ModelSpec) -> tuple[str, ...]:
    """Return the variables that together hold a model's key: the panel's, else the provider's; none where none is known to be needed."""
    if spec.key_env:
        return (spec.key_env,)
    provider = provider_of(spec)
    if spec.simulated or spec.api_base or not (provider in BY_NAME or provider in OTHERS):
        return ()
    return OTHERS.get(provider) or (f"{provider.upper()}_API_KEY",)


def missing(spec: ModelSpec) -> tuple[str, ...]:
    """Return those of a model's variables that are not set; none where another one does as well."""
    instead = () if spec.key_env else INSTEAD.get(provider_of(spec), ())
    if any(os.environ.get(name, "").strip() for name in instead):
        return ()
    return tuple(name for name in variables(spec) if not os.environ.get(name, "").strip())


def missing_keys(models: Iterable[ModelSpec]) -> dict[str, list[str]]:
    """Return every missing variable with the names of the models that need it, in file order."""
    found: dict[str, list[str]] = {}
    for spec in models:
        for name in missing(spec):
            found.setdefault(name, []).append(spec.name)
    return found


def told(absent: Mapping[str, Iterable[str]]) -> str:
    """Return in a sentence which variables are missing and for whom; "" if none is."""
    if not absent:
        return ""
    each = "; ".join(f"{name} (for {', '.join(models)})" for name, models in absent.items())
    return f"No key is set for some models. Set these environment variables and start again: {each}."


def check_keys(models: Iterable[ModelSpec]) -> None:
    """Raise BadInput that names all missing variables at once."""
    if sentence := told(missing_keys(models)):
        raise BadInput(sentence)
