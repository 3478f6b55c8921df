"""Which variables hold keys. Oracle: LiteLLM's own check of the environment."""

import pytest

from adaem_core.chat.keys import BY_NAME, INSTEAD, OTHERS, check_keys, missing, missing_keys, provider_of, variables
from adaem_core.errors import BadInput
from adaem_core.panels import ModelSpec, Role, panel
from tests.rows import every_row

# LiteLLM's check knows no variable of these; their own documents and LiteLLM's code of each name them.
UNCHECKED = {"bedrock_converse", "github", "watsonx", "databricks", "zai", "publicai", "sambanova", "minimax", "hyperbolic", "cohere_chat"}
UNCHECKED |= {"text-completion-openai"}


def spec(model: str, **more: str) -> ModelSpec:
    return ModelSpec(more.pop("name", "oak"), model, (Role.P1,), **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in {*BY_NAME, *OTHERS}:
        for name in (*variables(spec(f"{provider}/m")), *INSTEAD.get(provider, ())):
            monkeypatch.delenv(name, raising=False)


def test_litellm_looks_for_the_same_variables() -> None:
    from adaem_core.chat.endpoint.provider import load

    differing = {}
    for provider in sorted({*BY_NAME, *OTHERS} - UNCHECKED):
        theirs = set(load().validate_environment(f"{provider}/m")["missing_keys"]) - {
            "AZURE_API_BASE",
            "AZURE_API_VERSION",
            *INSTEAD.get(provider, ()),
        }
        if theirs != set(variables(spec(f"{provider}/m"))):
            differing[provider] = theirs
    assert differing == {}


@every_row(
    "model, wanted",
    [
        ("cohere_chat/command-r", ("COHERE_API_KEY",)),
        ("bedrock/anthropic.claude", ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")),
        ("gpt-4o", ("OPENAI_API_KEY",)),
        ("ollama_chat/llama3.1:8b", ()),
        ("simulated/aurora", ()),
        ("never-heard-of/m", ()),
    ],
)
def test_a_model_names_the_variables_of_its_provider(model: str, wanted: tuple[str, ...]) -> None:
    assert variables(spec(model)) == missing(spec(model)) == wanted


def test_the_panels_own_variable_comes_first_and_an_address_of_ones_own_needs_none() -> None:
    assert variables(spec("openai/m", key_env="MY_KEY", api_base="http://localhost:1")) == ("MY_KEY",)
    assert variables(spec("openai/m", api_base="http://localhost:1")) == ()
    assert provider_of(spec("bare-and-unknown")) == ""


def test_another_variable_of_the_provider_does_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "a")
    assert missing(spec("gemini/m")) == ()
    assert missing(spec("gemini/m", key_env="GEMINI_API_KEY")) == ("GEMINI_API_KEY",), "the panel asked for this one"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", " ")
    assert len(missing(spec("bedrock/m"))) == 2, "blank is not set"


def test_all_missing_variables_are_told_at_once() -> None:
    models = (spec("openai/a", name="oak"), spec("openai/b", name="fir"), spec("cohere_chat/c", name="ash"))
    assert missing_keys(models) == {"OPENAI_API_KEY": ["oak", "fir"], "COHERE_API_KEY": ["ash"]}
    with pytest.raises(BadInput, match=r"OPENAI_API_KEY \(for oak, fir\); COHERE_API_KEY \(for ash\)\.$"):
        check_keys(models)
    check_keys(panel("simulated").models)
