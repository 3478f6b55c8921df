"""Ask for a question, and once more if the reply holds none that can be read.

Data flow: `request → question text, or why there is none`.
"""

from dataclasses import dataclass

from adaem_core.chat.model import Model
from adaem_core.elicit.turns import Unread, ask_and_read
from adaem_core.generate.wording import NoQuestion, read_question
from adaem_core.messages import Request
from adaem_core.records import Outcome


@dataclass(frozen=True)
class Written:
    """A question text, or None and the reason in words."""

    text: str | None
    reason: str = ""


async def ask_for_question(ask: Model, request: Request) -> Written:
    """Return the question in the reply to `request`, or why there is none."""
    found = (await ask_and_read(ask, request, read)).found
    return Written(None, found.reason) if isinstance(found, Unread) else Written(found)


def read(reply: str) -> str | Unread:
    """Return the question in `reply`, or why it cannot be used."""
    try:
        return read_question(reply)
    except NoQuestion as problem:
        return Unread(Outcome.UNREADABLE, f"{problem}.")
