"""Regions and Timeline, used: an author is chosen, a country's questions are read, kinds of time are left out, a file is added."""

from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st

from adaem_core.archive.table import How, read_table
from adaem_core.panels import Panel
from pages.find.files import Taken
from pages.landscape import places, question_sets
from tests.pages.fixture_study import SETTINGS
from tests.pages.opening import routed, shown

CSV = b"""question,author
Should France ban cars by 2030?,nova
Should France ban dogs after 2019?,nova
Should Japan keep cash?,vega
Is the 1990s law of Brazil fair?,vega
Is care a duty?,vega
"""


def own(name: str, content: bytes) -> dict[str, question_sets.Own]:
    """Return a file of questions as the page holds it once it was dropped."""
    source, how = (name, content), How()
    return {name: (Taken(source, how, read_table(source, how)), "question")}


@pytest.fixture
def given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder beside an uploaded set of five questions."""
    st.cache_resource.clear()
    monkeypatch.setattr(question_sets, "uploads", lambda: own("mine.csv", CSV))
    return folder


def test_regions_of_an_uploaded_set(given: Path) -> None:
    app = routed("regions")
    app.multiselect(key="choice_sets").set_value(["file:mine.csv"]).run()
    assert not app.exception
    assert "5 questions, 4 name a country · 2 authors or sets" in shown(app)
    assert app.selectbox(key="choice_country").value == "FR"
    assert app.dataframe[-1].value["text"].tolist() == ["Should France ban cars by 2030?", "Should France ban dogs after 2019?"]
    app.selectbox(key="choice_author").set_value("vega").run()
    assert not app.exception
    assert "3 questions, 2 name a country · vega" in shown(app)
    assert app.dataframe[-1].value["text"].tolist() in (["Should Japan keep cash?"], ["Is the 1990s law of Brazil fair?"])


def test_timeline_of_an_uploaded_set(given: Path) -> None:
    app = routed("timeline")
    app.multiselect(key="choice_sets").set_value(["file:mine.csv"]).run()
    assert not app.exception
    assert "5 questions, 3 (60.0%) name a time" in shown(app)
    assert "No knowledge cut-off is known" in shown(app)
    assert app.dataframe[-1].value["named"].tolist() == ["2030", "2019", "1990s"]
    app.toggle(key="choice_beyond").set_value(True).run()
    assert "No question names such a time." in shown(app)


def test_what_names_nothing_says_so(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_sets, "uploads", lambda: own("none.csv", b"question\nIs care a duty?\n"))
    for page, told in (("regions", "names a country"), ("timeline", "names a year")):
        app = routed(page)
        app.multiselect(key="choice_sets").set_value(["file:none.csv"]).run()
        assert not app.exception
        assert told in shown(app)


def test_the_question_map_can_be_coloured_by_them() -> None:
    offered = question_sets.Offered("file", "m", "m", "mine.csv")
    chosen = question_sets.Chosen(question_sets.read(offered, own("mine.csv", CSV)).assign(key="k"), "digest", False, ("m",), ())
    assert {"country", "year"} <= set(question_sets.colours(chosen))
    assert places.country_names(chosen) == ["France", "France", "Japan", "Brazil", ""]
    assert [str(each) for each in places.last_years(chosen)] == ["2030.0", "2019.0", "nan", "1999.0", "nan"]


def test_cutoffs_are_those_of_the_panels_cards(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aurora, *others = SETTINGS.panel.models
    made = replace(SETTINGS, panel=Panel("p", (replace(aurora, knowledge_cutoff="2024-06"), *others)))
    monkeypatch.setattr("pages.shared.stored.made", lambda path: made)
    assert places.cutoffs_of(study) == {"aurora": "2024-06"}
