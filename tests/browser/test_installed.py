"""The installed app, opened with its own command from a folder that has nothing to do with it: it is served, and looks as it should."""

import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.installing import installed
from tests.serving import OTHER_ADDRESS, asked, free_port, reached, wait_until_healthy

ACCENT = "rgb(42, 112, 110)"  # primaryColor of the light theme in .streamlit/config.toml


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an installed app that answers."""
    studio, port = installed(tmp_path_factory.mktemp("installed")), free_port()
    options = [f"--server.port={port}", "--server.headless=true"]
    with subprocess.Popen(studio.words("adaem-studio", *options), cwd=studio.elsewhere, env=studio.environment) as server:
        wait_until_healthy(port)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def test_it_answers_this_computer_alone(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    assert asked(port, "/", {"Host": "evil.example"}).status == 403
    assert reached("127.0.0.1", port) and not reached(OTHER_ADDRESS, port)


def test_it_opens_in_its_own_colours_with_its_demo(address: str, chromium: Any) -> None:
    page = chromium.new_page(color_scheme="light")
    page.goto(address)
    page.get_by_role("button", name="Start a run").wait_for(timeout=60_000)
    button = page.locator("button[kind=primary]").first
    assert button.evaluate("each => getComputedStyle(each).backgroundColor") == ACCENT
    page.goto(f"{address}/win_rates?study=demo")
    page.locator(".js-plotly-plot").first.wait_for(timeout=60_000)
    page.close()
