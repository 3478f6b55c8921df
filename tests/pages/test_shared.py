"""The pieces pages are made of: text that stays text, knobs that fit their settings, files that are checked."""

import html
import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from adaem_core.records import Answer, Label, Opinion, Outcome, Recognition, Response
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import value_system
from adaem_core.visualize.style import palette
from pages.find import benchmark, trial
from pages.shared import answers, launch, show
from tests.pages.fixture_study import HOSTILE, IMAGE
from tests.rows import every_row

MARKUP = some.text(some.sampled_from(list("<>[]()!*_`~#$:|\\@{}\"'=-+./wW ahttp\n\té")), max_size=60)


@given(MARKUP)
def test_plain_text_has_no_live_markup(text: str) -> None:
    shown = show.plain(text)
    unescaped = re.sub(r"\\[!-/:-@\[-`{-~]", "", shown)
    assert not re.search(r"[!-/:-@\[-`{-~]", unescaped), "all ASCII punctuation is escaped"
    assert "\n" not in shown
    bare = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown)
    assert not re.search(r":\w|www\.|\w@\w|->|<-|--|>=|<=|~=", bare), "nothing that Streamlit looks for in text is left whole"
    assert bare.replace(show.JOINER, "") == " ".join(text.split()), "the reader sees every letter"


def answer(*labels: Label, text: str = HOSTILE) -> Answer:
    response = Response("q", IMAGE, Outcome.ANSWERED, "yes", (Opinion("Point", text), Opinion("Other", "words")))
    return Answer(response, Recognition("q", IMAGE, "r", "batched", Outcome.ANSWERED, labels))


def test_a_card_escapes_every_text() -> None:
    system = value_system("schwartz")
    shown = answers.card(answer(Label(0, "SEC", "<img src=x"), Label(1, "<b>", "words")), palette(system), {})
    tags = set(re.findall(r"<(/?\w+)", shown))
    assert {tag.strip("/") for tag in tags} <= {"div", "span", "ol", "li", "mark"}
    assert html.escape(IMAGE) in shown


@given(some.text(max_size=80), some.lists(some.text(max_size=10), max_size=4))
def test_segments_join_to_the_text(text: str, evidence: list[str]) -> None:
    pieces = answers.segments(text, [Label(0, "SEC", each) for each in evidence])
    assert "".join(piece for piece, _ in pieces) == text


def test_segments_mark_the_evidence_whatever_its_case() -> None:
    assert answers.segments("A stable society lasts", [Label(0, "SEC", "a Stable society")]) == [
        ("A stable society", "SEC"),
        (" lasts", None),
    ]


def test_the_first_of_overlapping_evidence_wins() -> None:
    found = answers.segments("a stable society", [Label(0, "SEC", "stable society"), Label(0, "TRA", "a stable")])
    assert found == [("a ", None), ("stable society", "SEC")]


@every_row("kind", [GenerateSettings, ElicitSettings, ChatSettings])
def test_every_knob_has_a_widget_with_its_default(kind: type) -> None:
    def script(name: str) -> None:
        import streamlit as st

        from adaem_core import settings
        from pages.find import knobs

        st.session_state["made"] = knobs.knobs(getattr(settings, name))

    app = AppTest.from_function(script, args=(kind.__name__,), default_timeout=30).run()
    assert not app.exception
    assert kind.read(app.session_state["made"]) == kind()
    assert set(app.session_state["made"]) == {each.name for each in fields(kind)}


def test_a_study_gets_a_safe_file_name(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_STUDIES_DIR", str(tmp_path))
    assert launch.new_path("../../etc/Care & duty!").stem == "etc-care-duty"
    assert launch.new_path("///").stem == "study"


def test_a_taken_name_gets_a_number(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_STUDIES_DIR", str(tmp_path))
    for name in ("care", "care-2"):
        (tmp_path / f"{name}.db").touch()  # type: ignore[operator]
    assert launch.new_path("Care").stem == "care-3"


def test_narrowing_treats_words_literally() -> None:
    import pandas as pd

    frame = pd.DataFrame({"text": ["a.b?", "axb"], "total": [1.0, 2.0], "author": ["m", "n"]})
    assert list(benchmark.narrowed(frame, {"author": []}, "A.B", (1, 2))["text"]) == ["a.b?"]
    assert list(benchmark.narrowed(frame, {"author": ["n"]}, "", (1, 2))["text"]) == ["axb"]
    assert benchmark.narrowed(frame, {"author": []}, "", (1.5, 1.7)).empty


def test_a_probe_without_json_tells_its_last_words() -> None:
    assert trial.read_probe("a\n") == []
    assert trial.read_probe('noise\n[{"ok": true}]\nmore\n') == [{"ok": True}]


def test_lengths_of_time_are_told_in_words() -> None:
    assert [launch.duration(each) for each in (None, 10, 60, 600, 7200)] == [
        "unknown",
        "under a minute",
        "about a minute",
        "10 min",
        "2.0 hours",
    ]
