"""What to ask instead when an endpoint refuses part of a request; what changes an answer is told with it (`Completion.adapted`).

Why neither more nor less is given up: docs/decisions/concessions-are-told.md.
Data flow: `arguments, Trouble → concession → apply → arguments → adapted`.
"""

import re
from typing import Any

from adaem_core.chat.endpoint.trouble import Kind, Trouble

Arguments = dict[str, Any]
# Parameters an endpoint may refuse, and what to try instead, in this order: None leaves it out, a text is its newer name.
# "temperature and top_p cannot both be specified" gives up top_p; temperature goes only where it alone is refused.
CONCESSIONS: tuple[tuple[str, Any], ...] = (
    ("top_logprobs", 5),
    ("top_logprobs", None),
    ("logprobs", None),
    ("response_format", None),
    ("top_p", None),
    ("max_tokens", "max_completion_tokens"),
    ("temperature", None),
)
SYSTEM_REFUSED = re.compile(
    r"system role (?:is )?not supported|developer instruction is not enabled|roles must alternate|not support 'system'", re.I
)
# What may change an answer, and in words what it is asked with instead.
CHANGING = {
    "messages": "the system message put before the user's",
    "response_format": "no request for JSON",
    "top_p": "the endpoint's own top_p",
    "temperature": "the endpoint's own temperature",
}


def concession(arguments: Arguments, trouble: Trouble) -> Arguments | None:
    """Return what to change when an endpoint refused something it names; None when nothing can be changed."""
    if trouble.kind is not Kind.REJECTED:
        return None
    if SYSTEM_REFUSED.search(trouble.reason) and without_system(arguments["messages"]) != arguments["messages"]:
        return {"messages": without_system}
    for name, instead in CONCESSIONS:
        if name in arguments and name in trouble.reason and helps(instead, arguments[name], trouble.reason):
            return {name: instead, "top_logprobs": None} if name == "logprobs" else {name: instead}
    return None


def helps(instead: Any, value: Any, reason: str) -> bool:
    """Say whether a concession changes anything: a smaller number, a newer name that the endpoint asks for, or leaving out."""
    return instead is None or (instead in reason if isinstance(instead, str) else value > instead)


def apply(arguments: Arguments, conceded: Arguments) -> Arguments:
    """Return the arguments with what a model does not accept changed, renamed or left out."""
    changed: Arguments = {}
    for name, value in arguments.items():
        instead = conceded.get(name, value)
        if name in conceded and isinstance(instead, str):
            changed[instead] = value
        else:
            changed[name] = instead(value) if callable(instead) else instead
    return {name: value for name, value in changed.items() if value is not None}


def without_system(messages: list[Any]) -> list[Any]:
    """Return the messages with a system message put before the user's, as templates without that role do it themselves."""
    if len(messages) < 2 or messages[0]["role"] != "system":
        return messages
    first, second, *others = messages
    return [{**second, "content": f"{first['content']}\n\n{second['content']}"}, *others]


def adapted(wanted: Arguments, arguments: Arguments) -> tuple[str, ...]:
    """Return the names of what may change an answer and was asked otherwise than wanted."""
    return tuple(name for name in CHANGING if wanted.get(name) != arguments.get(name))
