"""Fence models' and users' texts inside prompts, so that they stay data and are never read as instructions.

`<question>…</question>`; a text cannot close its own block, because its closing tag is broken up (docs/decisions/models-text-is-data.md).
"""

import re
from collections.abc import Sequence

from adaem_core.messages import Message


def block(name: str, text: str) -> str:
    """Return `text` fenced as block `name`, on lines of its own."""
    fenced = text.replace(f"</{name}", f"<\u200b/{name}")
    return f"<{name}>\n{fenced}\n</{name}>"


def read_blocks(messages: Sequence[Message], name: str) -> list[str]:
    """Return the contents of all blocks `name` in the user's messages, in order."""
    pattern = re.compile(rf"<{name}>\n(.*?)\n</{name}>", re.DOTALL)
    return [text for message in messages if message["role"] == "user" for text in pattern.findall(message["content"])]
