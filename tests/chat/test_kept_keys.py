"""Keys in the computer's keyring: put there, fetched by the process that asks models, forgotten; only names are noted beside it."""

import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail, null

from adaem_core.chat import consent, kept_keys
from adaem_core.chat.keys import bring, missing_variables, place
from adaem_core.errors import AdaemError, BadInput
from adaem_core.panels import ModelSpec, Role
from tests.keyrings import Drawer, Locked
from tests.rows import every_row

KEY = "Zq7-nobody-must-see-this-41"
MODEL = ModelSpec("calm", "openai/gpt-4o-mini", (Role.P1,))


@pytest.fixture(autouse=True)
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawer]:
    """A computer with an empty keyring and no key in its environment."""
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "own"))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    made = Drawer(tmp_path / "drawer.json")
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    yield made
    os.environ.pop("OPENAI_API_KEY", None)  # which `bring` sets


def test_a_kept_key_is_fetched_by_who_asks_models_and_noted_by_name_alone(tmp_path: Path) -> None:
    assert missing_variables(MODEL) == ("OPENAI_API_KEY",)
    kept_keys.keep("OPENAI_API_KEY", KEY)
    assert (kept_keys.names(), place(["OPENAI_API_KEY"]), missing_variables(MODEL)) == ({"OPENAI_API_KEY"}, "keyring", ())
    assert "OPENAI_API_KEY" not in os.environ
    consent.check([MODEL])
    bring([MODEL])
    assert os.environ["OPENAI_API_KEY"] == KEY
    own = [path for path in (tmp_path / "own").rglob("*") if path.is_file()]
    assert own and not any(KEY.encode() in path.read_bytes() for path in own)


def test_what_is_set_in_the_environment_is_not_fetched(drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_keys.keep("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", "another-key")
    drawer.asked.clear()
    bring([MODEL])
    assert (os.environ["OPENAI_API_KEY"], drawer.asked) == ("another-key", [])


def test_nobody_is_asked_to_open_the_keyring_for_what_is_not_in_it(drawer: Drawer) -> None:
    kept_keys.keep("OPENAI_API_KEY", KEY)
    drawer.asked.clear()
    bring([ModelSpec("other", "mistral/ministral-8b-2512", (Role.P1,)), ModelSpec("none", "simulated/aurora", (Role.P1,))])
    assert drawer.asked == []


def test_forgotten() -> None:
    kept_keys.keep("OPENAI_API_KEY", KEY)
    kept_keys.forget("OPENAI_API_KEY")
    kept_keys.forget("OPENAI_API_KEY")
    assert (kept_keys.names(), keyring.get_password(kept_keys.SERVICE, "OPENAI_API_KEY")) == (frozenset(), None)
    with pytest.raises(BadInput, match="OPENAI_API_KEY"):
        consent.check([MODEL])


def test_one_that_was_removed_behind_our_back_is_told() -> None:
    kept_keys.keep("OPENAI_API_KEY", KEY)
    keyring.delete_password(kept_keys.SERVICE, "OPENAI_API_KEY")
    with pytest.raises(AdaemError, match="does not give it"):
        bring([MODEL])


@every_row("act", [lambda: kept_keys.keep("A_KEY", KEY), lambda: kept_keys.fetch("A_KEY"), lambda: kept_keys.forget("A_KEY")])
def test_a_locked_keyring_is_told_without_its_own_words(act: object) -> None:
    keyring.set_keyring(Locked())
    assert callable(act)
    with pytest.raises(AdaemError, match="locked") as told:
        act()
    assert KEY not in str(told.value) and told.value.__cause__ is None
    assert kept_keys.names() == frozenset()


def test_a_key_that_cannot_be_noted_is_not_left_in_the_keyring(drawer: Drawer, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "keyring").write_text("no folder")
    with pytest.raises(AdaemError, match="not kept"):
        kept_keys.keep("OPENAI_API_KEY", KEY)
    assert (drawer.content(), kept_keys.names()) == ({}, frozenset())


@every_row("backend", [fail.Keyring(), null.Keyring()])
def test_a_computer_without_a_keyring_says_so(backend: object) -> None:
    keyring.set_keyring(backend)  # type: ignore[arg-type]
    assert kept_keys.absent() == kept_keys.ABSENT
    with pytest.raises(AdaemError, match="no keyring"):
        kept_keys.keep("OPENAI_API_KEY", KEY)
    assert kept_keys.names() == frozenset()
