"""New examination: from a study, from questions, from answers; what it takes, what it can show, and the worker it starts."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.work import jobs
from pages.measure import examine
from tests.pages.opening import routed

QUESTIONS = (
    "nr,question,category\n" + "".join(f"{n},Should law {n} stand?,Law\n" for n in range(1, 6)) + "6,=HYPERLINK(1) <img src=x>?,Law\n"
)
ANSWER = "Stance: Yes\nKey Points:\n1. Safety: rules are kept\n2. Care: people matter"
ANSWERS = "model,question,answer\n" + "".join(f'm{n},Should law 1 stand?,"{ANSWER}"\n' for n in (1, 2))
Started = list[tuple[Path, str, tuple[str, ...]]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """Return the list that a started worker adds to: study, act, arguments."""
    seen: Started = []
    monkeypatch.setattr(jobs, "start", lambda path, act="", *, keys, **arguments: seen.append((path, act, arguments)))
    return seen


def from_file(kind: str, key: str, name: str, content: str) -> AppTest:
    app = routed("examine")
    app.segmented_control(key="choice_source").set_value(kind).run()
    app.file_uploader(key=key).upload(name, content.encode()).run()
    assert not app.exception
    return app


def made(path: Path) -> examinations.Examination:
    with Study.read(path) as study:
        return examinations.every(study)[-1]


def test_the_best_questions_of_a_study_are_examined_with_its_own_models(study: Path, started: Started) -> None:
    app = routed("examine")
    app.number_input(key="choice_top").set_value(6).run()
    calls = next(each.value for each in app.metric if each.label == "Calls")
    app.button(key="examine").click().run()
    assert not app.exception and not [each for each in app.error if "cost cap" not in each.value]
    each = made(study)
    assert len(each.asked) == 6 and each.examinees == ("aurora", "boreal", "cedar", "delta")
    assert int(calls.replace(",", "")) == 6 * 4 * 2 + 10 * 3 * 10, "answers, readings, and ten answers read twice"
    path, act, arguments = started[0]
    assert (path, act, arguments) == (study, "examine", {"examination": each.id, "read_twice": 10, "read_seed": 1})


def test_questions_from_a_file_make_a_study_of_their_own(folder: Path, started: Started) -> None:
    app = from_file(examine.QUESTIONS, "upload_False", "bench.csv", QUESTIONS)
    app.text_input(key="choice_title").set_value("Law bench").run()
    app.multiselect(key="choice_examinees").set_value(["aurora", "harbor"]).run()
    assert any("without a pilot" in each.value for each in app.caption)
    app.button(key="examine").click().run()
    each = made(folder / "law-bench.db")
    assert len(each.asked) == 6 and each.examinees == ("aurora", "harbor") and each.asked[0].category == "Law"
    assert started[0][0] == folder / "law-bench.db"


def test_what_is_left_out_of_a_file_and_what_may_be_no_question_is_told_before_it_is_asked(folder: Path) -> None:
    app = from_file(examine.QUESTIONS, "upload_False", "bench.csv", "# a remark\n" + QUESTIONS + "7,should law 1 stand?,Law\n8,Law,Law\n")
    told = [each.value.replace("\\", "") for each in app.caption]
    for words in ("begin with #", "stands there before", "may be no questions: 1 (“Law”)"):
        assert any(words in each for each in told), told


def test_answers_from_a_file_cost_only_their_reading(folder: Path, started: Started) -> None:
    app = from_file(examine.ANSWERS, "upload_True", "answers.csv", ANSWERS)
    assert next(each.value for each in app.metric if each.label == "Calls") == str(2 + 2 * 3 * 10), (
        "each is read once, and once more by the other protocol"
    )
    app.button(key="examine").click().run()
    each = made(folder / "my-examination.db")
    assert each.imported and each.examinees == ("m1", "m2")
    with Study.read(folder / "my-examination.db") as study:
        assert [len(answer.response.opinions) for answer in examinations.answers(study, each)] == [2, 2]


def test_a_bad_file_is_told_by_its_line_and_nothing_can_start(folder: Path) -> None:
    app = from_file(examine.ANSWERS, "upload_True", "answers.csv", "model,question,answer\n,Is it?,Yes\n")
    assert "line 2: model is empty" in app.error[0].value.replace("\\", "")
    assert not [each for each in app.button if each.key == "examine" and not each.disabled]


def test_nobody_chosen_is_asked_for(study: Path) -> None:
    app = routed("examine")
    app.multiselect(key="choice_examinees").set_value([]).run()
    assert any("at least one model" in each.value for each in app.info)


def test_a_busy_study_is_refused_in_words(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = routed("examine")
    monkeypatch.setattr(jobs, "watch", lambda path: jobs.Job("running", heartbeat=9e9))
    app.button(key="examine").click().run()
    assert any("is being worked on" in each.value for each in app.info)
