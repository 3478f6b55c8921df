"""Real models without a terminal: following only what the screen says, from the Models page to an answer of a real endpoint, with a key entered there."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.looking import Looked, browse, settled
from tests.loopback import Loopback, Reply
from tests.serving import ROOT, served

KEY = "Zq7-nobody-must-see-this-41"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a studio of its own, into which panels can be saved, of somebody who has agreed to nothing and has no key."""
    folder = tmp_path_factory.mktemp("studio")
    for name in ("adaem_core", "pages", "data", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "studies"))
    shutil.copy(ROOT / "app.py", folder)
    kept = {name: "" for name in os.environ if name.endswith("_API_KEY")}
    places = {f"ADAEM_{kind}_DIR": str(folder / kind) for kind in ("STUDIES", "CACHE", "MACHINE")}
    with served(folder / "app.log", {**places, **kept}, folder) as port:
        yield f"http://127.0.0.1:{port}"


def test_a_new_user_gets_from_models_to_an_answer_of_a_real_endpoint(chromium: Any, studio: str) -> None:
    with Loopback(Reply('{"ready": true}')) as server:
        page = Looked(browse(chromium).new_page(), f"{studio}/models").page
        page.get_by_text("Build a panel of my own").click()
        page.get_by_text("Add a server of my own").click()
        typed = {
            "Name of the model": "Ours",
            "LiteLLM id": "openai/ours",
            "Address": server.url,
            "Variable of its key, if it needs one": "OPENAI_API_KEY",
        }
        for label, text in typed.items():
            page.get_by_role("textbox", name=label).fill(text)
        page.get_by_role("button", name="Add server").click()
        page.get_by_role("button", name="Save the panel").click()

        page.get_by_text("This will send the key in OPENAI_API_KEY").wait_for()
        assert page.get_by_role("button", name="Ask each model one question").is_disabled()
        page.get_by_role("button", name="Agree").click()
        page.get_by_role("textbox", name="Paste the key for OPENAI_API_KEY").fill(f'OPENAI_API_KEY="{KEY}"')
        page.get_by_role("button", name="Enter key").click()
        page.get_by_text("entered for this visit").wait_for()
        page.get_by_role("button", name="Ask each model one question").click()
        page.get_by_text("Every model that was asked answers.").wait_for(timeout=60_000)
        settled(page)
    assert [each["Authorization"] for each in server.headers] == [f"Bearer {KEY}"]
    assert KEY not in page.content() + page.url
    other = Looked(browse(chromium).new_page(), page.url).page
    assert "entered for this visit" not in other.content(), "another visitor has none of it"
