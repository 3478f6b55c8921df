"""The menu: few entries in the order of work, every page under one of them, what the study has of each, and what a search finds."""

import re
from collections import Counter
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from adaem_core.values import value_system
from pages.menu import search, standing
from pages.shared import site, stored
from tests.pages.fixture_study import IMAGE
from tests.pages.opening import ROOT, routed

FILES = {path.stem for path in (ROOT / "pages").glob("*.py")}


def entries(app: AppTest) -> list[str]:
    """Return the steps as the menu names them."""
    return [each.label for each in app.sidebar.expander]


def test_seven_entries_at_most_hold_every_page_once() -> None:
    listed = Counter(file for pages in site.MAP.values() for file, *_ in pages)
    assert set(listed) == FILES and set(listed.values()) == {1}
    assert len(site.MAP[""]) + len(site.MAP) - 1 <= 7
    assert max(map(len, site.MAP.values())) <= 9 and set(site.ICONS) == set(site.MAP) - {""}


def test_the_steps_say_what_the_study_has_and_only_the_pages_own_is_unfolded(examined: Path) -> None:
    app = routed("win_rates")
    has = {each.label.split("  ")[0]: each.label for each in app.sidebar.expander}
    assert list(has) == [step for step in site.MAP if step]
    assert "1 examination]" in has["Measure"] and has["Compare"] == "Compare"
    assert {each.label.split("  ")[0] for each in app.sidebar.expander if each.proto.expanded} == {"Measure"}


def test_without_a_study_and_beside_a_damaged_one_the_menu_is_whole(folder: Path) -> None:
    steps = [step for step in site.MAP if step]
    assert entries(routed("home")) == steps
    (folder / "broken.db").write_bytes(b"no database" * 99)
    assert entries(routed("home")) == steps


def test_counts_are_those_of_the_tables(examined: Path) -> None:
    has = standing.counts(examined)
    assert has["questions"] == len(stored.table("questions", examined)) > 0
    assert (has["examinations"], has["checks"]) == (1, 0)
    assert standing.told(examined)["Validate"] == "", "what nobody did is not counted as 0"


def searched(words: str) -> AppTest:
    """Return the first page after somebody has searched for the words."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["menu_search"] = words  # later runs of a test would be of the page alone
    assert not app.run().exception
    return app


def found(words: str, path: Path) -> list[tuple[str, str]]:
    """Return page and text of what the words find."""
    return [(hit.file, hit.text) for hit in search.hits(words, path)]


def test_a_search_finds_pages_values_models_and_questions_and_leads_to_each(examined: Path) -> None:
    assert ("topic_radars", "Radars by topic") in found("RADAR", examined)
    value = value_system("schwartz").dimensions[0]
    assert ("evidence", value.name) in found(value.name, examined)
    assert ("evidence", "aurora") in found("aurora", examined)
    frame = stored.table("questions", examined)
    id, text = frame.loc[0, ["id", "text"]]
    hit = next(each for each in search.hits(" ".join(text.split()[:4]), examined) if each.file == "traces")
    assert hit.query == {"study": stored.address(examined), "question": id}
    for each in search.hits("a", examined):  # whatever is found can be opened
        assert not routed(each.file, **each.query).error


def test_all_words_must_be_there_and_each_kind_gives_five_at_most(examined: Path) -> None:
    assert found("radar nonsense", examined) == []
    assert len([hit for hit in search.hits("e", examined) if "question" in hit.query]) == search.MOST


def test_what_is_searched_for_and_found_stays_text(examined: Path) -> None:
    assert "Nothing found" in searched("xyzzy").sidebar.caption[0].value
    hostile = next(text for text in stored.table("questions", examined)["text"] if "<" in text)
    app = searched(hostile)
    labels = [each.proto.label for each in app.sidebar.get("page_link")]
    assert any("img" in each for each in labels), "it is found"
    assert not [each for each in labels if IMAGE in each or re.search(r"(?<!\\)\]\(", each)]
    assert set(app.query_params) <= {"study"}


@pytest.mark.parametrize("words", ["", "   "])
def test_nothing_searched_for_finds_nothing(words: str, examined: Path) -> None:
    assert not searched(words).sidebar.caption
