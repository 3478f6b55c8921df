"""Whatever asks models: each reason why it may not start greys its button and stands beside it, and nothing is started; else it starts."""

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.settings import ChatSettings
from adaem_core.work import jobs
from pages.find.choose import OWN
from pages.measure import examine
from tests.pages.fixture_examination import EXAMINEES, write_examination
from tests.pages.opening import alone

FREE = Panel(
    "small",
    (
        *(ModelSpec(name, "simulated/aurora", (Role.EXAMINEE,)) for name in EXAMINEES),
        ModelSpec("recogniser", "simulated/recogniser", (Role.RECOGNISER,)),
    ),
)
UNPRICED = Panel("small", (replace(FREE.models[0], model="openai/none-such"), *FREE.models[1:]))
ROLES = "p1, p2, examinee, recogniser"
FILE = "models:\n  - {{name: m1, model: {0}, roles: [{1}]}}\n  - {{name: m2, model: {0}, roles: [p1, p2, examinee]}}\n"
QUESTIONS, LABELS = "question\nShould law 1 stand?\nShould law 2 stand?\n", "text,SEC\nRules,1\nNothing,0\n"
KEYS = {"new_run": "run", "examine": "examine", "priming": "prime", "reliability": "ask_again", "recogniser": "check_start"}
ON_STUDIES, WITH_A_FILE = ("examine", "priming", "reliability"), ("new_run", "examine", "recogniser")
Started = list[tuple[object, ...]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """Return what jobs were started with."""
    seen: Started = []
    monkeypatch.setattr(jobs, "start", lambda *told, keys, **fields: seen.append((*told, fields)))
    return seen


def on_study(page: str) -> AppTest:
    """Return a page that adds to the study at hand, where it offers to start."""
    return alone(page, **{"priming": {"examination": "E1"}, "reliability": {"examination": "E1", "tab": "again"}}.get(page, {}))


def with_file(page: str, panel: str = "") -> AppTest:
    """Return a page that makes a study of its own, all its files given."""
    app = alone(page)
    if page == "examine":
        app.segmented_control(key="choice_source").set_value(examine.QUESTIONS).run()
        app.file_uploader(key="upload_False").upload("bench.csv", QUESTIONS.encode()).run()
    if page == "recogniser":
        app.segmented_control(key="choice_tab").set_value("new").run()
        app.file_uploader(key="labels").upload("labels.csv", LABELS.encode()).run()
    if panel:
        app.selectbox(key="choice_panel").select(OWN).run()
        app.file_uploader(key="own_panel").upload("panel.yaml", panel.encode()).run()
    assert not app.exception
    return app


def why_not(app: AppTest, page: str) -> str:
    """Return what stands beside the button, which must be greyed."""
    assert app.button(key=KEYS[page]).disabled
    assert not app.exception and not app.error
    return "\n".join(str(each.value) for each in app.info).replace("\\", "")


@pytest.mark.parametrize("page", ON_STUDIES)
def test_with_nothing_in_its_way_work_on_a_study_starts(page: str, study: Path, started: Started) -> None:
    write_examination(study, panel=FREE)
    app = on_study(page)
    assert not app.info and any(each.label == "Calls" for each in app.metric)
    app.button(key=KEYS[page]).click().run()
    assert started[0][:2] == (study, {"examine": "examine", "priming": "prime", "reliability": "retest"}[page])


@pytest.mark.parametrize("page", WITH_A_FILE)
def test_with_nothing_in_its_way_work_on_a_new_study_starts(page: str, folder: Path, started: Started) -> None:
    app = with_file(page, FILE.format("simulated/aurora", ROLES))
    assert not app.info
    app.button(key=KEYS[page]).click().run()
    assert started and Path(str(started[0][0])).parent == folder


@pytest.mark.parametrize("page", ON_STUDIES)
def test_the_demo_stays_as_it_is(page: str, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_examination(study, panel=FREE)
    monkeypatch.setattr("pages.shared.stored.demos", lambda: [study])
    app = on_study(page)
    assert any(each.label == "Calls" for each in app.metric), "what it would take is shown all the same"
    assert "demo study is finished" in why_not(app, page)


@pytest.mark.parametrize("page", ON_STUDIES)
def test_a_study_that_is_worked_on_is_waited_for(page: str, study: Path, started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    write_examination(study, panel=FREE)
    app = on_study(page)
    monkeypatch.setattr(jobs, "watch", lambda path: jobs.Job("running", heartbeat=9e9))
    app.button(key=KEYS[page]).click().run()
    assert "is being worked on" in why_not(app, page)
    assert not started, "it was pressed before the browser knew"


@pytest.mark.parametrize("page", ("priming", "reliability"))
def test_a_model_of_the_study_without_a_price_is_asked_about(page: str, study: Path) -> None:
    write_examination(study, panel=UNPRICED)
    app = on_study(page)
    assert next(each.value for each in app.metric if each.label == "Money") == "unknown"
    assert f"What does **{EXAMINEES[0]}** cost?" in why_not(app, page)


@pytest.mark.parametrize("page", WITH_A_FILE)
def test_a_model_of_a_file_without_a_price_is_asked_about(page: str, folder: Path) -> None:
    app = with_file(page, FILE.format("openai/none-such", ROLES))
    assert "What does **m1" in why_not(app, page)


def test_replaying_needs_no_price(folder: Path, started: Started) -> None:
    app = with_file("new_run", FILE.format("openai/none-such", ROLES))
    app.toggle(key="choice_replay").set_value(True).run()
    app.button(key="run").click().run()
    assert started


@pytest.mark.parametrize("page", WITH_A_FILE)
def test_without_a_recogniser_nobody_could_read_the_answers(page: str, folder: Path) -> None:
    app = with_file(page, FILE.format("simulated/aurora", "p1, p2, examinee"))
    assert "role recogniser" in why_not(app, page)


@pytest.mark.parametrize("page", ON_STUDIES)
def test_a_cap_that_is_used_up_is_told(page: str, study: Path) -> None:
    write_examination(study, panel=FREE)
    Study.note(study, chat=asdict(ChatSettings(max_calls=1)))
    assert "The cap on calls is reached" in why_not(on_study(page), page)


@pytest.mark.parametrize("page", WITH_A_FILE)
def test_a_cap_of_nothing_is_told(page: str, folder: Path) -> None:
    app = with_file(page)
    app.number_input(key="choice_max_calls").set_value(0).run()
    assert "The cap on calls is reached: 0 of 0 are spent. Raise it above." in why_not(app, page)


@pytest.mark.parametrize("page", ("priming", "reliability"))
def test_answers_of_a_file_cannot_be_given_again(page: str, study: Path) -> None:
    write_examination(study, panel=FREE)
    with Study.write(study) as file:
        examinations.create(file, replace(examinations.one(file, "E1"), id="", imported=True))
    app = on_study(page)
    app.query_params["examination"] = "E2"
    assert "read from a file" in why_not(app.run(), page)


def nobody(app: AppTest) -> AppTest:
    return app.multiselect(key="choice_examinees").set_value([]).run()


def nothing(app: AppTest) -> AppTest:
    return app.multiselect(key="choice_targets").set_value([]).run()


@pytest.mark.parametrize(("page", "left_empty", "says"), [("examine", nobody, "one model to examine"), ("priming", nothing, "one target")])
def test_somebody_must_be_chosen(page: str, left_empty: Callable[[AppTest], AppTest], says: str, study: Path) -> None:
    write_examination(study, panel=FREE)
    assert says in why_not(left_empty(on_study(page)), page)


def test_every_reason_is_told_at_once(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_examination(study, panel=UNPRICED)
    monkeypatch.setattr("pages.shared.stored.demos", lambda: [study])
    told = why_not(on_study("reliability"), "reliability")
    assert "demo study is finished" in told and "cost?" in told
