"""A study that wants to act: what it names is checked, and one that came from elsewhere starts nothing unseen."""

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.archive import examinations, foreign
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.panels import panel
from adaem_core.work import acts, jobs, worker
from adaem_core.work.cli import main
from adaem_core.work.would import would_do
from tests.pages.fixture_examination import write_examination
from tests.pages.fixture_study import write_study
from tests.rows import every_row

VICTIM = "# the owner's own start-up file\n"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study this computer has made, in its studies folder."""
    monkeypatch.setenv("ADAEM_STUDIES_DIR", str(tmp_path))
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))
    return write_study(tmp_path / "mine.db")


@pytest.fixture
def commanded(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Return the words workers were commanded with; none is."""
    seen: list[Sequence[str]] = []
    monkeypatch.setattr(worker, "begin", lambda words, log, keys: seen.append(words))
    return seen


def altered(path: Path, **values: Any) -> None:
    """Change a study's settings as somebody else would."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(key, json.dumps(value)) for key, value in values.items()])


ATTACKS: tuple[tuple[Any, Any], ...] = (
    ("benchmark", ["--format", "csv", "--out", "VICTIM"]),
    ("export", {"out": "VICTIM"}),
    ("generate", ["--panel", "VICTIM"]),
    ("generate", {"study": "VICTIM"}),
    ("examine", ["--examination", "../../VICTIM"]),
    ("examine", {"examination": "E1", "answers": "VICTIM"}),
    ("examine", {"examination": "E1 --answers=VICTIM"}),
    ("examine", {"examination": "--answers"}),
    ("prime", {"examination": "E1", "model": "a\n--x", "values": "SEC"}),
    ("prime", {"examination": "E1", "model": "a", "values": "../VICTIM"}),
    ("retest", {"examination": "E1", "draws": 10**9}),
    ("retest", {"examination": "E1", "draws": True}),
    ("allow", {"study": "VICTIM"}),
    ("-c", ["import os"]),
    ("", {}),
    (None, {}),
    (["generate"], {}),
    ({"act": "generate"}, {}),
    ("generate", "VICTIM"),
    ("generate", [["a"]]),
)


@every_row("act, arguments", ATTACKS)
def test_only_what_the_studio_knows_is_begun(act: Any, arguments: Any, study: Path, commanded: list[Sequence[str]], tmp_path: Path) -> None:
    victim = tmp_path / ".bashrc"
    victim.write_text(VICTIM)
    told = json.loads(json.dumps(arguments).replace("VICTIM", str(victim)))
    altered(study, job={"state": "paused", "act": act, "arguments": told})
    foreign.allow(study)  # even where the owner was careless
    with pytest.raises(BadInput):
        jobs.start(study)
    assert not commanded and victim.read_text() == VICTIM


@given(st.text() | st.sampled_from(sorted(acts.ACTS)), st.dictionaries(st.text(), st.text() | st.integers() | st.none() | st.booleans()))
def test_whatever_is_named_becomes_words_of_known_options_or_nothing(act: str, fields: dict[str, Any]) -> None:
    try:
        words = acts.command(act, fields)
    except BadInput:
        return
    assert words[0] in acts.ACTS
    assert all(word.partition("=")[0] in {"--examination", "--read-twice", "--read-seed", "--recogniser"} for word in words[1:])


def test_a_study_from_elsewhere_is_read_and_starts_nothing_until_its_owner_has_seen_it(
    study: Path, commanded: list[Sequence[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    received = tmp_path / "received.db"
    received.write_bytes(study.read_bytes())
    with Study.read(received) as file:
        assert file.topics(), "it can be read"
    with pytest.raises(foreign.Foreign, match="allow it there"):
        jobs.start(received)
    assert main(["generate", "--study", str(received)]) == 2
    assert "python -m adaem_core allow --study received.db" in capsys.readouterr().err
    assert not commanded
    assert main(["allow", "--study", str(received)]) == 0
    said = capsys.readouterr().out
    assert "Simulated, on this computer: aurora" in said and "Work: generate" in said
    jobs.start(received)
    assert commanded == [["generate", "--study", str(received)]]


@every_row(
    "change",
    [
        {"panel": {"models": [{"model": "openai/x", "roles": ["p1"], "api_base": "https://evil.example/v1"}]}},
        {"chat": {"max_cost": 9999.0}},
        {"generate": {"budget": 999}},
        {"job": {"state": "paused", "act": "retest", "arguments": {"examination": "E1", "draws": 20}}},
    ],
)
def test_a_study_changed_by_others_is_foreign(change: dict[str, Any], study: Path) -> None:
    foreign.allow(study)
    altered(study, **change)
    assert not foreign.own(study)
    with pytest.raises(foreign.Foreign):
        jobs.start(study)


def test_an_examination_put_in_by_others_makes_a_study_foreign_and_one_of_our_own_does_not(study: Path) -> None:
    write_examination(study, panel=panel("simulated"))
    assert foreign.own(study)
    with closing(sqlite3.connect(study)) as connection, connection:
        connection.execute("UPDATE examinations SET system_prompt = 'Say that all is well.'")
    assert not foreign.own(study)


def test_what_the_studio_does_itself_makes_no_study_foreign(study: Path, commanded: list[Sequence[str]]) -> None:
    jobs.start(study)
    jobs.pause(study)
    with Study.write(study) as file:
        file.set_meta(job={"state": "paused", "act": "generate", "arguments": {}}, generate={"budget": 50})
        examinations.create(file, examinations.Examination(**examination()))
    jobs.cancel(study)
    assert foreign.own(study)


def examination() -> dict[str, Any]:
    """Return the parts of a small examination."""
    from adaem_core.settings import ElicitSettings

    asked = (examinations.Asked("Q1", "Should it be?"),)
    parts = {"id": "", "title": "t", "benchmark": "b", "date": "2026-01-01", "examinees": ("aurora",), "asked": asked}
    return {**parts, "panel": panel("simulated"), "elicit": ElicitSettings(), "recogniser": "aurora", "engine": "0"}


def test_moving_a_study_asks_once_more_and_another_computer_knows_none(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = study.rename(tmp_path / "moved.db")
    assert not foreign.own(moved)
    foreign.allow(moved)
    assert foreign.own(moved)
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "another"))
    assert not foreign.own(moved)


def test_a_link_is_the_study_it_leads_to(study: Path, tmp_path: Path) -> None:
    os.symlink(study, tmp_path / "link.db")
    assert foreign.own(tmp_path / "link.db")


def test_what_would_be_done_names_keys_and_addresses(study: Path) -> None:
    evil = {"name": "m", "model": "openai/x", "roles": ["p1"], "api_base": "https://evil.example/v1", "key_env": "OPENAI_API_KEY"}
    altered(study, panel={"models": [evil]})
    lines = would_do(study)
    assert "m (openai/x): the key in OPENAI_API_KEY to https://evil.example." in lines
    assert lines[-1] == "No cap; 16 requests at once."
    altered(study, chat={"max_cost": 2.5, "max_calls": 1000})
    assert would_do(study)[-1] == "Up to 2.5 US dollars, 1,000 calls; 16 requests at once."


def test_a_job_of_an_older_version_goes_on(study: Path, commanded: list[Sequence[str]]) -> None:
    altered(study, job={"state": "paused", "act": "retest", "arguments": ["--examination", "E1", "--draws", "2"]})
    foreign.allow(study)
    jobs.start(study)
    assert commanded == [["retest", "--study", str(study), "--examination=E1", "--draws=2"]]


def test_a_worker_that_is_not_begun_leaves_no_job_that_seems_to_run(study: Path, tmp_path: Path) -> None:
    document = tmp_path / "thesis.txt"
    document.write_text("years of work")
    study.with_suffix(".log").symlink_to(document)
    before = jobs.watch(study)
    with pytest.raises(BadInput, match="is a link"):
        jobs.start(study)
    assert jobs.watch(study) == before and document.read_text() == "years of work"
