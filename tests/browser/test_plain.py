"""What `show.plain` escapes is text in the browser, too: Streamlit looks for icons, colours, emoji and links after Markdown is read."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.serving import free_port, wait_until_healthy

HOSTILE = [
    "<img src=x onerror=alert(1)> <b>bold</b> <script>alert(1)</script>",
    "![x](http://evil.example/x.png) [link](http://evil.example) http://evil.example www.evil.example me@evil.example",
    "www.evil.example. https://evil.example/?a=b&c=d <http://evil.example> javascript:alert(1)",
    ":material/home: :red[red] :red-background[red] :green-badge[badge] :small[small] :rainbow[x] :streamlit: :tada: :+1: :shimmer[x]",
    ':color[x]{foreground="#f00"} $x^2$ $$y$$ `code` **bold** *it* ~~gone~~ __b__ _i_ ^[note] [^1]',
    "# heading",
    "- item",
    "1. first",
    "> quote",
    "    code",
    "```mermaid graph TD; A-->B```",
    "a -> b <- c -- d >= e <= f ~= g <-> h",
    "| a | b | \n|---|---|\n| 1 | 2 |",
    "&lt;b&gt; &amp; &#60; \\* \\\\",
    '=HYPERLINK("http://evil.example") $5 and $10',
]
FORBIDDEN = "img:not([alt='']), a, b, strong, em, del, code, pre, h1, h2, h3, ul, ol, blockquote, table, svg, .katex, [data-testid=stIconMaterial], span[style], span[class*=stMarkdown]"


@pytest.fixture(scope="module")
def page(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a page showing every hostile text."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(Path(__file__).with_name("plain_app.py")),
        f"--server.port={port}",
        "--server.headless=true",
    ]
    log = (tmp_path_factory.mktemp("log") / "plain.log").open("wb")
    server = subprocess.Popen(command, env={**os.environ, "HOSTILE": json.dumps(HOSTILE)}, stdout=log, stderr=log)
    wait_until_healthy(port)
    shown = chromium.new_page()
    shown.goto(f"http://127.0.0.1:{port}")
    shown.wait_for_selector(f".st-key-label{len(HOSTILE) - 1} button")
    yield shown
    shown.close()
    server.terminate()
    server.wait(timeout=20)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
@pytest.mark.parametrize("kind", ["markdown", "error", "label"])
def test_hostile_text_is_text(page: Any, number: int, kind: str) -> None:
    body = page.locator(f".st-key-{kind}{number} [data-testid=stMarkdownContainer]").first
    assert body.inner_text().replace("\u2060", "") == " ".join(HOSTILE[number].split())
    assert body.locator(FORBIDDEN).count() == 0
