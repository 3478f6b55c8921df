"""A small study with everything a page can meet: accepted and rejected rewrites, refusals, unreadable answers, duplicates, hostile texts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from tests.pages.fixture_study import write_study

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty studies folder that the app uses, with no demo beside it."""
    monkeypatch.setenv("ADAEM_STUDIES_DIR", str(tmp_path))
    monkeypatch.setattr("pages.shared.cached.demos", list)
    st.cache_data.clear()
    yield tmp_path
    st.cache_data.clear()


@pytest.fixture
def study(folder: Path) -> Path:
    """Return the rich study, in the app's folder."""
    return write_study(folder / "rich-study.db")
