"""The real app in a real browser: one server per studies folder, Chromium without a network."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.end_to_end.apparatus import cache_in
from tests.serving import served

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -r requirements-dev.txt")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """Return a running browser; not for the whole session: while it lives, no test in this process can have an event loop of its own."""
    if not CHROMIUM.is_file():
        pytest.skip(f"no browser at {CHROMIUM}: install Chromium, or name one in the variable CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory, embeddings: Path) -> Iterator[Callable[[Path], str]]:
    """Return a function that starts the app on a studies folder and returns its address; its cache has the vectors all tests share."""
    servers = ExitStack()

    def start(studies: Path) -> str:
        places = {"ADAEM_STUDIES_DIR": str(studies), "ADAEM_CACHE_DIR": str(cache_in(tmp_path_factory.mktemp("app"), embeddings))}
        return f"http://127.0.0.1:{servers.enter_context(served(tmp_path_factory.mktemp('log') / 'app.log', places))}"

    with servers:
        yield start
