"""Signs nobody sees that change how other text is shown: marks of direction turn “3–11” round, control characters steer a terminal.

Data flow: `text → the same text without them`, or with them spelt out.
"""

import re

DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Control characters but tab and line feed, marks of direction, and halves of letters that no encoding can write.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def straight(text: str) -> str:
    """Return `text` without marks of direction."""
    return DIRECTION.sub("", text)


def bare(text: str) -> str:
    """Return `text` without control characters and marks of direction."""
    return STEERING.sub("", text)


def spelt_out(text: str) -> str:
    """Return `text` with control characters and marks of direction as `\\u001b`: seen, not obeyed, and the same text in JSON."""
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
