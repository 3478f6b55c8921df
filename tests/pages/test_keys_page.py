"""Keys entered on the Models page: read, kept for one visit or in the keyring, shown to nobody; a trial tells whether each model answers."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from streamlit.testing.v1 import AppTest

from adaem_core import machine
from adaem_core.archive import foreign
from adaem_core.archive.study import Study
from adaem_core.chat import kept_keys
from adaem_core.panels import panel
from adaem_core.work import jobs, journal
from pages.find.trial import TRIED
from pages.shared import agree
from tests.keyrings import Drawer
from tests.loopback import Body, Loopback, Reply
from tests.pages.opening import alone, shown
from tests.pages.test_lab import lab, quick, signed_in  # noqa: F401
from tests.rows import every_row

KEY = "Zq7-nobody-must-see-this-41"
NAME = "LOOPBACK_SECRET_KEY"  # which every test's server may be sent
ROLES = "[p1, p2, examinee, recogniser]"


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer on which nobody has agreed to anything, and no key is set."""
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "machine"))
    for name in (NAME, "OPENAI_API_KEY", "MISTRAL_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drawer:
    """A keyring that works."""
    made = Drawer(tmp_path / "drawer.json")
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


@pytest.fixture
def server(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """An endpoint that sends back the key it got, and a panel "mine" of two models there."""
    monkeypatch.setattr("adaem_core.folders.own", lambda: tmp_path / "own")
    with Loopback(lambda body: echo(body, made)) as made:
        at = f"roles: {ROLES}, api_base: '{made.url}', key_env: {NAME}, input_price: 1, output_price: 2"
        written(tmp_path, "mine", *(f"name: {name}, model: openai/{name}, {at}" for name in ("ash", "oak")))
        yield made


def written(folder: Path, panel: str, *models: str) -> None:
    """Write a panel into the user's own folder."""
    (folder / "own" / "panels").mkdir(parents=True)
    (folder / "own" / "panels" / f"{panel}.yaml").write_text("models:\n" + "".join(f"  - {{{each}}}\n" for each in models))


def echo(body: Body, server: Loopback) -> Reply:
    if body["model"] == "oak":
        return Reply(status=401, error={"message": f"Bad key {server.headers[-1]['Authorization']}"})
    return Reply(f"I was sent {server.headers[-1]['Authorization']}", served_by=f"ash-{server.headers[-1]['Authorization']}")


def models_page(panel: str, **session: object) -> AppTest:
    """Return the Models page with a panel chosen."""
    app = alone("models", panel=panel)
    for name, value in session.items():
        app.session_state[name] = value
    return app.run()


def entered(app: AppTest, variable: str, pasted: str, *, keep: bool = False) -> AppTest:
    """Paste a key, and press the button beside it."""
    app.text_input(key=f"pasted_{variable}").set_value(pasted)
    if keep:
        app.checkbox(key=f"keep_{variable}").check()
    next(each for each in app.button if each.form_id == f"key_{variable}").click()
    return app.run()


def everything(app: AppTest) -> str:
    """Return all that a page sends to the browser."""
    return "\n".join(str(each.proto) for each in app.main) + "\n".join(str(each.proto) for each in app.sidebar)


def test_a_key_is_entered_for_one_visit_and_shown_to_nobody(server: Loopback, tmp_path: Path) -> None:
    app = models_page("mine")
    assert "missing" in shown(app) and app.button(key="try").disabled
    assert f"goes to {server.url}" in shown(app).replace("\\", "").replace("\u2060", "")
    app = entered(app, NAME, f'export {NAME}="{KEY}"\n')
    assert dict(app.session_state[agree.KEYS]) == {NAME: KEY}
    assert app.session_state[f"pasted_{NAME}"] == ""
    assert "entered for this visit" in shown(app) and not app.button(key="try").disabled
    assert KEY not in everything(app) and not dict(app.query_params).keys() - {"panel"}
    assert agree.KEYS not in models_page("mine").session_state, "another visit has none of it"
    app.button(key=f"forget_{NAME}").click().run()
    assert "missing" in shown(app) and dict(app.session_state[agree.KEYS]) == {}
    assert not any(KEY.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@every_row("pasted", ["", "sk-…aaaa", "two words of it", "MISTRAL_API_KEY=abcdefghijklm"])
def test_what_is_no_key_is_told_and_not_taken(server: Loopback, pasted: str) -> None:
    app = entered(models_page("mine"), NAME, pasted)
    assert app.error and NAME in app.error[0].value.replace("\\", "")
    assert agree.KEYS not in app.session_state and not (pasted and pasted in everything(app))


def test_a_trial_tells_which_models_answer_and_what_it_cost(server: Loopback, tmp_path: Path) -> None:
    app = entered(models_page("mine"), NAME, KEY)
    app.button(key="try").click().run()
    assert sorted(each["model"] for each in server.requests) == ["ash", "oak"]
    assert {each["Authorization"] for each in server.headers} == {f"Bearer {KEY}"}
    ash, oak = app.session_state[TRIED].values()
    assert (ash["ok"], ash["cost"], oak["ok"]) == (True, 20e-6, False) and "holds a valid key" in oak["sentence"]
    assert "Not every model answers.  \noak did not answer" in shown(app).replace("\\", "")
    assert KEY not in everything(app) + str(app.session_state[TRIED])
    assert not any(KEY.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    app = entered(app, NAME, f"{KEY}-2")
    assert TRIED not in app.session_state, "what models answered to another key says nothing of this one"


def test_a_key_is_remembered_by_the_keyring_and_used_by_later_visits(
    server: Loopback, drawer: Drawer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = entered(models_page("mine"), NAME, KEY, keep=True)
    assert kept_keys.names() == {NAME} and agree.KEYS in app.session_state and not app.session_state[agree.KEYS]
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keyrings.Drawer")
    monkeypatch.setenv("TEST_KEYRING_FILE", str(drawer.file))
    later = models_page("mine")
    assert "in this computer's keyring" in shown(later)
    later.button(key="try").click().run()
    assert {each["Authorization"] for each in server.headers} == {f"Bearer {KEY}"}
    later.button(key=f"forget_{NAME}").click().run()
    assert kept_keys.names() == frozenset() and "missing" in shown(later) and drawer.content() == {}


def test_without_a_keyring_the_choice_is_greyed_and_says_why(server: Loopback) -> None:
    app = models_page("mine")
    assert app.checkbox(key=f"keep_{NAME}").disabled
    assert kept_keys.ABSENT in shown(app)
    app.session_state[f"keep_{NAME}"] = True  # a browser may choose what it was not offered
    entered(app, NAME, KEY)
    assert kept_keys.names() == frozenset()


def test_what_needs_more_than_a_key_is_not_entered_here(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("adaem_core.folders.own", lambda: tmp_path / "own")
    for name in ("AZURE_API_KEY", "AZURE_API_BASE", "AZURE_API_VERSION"):
        monkeypatch.delenv(name, raising=False)
    foreign = f"model: openai/x, roles: {ROLES}, key_env: PATHLIKE, api_base: 'https://x.example'"
    written(tmp_path, "odd", f"model: azure/gpt-4o, roles: {ROLES}", foreign)
    app = models_page("odd")
    assert not [each for each in app.text_input if str(each.key).startswith("pasted_")]
    told = shown(app).replace("\\", "")
    assert "Its provider needs more than a key" in told and "is no known provider's variable" in told


@every_row("name, told", [("openai", "all models that are measured"), ("frugal", "same developer: itself."), ("deepinfra", "")])
def test_the_page_tells_where_one_family_reads_itself(folder: Path, name: str, told: str) -> None:
    words = shown(models_page(name)).replace("\\", "")
    assert ("One family reads itself" in words) is bool(told) and told in words


def test_the_page_asks_for_what_was_missed_elsewhere(folder: Path) -> None:
    app = models_page("simulated", **{agree.MISSED: panel("mistral").models})
    assert [each.label for each in app.text_input] == ["Paste the key for MISTRAL_API_KEY"]
    assert not models_page("simulated").text_input


def test_run_names_the_missing_key_and_where_to_enter_it(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, object]] = []
    monkeypatch.setattr(jobs, "start", lambda path, keys: started.append(dict(keys)))
    app = alone("new_run", panel="mine")
    assert app.button(key="run").disabled and app.button(key="try").disabled
    told = " ".join(each.value for each in app.info).replace("\\", "")
    assert f"Set the environment variable {NAME}, which ash, oak needs, or enter it on the Models page." in told
    assert "Enter keys on Models" in shown(app)
    assert [each.name for each in app.session_state[agree.MISSED]] == ["ash", "oak"]
    app.session_state[agree.KEYS] = {NAME: KEY}
    app.run()
    assert not app.button(key="run").disabled and "Enter keys on Models" not in shown(app)
    app.button(key="run").click().run()
    assert started == [{NAME: KEY}]


@pytest.mark.usefixtures("lab", "drawer")
def test_in_a_lab_each_member_has_keys_of_their_own_and_its_owner_those_of_the_computer(server: Loopback) -> None:
    for who, fields, keeps in (("owner", 1, True), ("member", 1, False), ("viewer", 0, False)):
        app = alone("models")
        signed_in(app, who).selectbox(key="choice_panel").set_value("mine").run()
        assert len(app.text_input) == fields, who
        assert all(each.disabled is not keeps for each in app.checkbox), who
        assert app.button(key="try").disabled, who
    app = alone("models")
    app = signed_in(app, "member")
    app.selectbox(key="choice_panel").set_value("mine").run()
    app.session_state[f"keep_{NAME}"] = True
    entered(app, NAME, KEY)
    assert kept_keys.names() == frozenset() and KEY not in (machine.folder() / journal.NAME).read_text()


@pytest.mark.usefixtures("lab")
def test_a_members_trial_is_set_aside_in_the_journal_and_stays_within_the_day(server: Loopback, tmp_path: Path) -> None:
    app = alone("models")
    signed_in(app, "member").selectbox(key="choice_panel").set_value("mine").run()
    entered(app, NAME, KEY).button(key="try").click().run()
    line = journal.entries()[-1]
    assert (line["who"], line["what"], line["calls"]) == ("member", "ask each model one question", 2) and 0 < line["dollars"] < 0.01
    assert server.count == 2
    (tmp_path / "lab.toml").write_text('sign_in = "passwords"\ncalls_a_day = 3\n')
    app.button(key="try").click().run()
    assert server.count == 2 and "does not cover a trial" in "".join(each.value for each in app.error)


def test_a_search_whose_keys_are_gone_is_resumed_once_they_are_entered_again(
    server: Loopback, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[dict[str, object]] = []
    monkeypatch.setattr(jobs, "start", lambda path, keys: begun.append(dict(keys)))
    ash = {
        "name": "ash",
        "model": "openai/ash",
        "roles": ["p1"],
        "api_base": server.url,
        "key_env": NAME,
        "input_price": 1,
        "output_price": 1,
    }
    Study.note(study, panel={"models": [ash]}, job={"state": "paused", "act": "generate"})
    foreign.allow(study)
    app = alone("monitor")
    assert app.button(key="resume").disabled and f"Set the environment variable {NAME}" in shown(app).replace("\\", "")
    app.session_state[agree.KEYS] = {NAME: KEY}
    app.run().button(key="resume").click().run()
    assert begun == [{NAME: KEY}]
    Study.note(study, job={"state": "paused", "act": "examine", "arguments": {"examination": "E1"}})
    assert not alone("monitor").button(key="resume").disabled, "an examination may be of other models: its worker says what it lacks"
