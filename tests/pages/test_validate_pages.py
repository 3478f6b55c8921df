"""The pages of Validate on the rich study with an examination, with a second one, with a retest and with odd choices."""

import re
import sqlite3
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import stored
from tests.pages.fixture_examination import write_examination
from tests.pages.fixture_library import again
from tests.pages.opening import alone, errorless, shown
from tests.shared import copied

SINGLE = ("reliability", "predictive", "convergence")
PAIRS = {"side_by_side": "Neither can be said", "panels_compared": "the same panel"}  # page → what it says of equal studies
TABS = ("parts", "number", "again", "order")


@pytest.fixture
def two(examined: Path) -> Path:
    """A second study beside the first, with the same examination."""
    copied(examined, examined.with_name("second-study.db"))
    return examined


def sound(app: AppTest) -> str:
    """Return the texts of a page that shows no error, no NaN and nothing hostile."""
    errorless(app)
    sent = shown(app)
    assert not re.search(r"\bnan\b", sent, re.IGNORECASE)
    return sent


@pytest.mark.parametrize("page", PAIRS)
def test_one_examination_alone_asks_for_another(page: str, examined: Path) -> None:
    assert "A second examination is needed" in sound(alone(page))


@pytest.mark.parametrize("page", SINGLE)
def test_a_verdict_with_its_criterion_by_every_method(page: str, examined: Path) -> None:
    for method in ("rasch", "trueskill"):
        said = {} if page == "reliability" else {"method": method}  # which is about shares
        assert "Criterion:" in sound(alone(page, **said)), method


@pytest.mark.parametrize("page", PAIRS)
def test_two_equal_studies_are_compared(page: str, two: Path) -> None:
    app = alone(page, study="rich-study", against=f"{stored.address(two.with_name('second-study.db'))}/E1")
    sent = sound(app)
    assert "4 common models" in sent
    assert "SIMULATED" in sent
    assert PAIRS[page] in sent
    assert app.dataframe


def test_every_view_of_reliability(examined: Path) -> None:
    app = alone("reliability")
    for tab in TABS:
        app.query_params["tab"] = tab
        assert "Criterion:" in sound(app.run()), tab


def test_a_retest_is_found_and_judged(examined: Path) -> None:
    again(examined, reworded=False)
    app = alone("reliability")
    app.query_params["tab"] = "again"
    assert "asked 2 times" in sound(app.run())


def test_a_reworded_examination_is_found_and_judged(examined: Path) -> None:
    again(examined, reworded=True)
    app = alone("reliability", examination="E1")
    app.query_params["tab"] = "order"
    assert "40 questions in two wordings" in sound(app.run())


def test_approximation_without_exact_scores_says_what_to_do(study: Path) -> None:
    sent = sound(alone("approximation"))
    assert "cannot be computed because" in sent
    assert "reward: exact" in sent


def test_approximation_scores_stored_answers_again(study: Path) -> None:
    connection = sqlite3.connect(study)
    connection.execute("UPDATE questions SET form = 'exact' WHERE total IS NOT NULL")
    connection.commit()
    connection.close()
    app = alone("approximation")
    app.toggle(key="choice_counted").set_value(True).run(timeout=90)
    sent = sound(app)
    assert "Do both put questions in the same order?" in sent
    assert len(app.dataframe[0].value) == 15


def test_convergence_with_a_chosen_name(examined: Path) -> None:
    sent = sound(alone("convergence", model="aurora", published="GPT-4o"))
    assert "So few points find only correlations of .77 and more" in sent
    assert "n = 10 values" in sent


def test_calibration_is_simulated_and_says_which_method_did_better(folder: Path) -> None:
    app = alone("calibration")
    sent = sound(app)
    assert "recovered the planted order better than" in sent
    assert "adaem_core calibrate" in sent
    for measure in ("coverage", "rmse"):
        for against in ("models", "miss", "labelling"):
            app.selectbox(key="choice_measure").set_value(measure)
            sound(app.selectbox(key="choice_by").set_value(against).run())


@pytest.mark.parametrize("page", SINGLE)
@pytest.mark.parametrize("count", [1, 3])
def test_few_questions_are_no_error(page: str, count: int, study: Path) -> None:
    write_examination(study, count=count, title="Few", simulated=False)
    app = alone(page)
    sound(app)
    if page == "reliability":
        for tab in TABS:
            app.query_params["tab"] = tab
            sound(app.run())
