"""What is missing on this computer: every variable by its right name, all at once, and no request to a stranger."""

import os
from pathlib import Path

import pytest

from adaem_core.chat import consent
from adaem_core.chat.keys import key_variable, unreachable
from adaem_core.errors import BadInput
from adaem_core.panels import ModelSpec, Role
from tests.rows import every_row


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment without any key, address or credentials."""
    for name in list(os.environ):
        if name.endswith(("_KEY", "_TOKEN", "_PROFILE", "_PROJECT", "_LOCATION", "_BASE")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


def model(id: str, name: str = "it", **more: str) -> ModelSpec:
    return ModelSpec(name, id, (Role.P1,), **more)  # type: ignore[arg-type]


@every_row(
    "spec, variable",
    [
        (model("cohere_chat/command-r7b-12-2024"), "COHERE_API_KEY"),
        (model("bedrock/anthropic.claude-v2"), "AWS_ACCESS_KEY_ID"),
        (model("together_ai/x/y"), "TOGETHERAI_API_KEY"),
        (model("gemini/gemini-3.8-flash"), "GEMINI_API_KEY"),
        (model("vertex_ai/gemini-2.5-pro"), "VERTEXAI_PROJECT"),
        (model("gpt-4o-mini"), "OPENAI_API_KEY"),
        (model("deepseek/deepseek-chat"), "DEEPSEEK_API_KEY"),
        (model("openai/x", api_base="http://h/v1", key_env="MY_KEY"), "MY_KEY"),
    ],
)
def test_names(spec: ModelSpec, variable: str) -> None:
    assert key_variable(spec) == variable and variable in unreachable([spec])[0]


@every_row("spec", [model("ollama_chat/llama3.1:8b"), model("simulated/aurora"), model("openai/x", api_base="http://h/v1")])
def test_what_needs_nothing(spec: ModelSpec) -> None:
    assert unreachable([spec]) == ()


def test_everything_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    members = [model("openai/a", "ash"), model("openai/b", "oak"), model("cohere_chat/c", "elm"), model("hosted_vllm/d", "fir")]
    with pytest.raises(BadInput) as told:
        consent.check(members)
    assert str(told.value).splitlines() == [
        "Set the environment variable OPENAI_API_KEY, which ash, oak needs, or enter it on the Models page.",
        "Set the environment variable COHERE_API_KEY, which elm needs, or enter it on the Models page.",
        "Give fir its address in the panel file, in the field api_base.",
    ]
    for name, value in (("OPENAI_API_KEY", "k"), ("CO_API_KEY", "k"), ("HOSTED_VLLM_API_BASE", "http://h/v1")):
        monkeypatch.setenv(name, value)
    consent.check(members)
