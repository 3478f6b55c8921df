"""Models that send their thoughts along, as self-hosted ones do: what is considered in a thought counts for nothing."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from tests.end_to_end.apparatus import benchmark_of, cache_in, panel_file, played, remote_panel, run
from tests.loopback import Body, Reply, Script

SIZE = ("--budget", "2", "--max-topics", "2", "--kept", "2", "--wave", "2", "--concurrency", "32")
# A draft of everything that is ever asked for, none of it meant.
DRAFT = (
    """Stance: No
Key Points:
1. Draft: this is only considered.
{"opinions": [{"number": 1, "values": [{"id": "POW", "quote": "draft"}]}]}
Question: Should drafts be banned in Atlantis?
UNSAFE: perhaps. """
    + "Hm. " * 6_000
)


def thinking(wrapped: Callable[[str], str]) -> Script:
    """Return a panel whose models think before every reply."""

    def reply(body: Body) -> Reply:
        meant = played(body)
        return Reply(wrapped(meant.text), usage=meant.usage)

    return reply


def made(folder: Path, script: Script, patch: pytest.MonkeyPatch, embeddings: Path) -> list[dict[str, object]]:
    """Return the benchmark of a run without a reply in its cache, without the edition, which tells one server's address from another."""
    patch.setenv("ADAEM_CACHE_DIR", str(cache_in(folder, embeddings)))
    with remote_panel(**{"*": script}) as server:
        done = run("generate", "--study", folder / "s.db", "--panel", panel_file(folder, server), *SIZE)
    assert done.status == 0, done.said
    return [orjson.loads(line) | {"edition": "", "about_study": ""} for line in benchmark_of(folder / "s.db").splitlines()]


def test_a_run_with_thoughts_is_the_run_without(tmp_path: Path, embeddings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = made(tmp_path / "plain", played, monkeypatch, embeddings)
    assert len(plain) > 2
    for name, wrapped in (
        ("tags", lambda text: f"<think>{DRAFT}</think>\n\n{text}"),
        ("begun unseen", lambda text: f"{DRAFT}</think>\n\n{text}"),
        ("channel", lambda text: f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant<|channel|>final<|message|>{text}"),
    ):
        assert made(tmp_path / name, thinking(wrapped), monkeypatch, embeddings) == plain, name
