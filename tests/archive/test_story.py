"""Titles and notes of a presentation are kept in the study."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adaem_core.archive import foreign
from adaem_core.archive.story import Said, story, tell
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from tests.pages.fixture_study import write_study


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_study(tmp_path / "study.db")


def said(path: Path) -> dict[str, Said]:
    with Study.read(path) as study:
        return story(study)


def test_what_is_said_at_a_step_is_kept_beside_the_others(path: Path) -> None:
    tell(path, "asked", " Our\nquestion ", "Say hello. ")
    tell(path, "limits", "", "Mind the n")
    tell(path, "asked", "Our question", "")
    assert said(path) == {"asked": Said("Our question"), "limits": Said("", "Mind the n")}
    assert foreign.own(path)


@pytest.mark.parametrize(("title", "note"), [("t" * 201, ""), ("", "n" * 2001)])
def test_what_is_too_long_is_told_and_not_stored(path: Path, title: str, note: str) -> None:
    with pytest.raises(BadInput, match="200 letters"):
        tell(path, "asked", title, note)
    assert said(path) == {}


@pytest.mark.parametrize("value", ["[]", '{"asked": 7}', '{"asked": {"title": 7}}', '{"asked": {"titel": "x"}}', "{"])
def test_a_damaged_story_is_told(path: Path, value: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('story', ?)", (value,))
    with pytest.raises(BadInput, match="story"):
        said(path)
