"""The studies pages are opened on: none, a small one with everything a page can meet, and the same with an examination.

Streamlit's caches stay as they are from test to test: readings are kept by the path and state of a study, and every test has paths of its own.
"""

import functools
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from filelock import FileLock
from streamlit.components.v2 import manifest_scanner

from adaem_core.archive.companions import locked
from adaem_core.archive.origin import SIMULATED
from adaem_core.archive.study import Study
from adaem_core.chat.embed import WHEEL
from adaem_core.landscape.project import address
from adaem_core.visualize.tables_landscape import question_set, together, topic_set
from adaem_core.work import drawing
from tests.pages.downloads import PICTURES, about
from tests.pages.fixture_examination import write_examination
from tests.pages.fixture_library import write_library
from tests.pages.fixture_study import write_study
from tests.shared import copied, made_once

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session", autouse=True)
def components() -> Iterator[None]:
    """Let Streamlit look through the installed packages once: at every opening it would take longer than most pages do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", functools.cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the cache of this test: what one test left would be found by the next."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(folder))
    return folder


@pytest.fixture(autouse=True)
def begun(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return the addresses of maps that pages began to draw; no worker is started, but each map's lock is held."""
    seen: list[str] = []
    held: list[FileLock] = []

    def start(texts: Sequence[str], method: str, seed: int = 0) -> None:
        seen.append(address(texts, WHEEL, method, seed))
        drawing.note(seen[-1], drawing.Drawing("running", "Embedding the questions", 0, len(texts), pid=os.getpid()))
        held.append(locked(drawing.status_file(seen[-1])))

    monkeypatch.setattr(drawing, "start", start)
    yield seen
    for each in held:
        each.release()


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Callable[[], bytes]]]:
    """Note what pages offer to download, by name, and see in the end that each file but pictures, which take longer, says what it is of."""
    files: dict[str, Callable[[], bytes]] = {}
    offer = st.download_button

    def noted(label: str, make: Callable[[], bytes], name: str, *more: Any, **other: Any) -> bool:
        files[name] = make
        return offer(label, make, name, *more, **other)

    monkeypatch.setattr(st, "download_button", noted)
    yield files
    for name, make in files.items():
        if not name.endswith(PICTURES):
            told = list(about(name, make(), tmp_path_factory.mktemp("offered")))
            assert all("·" in each for each in told if not name.endswith(".db")), f"{name} does not say what it is of"
            assert all(each.startswith(SIMULATED) == name.startswith(SIMULATED) for each in told), f"{name} is simulated, or is not"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty studies folder that the app uses, with no demo beside it."""
    monkeypatch.setenv("ADAEM_STUDIES_DIR", str(tmp_path))
    monkeypatch.setattr("pages.shared.stored.demos", list)
    return tmp_path


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the rich study that others are copies of."""
    return write_study(tmp_path_factory.mktemp("written") / "rich-study.db")


@pytest.fixture(scope="session")
def written_examined(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the rich study with an examination that others are copies of."""
    return write_examination(copied(written, tmp_path_factory.mktemp("examined")))


@pytest.fixture
def study(folder: Path, written: Path) -> Path:
    """Return the rich study, in the app's folder."""
    return copied(written, folder)


@pytest.fixture
def examined(folder: Path, written_examined: Path) -> Path:
    """Return the rich study with an examination, in the app's folder."""
    return copied(written_examined, folder)


@pytest.fixture(scope="session")
def drawings(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache with the plain map of the rich study's questions and topics, drawn by the first worker that needs it."""

    def make(folder: Path) -> None:
        with Study.read(written) as opened, pytest.MonkeyPatch.context() as patch:
            sets = [question_set(opened, "rich-study: questions"), topic_set(opened, "rich-study: topics")]
            patch.setenv("ADAEM_CACHE_DIR", str(folder))
            drawing.draw(together(sets)["text"].tolist(), "pca", 0)

    return made_once(tmp_path_factory, "drawings", make)


@pytest.fixture(scope="session")
def written_library(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the library that others are copies of."""
    return made_once(tmp_path_factory, "library", lambda folder: write_library(folder, written))


@pytest.fixture
def library(folder: Path, written_library: Path, cache: Path, drawings: Path) -> Path:
    """Return a folder of studies on which every control can be met, with the plain map of the rich study's questions and topics drawn."""
    shutil.copytree(drawings, cache, dirs_exist_ok=True)
    for study in written_library.glob("*.db"):
        copied(study, folder)
    return folder
