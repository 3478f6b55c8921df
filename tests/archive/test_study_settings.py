"""What a study was made with: it survives its file, lies there as every version has written it, and what is missing is told."""

from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import IDENTITY, as_meta, create, identity_of, send_with, settings_of
from adaem_core.errors import BadInput
from adaem_core.measure.plan import planned
from adaem_core.settings import ChatSettings
from tests.pages.fixture_study import SETTINGS, TOPICS
from tests.shared import copied

NAMES = ["title", "date", "engine", "value_system", "panel", "panel_name", "simulated", "elicit", "generate", "chat", "earlier"]


def test_settings_survive_the_file_and_only_sending_changes(tmp_path: Path) -> None:
    settings = replace(SETTINGS, earlier=("Should it be?",))
    with create(tmp_path / "s.db", settings, TOPICS) as study:
        assert settings_of(study) == settings
        send_with(study, ChatSettings(max_calls=7))
        assert settings_of(study) == replace(settings, chat=ChatSettings(max_calls=7))


def test_what_lies_in_the_file_is_what_earlier_versions_wrote() -> None:
    assert list(as_meta(SETTINGS)) == NAMES
    assert as_meta(SETTINGS)["simulated"] is True and as_meta(SETTINGS)["panel_name"] == "small <b>"


def test_an_examination_says_how_it_was_made_in_the_words_of_earlier_versions(tmp_path: Path) -> None:
    with create(tmp_path / "s.db", SETTINGS, TOPICS) as study:
        made = examinations.create(study, planned(SETTINGS.panel, SETTINGS.elicit, "b", [Asked("a", "A?")]))
        stored = study.select("SELECT config FROM examinations")[0]["config"]
        assert examinations.one(study, made.id) == made
    assert list(orjson.loads(stored)) == ["panel", "panel_name", "simulated", "elicit", "engine", "recogniser"]


@pytest.mark.parametrize("lost", ["value_system", "panel"])
def test_a_study_that_lost_what_it_rests_on_says_so(tmp_path: Path, lost: str) -> None:
    kept = {name: value for name, value in as_meta(SETTINGS).items() if name != lost}
    with Study.create(tmp_path / "s.db", kept, TOPICS) as study, pytest.raises(BadInput, match=r"s\.db does not say with which"):
        settings_of(study)


def test_an_examination_whose_models_were_lost_names_itself(tmp_path: Path) -> None:
    with create(tmp_path / "s.db", SETTINGS, TOPICS) as study:
        examinations.create(study, planned(SETTINGS.panel, SETTINGS.elicit, "b", [Asked("a", "A?")]))
        study.connection.execute("""UPDATE examinations SET config = json_set(config, '$.panel', json('{}'))""")
        with pytest.raises(BadInput, match=r"^E1: expected a list under 'models'"):
            examinations.every(study)


def test_a_study_and_its_copies_have_one_identity_whatever_they_are_called(tmp_path: Path) -> None:
    for name in ("one", "other"):
        create(tmp_path / f"{name}.db", SETTINGS, TOPICS).close()
    copied(tmp_path / "one.db", tmp_path / "copy.db")
    with Study.write(tmp_path / "copy.db") as study:
        study.set_meta(title="Called otherwise")
    one, other, copy = (identity(tmp_path / f"{name}.db") for name in ("one", "other", "copy"))
    assert one == copy != other
    assert IDENTITY.fullmatch(one)


def test_a_study_from_before_is_named_by_its_making(tmp_path: Path) -> None:
    create(tmp_path / "s.db", SETTINGS, TOPICS).close()
    with Study.write(tmp_path / "s.db") as study:
        study.set_meta(identity="<b>", created="2026-11-21T08:16:45+00:00")
    assert identity(tmp_path / "s.db") == identity(copied(tmp_path / "s.db", tmp_path / "again.db")) != "<b>"
    with Study.write(tmp_path / "again.db") as study:
        study.set_meta(created="2026-11-21T08:16:46+00:00")
    assert identity(tmp_path / "s.db") != identity(tmp_path / "again.db")


def identity(path: Path) -> str:
    with Study.read(path) as study:
        return identity_of(study)
