"""The Landscape pages, used: a map is drawn and explored by keyboard, sets are measured, topics explained, studies compared."""

import re
import shutil
from pathlib import Path

import pytest

from adaem_core.archive.study import Study
from adaem_core.visualize.tables_landscape import together, topic_set
from adaem_core.work import drawing
from pages.landscape import embedding
from pages.landscape.map import found
from pages.landscape.quality import common
from pages.landscape.selection import caught
from pages.shared import stored
from tests.pages.fixture_study import IMAGE, write_study
from tests.pages.opening import routed, shown, texts


@pytest.fixture
def drawn(study: Path, cache: Path, drawings: Path) -> Path:
    """Return the rich study with the plain map of its questions and topics drawn."""
    shutil.copytree(drawings, cache, dirs_exist_ok=True)
    return study


def test_a_small_map_is_begun_at_once(study: Path, begun: list[str]) -> None:
    app = routed("map")
    assert len(begun) == 1 and not app.button
    app.multiselect(key="choice_sets").set_value([f"{stored.address(study)}:questions"]).run()
    assert len(begun) == 1, "one at a time"
    assert [each.label for each in app.button] == ["Draw it by PCA"]


def test_a_large_map_offers_to_be_drawn_and_says_how_long_it_takes(study: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "UNASKED", 10)
    app = routed("map")
    assert "not been drawn yet. It takes about 10 seconds" in shown(app)
    assert not begun
    app.button[0].click().run()
    assert len(begun) == 1 and not app.button


def test_a_map_that_failed_is_not_begun_again_unasked(study: Path, begun: list[str]) -> None:
    routed("map")
    drawing.note(begun[0], drawing.Drawing("failed", message="The disk is full."))
    app = routed("map")
    assert "The disk is full" in shown(app)
    assert len(begun) == 1 and [each.label for each in app.button] == ["Draw it by PCA"]


def test_the_map_without_a_study_shows_shipped_topics(folder: Path) -> None:
    assert routed("map").multiselect(key="choice_sets").value == ["shipped:general"]


def test_search_and_selection_by_keyboard(drawn: Path) -> None:
    app = routed("map")
    assert "trustworthiness 0." in shown(app)
    app.text_input(key="choice_words").set_value("nagasaki").run()
    app.button(key="map_add").click().run()
    assert not app.exception
    assert "Selection: 13 of 19" in shown(app)
    assert "Characteristic words" in shown(app)
    assert "Nearest neighbours" in shown(app)
    app.button(key="map_clear").click().run()
    assert "Selection: 0 of 19" in shown(app)
    app.text_input(key="choice_words").set_value("").run()
    app.multiselect(key="map_pick").select("rich-study: topics · T001").run()
    assert "Selection: 1 of 19" in shown(app)


def test_a_layout_that_is_not_there_yet_leaves_the_plain_one(drawn: Path) -> None:
    app = routed("map")
    app.segmented_control(key="choice_layout").set_value("tsne").run()
    assert not app.exception
    assert "Until t-SNE is ready you see PCA." in shown(app)


def test_the_map_in_every_colour(drawn: Path) -> None:
    app = routed("map")
    for colour in ("set", "category", "score", "author"):
        app.selectbox(key="choice_colour").set_value(colour).run()
        assert not app.exception, colour


def test_what_the_browser_says_was_caught_is_checked() -> None:
    points = [{"customdata": 3}, {"customdata": [1]}, {"customdata": 3}, {"customdata": 99}, {"customdata": -1}, {}]
    assert caught(points, 10) == [1, 3]


def test_search_needs_all_words(study: Path) -> None:
    with Study.read(study) as opened_study:
        frame = together([topic_set(opened_study, "t")])
    assert found(frame, "TOWNS cars").tolist() == [3]
    assert found(frame, "  ").tolist() == []


def test_quality_of_sets_and_of_authors(drawn: Path) -> None:
    app = routed("quality")
    frame = app.dataframe[0].value
    assert frame["Number"].tolist() == [15, 4]
    assert re.fullmatch(r"\d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\]", frame["Self-BLEU"][0])
    assert frame["Mean similarity"][0]
    app.selectbox(key="choice_by").set_value("author").run()
    assert not app.exception
    assert app.dataframe[0].value["Number"].sum() == 15
    assert IMAGE not in texts(app)


def test_quality_without_embeddings_offers_them(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "UNASKED", 10)
    app = routed("quality")
    assert [each.label for each in app.button] == ["Measure similarity, too"]
    assert set(app.dataframe[0].value["Mean similarity"]) == {""}


def test_the_reference_sample_is_one_that_all_sets_have() -> None:
    assert common(200, [48, 12, 3]) == 12
    assert common(200, [900, 300]) == 200
    assert common(200, [4, 5]) == 200, "tiny sets decide nothing"


def test_topics_say_why_one_was_preferred(study: Path) -> None:
    app = routed("topics")
    assert "Pulled 2 of 8 times." in shown(app)
    app.segmented_control(key="choice_of").set_value("topics").run()
    assert not app.exception


def test_two_studies_side_by_side(study: Path) -> None:
    write_study(study.with_name("other.db"), simulated=False)
    app = routed("efficiency")
    other = app.selectbox(key="choice_beside")
    other.set_value(other.options[0]).run()
    assert not app.exception
    assert "simulated: one of the two only" in shown(app)
    assert "questions here minus there: +0.00" in shown(app)
