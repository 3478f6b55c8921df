"""The loopback server itself, where other tests do not already depend on it: a brain for a whole panel, in a process of its own."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path


def brain(messages: list[dict[str, str]]) -> str:
    """Answer with the last message, shouted."""
    return messages[-1]["content"].upper()


def test_a_brain_plays_every_model_and_requests_are_counted_across_processes() -> None:
    command = [sys.executable, "-m", "tests.loopback", "--brain", "tests.test_loopback:brain"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[1]
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        texts = [post(url, model)["choices"][0]["message"]["content"] for model in ("one", "two", "two")]
        stats = json.load(urllib.request.urlopen(url.removesuffix("/v1") + "/stats"))
        process.stdin.close()
    assert texts == ["HELLO"] * 3
    assert stats == {"count": 3, "models": {"one": 1, "two": 2}, "peak": 1}


def post(url: str, model: str) -> dict:  # type: ignore[type-arg]
    body = json.dumps({"model": model, "messages": [{"role": "user", "content": "hello"}]}).encode()
    asked = urllib.request.Request(f"{url}/chat/completions", body, {"Content-Type": "application/json"})
    found: dict = json.load(urllib.request.urlopen(asked))  # type: ignore[type-arg]
    return found
