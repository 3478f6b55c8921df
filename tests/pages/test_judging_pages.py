"""The pages on which people judge: judge, undo, results; hostile texts stay text; no name, no judgement; the demo is read-only."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from adaem_core.archive.judgements import judge, judgements
from adaem_core.archive.study import Study
from adaem_core.work import cli
from pages.validate import human_rating, judged
from tests.pages.fixture_examination import EXAMINEES
from tests.pages.fixture_study import IMAGE
from tests.pages.opening import alone, texts


@pytest.fixture
def examined(examined: Path) -> Path:
    """Return the examined study with a drawn sample of opinions to label."""
    judged.keep_sample(examined, "E1", 20)
    return examined


def kept(path: Path, kind: str) -> list[str]:
    with Study.read(path) as study:
        return [each.item for each in judgements(study, kind)]


def tab(page: str) -> AppTest:
    return alone(page, tab="results")


def test_opinions_are_labelled_undone_and_blind(examined: Path) -> None:
    app = alone("adjudicate", rater="Ada")
    for _ in range(3):
        app.checkbox[0].check()
        app.button(key="next").click().run()
    assert not app.exception
    assert len(set(kept(examined, "adjudication E1"))) == 3
    app.button(key="undo").click().run()
    assert len(set(kept(examined, "adjudication E1"))) == 2
    sent = texts(app) + "".join(str(each.value) for each in app.text)
    assert not any(name in sent for name in EXAMINEES[:3])
    assert "κ =" not in sent
    assert IMAGE not in texts(app)


def test_nothing_ticked_is_not_taken_for_none(examined: Path) -> None:
    app = alone("adjudicate", rater="Ada")
    app.button(key="next").click().run()
    assert kept(examined, "adjudication E1") == []
    app.button(key="none").click().run()
    assert len(set(kept(examined, "adjudication E1"))) == 1


def test_without_a_name_nothing_can_be_judged(examined: Path) -> None:
    app = alone("adjudicate", rater="   ")
    assert "Give your name" in texts(app)
    assert not app.checkbox


def test_raters_who_repeat_the_machine_give_perfect_scores(examined: Path) -> None:
    found, drawn = judged.opinions(examined, "E1"), judged.sample(examined, "E1")
    assert drawn is not None
    ids = judged.system_of(examined).ids
    for rater in ("Ada", "Bo"):
        for item in drawn.items:
            labels = found.labels[found.items.index(item)]
            judge(examined, "adjudication E1", rater, item, {id: str(int(each)) for id, each in zip(ids, labels, strict=True)})
    people, scores = judged.people(examined, "E1")
    assert people.agreement.value == 1
    assert scores is not None
    assert scores.all.accuracy.value == 1
    app = tab("adjudicate")
    assert not app.exception
    assert "Trustworthy by this reference" in "".join(str(each.value) for each in app.success)


def test_people_who_disagree_are_no_yardstick(examined: Path) -> None:
    drawn = judged.sample(examined, "E1")
    assert drawn is not None
    ids = judged.system_of(examined).ids
    for rater, parity in (("Ada", 0), ("Bo", 1)):
        for place, item in enumerate(drawn.items):
            labels = {id: str(int(d == 0 or (place + d) % 2 == parity)) for d, id in enumerate(ids)}
            judge(examined, "adjudication E1", rater, item, labels)
    assert "to be a yardstick" in texts(tab("adjudicate"))


def test_questions_are_rated_undone_and_compared(study: Path) -> None:
    Study.note(study, **{human_rating.KEY: human_rating.chosen(study, None, 3)})
    app = alone("human_rating", rater="heron-42")
    app.button(key="next").click().run()
    assert kept(study, "quality") == [], "nothing is stored before all three aspects are rated"
    for _ in range(3):
        for place in range(3):
            app.get("button_group")[place].set_value(2).run()
        app.button(key="next").click().run()
    assert len(set(kept(study, "quality"))) == 3
    app.button(key="undo").click().run()
    assert len(set(kept(study, "quality"))) == 2
    for item in judged.meta(study, human_rating.KEY):
        for rater in ("Ada", "Bo"):
            judge(study, "quality", rater, item["id"], dict.fromkeys(("rationality", "controversy", "value elicitation"), "3"))
    app = tab("human_rating")
    assert not app.exception
    assert not app.error
    assert IMAGE not in texts(app)


def test_a_demo_is_read_only(examined: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shared.stored.demos", lambda: [examined])
    for page in ("adjudicate", "human_rating"):
        app = alone(page, rater="Ada")
        assert "demo study is finished" in texts(app)
        assert not app.checkbox


def test_a_file_check_is_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(folder / "cache"))
    (folder / "in.csv").write_text(f"text,SEC,TRA\nRules people can rely on {IMAGE},1,0\nOld customs,0,1\nNothing,0,0\n")
    assert cli.main(["recognise", "--study", str(folder / "check.db"), "--in", str(folder / "in.csv")]) == 0
    app = alone("recogniser")
    assert not app.exception
    assert not app.error
    assert IMAGE not in texts(app)
    assert "SIMULATED" in texts(app)


def test_a_new_check_shows_its_cost_and_starts_a_worker(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr("adaem_core.work.jobs.start", lambda _, act, keys, **fields: begun.append((act, fields)))
    app = alone("recogniser")
    app.segmented_control(key="choice_tab").set_value("new").run()
    app.file_uploader(key="labels").upload("in.csv", b"text,SEC\nRules,1\nNothing,0\nOld ways,0\nMore,1\n", "text/csv").run()
    assert [each.value for each in app.metric if each.label == "Calls"] == ["2"], "four texts, three to a request"
    app.button(key="check_start").click().run()
    assert begun == [("examine", {"examination": "E1", "read_twice": 0})]
    assert len(judged.checks(folder / "recogniser-check.db")) == 1
