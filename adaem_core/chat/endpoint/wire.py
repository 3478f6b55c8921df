"""What an endpoint sends, put into the one form LiteLLM reads; LiteLLM forgets what the bill and the last word were, so both are kept.

Data flow: `body as sent → Heard, plain body → LiteLLM`.
"""

import json
import re
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import httpx

from adaem_core.chat.endpoint.fields import mapping, number
from adaem_core.chat.endpoint.shapes import chosen

THOUGHT = re.compile(r"think|thought|reason|analysis", re.IGNORECASE)  # in the names of kinds of parts that are no part of the answer


@dataclass
class Heard:
    """What one try heard from the endpoint, before LiteLLM read it."""

    status: int = 0  # 0: nothing came
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case
    body: dict[str, Any] | None = None  # None: it could not be read
    broken: bool = False  # the reply began, and never ended

    @property
    def billed(self) -> bool:
        """True where a reply came or began, readable or not: an error in so many words costs nothing."""
        return self.broken or (self.status == 200 and (self.body is None or bool(self.body.get("choices")) or not self.body.get("error")))

    @property
    def usage(self) -> Any:
        """The usage object as it was sent; None where there is none."""
        return (self.body or {}).get("usage")

    @property
    def choice(self) -> dict[str, Any]:
        """The first choice as it was sent, with an error told beside it; empty where there is none."""
        choices = (self.body or {}).get("choices")
        choice = mapping(choices[0]) if isinstance(choices, list) and choices else {}
        return choice and choice | {"error": choice.get("error") or (self.body or {}).get("error")}


heard: ContextVar[Heard | None] = ContextVar("heard", default=None)  # of the try under way


async def listen(response: httpx.Response) -> None:
    """Keep what was sent for the try under way, and give LiteLLM the plain form instead."""
    response.headers.pop("location", None)  # nothing is sent on to another address: a key was meant for this one
    ear = heard.get()
    if ear is None:
        return
    ear.broken = response.status_code == 200
    await response.aread()
    ear.broken = False
    ear.status, ear.headers = response.status_code, {name.lower(): value for name, value in response.headers.items()}
    ear.body = parsed(response.content)
    if ear.body is not None:
        response._content = json.dumps(plain(ear.body)).encode()  # httpx has no other way to change what was received


def parsed(body: bytes) -> dict[str, Any] | None:
    """Return the JSON object of a body, also where it came as server-sent events or with `data: [DONE]` after it; None for anything else."""
    text = body.decode("utf-8", "replace").strip().removeprefix("\ufeff")
    try:
        found, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return merged(list(events(text)))
    if isinstance(found, dict):
        return merged(list(events(text))) if "delta" in first_of(found) or "done" in found else chosen(found)
    return chosen(mapping(found[0])) or None if isinstance(found, list) and found else None


def events(text: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of server-sent events, or of lines that are one each."""
    for line in text.splitlines():
        if line.startswith(("data:", "{")):
            try:
                yield chosen(mapping(json.loads(line.removeprefix("data:"))))
            except (ValueError, RecursionError):
                continue  # [DONE], or a line cut off


def merged(chunks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the one reply that the chunks of a stream tell; None for none. What never ended is marked as broken off."""
    if not chunks:
        return None
    whole: dict[str, Any] = {key: value for chunk in chunks for key, value in chunk.items() if value is not None}
    choices = [each for each in map(first_of, chunks) if each]
    if not choices:
        return whole
    said = [mapping(each.get("delta") or each.get("message")) for each in choices]
    ended = [each["finish_reason"] for each in choices if each.get("finish_reason")]
    scores = [entry for each in choices for entry in mapping(each.get("logprobs")).get("content") or []]
    last = {name: value for each in choices for name, value in each.items() if value is not None and name != "delta"}
    choice = last | {
        "message": {"role": "assistant", "content": "".join(plain_content(each.get("content")) for each in said)},
        "finish_reason": ended[-1] if ended else "error",
        "logprobs": {"content": scores} if scores else None,
    }
    return whole | {"object": "chat.completion", "choices": [choice]}


def first_of(chunk: dict[str, Any]) -> dict[str, Any]:
    """Return what a chunk tells of the first choice; empty where it tells of others only, or of none."""
    choices = chunk.get("choices")
    told = map(mapping, choices) if isinstance(choices, list) else ()
    return next((each for each in told if not each.get("index")), {})


def plain(body: dict[str, Any]) -> dict[str, Any]:
    """Return a reply with its contents as texts, its log-probabilities as numbers and its usage countable; an error with all its words."""
    made = dict(body)
    if body.get("error"):
        made["error"] = {**mapping(body["error"]), "message": error_words(body)}
    if isinstance(body.get("choices"), list):
        made["choices"] = [plain_choice(mapping(each)) for each in body["choices"]]
        made["error"] = None
    if "usage" in body:
        made["usage"] = plain_usage(mapping(body["usage"]))
    return {name: value for name, value in made.items() if value is not None}


def plain_usage(usage: dict[str, Any]) -> dict[str, int] | None:
    """Return the counts LiteLLM insists on, None where one is missing; the bill is made from what was sent."""
    counts = {name: number(usage.get(name)) for name in ("prompt_tokens", "completion_tokens")}
    known = {name: int(count) for name, count in counts.items() if count is not None}
    return {**known, "total_tokens": sum(known.values())} if len(known) == len(counts) else None


def plain_choice(choice: dict[str, Any]) -> dict[str, Any]:
    """Return a choice whose content is a text, without log-probabilities that are none."""
    made = dict(choice)
    if "message" in choice:
        message = mapping(choice["message"])
        made["message"] = {"role": "assistant", **message, "content": plain_content(message.get("content"))}
    content = mapping(choice.get("logprobs")).get("content")
    if isinstance(content, list):
        made["logprobs"] = {"content": list(plain_scores(content))}
    return made


def plain_content(content: Any) -> str:
    """Return the words of a content that is a text, a part or a list of parts; thoughts are not the answer."""
    if isinstance(content, list):
        return "".join(map(plain_content, content))
    if isinstance(content, dict):
        thought = content.get("thought") is True or THOUGHT.search(str(content.get("type")))
        return "" if thought else plain_content(next(filter(None, map(content.get, WORDS)), ""))
    return content if isinstance(content, str) else ""


WORDS = ("text", "content", "refusal", "value")  # where a part keeps them


def plain_scores(content: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the log-probabilities that are numbers, with those alternatives that are."""
    for each in map(mapping, content):
        if number(each.get("logprob"), negative=True) is not None and isinstance(each.get("token"), str):
            yield {"bytes": None, **each, "top_logprobs": list(plain_scores(each.get("top_logprobs") or []))}


def error_words(body: Any) -> str:
    """Return what an error says: its message, with the words of the service behind it; "" for none."""
    told = mapping(body)
    error = told.get("error") or told.get("message") or told.get("detail")
    if isinstance(error, str):
        return error
    about = mapping(error)
    raw = mapping(about.get("metadata")).get("raw")
    behind = parsed(raw.encode("utf-8", "replace")) if isinstance(raw, str) else mapping(raw)
    found = (about.get("message") or about.get("code"), (error_words(behind) if behind else "") or raw)
    return ": ".join(dict.fromkeys(each if isinstance(each, str) else json.dumps(each) for each in found if each))
