"""A study told in steps: each is drawn, named in the address, carries the presenter's words as text, and says nothing that the study doesn't."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from adaem_core.archive.examinations import Asked
from adaem_core.archive.story import story
from adaem_core.archive.study import Study
from adaem_core.write.findings import Finding
from pages.measure import readings as measured
from pages.report import steps
from pages.report.steps import STEPS, Told, telling
from pages.shared import show, stored
from tests.pages.fixture_study import HOSTILE
from tests.pages.opening import alone, errorless, shown


def told(path: Path) -> Told:
    """Return the study with its examination, as the page does."""
    return Told(path, measured.examination(path, "E1"), stored.system_of(path), measured.labels(path, "E1"))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("view", ["steps", "screen"])
def test_each_step_is_drawn_marked_and_says_where_one_is(step: str, view: str, examined: Path) -> None:
    app = alone("present", step=step, view=view)
    said = errorless(app)
    assert app.header[0].value == show.plain(STEPS[step][0]) and "SIMULATED" in said
    assert f"{list(STEPS).index(step) + 1} of {len(STEPS)}" in said


def test_all_steps_stand_on_one_page_to_be_printed(examined: Path) -> None:
    app = alone("present", view="all")
    errorless(app)
    assert [each.value for each in app.header] == [show.plain(title) for title, _ in STEPS.values()]


def test_next_and_back_lead_through_the_steps_by_the_address(examined: Path) -> None:
    app = alone("present")
    names = list(STEPS)
    for name in names[1:]:
        app.button(key="present_Right").click().run()
        assert app.query_params["step"] == name
    assert app.button(key="present_Right").disabled
    app.button(key="present_Left").click().run()
    assert app.query_params["step"] == names[-2]


def test_leaving_the_whole_screen_stays_at_the_step(examined: Path) -> None:
    app = alone("present", step="limits", view="screen")
    app.button(key="leave").click().run()
    assert (app.query_params["view"], app.query_params["step"]) == ("steps", "limits")


def test_titles_and_notes_are_the_presenters_and_stay_text(examined: Path) -> None:
    app = alone("present", step="asked")
    app.text_input[0].set_value("Our question")
    app.text_area[0].set_value(HOSTILE)
    next(each for each in app.button if each.label == "Save").click()
    app.run()
    with Study.read(examined) as study:
        assert (story(study)["asked"].title, story(study)["asked"].note) == ("Our question", HOSTILE)
    app = alone("present", step="asked", view="screen")
    assert app.header[0].value == "Our question"
    errorless(app)


def test_the_question_that_is_shown_is_one_on_which_the_two_differ(examined: Path) -> None:
    shown_now = told(examined)
    asked, models = telling(shown_now)
    found, labels = shown_now.finding, shown_now.labelled.labels
    if not found.dimension:
        assert asked == shown_now.examination.asked[0]
        return
    assert models == (found.high, found.low)
    row = labels.questions.index(asked.id)
    d = labels.dimensions.index(found.dimension)
    assert labels.expressed[row, [labels.examinees.index(each) for each in models], d].tolist() == [1.0, 0.0]


def test_where_no_two_models_differ_no_question_is_said_to_show_it(examined: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The finding is that there is nothing to find."""
    monkeypatch.setattr(steps.findings, "difference", lambda *_: Finding("No two can be told apart.", "That shows nothing."))
    said = errorless(alone("present", step="answers"))
    assert "One question of many" in said and "differ on it" not in said


def test_checks_that_nobody_made_are_not_said_to_be_done(examined: Path) -> None:
    said = errorless(alone("present", step="checks"))
    assert "not done yet" in said and ":green-badge" not in said
    limits = shown(alone("present", step="limits"))
    assert "invented respondents" in limits and "was not checked" in limits


def test_a_check_of_something_else_does_not_hide_that_the_reading_was_not_checked(examined: Path) -> None:
    with closing(sqlite3.connect(examined)) as connection, connection:
        connection.execute("UPDATE examinations SET part_of = 'retest E1' WHERE id <> 'E1'")
        connection.execute("INSERT INTO judgements VALUES ('quality', 'Ada', 'Q1', 'sense', '1', '2026-01-01')")
    assert "was not checked" in shown(alone("present", step="limits"))
    with closing(sqlite3.connect(examined)) as connection, connection:
        connection.execute("INSERT INTO judgements VALUES ('adjudication E1', 'Ada', 'Q1', 'SEL', '1', '2026-01-01')")
    assert "was not checked" not in shown(alone("present", step="limits"))


def test_questions_that_no_search_has_found_are_not_called_contested(examined: Path) -> None:
    grown = told(examined)
    assert (" contested questions" in shown(alone("present"))) is grown.grown
    brought = replace(grown, examination=replace(grown.examination, asked=(Asked("mine", "Is it so?"),)))
    assert not brought.grown


def test_without_an_examination_it_says_what_to_do(study: Path) -> None:
    assert "no examination yet" in errorless(alone("present"))
