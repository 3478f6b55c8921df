"""Fence models' and users' texts inside prompts, so that they stay data and are never read as instructions.

`<question>…</question>`; a text cannot close its own block, because whatever looks like a closing tag in it is broken up
(docs/decisions/models-text-is-data.md).
"""

import re
from collections.abc import Sequence

from adaem_core.messages import Message

BROKEN_UP = "\\1\u200b"
# A closing tag in any case and spacing, of any name, and in letters that look like its own.
CLOSING = re.compile(r"([<＜‹〈⟨﹤˂❮]|&lt;|&#0*60;|&#x0*3c;)(?=[\s\u200b-\u200f\u2060\ufeff]*[/／∕⁄⧸╱])", re.IGNORECASE)


def block(name: str, text: str) -> str:
    """Return `text` fenced as block `name`, on lines of its own."""
    return f"<{name}>\n{CLOSING.sub(BROKEN_UP, text)}\n</{name}>"


def read_blocks(messages: Sequence[Message], name: str) -> list[str]:
    """Return the contents of all blocks `name` in the user's messages, in order."""
    pattern = re.compile(rf"<{name}>\n(.*?)\n</{name}>", re.DOTALL)
    return [text for message in messages if message["role"] == "user" for text in pattern.findall(message["content"])]
