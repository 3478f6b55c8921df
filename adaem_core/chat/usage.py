"""What a reply's report of its tokens is charged: never less than was billed, and its upper bound where nothing was told.

Endpoints report nothing, null, −1, one part of two, thoughts outside the reply's own tokens, or a total that is more than its parts.
Data flow: `usage object, upper bound → tokens of prompt and reply to charge`.
"""

import math
from typing import Any

MOST = 10**15  # tokens; no bill has more, and SQLite can add them up
Tokens = tuple[int, int]  # of the prompt, of the reply


def charged(usage: Any, bound: Tokens) -> Tokens:
    """Return the tokens of prompt and reply to charge for a usage object, a mapping or None: as told, at its bound what was not told.

    A reply's thoughts are part of it: where they were counted outside, or the total is more than its parts, they are added.
    """
    prompt = max(amount(usage, "prompt_tokens", "input_tokens"), amount(field(usage, "prompt_tokens_details"), "cached_tokens"))
    reply = amount(usage, "completion_tokens", "output_tokens")
    thought, total = amount(field(usage, "completion_tokens_details"), "reasoning_tokens"), amount(usage, "total_tokens")
    reply += thought if thought > reply else 0
    if reply and not prompt:
        prompt = max(total - reply, 0)
    if prompt and not reply:
        reply = max(total - prompt, 0)
    prompt, reply = prompt or bound[0], reply or bound[1]
    return prompt, max(reply, total - prompt)


def amount(record: Any, *names: str) -> int:
    """Return the first of the fields that holds a number of tokens, rounded up; 0 where none does."""
    return next((found for name in names if (found := whole(field(record, name)))), 0)


def whole(value: Any) -> int:
    """Return a positive number, or the text of one, as a whole number of at most MOST; 0 for anything else."""
    try:
        number = 0.0 if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return 0
    if math.isnan(number) or number <= 0:
        return 0
    return MOST if number > MOST else max(math.ceil(number), int(value) if isinstance(value, int) else 0)


def field(record: Any, name: str) -> Any:
    """Return a field of a record that is an object in one version of LiteLLM and a mapping in another; None where there is none."""
    return record.get(name) if isinstance(record, dict) else getattr(record, name, None)
