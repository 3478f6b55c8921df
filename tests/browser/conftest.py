"""The real app in a real browser: one server per studies folder, Chromium without a network."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.apparatus import cache_in

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -r requirements-dev.txt")
ROOT = Path(__file__).resolve().parents[2]
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
    servers: list[subprocess.Popen[bytes]] = []

    def start(studies: Path) -> str:
        port = free_port()
        places = {"ADAEM_STUDIES_DIR": str(studies), "ADAEM_CACHE_DIR": str(cache_in(tmp_path_factory.mktemp("app"), embeddings))}
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            f"--server.port={port}",
            "--server.headless=true",
            "--server.address=127.0.0.1",
        ]
        log = (tmp_path_factory.mktemp("log") / "app.log").open("wb")
        servers.append(subprocess.Popen(command, cwd=ROOT, env={**os.environ, **places}, stdout=log, stderr=log))
        wait_until_healthy(port)
        return f"http://127.0.0.1:{port}"

    yield start
    for server in servers:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_healthy(port: int) -> None:
    """Return when the server answers; fail after a minute."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the app did not start within a minute")
