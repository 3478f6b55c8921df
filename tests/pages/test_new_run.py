"""New run: files of one's own are read, previewed and refused with a sentence; the Run button makes a study and starts it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.work import jobs
from pages.find.choose import LEAVE_OUT, OWN, TRANSLATED
from tests.pages.opening import routed
from tests.rows import every_row

TOPICS = (
    "text,theme\nShould big cities ban cars from their old town centres?,City\nShould big cities ban cars from their old town centres?,City\n"
    "We should abolish zoos,Animals\nShould big cities ban cars from the old town centres?,City\n"
)
SYSTEM = "name: Two\ndimensions:\n  - {id: A, name: First, definition: one}\n  - {id: B, name: Second, definition: two}\n"
UNPRICED = "models:\n  - {name: m1, model: openai/none-such-1, roles: [p1, p2, recogniser], key_env: NO_SUCH_KEY_VARIABLE}\n  - {name: m2, model: openai/none-such-2, roles: [p1, p2]}\n"


@pytest.fixture
def app(folder: Path) -> AppTest:
    return routed("new_run")


def upload(app: AppTest, box: str, uploader: str, name: str, content: str | bytes) -> AppTest:
    app.selectbox(key=box).select(OWN).run()
    data = content if isinstance(content, bytes) else content.encode()
    app.file_uploader(key=uploader).upload(name, data).run()
    assert not app.exception
    return app


def test_own_topics_are_previewed_with_what_was_merged(app: AppTest) -> None:
    upload(app, "choice_topics", "own_topics", "mine.csv", TOPICS)
    preview = next(each.label for each in app.expander if "drawn" in each.label)
    assert "4 rows" in preview
    assert "1 repeated ones merged" in preview
    assert "1 alike ones merged" in preview
    assert "1 statements turned into questions" in preview


def test_a_column_can_be_chosen(app: AppTest) -> None:
    upload(app, "choice_topics", "own_topics", "mine.csv", "code,proposal,theme\nX,Should we fish?,Sea\n")
    assert app.selectbox(key="text_column").value == "proposal"
    app.selectbox(key="category_column").select("theme").run()
    assert any("Sea" in frame.value.to_string() for frame in app.dataframe)


@every_row("content, says", [(b"", "empty"), (b"text\ncaf\xe9", "cp1252"), (b"text\n" + b"\xe9t\xe9\n", "not UTF-8")])
def test_a_bad_topic_file_is_refused_with_its_name(app: AppTest, content: bytes, says: str) -> None:
    upload(app, "choice_topics", "own_topics", "mine.csv", content)
    said = app.error[0].value.replace("\\", "")
    assert "mine.csv" in said
    assert says in said


def test_own_values_and_unreadable_ones(app: AppTest) -> None:
    upload(app, "choice_system", "own_system", "two.yaml", SYSTEM)
    assert any(each.label == "The 2 values and their definitions" for each in app.expander)
    app.file_uploader(key="own_system").set_value(("bad.yaml", b"name: [", "text/yaml")).run()
    assert "bad.yaml" in app.error[0].value.replace("\\", "")


def test_a_model_without_price_or_key_is_asked_about_and_nothing_can_start(app: AppTest) -> None:
    upload(app, "choice_panel", "own_panel", "panel.yaml", UNPRICED)
    said = " ".join(each.value for each in [*app.warning, *app.info]).replace("\\", "")
    assert "NO_SUCH_KEY_VARIABLE" in said
    assert "What does" in said
    assert next(each.value for each in app.metric if each.label == "Money") == "unknown"
    assert app.button(key="run").disabled


def test_run_makes_a_study_and_starts_its_worker(app: AppTest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Path] = []
    monkeypatch.setattr(jobs, "start", lambda path, keys: started.append(path))
    app.text_input(key="choice_title").set_value("Care & duty").run()
    app.number_input(key="choice_seed").set_value(7).run()
    app.button(key="run").click().run()
    assert not app.exception
    assert started == [folder / "care-duty.db"]
    with Study.read(started[0]) as study:
        made = settings_of(study)
        assert made.title == "Care & duty"
        assert made.generate.seed == 7
        assert made.simulated
        assert len(study.topics()) == 5


def test_a_refused_start_is_told(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    from adaem_core.errors import BadInput

    def refuse(path: Path, keys: object) -> None:
        raise BadInput(f"{path.stem} is running already.")

    monkeypatch.setattr(jobs, "start", refuse)
    app.button(key="run").click().run()
    assert "is running already" in app.error[0].value.replace("\\", "")


REAL = UNPRICED.replace("openai/none-such-1, ", "openai/none-such-1, input_price: 1, output_price: 1, ").replace(
    "openai/none-such-2, ", "openai/none-such-2, input_price: 1, output_price: 1, "
)
FOREIGN = "text\nSollte die Stadt das Autofahren in der Altstadt verbieten?\nShould towns close their shops on Sundays?\n"


def test_topics_in_other_languages_are_left_out_kept_or_translated_by_a_real_model(app: AppTest) -> None:
    upload(app, "choice_topics", "own_topics", "mine.csv", FOREIGN)

    def drawn() -> list[str]:
        return sorted(next(each.value for each in app.dataframe if "Topic" in each.value)["Topic"])

    assert len(drawn()) == 2, "as they are, until something else is chosen"
    app.segmented_control(key="choice_foreign").set_value(LEAVE_OUT).run()
    assert drawn() == ["Should towns close their shops on Sundays?"]
    app.segmented_control(key="choice_foreign").set_value(TRANSLATED).run()
    said = " ".join(each.value for each in app.info).replace("\\", "")
    assert "is simulated and knows no languages" in said and app.button(key="run").disabled
    upload(app, "choice_panel", "own_panel", "panel.yaml", REAL)
    assert app.selectbox(key="choice_translator").options == ["m1", "m2"]
    stages = next(each.value for each in app.dataframe if "Stage" in each.value)
    assert dict(zip(stages["Stage"], stages["Calls"], strict=True))["Translate topics"] == 1


def test_no_language_is_asked_about_where_all_topics_are_in_english(app: AppTest) -> None:
    upload(app, "choice_topics", "own_topics", "mine.csv", TOPICS)
    assert not [each for each in app.segmented_control if each.key == "choice_foreign"]
