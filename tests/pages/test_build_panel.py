"""A panel built by clicking: searched, given roles, saved without writing over another, and then a choice."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from adaem_core.errors import BadInput
from adaem_core.panels import Role, check_roles, panel
from tests.pages.opening import alone, shown
from tests.pages.test_lab import lab, quick, signed_in  # noqa: F401

FIVE = [
    "openai/gpt-4o-mini",
    "openai/gpt-4.1",
    "mistral/ministral-8b-2512",
    "mistral/mistral-large-2512",
    "deepinfra/deepseek-ai/DeepSeek-V3.2",
]


@pytest.fixture(autouse=True)
def own(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the user's own panels, which isn't there yet."""
    monkeypatch.setattr("adaem_core.folders.own", lambda: tmp_path / "own")
    monkeypatch.setattr("adaem_core.archive.panel_files.own", lambda: tmp_path / "own")
    return tmp_path / "own" / "panels"


def builder(who: str = "") -> AppTest:
    """Return the Models page with the builder open."""
    return signed_in(alone("models", build="yes"), who)


def picked(app: AppTest, *ids: str) -> AppTest:
    app.multiselect(key="choice_providers").set_value(["mistral", "deepinfra", "openai"]).run()
    return app.multiselect(key="build_models").set_value(list(ids)).run()


def test_a_panel_is_searched_cast_and_saved_and_can_run(own: Path) -> None:
    app = builder()
    app.text_input(key="choice_words").set_value("gpt-4o-mini").run()
    app.multiselect(key="choice_providers").set_value(["openai"]).run()
    offered = app.multiselect(key="build_models").options
    assert any(each.startswith("openai/gpt-4o-mini · $0.60 · 128,000 tokens") for each in offered)
    assert all("gpt-4o-mini" in each for each in offered)
    picked(app, FIVE[0])
    app.text_input(key="choice_words").set_value("").run()
    app.multiselect(key="choice_providers").set_value(["mistral"]).run()
    assert app.multiselect(key="build_models").value == [FIVE[0]], "what is picked stays, whatever is searched for next"
    picked(app, *FIVE)
    app.text_input(key="build_name").set_value("Three countries").run()
    app.button(key="build_save").click().run()
    assert not app.exception and not app.error
    made = panel(own / "three_countries.yaml")
    check_roles(made, (Role.P1, 2), (Role.P2, 2), (Role.RECOGNISER, 1), (Role.GUARD, 1), (Role.EXAMINEE, 2))
    assert made.names(Role.RECOGNISER) == ("DeepSeek-V3.2",) and "DeepSeek-V3.2" not in made.names(Role.EXAMINEE)
    assert {each.key_env for each in made.models} == {"OPENAI_API_KEY", "MISTRAL_API_KEY", "DEEPINFRA_API_KEY"}
    assert app.selectbox(key="choice_panel").value == "three_countries"
    assert "One family reads itself" not in shown(app)
    assert "Three countries" in alone("new_run").selectbox(key="choice_panel").options


def test_filters_of_price_and_length() -> None:
    app = builder()
    app.multiselect(key="choice_providers").set_value(["openai"]).run()
    every = app.multiselect(key="build_models").options
    app.number_input(key="choice_price").set_value(1.0).run()
    cheap = app.multiselect(key="build_models").options
    app.number_input(key="choice_context").set_value(500_000).run()
    long = app.multiselect(key="build_models").options
    assert set(long) < set(cheap) < set(every) and not [each for each in cheap if each.startswith("openai/gpt-4.1 ")]


def test_roles_can_be_changed_and_one_family_is_told(own: Path) -> None:
    app = picked(builder(), *FIVE[:2], "openai/gpt-4.1-mini")
    assert "One family reads itself" in shown(app)
    reader = next(each for each in app.multiselect if each.label == "Who reads the values in answers")
    assert reader.value == ["gpt-4.1-mini"]
    app = reader.set_value(["gpt-4.1"]).run()
    app.button(key="build_save").click().run()
    assert panel(own / "my_panel.yaml").names(Role.RECOGNISER) == ("gpt-4.1",)


def test_a_panel_without_its_roles_is_told_and_not_saved(own: Path) -> None:
    app = picked(builder(), *FIVE)
    for each in app.multiselect:
        if each.label.startswith("Who "):
            each.set_value([name for name in each.value if name != "DeepSeek-V3.2"])
    app.run()
    assert "DeepSeek-V3.2 has no role" in app.error[0].value.replace("\\", "")
    assert not [each for each in app.button if each.key == "build_save"]


def test_no_panel_is_written_over(own: Path) -> None:
    for name, told in (("Frugal", "There is a panel 'frugal' already"), ("…", "name with letters"), ("", "name with letters")):
        app = picked(builder(), *FIVE)
        app.text_input(key="build_name").set_value(name).run()
        app.button(key="build_save").click().run()
        assert told in app.error[0].value.replace("\\", ""), name
        assert app.multiselect(key="build_models").value == FIVE, "nothing is lost"
    assert not own.exists()


def test_a_server_of_ones_own(own: Path) -> None:
    app = builder()
    for field, value in (("name", "Our own"), ("model", "openai/ours"), ("api_base", "http://10.0.0.7:8000/v1"), ("key_env", "OUR_KEY")):
        app.text_input(key=f"server_{field}").set_value(value)
    next(each for each in app.button if each.label == "Add server").click()
    app.run()
    assert app.multiselect(key="build_models").value == ["Our own"]
    picked(app, "Our own", *FIVE[:3]).button(key="build_save").click().run()
    made = next(each for each in panel(own / "my_panel.yaml").models if each.name == "Our own")
    assert (made.model, made.api_base, made.key_env, made.output_price) == ("openai/ours", "http://10.0.0.7:8000/v1", "OUR_KEY", 0.0)


@pytest.mark.parametrize(
    ("field", "value"), [("api_base", "not an address"), ("api_base", ""), ("key_env", "sk-proj-4f9aVERYsecret"), ("model", "http://x")]
)
def test_a_server_with_a_fault_is_told_and_not_taken(field: str, value: str) -> None:
    app = builder()
    given = {"name": "Ours", "model": "openai/ours", "api_base": "http://10.0.0.7:8000/v1", field: value}
    for name, text in given.items():
        app.text_input(key=f"server_{name}").set_value(text)
    next(each for each in app.button if each.label == "Add server").click()
    app.run()
    assert app.error and app.multiselect(key="build_models").value == [] and "4f9aVERY" not in shown(app)


@pytest.mark.usefixtures("lab")
def test_only_a_labs_owner_saves_panels(own: Path) -> None:
    for who, may in (("owner", True), ("member", False)):
        assert picked(builder(who), *FIVE).button(key="build_save").disabled is not may


def test_a_panel_of_no_models_is_no_file() -> None:
    from adaem_core.archive import panel_files

    with pytest.raises(BadInput):
        panel_files.save("x", [{"model": "a/b"}])
