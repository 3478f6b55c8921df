"""Readings: made once per what their arguments stand for, anew when a study changes, and never confused with each other."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.panels import Panel, panel
from adaem_core.settings import ElicitSettings, MeasureSettings
from adaem_core.values import value_system
from pages.shared.readings import Digested, reading

asked: list[object] = []
NOBODY = Panel("p", ())


@dataclass(frozen=True)
class Large:
    name: str
    ignored: object


@reading()
def size(path: Path) -> int:
    asked.append(path)
    return path.stat().st_size


@reading()
def told(*arguments: object, **named: object) -> int:
    asked.append(arguments)
    return len(asked)


@reading(copied=False, keyed_by={Large: lambda each: each.name})
def same(large: Large, _aside: object = None) -> list[str]:
    asked.append(large)
    return [large.name]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()
    asked.clear()


def test_a_file_is_read_again_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "study.db"
    file.write_text("one")
    assert [size(file), size(file)] == [3, 3] and len(asked) == 1
    file.write_text("three")
    os.utime(file, ns=(1, 1))
    assert size(file) == 5 and len(asked) == 2


def test_a_write_ahead_log_is_a_change_of_its_study(tmp_path: Path) -> None:
    file = tmp_path / "study.db"
    file.write_text("one")
    size(file)
    (tmp_path / "study.db-wal").write_text("more")
    size(file)
    assert len(asked) == 2


def test_a_file_that_comes_is_seen(tmp_path: Path) -> None:
    from pages.landscape.readings import picture_in

    assert picture_in(tmp_path / "none.npz") is None
    with pytest.raises(FileNotFoundError):
        size(tmp_path / "none.npz")
    (tmp_path / "none.npz").write_text("here")
    assert size(tmp_path / "none.npz") == 4


@pytest.mark.parametrize(
    ("one", "alike", "other"),
    [
        (Digested("a", None), Digested("a", object()), Digested("b", None)),  # type: ignore[arg-type]
        (MeasureSettings(), MeasureSettings(), MeasureSettings(method="trueskill")),
        (value_system("schwartz"), value_system("schwartz"), value_system("moral_foundations")),
        (("a", 1), ("a", 1), ("a", "1")),
        (
            Examination("E1", "t", "b", "2026-01-01", ("m",), (), NOBODY, ElicitSettings(), "", ""),
            Examination("E1", "t", "b", "2026-01-01", ("m",), (), panel("simulated"), ElicitSettings(), "", ""),
            Examination("E2", "t", "b", "2026-01-01", ("m",), (), NOBODY, ElicitSettings(), "", ""),
        ),
    ],
)
def test_arguments_are_kept_by_what_stands_for_them(one: object, alike: object, other: object) -> None:
    assert told(one) == told(alike) == 1
    assert told(other) == 2
    assert told(one, by=1) == 3 and told(one, by=2) == 4


def test_a_large_thing_is_shared_not_copied_and_what_is_aside_does_not_count() -> None:
    first = same(Large("x", object()), _aside=1)
    assert same(Large("x", object()), _aside=2) is first
    assert len(asked) == 1
