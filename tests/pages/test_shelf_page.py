"""The shelf on the first page: what is done with a study there, what is told of it, and the way back."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from adaem_core.archive.copying import whole_bytes
from adaem_core.work import jobs, shelf
from pages.find import shelf as shown_shelf
from pages.shared import stored
from tests.pages.fixture_study import HOSTILE, IMAGE
from tests.pages.opening import alone, inert, shown


def opened(study: Path) -> AppTest:
    """Return the first page with the box of a study open."""
    app = alone("home")
    app.session_state[f"more_{study.stem}_False"] = True
    return app.run()


def pressed(app: AppTest, label: str) -> AppTest:
    """Return the page after somebody has pressed the button that is called so."""
    next(each for each in app.button if each.label == label).click()
    app.run()
    assert not app.exception
    return app


def test_title_notes_and_tags_are_stored_and_stay_text(study: Path) -> None:
    app = opened(study)
    app.text_input[0].set_value("A title of mine")
    app.text_area[0].set_value(HOSTILE)
    app.text_input[1].set_value(f"pilot, {IMAGE}")
    pressed(app, "Save")
    said = shown_shelf.said(study)
    assert (said.title, said.notes, said.tags) == ("A title of mine", HOSTILE, ("pilot", IMAGE))
    app = alone("home")
    assert "A title of mine" in shown(app) and "pilot" in inert(app)
    assert stored.card(study).title == "A title of mine", "the choice of studies has it at once"


def test_what_is_no_title_is_told_and_nothing_is_lost(study: Path) -> None:
    before, app = shown_shelf.said(study), opened(study)
    app.text_input[0].set_value("  ")
    pressed(app, "Save")
    assert shown_shelf.said(study) == before and "1 to 200 letters" in shown(app)


def test_a_study_is_duplicated(study: Path) -> None:
    app = pressed(opened(study), "Duplicate")
    copy = study.with_name("rich-study-copy.db")
    assert copy in jobs.studies() and "the copy is rich-study-copy" in shown(app)
    assert stored.card(copy).id != stored.card(study).id


def test_a_deleted_study_comes_back_by_undo_and_later_from_the_list(study: Path) -> None:
    before = whole_bytes(study)
    app = pressed(opened(study), "Delete")
    assert jobs.studies() == [] and "rich-study was deleted." in shown(app)
    pressed(app, "Undo")
    assert jobs.studies() == [study] and whole_bytes(study) == before
    shelf.put_away(study)
    app = pressed(alone("home"), "Bring back")
    assert jobs.studies() == [study] and "is back" in shown(app)
    shelf.put_away(study)
    pressed(alone("home"), "Delete for good")
    assert jobs.studies() == [] and shelf.away() == []
    study.write_bytes(before)  # what the pages offered to download is looked into in the end


def test_an_exported_study_is_taken_in_and_starts_nothing(study: Path) -> None:
    content = whole_bytes(study)
    app = alone("home")
    app.file_uploader[0].set_value(("theirs.db", content, "application/vnd.sqlite3"))
    pressed(app, "Import")
    assert study.with_name("theirs.db") in jobs.studies()
    assert "It can be read" in shown(app)


def test_what_is_no_study_is_told(folder: Path) -> None:
    app = alone("home")
    app.file_uploader[0].set_value(("notes.db", b"dear diary", "application/vnd.sqlite3"))
    pressed(app, "Import")
    assert jobs.studies() == [] and "notes.db is no study" in shown(app)


def test_a_damaged_study_can_be_deleted_beside_whole_ones(study: Path) -> None:
    (study.parent / "broken.db").write_bytes(b"no database" * 99)
    pressed(alone("home"), "Delete")
    assert jobs.studies() == [study]


def test_what_all_studies_took_is_their_sum(study: Path) -> None:
    shelf.duplicate(study, study.with_name("second.db"))
    calls = stored.about(study).spent["calls"]
    assert calls and f"all together {2 * calls:,.0f} calls" in shown(alone("home"))


@pytest.mark.parametrize("label", ["Delete", "Duplicate", "Save"])
def test_a_study_that_is_worked_on_is_neither_deleted_nor_duplicated_but_may_be_described(
    label: str, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(study)
    monkeypatch.setattr(shelf, "busy", lambda path: True)
    pressed(app, label)
    assert jobs.studies() == [study]
    assert ("worked on" in shown(app)) == (label != "Save")
