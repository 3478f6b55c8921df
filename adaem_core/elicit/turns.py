"""Ask, read, and ask once more when the reply cannot be read or was cut off; do many such things together.

Data flow: `Request + reader → ask_and_read → Reading (what was found or why not, and every reply)`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from adaem_core.chat.model import Model
from adaem_core.messages import Completion, Message, Purpose, Request
from adaem_core.records import Outcome

Found = TypeVar("Found")
LONGEST_REPLY = 200_000  # characters, with thoughts, before anything is looked for in them
TOO_LONG = "The reply is too long to be read: {got:,} characters, at most {most:,} are read."
LONGEST_SHOWN = 4_000  # characters of an unreadable reply that are sent back with it
REPAIR = (
    "That reply could not be used: {problem} Give your reply again, in exactly the form asked for in my first message, in English,"
    " and write nothing before or after it."
)
CUT = frozenset({"length", "max_tokens", "model_length", "token_limit", "incomplete", "error"})  # ends of a reply that is not whole
ROOM = 4  # times the room for a reply that was cut off; a model to whom the panel file gives more has had it already
CUT_OFF = (
    "The reply was cut off after {words:,} words, so it is not read: the model used up the tokens it is allowed (max_tokens in the"
    " panel file), thoughts included, or the service broke off."
)


@dataclass(frozen=True)
class Unread:
    """Why a reply gives nothing: refused, unreadable or failed, with a sentence for the user."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True)
class Cut(Unread):
    """The reply is not whole, however much of it could be read."""


@dataclass(frozen=True)
class Reading(Generic[Found]):
    """What was found in a reply, and all replies it took; the last is the one that was read."""

    found: Found | Unread
    replies: tuple[Completion, ...]
    pressed: bool = False  # the last reply came only after a repair turn

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(reply.key for reply in self.replies)


async def ask_and_read(ask: Model, request: Request, read: Callable[[str], Found | Unread], *, whole: bool = True) -> Reading[Found]:
    """Return what `read` finds in the reply to `request`; an unreadable reply gets one repair turn, a refusal or failure none.

    A reply that was cut off is never read as if it were whole: it is asked for once more, with more room. Where `whole` is False,
    its beginning is all that is wanted.
    """
    first = await ask.complete(request)
    found = outcome_of(first, read, whole=whole)
    replies: tuple[Completion, ...] = (first,)
    if isinstance(found, Cut):
        request = replace(request, params=replace(request.params, max_tokens=ROOM * request.params.max_tokens))
        again = await ask.complete(request)
        found = outcome_of(again, read)
        replies = replies if again.key == first.key else (first, again)
    if not isinstance(found, Unread) or isinstance(found, Cut) or found.outcome is not Outcome.UNREADABLE:
        return Reading(found, replies)
    second = await ask.complete(repair_request(request, replies[-1].text, found.reason))
    return Reading(outcome_of(second, read, whole=whole), (*replies, second), pressed=True)


def outcome_of(reply: Completion, read: Callable[[str], Found | Unread], *, whole: bool = True) -> Found | Unread:
    """Return what `read` finds, or the outcome of a reply that never came, was withheld or, unless its beginning will do, cut off."""
    if reply.failure == "filtered":
        return Unread(Outcome.REFUSED, reply.reason or "The provider withheld the reply.")
    if reply.failure:
        return Unread(Outcome.FAILED, reply.reason or "No reply came.")
    if len(reply.text) > LONGEST_REPLY:
        return Unread(Outcome.UNREADABLE, TOO_LONG.format(got=len(reply.text), most=LONGEST_REPLY))
    found = read(reply.text)
    if whole and reply.finish.lower() in CUT and not (isinstance(found, Unread) and found.outcome is Outcome.REFUSED):
        return Cut(Outcome.UNREADABLE, CUT_OFF.format(words=len(reply.text.split())))
    return found


def repair_request(request: Request, reply: str, problem: str) -> Request:
    """Return the turn that shows a model its unreadable reply and what could not be read."""
    # Some providers refuse an empty assistant message, and a 200 KB reply must not be paid for twice.
    shown = reply.strip()[:LONGEST_SHOWN] or "(empty reply)"
    turns = ({"role": "assistant", "content": shown}, {"role": "user", "content": REPAIR.format(problem=problem)})
    return replace(request, messages=(*request.messages, *turns), purpose=Purpose.REPAIR)


async def together(tasks: Iterable[Awaitable[Found]]) -> tuple[Found, ...]:
    """Return the results in order; when one raises, the others finish first: a reply under way is paid for and must be recorded."""
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return tuple(result for result in results if not isinstance(result, BaseException))


def numbered_lines(texts: Iterable[str]) -> str:
    """Return texts as numbered lines, one each, whatever line ends they hold."""
    return "\n".join(f"{number}. {' '.join(text.split())}" for number, text in enumerate(texts, 1))


def with_system(system: str | None, prompt: str) -> tuple[Message, ...]:
    """Return the messages of a prompt, after a system message if there is one."""
    user = {"role": "user", "content": prompt}
    return ({"role": "system", "content": system}, user) if system else (user,)
