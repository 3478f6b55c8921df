"""The pages of Measure on an examination with planted leanings, lost answers and hostile texts."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from adaem_core.archive.study import Study
from adaem_core.messages import Completion, Purpose, Request
from adaem_core.work import jobs
from pages.measure import win_rates
from pages.shared import controls, site
from tests.pages.fixture_examination import CATEGORIES, EXAMINEES, LOST, read_again, write_examination
from tests.pages.fixture_study import FORMULA
from tests.pages.opening import alone, errorless, read, routed, texts

PAGES = ("win_rates", "topic_radars", "compare", "evidence", "missing")
KNOWN = {
    page: site.SAYS.get(title, "").split() for pages in site.MAP.values() for page, title, *_ in pages
}  # parameters of each page's address
METHODS = {"trueskill": "TrueSkill (the paper", "rasch": "Rasch model"}


@pytest.mark.parametrize("page", PAGES)
def test_renders_marked_by_the_method_in_the_address_and_with_hostile_texts_as_text(page: str, examined: Path) -> None:
    assert "SIMULATED · 40 questions × 4 models" in errorless(routed(page))
    for model, (method, told) in zip(EXAMINEES[2:], METHODS.items(), strict=True):
        said = {"model": model, "category": "<b>Hostile</b>", "method": method, "confidence": "0.9"}
        question = {"question": "T003.30.1"} if page == "evidence" else {}
        app = alone(page, **question, **{name: each for name, each in said.items() if name in KNOWN[page]})
        assert errorless(app)
        if page != "missing":
            assert told in read(app)
            assert "90% intervals" in read(app)


def test_win_rates_warn_below_a_hundred_questions(examined: Path) -> None:
    app = alone("win_rates")
    assert "Only 40 questions" in app.warning[0].value
    labels = {each.label: each.value for each in app.metric}
    assert labels["Questions"] == "40"
    assert 0 < float(labels["Smallest difference seen"]) < 1


def test_a_newly_chosen_cell_is_followed_and_a_standing_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, list[str]] = {}
    monkeypatch.setattr(win_rates.st, "session_state", {})
    monkeypatch.setattr(controls, "put", said.__setitem__)
    standings: Any = SimpleNamespace(examinees=("aurora", "cedar"), dimensions=("SEL", "SEC"))

    def chosen(*points: object) -> tuple[str, str] | None:
        return win_rates.cell_of({"selection": {"points": list(points)}}, standings)

    cell = chosen({"customdata": [1, 1]})
    win_rates.follow(cell)
    assert said == {"model": ["cedar"], "value": ["SEC"]}
    said["model"] = ["aurora"]
    win_rates.follow(cell)
    assert said["model"] == ["aurora"]
    assert [chosen(), *map(chosen, ({}, {"customdata": [1]}, {"customdata": ["x", 0]}, {"customdata": [2, 0]}, {"customdata": 3}))] == [
        None
    ] * 6


def test_a_newly_chosen_row_is_followed_and_a_standing_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, list[str]] = {}
    monkeypatch.setattr(controls.st, "session_state", {})
    monkeypatch.setattr(controls, "put", said.__setitem__)
    controls.picked("question", ["a", "b"], [1])
    assert said == {"question": ["b"]}
    said["question"] = ["a"]
    controls.picked("question", ["a", "b"], [1])
    assert said["question"] == ["a"]
    controls.picked("question", ["a"], [7])


def test_categories_with_too_few_questions_say_so(examined: Path) -> None:
    app = alone("topic_radars")
    sent = texts(app).replace("\\", "")
    titles = [json.loads(each.proto.spec)["layout"]["title"]["text"] for each in app.get("plotly_chart")]
    assert titles == ["Economics and Business · 16 questions", "Social and Cultural Issues · 14 questions"]
    assert "the category has 7 questions and at least 10 are needed" in sent
    assert "Without a category: cannot be computed" in sent
    assert "Entertainment and Arts" in sent, "what no question covers is named"


def test_comparing_offers_two_different_models(examined: Path) -> None:
    assert "other=aurora" in alone("compare", model="aurora", other="aurora").error[0].value.replace("\\", "")
    app = alone("compare", model="cedar", other="aurora")
    app.selectbox(key="choice_model").set_value("aurora").run()
    assert not app.error and app.query_params["other"] == "boreal", "a choice makes room for itself"
    separating = next(each.value for each in app.dataframe if "only_first" in each.value and "rarity" in each.value)
    assert separating["values"].is_monotonic_decreasing
    assert separating["values"].iloc[0] > 2


def test_the_evidence_of_a_number_is_in_the_address(examined: Path) -> None:
    app = alone("evidence", model="boreal", value="SEL", shown="missing", question="T004.7.1")
    assert not app.exception
    assert app.query_params["question"] == "T004.7.1"
    assert set(app.dataframe[0].value["label"]) == {"missing"}
    assert len(app.dataframe[0].value) == sum(model == "boreal" for model, _ in LOST)
    assert any("Refused to answer" in each.value for each in app.html)


def test_the_evidence_counts_its_labels(examined: Path) -> None:
    app = alone("evidence", model="aurora", value="SEL")
    kinds = app.dataframe[0].value["label"].value_counts()
    told = next(each.value for each in app.metric if each.label == "Answers that express it")
    assert told == f"{kinds['expressed']} of {kinds['expressed'] + kinds['not expressed']}"
    assert kinds["missing"] == 1, "the answer that the recogniser did not read"


def test_refusals_are_counted_by_model_and_listed(examined: Path) -> None:
    app = alone("missing")
    assert "6 of 160 answers" in texts(app)
    listed = app.dataframe[1].value
    assert sorted(listed["kind"]) == sorted(["refused", "refused", "unreadable", "failed", "values not read", "no answer stored"])
    assert CATEGORIES[39] == ""


def test_what_failed_is_asked_again_at_the_press_of_a_button_and_the_rest_is_final(examined: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs, "start", lambda *told, keys, **fields: seen.append((*told, fields)))
    app = alone("missing")
    listed = app.dataframe[1].value
    assert set(listed.loc[listed["ends"] == "asked again", "kind"]) == {"failed", "no answer stored"}
    assert "2 of the missing answers can be asked for again" in texts(app)
    button = next(each for each in app.button if each.key == "failed_again")
    assert button.label == "Ask failed ones again (2)"
    button.click().run()
    assert seen == [(examined, "examine", {"examination": "E1", "read_twice": 0})]


def test_a_finished_job_can_ask_its_failed_ones_again(examined: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "watch", lambda path: jobs.Job("finished", act="examine", done=40, total=40))
    assert [each.label for each in routed("monitor").button if each.key == "failed_again"] == ["Ask failed ones again (1)"]


def test_pressed_answers_are_told_and_win_rates_can_leave_them_out(examined: Path) -> None:
    with Study.write(examined) as study:
        key = study.select("SELECT request FROM responses WHERE subject LIKE 'E1:%' AND outcome = 'answered' AND request != '' LIMIT 1")[0][
            "request"
        ]
        study.record("here", Request("boreal", (), purpose=Purpose.REPAIR), Completion("Stance: Yes", key))
        study.connection.execute("UPDATE calls SET purpose = 'repair' WHERE key = ?", (key,))
    assert "answers came only when a model was asked once more" in texts(alone("missing"))
    kept, without = ({each.label: each.value for each in alone("win_rates", pressed=way).metric} for way in ("kept", "left-out"))
    assert kept["Missing answers"] != without["Missing answers"]


def test_formulas_are_shown_as_text_in_tables(examined: Path) -> None:
    assert any(str(text).startswith(FORMULA) for text in alone("evidence").dataframe[0].value["question"])


@pytest.mark.parametrize("page", PAGES)
def test_few_questions_are_no_error(page: str, study: Path) -> None:
    write_examination(study, count=1, title="One", simulated=False)
    app = alone(page)
    assert not app.exception
    assert not app.error
    assert "nan" not in texts(app).replace("finance", "")


def test_the_agreement_of_two_readings_is_told(examined: Path) -> None:
    read_again(examined)
    app = alone("win_rates")
    app.query_params["readings"] = "yes"
    app.run()
    assert not app.exception
    told = next(each.value for each in app.dataframe if "kappa" in each.value)
    assert told["n"].iloc[0] == 20, "five questions of four models"
    assert told["share"].iloc[-1] == 1


def test_one_reading_alone_says_how_to_get_another(examined: Path) -> None:
    app = alone("win_rates")
    app.query_params["readings"] = "yes"
    assert "read by the batched protocol only" in texts(app.run())
