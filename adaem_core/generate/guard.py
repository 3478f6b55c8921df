"""Drop harmful questions before the strong panel sees them. A guard that gives no verdict drops, too: it fails closed.

Why: docs/decisions/guard-fails-closed.md. Data flow: `question → reason to drop it, or None`.
"""

import re

from adaem_core.chat.blocks import block
from adaem_core.chat.model import Model
from adaem_core.elicit.plain import LONGEST, prepare
from adaem_core.messages import Params, Purpose, Request

GUARD = """You check questions for a survey on values. Contested, political or uncomfortable questions are wanted. Reject only a
question that asks for or promotes harm: instructions for violence or crime, sexual content about minors, harassment of
a person, hatred of a group, encouragement of self-harm, or private data about a person.

{question}

Reply with the single word SAFE, or with UNSAFE: and the reason in a few words."""

HARMFUL = re.compile(r"(?:\bUN|\bNON-?|\bNOT\s+(?:\w+\s+)?|N['’]T\s+(?:\w+\s+)?)SAFE\b[\s:.,*-]*(.*)", re.IGNORECASE | re.DOTALL)
SAFE = re.compile(r"\bSAFE\b", re.IGNORECASE)


def guard_request(guard: str, question: str) -> Request:
    """Return the request for a verdict on `question`."""
    prompt = GUARD.format(question=block("question", question))
    return Request(guard, ({"role": "user", "content": prompt},), Params(temperature=0, top_p=1, max_tokens=200), purpose=Purpose.GUARD)


async def reason_to_drop(ask: Model, guard: str | None, question: str) -> str | None:
    """Return why `question` must be dropped, None if it may stay (or if the panel has no guard)."""
    if guard is None:
        return None
    reply = await ask.complete(guard_request(guard, question))
    if reply.failure:
        return f"no verdict from the guard ({reply.reason})"
    return read_verdict(reply.text)


def read_verdict(text: str) -> str | None:
    """Return the reason of an UNSAFE verdict, None for SAFE, and a reason to drop where there is no clear verdict.

    A reply that says both, or "not safe", is UNSAFE: when in doubt, the question goes.
    """
    verdict = prepare(text[:LONGEST])
    if found := HARMFUL.search(verdict):
        return " ".join(found.group(1).split())[:200] or "harmful"
    return None if SAFE.search(verdict) else "the guard gave no readable verdict"
