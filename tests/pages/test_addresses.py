"""The address says what is on screen: every control of every page is in it and opens elsewhere as it was; what isn't there is told, not replaced."""

import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from pages.landscape import selection
from pages.shared import show, site, stored
from tests.pages.opening import routed, texts
from tests.pages.test_pages import PAGES
from tests.rows import every_row
from tests.shared import copied

TITLES = {file: title for pages in site.MAP.values() for file, title, *_ in pages}
SECOND, CHECK, DEMO = {"study": "second-study"}, {"study": "check"}, {"study": "demo"}
# Where the controls of a page are met: addresses, beside the bare one, under which it shows others.
WHERE: dict[str, list[dict[str, str]]] = {
    "traces": [{"open": "1"}],
    "models": [{"build": "yes"}],
    "map": [{"words": "nagasaki", "quality": "yes"}],
    "timeline": [SECOND],
    "win_rates": [{"tab": each} for each in ("heatmap", "radar", "table")] + [{"readings": "yes"}],
    "compare": [{"tab": each} for each in ("chance", "shares", "table")],
    "evidence": [{"others": "yes"}],
    "reliability": [{"tab": each} for each in ("number", "again", "order")],
    "priming": [{"series": "new"}, DEMO],
    "examine": [{"own": "no"}, {"source": "questions"}],
    "recogniser": [{"tab": "new"}, CHECK],
    "adjudicate": [{**SECOND, "rater": "Ada"}, {"tab": "results"}],
    "present": [{"view": each} for each in ("screen", "all")],
    "human_rating": [{**SECOND, "rater": "Ada"}, {"tab": "invite"}, {**SECOND, "tab": "invite"}, {**SECOND, "tab": "results"}],
}
# What is no choice of what is shown: the study's own box, that of the selection (which the address holds), the search, judgements and words,
# keys (which no address may hold), and a panel that is being put together, until it is saved.
NO_VIEW = ("choice_study", "map_pick", "menu_search", "tick_", "rate_", "tell_", "pasted_", "keep_", "build_", "server_")
VIEWS = ("choice_tab", "choice_view", "choice_source", "choice_series", "choice_own")  # WHERE has them all
ASKS_FOR_A_FILE = {
    "new_run": {"translator", "foreign", "merged"},
    "recogniser": {"count"},
    "examine": {"title", *site.READING.split(), *site.SENDING.split()},
}
KINDS = ["selectbox", "multiselect", "number_input", "text_input", "toggle", "checkbox", "radio", "button_group", "slider", "select_slider"]
SLIDERS = {"choice_share": 0.7, "choice_since": 1900}  # those of which a test must name the values


def widgets(app: AppTest) -> Iterator[Any]:
    """Yield everything on the page that holds a choice of what is shown."""
    for kind in KINDS:
        yield from (each for each in app.get(kind) if not each.key.startswith(NO_VIEW))


def choices(app: AppTest) -> dict[str, Any]:
    """Return all that is chosen on the page: boxes, tabs, what is unfolded."""
    assert not [each.value for each in app.error if "cost cap" not in each.value] and not app.exception
    return {key: value for key, value in app.session_state.items() if key.startswith("choice_") and key != "choice_study"}


def chosen(widget: Any) -> Any:
    """Return what is chosen in a box, in the words on the screen where it offers some."""
    if widget.type in ("multiselect", "button_group") and isinstance(widget.value, list):
        return [widget.format_func(each) for each in widget.value]
    if widget.type in ("selectbox", "button_group") and widget.value is not None:
        return widget.format_func(widget.value)
    return widget.value


def otherwise(widget: Any) -> Any:
    """Return what else could be chosen, as `chosen` would; what is chosen now where there is nothing else."""
    now = chosen(widget)
    if widget.key in SLIDERS:
        return SLIDERS[widget.key]
    if widget.type == "number_input":
        return widget.max if now in (None, widget.min) else widget.min
    if isinstance(now, list):
        return now[:-1] or widget.options[:1]
    if widget.type in ("selectbox", "button_group"):
        return next((each for each in widget.options if each != now), now)
    return {"toggle": lambda: not now, "text_input": lambda: "a b&c=d?é", "slider": lambda: (now[0], round(sum(now) / 2, 2))}[widget.type]()


def changed(app: AppTest, but: set[str]) -> set[str]:
    """Choose otherwise in every box but some, one after the other, and return their keys; each choice stands, and is in the address."""
    tried: set[str] = set()
    while awaited := [each for each in widgets(app) if each.key not in {*tried, *but, *VIEWS}]:
        widget, before = awaited[0], dict(app.query_params)
        tried.add(widget.key)
        if (other := otherwise(widget)) != chosen(widget):
            widget.set_value(other).run()
            choices(app)
            assert chosen(next(each for each in widgets(app) if each.key == widget.key)) == other, f"{widget.key} is set back"
            assert app.query_params != before, f"{widget.key} is not in the address"
    return tried


def addresses(page: str) -> Iterator[dict[str, Any]]:
    """Yield the addresses under which the page shows other controls; on the map, one with a selection among them."""
    yield from ({"study": "rich-study", **said} for said in [{}, *WHERE.get(page, [])])
    if page == "map":
        yield routed(page, study="rich-study", words="nagasaki").button(key="map_add").click().run().query_params


@pytest.mark.parametrize("page", PAGES)
def test_every_choice_is_in_the_address_and_opens_elsewhere_as_it_was(page: str, library: Path) -> None:
    met: set[str] = set()
    for said in addresses(page):
        app = routed(page, **said)
        assert all(each.key.startswith("choice_") for each in widgets(app)), "what is chosen is in the address"
        tried = {f"choice_{name}" for name in said} | changed(app, met)
        here, elsewhere = choices(app), choices(fresh := routed(page, **app.query_params))
        assert elsewhere == {key: here.get(key) for key in elsewhere}
        assert set(elsewhere) >= {each.key for each in widgets(app)}
        assert fresh.query_params == app.query_params
        met |= {key for key in tried if key in here or key.removeprefix("choice_") in app.query_params}
    awaited = {f"choice_{name}" for name in site.SAYS.get(TITLES[page], "").split()}
    assert met >= awaited - {f"choice_{name}" for name in ASKS_FOR_A_FILE.get(page, ())}


def lost(app: AppTest, *names: str) -> None:
    """Check that the page says what of its address is not here, and shows nothing in its place."""
    told = app.error[0].value.replace("\\", "").replace(show.JOINER, "")
    assert all(name in told for name in names) and "open this page without it" in told
    drawn = [each for each in app.get("html") if not each.value.startswith("<style>")]
    assert not [*app.get("plotly_chart"), *app.dataframe, *app.metric, *drawn]
    assert not [each.key for each in widgets(app)]


@pytest.mark.parametrize("page", PAGES)
def test_a_study_that_is_not_here_ends_every_page(page: str, library: Path) -> None:
    for said in ("nonexistent", "rich-study~00000000", "../rich-study", "<b>rich-study</b>"):
        app = routed(page, study=said)
        lost(app, "study", "renamed or deleted")
        assert app.query_params["study"] == said, "the address is left for its reader to see"
    app.button(key="without").click().run()
    choices(app)
    assert "study" in app.query_params


@pytest.mark.parametrize("page", PAGES)
def test_a_word_that_the_page_does_not_know_ends_it(page: str, library: Path) -> None:
    app = routed(page, study="rich-study", valeu="SEC", **({"model": "aurora"} if page == "timeline" else {}))
    lost(app, "valeu", "model" if page == "timeline" else "")
    app.button(key="without").click().run()
    choices(app)


NOT_HERE = "Q" * 201  # no option, no number, and longer than a text may be
FORM = {*site.KNOBS.split(), *site.READING.split(), *site.SENDING.split(), *site.EXAMINING.split()}  # alike on all forms: tried on one


@pytest.mark.parametrize("page", PAGES)
def test_an_address_that_names_what_is_not_there_opens_nothing_else(page: str, library: Path) -> None:
    for name in site.SAYS.get(TITLES[page], "").split():
        if name in ASKS_FOR_A_FILE.get(page, ()) or (name in FORM and page != "new_run"):
            continue
        app = next((app for said in addresses(page) if (app := routed(page, **{**said, name: NOT_HERE})).error), None)
        assert app is not None, f"nowhere on the page is {name} missed"
        lost(app, f"{name}=QQQ", "There is")
        assert app.query_params[name] == NOT_HERE
        app.button(key="without").click().run()
        assert app.query_params.get(name) != NOT_HERE


ASTRAY = [
    ("win_rates", "examination", "E99"),
    ("evidence", "value", "QQQ"),
    ("traces", "question", "T999.9.9"),
    ("evidence", "question", "T999.9.9"),
    ("benchmark", "top", "0"),
    ("benchmark", "top", "nan"),
    ("benchmark", "top", "1e400"),
    ("benchmark", "score", "2~1"),
    ("benchmark", "score", "nan~nan"),
    ("new_run", "tau", "nan"),
    ("new_run", "budget", "7.5"),
    ("map", "selection", "xxxxxx.eJw"),
    ("map", "sets", "nonexistent~00000000:questions"),
    ("win_rates", "confidence", "0.950"),
]


@every_row("page, name, said", ASTRAY)
def test_altered_addresses(page: str, name: str, said: str, library: Path) -> None:
    lost(routed(page, study="rich-study", **{name: said}), f"{name}={said}")


def test_no_page_forgets_the_study_when_one_moves_on(library: Path) -> None:
    at = stored.address(library / "second-study.db")
    app = routed("home", study="second-study")
    for page in PAGES:
        app.query_params.clear()  # as a link in the sidebar does
        app.switch_page(f"pages/{page}.py").run()
        assert app.query_params["study"] == at, page
        assert "22222222" in texts(app) and "Care and duty" in texts(app), page
        if "sets" in app.query_params:
            assert app.query_params["sets"] == [f"{at}:questions", f"{at}:topics"], page


@pytest.mark.parametrize("page", PAGES)
def test_the_study_is_changed_at_the_top_of_every_page(page: str, library: Path) -> None:
    rich, second, copy = (library / f"{name}.db" for name in ("rich-study", "second-study", "copy"))
    copied(rich, copy)
    app = routed(page, study="rich-study")
    app.session_state["study_box"] = True
    box = app.run().radio(key="choice_study")
    assert len(set(box.options)) == len(box.options) == 5, "the same title and day three times, and all told apart"
    assert [each for each in box.options if "22222222" in each] and [each for each in box.options if each.endswith("file copy")]
    box.set_value(second).run()
    choices(app)
    assert app.query_params["study"] == stored.address(second)


def test_what_was_chosen_is_chosen_on_the_next_page_and_a_form_keeps_what_was_filled_in(library: Path) -> None:
    app = routed("win_rates", study="rich-study", examination="E1", model="cedar", value="SEC", method="trueskill")
    for page in ("evidence", "compare"):
        app.query_params.clear()
        app.switch_page(f"pages/{page}.py").run()
        assert (app.query_params["model"], app.query_params["method"]) == ("cedar", "trueskill")
    app.query_params.clear()
    app.switch_page("pages/new_run.py").run().number_input(key="choice_budget").set_value(77).run()
    app.query_params.clear()
    app.switch_page("pages/home.py").run().switch_page("pages/new_run.py").run()
    assert app.number_input(key="choice_budget").value == 77 and app.query_params["budget"] == "77"


def test_an_examination_chosen_in_one_study_is_not_chosen_in_another(library: Path) -> None:
    copied(library / "rich-study.db", library / "copy.db")
    first, other = (routed("win_rates", study=study).query_params["examination"] for study in ("copy", "rich-study"))
    app = routed("win_rates", study="rich-study", examination="E1")
    app.query_params.clear()
    app.query_params["study"] = "copy"
    assert first == other == app.run().query_params["examination"] != "E1"


@given(some.sets(some.integers(0, 12_309), max_size=200))
def test_a_selection_fits_an_address(rows: set[int]) -> None:
    said = selection.packed(sorted(rows), "abcdef0123", 12_310)
    assert len(said) <= 2_100
    assert selection.unpacked(said, "abcdef0123", 12_310) == sorted(rows)
    with pytest.raises(ValueError, match=r"."):
        selection.unpacked(said, "fedcba0123", 12_310)


def test_a_selection_of_every_other_question_fits_too_and_nonsense_is_none() -> None:
    rows = [int(each) for each in np.random.default_rng(1).permutation(12_310)[:6_155]]
    assert len(selection.packed(rows, "abcdef", 12_310)) <= 2_100
    bomb = urlsafe_b64encode(zlib.compress(b"\0" * 10**7, 9)).decode()
    for said in ("", "abcdef", "abcdef.", "abcdef.é", "abcdef.====", "abcdef.eJw", f"abcdef.{bomb}"):
        with pytest.raises(ValueError, match=r"|."):
            selection.unpacked(said, "abcdef", 12_310)
