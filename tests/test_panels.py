"""Every shipped panel file can be run: roles, prices, model ids, and no key in it."""

import importlib.util
import json
import math
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adaem_core.chat.consent import enterable, unagreed
from adaem_core.chat.keys import needs_of
from adaem_core.chat.lifetime import ending
from adaem_core.chat.prices import price_of
from adaem_core.errors import BadInput
from adaem_core.panels import ModelSpec, Role, check_roles, kin_of_reader, panel, panels, parse_panel
from tests.rows import every_row

ONE_KEY = {
    "openai": "OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
    "gemini": "GEMINI_API_KEY",
    "mistral": "MISTRAL_API_KEY",
    "deepinfra": "DEEPINFRA_API_KEY",
    "together": "TOGETHERAI_API_KEY",
}
HOSTED = ("paper", "frugal", *ONE_KEY)
KEY = re.compile(r"\b(sk|pk|gsk|hf|xai|AIza)[-_][A-Za-z0-9_-]{8,}|\b[A-Za-z0-9]{32,}\b")


@pytest.fixture(scope="module")
def listed() -> dict[str, Any]:
    """The price list that LiteLLM ships, read without importing LiteLLM."""
    package = importlib.util.find_spec("litellm")
    assert package and package.origin
    return json.loads((Path(package.origin).parent / "model_prices_and_context_window_backup.json").read_text(encoding="utf-8"))


def entry(listed: dict[str, Any], spec: ModelSpec) -> dict[str, Any]:
    """The list names some models with their provider and some without."""
    return listed.get(spec.model) or listed.get(spec.model.split("/", 1)[1]) or {}


def test_the_panels_are_there() -> None:
    assert {"simulated", "paper", "frugal", "local", "self_hosted", *ONE_KEY} <= set(panels())


@every_row("name", list(ONE_KEY))
def test_one_key_is_all_that_such_a_panel_needs(name: str) -> None:
    models = panel(name).models
    assert {variables for spec in models for variables in needs_of(spec)} == {(ONE_KEY[name],)}
    assert unagreed(models) == () and enterable(ONE_KEY[name])
    assert not [told for spec in models if (told := ending(spec, datetime.now(UTC).date()))], "none is past its last day, or near it"


def test_who_reads_its_own_kind_is_known() -> None:
    kin = {name: kin_of_reader(panel(name)) for name in panels()}
    assert all(len(kin[name]) == len(panel(name).having(Role.EXAMINEE)) for name in ("openai", "anthropic", "gemini", "mistral"))
    assert kin["deepinfra"] == kin["together"] == kin["simulated"] == ()
    assert "GPT-4o-mini" in kin["frugal"] and "Llama-3.1-8B-Instruct" not in kin["frugal"]


@every_row("name", sorted(panels()))
def test_a_panel_has_every_role_and_a_card_for_each_model(name: str) -> None:
    found = panel(name)
    check_roles(found, (Role.P1, 2), (Role.P2, 3), (Role.RECOGNISER, 1), (Role.GUARD, 1), (Role.EXAMINEE, 2))
    for spec in found.models:
        assert spec.developer and spec.country and spec.kind, spec.name
        assert all(re.fullmatch(r"(\d{4}(-\d\d){0,2})?", date) for date in (spec.released, spec.knowledge_cutoff)), spec.name


@every_row("name", sorted(panels()))
def test_a_panel_file_holds_no_key(name: str) -> None:
    assert not KEY.search(panels()[name].read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"[A-Z][A-Z0-9_]*_API_KEY", spec.key_env) for spec in panel(name).models if spec.key_env)


@pytest.mark.parametrize("name", HOSTED)
def test_hosted_models_are_listed_priced_and_not_announced_to_end(name: str, listed: dict[str, Any]) -> None:
    for spec in panel(name).models:
        found = entry(listed, spec)
        assert found.get("mode") == "chat" and found.get("input_cost_per_token") is not None, spec.model
        assert found.get("deprecation_date", "9999") > "2027", spec.model
        assert spec.key_env, spec.model


@every_row("name", sorted(panels()))
def test_the_engine_finds_a_price_for_every_model(name: str) -> None:
    """An unpriced model would stop a study with a question."""
    assert [spec.model for spec in panel(name).models if price_of(spec) is None] == []


def test_frugal_is_frugal(listed: dict[str, Any]) -> None:
    """The file promises at most 0.50 dollars per million tokens read and 1.50 written, and several cultures."""
    for spec in panel("frugal").models:
        found = entry(listed, spec)
        assert found["input_cost_per_token"] <= 0.5e-6 and found["output_cost_per_token"] <= 1.5e-6, spec.model
    assert len({spec.country for spec in panel("frugal").models}) >= 5


@pytest.mark.parametrize("name", ["local", "self_hosted"])
def test_own_machines_cost_nothing_and_need_no_key(name: str) -> None:
    for spec in panel(name).models:
        assert spec.input_price == spec.output_price == 0 and spec.api_base and spec.key_env is None, spec.name


def test_self_hosted_can_use_the_exact_score() -> None:
    assert all(spec.logprobs for spec in panel("self_hosted").models)


@every_row(
    "content, told",
    [
        ({}, "expected a list under 'models'"),
        ({"models": [{"roles": ["p1"]}]}, "model 1: needs at least 'model'"),
        ({"models": [{"model": "a/b"}]}, "model 1: has no role"),
        ({"models": [{"model": "a/b", "roles": ["boss"]}]}, "roles are p1, p2"),
        ({"models": [{"model": "a/b", "roles": ["p1"], "api_key": "x"}]}, "unknown field api_key"),
        ({"models": [{"model": "a/b", "roles": ["p1"], 1: "x", "y": 2}]}, "unknown field 1, y"),
        ({"models": [{"model": "a/b", "name": "", "roles": ["p1"]}] * 2}, "name a/b is used twice"),
    ],
)
def test_faults_name_file_model_and_field(content: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_panel("own", content, "own.yaml")
    assert "own.yaml" in str(caught.value) and told in str(caught.value)


SECRET = "sk-loopback-Zq81kPw02mXn"


@every_row(
    "field, value, told",
    [
        ("key_env", SECRET, "key_env must be the name of the environment variable"),
        ("key_env", "hf_AbCdEfGhIjKlMnOp", "never the key itself"),
        ("key_env", "f0a1b2c3d4e5f60718293a4b5c6d7e8f", "never the key itself"),
        ("api_base", f"https://user:{SECRET}@example.org/v1", "holds no user, password or query"),
        ("api_base", f"https://example.org/v1?key={SECRET}", "holds no user, password or query"),
        ("api_base", "127.0.0.1:8000/v1", "begins with http"),
        ("input_price", "3", "a number from 0 up"),
        ("output_price", -1, "a number from 0 up"),
        ("input_price", float("nan"), "a number from 0 up"),
        ("concurrency", 0, "a whole number from 1 up"),
        ("max_tokens", 1.5, "a whole number from 1 up"),
        ("requests_per_minute", True, "a whole number from 1 up"),
        ("logprobs", "yes", "true or false"),
        ("country", False, "country must be a text; put it in quotes"),  # YAML reads NO as false
        ("api_key", SECRET, "unknown field api_key"),
    ],
)
def test_a_value_that_does_not_fit_is_told_and_no_key_is_shown(field: str, value: object, told: str) -> None:
    for fields in ({"model": "a/b", "roles": ["p1"]}, {}):
        with pytest.raises(BadInput) as caught:
            parse_panel("own", {"models": [{**fields, field: value}]}, "own.yaml")
        assert "own.yaml, model 1" in str(caught.value)
        assert told in str(caught.value) or not fields
        assert SECRET not in str(caught.value) and "hf_" not in str(caught.value)


NO_TEXT = st.booleans() | st.lists(st.integers(), min_size=1, max_size=2)
NO_NUMBER = NO_TEXT | st.integers(0, 9).map(str)
WRONG: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(("name", "developer", "country", "kind", "released", "knowledge_cutoff"), NO_TEXT),
    **dict.fromkeys(
        ("api_base", "key_env"), NO_TEXT | st.integers() | st.sampled_from(["", "ftp://x", "a b", SECRET, f"OPENAI_API_KEY\n{SECRET}"])
    ),
    **dict.fromkeys(("input_price", "output_price"), NO_NUMBER | st.sampled_from([math.nan, math.inf, -0.1])),
    **dict.fromkeys(("requests_per_minute", "concurrency", "max_tokens"), NO_NUMBER | st.sampled_from([math.nan, math.inf, 1.5, 0, -1.0])),
    **dict.fromkeys(("json", "logprobs", "moderation"), st.integers() | st.sampled_from(["no", "true", ""])),
}


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_every_fault_of_a_file_is_told_at_once_model_by_model_and_field_by_field(data: st.DataObject) -> None:
    names = st.lists(st.sampled_from(sorted(WRONG)), min_size=1, max_size=4, unique=True)
    wrong = [{name: data.draw(WRONG[name]) for name in data.draw(names)} for _ in range(2)]
    with pytest.raises(BadInput) as caught:
        parse_panel("own", {"models": [{"model": f"a/{each}", "roles": ["p1"], **bad} for each, bad in enumerate(wrong)]}, "own.yaml")
    lines = [line.split(" must be ")[0] for line in str(caught.value).split("\n") if "is used twice" not in line]
    assert lines == [f"own.yaml, model {number}: {name}" for number, bad in enumerate(wrong, 1) for name in bad]
    assert SECRET not in str(caught.value) and "pydantic" not in str(caught.value)


def test_faults_of_structure_are_told_with_the_others() -> None:
    models = [{"model": "a/b", "roles": ["boss", "chief"], "json": 1, "x": 2}, {"roles": []}, {"model": "a/b", "roles": "p1"}]
    with pytest.raises(BadInput) as caught:
        parse_panel("own", {"models": models}, "own.yaml")
    told = str(caught.value).split("\n")
    wanted = (
        "unknown field x",
        "'boss' is not a valid Role",
        "'chief' is not",
        "json must be",
        "needs at least",
        "must be a list",
        "twice",
    )
    assert len(told) == len(wanted) and all(words in line for words, line in zip(wanted, told, strict=True)), told


def test_numbers_stay_as_they_were_written() -> None:
    """The edition's id is made of the panel as it stands in the file."""
    content = {"model": "a/b", "roles": ["p1"], "input_price": 3, "concurrency": 60.0}
    spec = parse_panel("own", {"models": [content]}, "own.yaml").models[0]
    assert repr((spec.input_price, spec.concurrency)) == "(3, 60.0)"


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "_KEY2", "my_key"])
def test_names_of_variables_are_taken(name: str) -> None:
    assert parse_panel("own", {"models": [{"model": "a/b", "roles": ["p1"], "key_env": name}]}, "own.yaml").models[0].key_env == name


def test_dates_numbers_and_empty_fields_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("models: [{name: 7, model: a/b, roles: [p1], released: 2024-05-13, knowledge_cutoff: 2023, developer: }]")
    spec = panel(path).models[0]
    assert (spec.name, spec.released, spec.knowledge_cutoff, spec.developer) == ("7", "2024-05-13", "2023", "")


def test_a_broken_file_is_told_by_its_line_and_without_its_text(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(f"models:\n  - name: a\n   key_env: {SECRET}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"own\.yaml: line 3 is no YAML") as caught:
        panel(path)
    assert SECRET not in str(caught.value)
    path.write_bytes("models: []\n# Müller".encode("latin-1"))
    with pytest.raises(BadInput, match="line 2 is not UTF-8"):
        panel(path)
