"""Take a model's thoughts out of its reply: hosted services do so themselves, self-hosted models often send them along.

What stands in a thought was considered, not given (docs/decisions/thoughts-are-not-answers.md).
"""

import re

THOUGHT = re.compile(r"([<◁]/?(?:think|thinking|thoughts?|reasoning)[>▷])", re.IGNORECASE)
# Templates that were not taken off: gpt-oss thinks in a channel of its own, others name the speaker.
BEFORE_FINAL = re.compile(r"\A.*<\|channel\|>final<\|message\|>|\A\s*assistant\s?:", re.DOTALL | re.IGNORECASE)


def without_thoughts(text: str) -> str:
    """Return the reply without `<think>…</think>`: a lone closing tag ends a thought that began unseen, a lone opening one never ends."""
    kept: list[str] = []
    thinking = False
    for part in THOUGHT.split(BEFORE_FINAL.sub("", text)):
        if not THOUGHT.fullmatch(part):
            kept += [] if thinking else [part]
        elif "/" not in part:
            thinking = True
        else:
            kept = kept if thinking else []
            thinking = False
    return "".join(kept).lstrip()  # the blank lines between a thought and the reply would go into the next prompt
