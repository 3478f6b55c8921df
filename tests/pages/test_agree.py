"""What the owner is asked once: a key to a strange address, a study from elsewhere. Without their word nothing starts."""

from pathlib import Path

import pytest

from adaem_core.archive import foreign
from adaem_core.chat import consent
from adaem_core.work import jobs
from tests.hostile.test_studies import altered
from tests.pages.opening import alone
from tests.pages.test_launch import ROLES, with_file
from tests.rows import every_row

STRANGE = "models:\n  - {{name: m, model: openai/x, roles: [{roles}], api_base: 'https://strange.example/v1', key_env: {key}, input_price: 1, output_price: 1}}\n  - {{name: n, model: simulated/aurora, roles: [{roles}]}}\n"


@pytest.fixture(autouse=True)
def owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "own"))
    monkeypatch.setenv("OPENAI_API_KEY", "a-key-of-the-owner")
    monkeypatch.setenv("LAB_WORD", "another-of-the-owner")


def test_a_key_to_a_strange_address_is_asked_about_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(jobs, "start", lambda *told, **fields: started.append(told))
    app = with_file("new_run", STRANGE.format(roles=ROLES, key="OPENAI_API_KEY"))
    words = " ".join(each.value for each in app.markdown).replace("\\", "")
    assert "This will send the key in OPENAI_API_KEY to https://strange.example" in words.replace("\u2060", "")
    assert app.button(key="run").disabled
    app.button(key="agree_0").click().run()
    assert consent.consents() == {consent.Sending("OPENAI_API_KEY", "https://strange.example")}
    app.button(key="run").click().run()
    assert started and "a-key-of-the-owner" not in str(app.main)


def test_a_variable_of_no_provider_is_named_on_the_command_line_alone(folder: Path) -> None:
    app = with_file("new_run", STRANGE.format(roles=ROLES, key="LAB_WORD"))
    assert not [each for each in app.button if each.key == "agree_0"]
    told = " ".join(each.value for each in app.caption).replace("\\", "").replace("\u2060", "")
    assert "allow --key LAB_WORD --address https://strange.example" in told


@every_row("page", ["monitor"])
def test_a_study_from_elsewhere_says_what_it_would_do_and_starts_when_allowed(
    page: str, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered(study, job={"state": "paused", "act": "generate", "arguments": {}, "done": 1, "total": 5})
    app = alone(page)
    assert any("Simulated, on this computer: " in each.value for each in app.text)
    assert [each.label for each in app.button] == ["Allow it on this computer"]
    app.button(key="allow_study").click().run()
    assert foreign.own(study) and [each.label for each in app.button] == ["Resume"]


def test_one_that_names_work_the_studio_does_not_know_cannot_be_allowed(study: Path) -> None:
    altered(study, job={"state": "paused", "act": "rm", "arguments": {}})
    app = alone("monitor")
    assert not app.exception and not app.button
    assert any("does not know" in each.value for each in app.error)


def test_the_monitor_names_the_addresses_in_use(study: Path) -> None:
    own = {"name": "m", "model": "openai/x", "roles": ["p1"], "api_base": "http://127.0.0.1:9/v1"}
    altered(study, panel={"models": [own]})
    words = " ".join(each.value for each in alone("monitor").markdown).replace("\\", "").replace("\u2060", "")
    assert "requests without a key to http://127.0.0.1:9" in words
