"""Read what LiteLLM returns into our own records.

Data flow: `LiteLLM's reply → Completion` with text, log-probabilities and usage; cost and key are added by the client.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from adaem_core.chat.endpoint.scrub import scrub, without_values
from adaem_core.chat.endpoint.trouble import Kind, Trouble
from adaem_core.chat.endpoint.wire import Heard, error_words
from adaem_core.chat.thoughts import without_thoughts
from adaem_core.messages import Completion, TokenProbability
from adaem_core.panels import ModelSpec

LOWEST = -9999.0  # stands for minus infinity, which JSON cannot hold


def read_chat(reply: Any, spec: ModelSpec, ear: Heard | None = None) -> Completion:
    """Return a chat reply with its usage as it was sent. Raises Trouble when there is nothing to read, or the service broke it off."""
    ear = ear or Heard()
    choice = first_choice(reply)
    text, finish = text_of(choice.message), str(choice.finish_reason or "")
    if broken := broken_off(ear.choice, finish):
        raise Trouble(Kind.TRANSIENT, f"the service broke the answer off ({broken})", status=200)
    filtered = finish == "content_filter"
    return Completion(
        text,
        failure="filtered" if filtered else "",
        reason=f"withheld by the provider of {spec.name} (its content filter)." if filtered else "",
        finish="length" if CUT.search(reasons(ear.choice, "")) else finish,
        logprobs=keyless(chat_logprobs(getattr(choice, "logprobs", None))),
        usage=ear.usage if ear.choice else getattr(reply, "usage", None),
        served_by=scrub(str(reply.model or "")),
    )


CUT = re.compile(r"length|max_\w*tokens|token_limit|incomplete", re.IGNORECASE)  # the reply met its limit
BROKEN = re.compile(r"error|abort|cancel|fail|insufficient|interrupt|time_?out", re.IGNORECASE)


def reasons(choice: dict[str, Any], finish: str) -> str:
    """Return why a reply ended in its service's words, and in those of the model's own host where it passes them on; else `finish`."""
    told = (choice.get("finish_reason"), choice.get("native_finish_reason"))
    return " ".join(dict.fromkeys(str(each) for each in told if each)) or finish


def broken_off(choice: dict[str, Any], finish: str) -> str:
    """Return why an answer was broken off by its service, in its own words; "" when it was not. `finish` is what LiteLLM made of it."""
    told = reasons(choice, finish)
    said = error_words({"error": choice.get("error")})
    return scrub(said or f"finish_reason {told}") if said or BROKEN.search(told) else ""


def text_of(message: Any) -> str:
    """Return the words of a message without its thoughts: its content, or its refusal where the provider puts that elsewhere."""
    refusal = getattr(message, "refusal", None) or (getattr(message, "provider_specific_fields", None) or {}).get("refusal")
    text = without_values(without_thoughts(message.content or "") or refusal or "")
    # Half of a split emoji cannot be stored, and SQLite ends a text at a zero byte.
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def read_likelihood(reply: Any, prompt: str, continuation: str) -> Completion:
    """Return the log-probabilities of the continuation's tokens; `logprobs` is None when the endpoint returned none."""
    found = tuple(echoed(first_choice(reply).logprobs, len(prompt), len(prompt) + len(continuation)))
    return Completion("", logprobs=found or None, usage=getattr(reply, "usage", None), served_by=scrub(str(reply.model or "")))


def echoed(logprobs: Any, start: int, end: int) -> Iterator[TokenProbability]:
    """Yield the tokens that lie, wholly or in part, between two character offsets; one that began before `start` counts too."""
    tokens = field(logprobs, "tokens") or []
    offsets = field(logprobs, "text_offset") or list(accumulate((len(token) for token in tokens), initial=0))[:-1]
    base = offsets[0] if offsets else 0
    for token, number, offset in zip(tokens, field(logprobs, "token_logprobs") or [], offsets, strict=False):
        first = offset - base
        if first < end and first + len(token) > start and number is not None:
            yield TokenProbability(token, max(float(number), LOWEST))


def read_moderation(reply: Any) -> Completion:
    """Return the verdict of a moderation endpoint in the words a guard model would use."""
    verdict = reply.results[0]
    found = sorted(name for name, flagged in dict(verdict.categories).items() if flagged)
    text = f"UNSAFE: {', '.join(found) or 'flagged'}" if verdict.flagged else "SAFE"
    return Completion(text, served_by=scrub(str(reply.model or "")))


def first_choice(reply: Any) -> Any:
    """Return the first choice; Trouble worth another try when there is none."""
    if not getattr(reply, "choices", None):
        raise Trouble(Kind.TRANSIENT, "the service sent a reply that could not be read")
    return reply.choices[0]


def chat_logprobs(logprobs: Any) -> tuple[TokenProbability, ...] | None:
    """Return the log-probability of each reply token in either of the two forms in use; None when there are none."""
    if content := field(logprobs, "content"):
        return tuple(
            TokenProbability(each.token, max(each.logprob, LOWEST), alternatives(each.top_logprobs))
            for each in content
            if each.logprob is not None
        )
    tokens, numbers = field(logprobs, "tokens"), field(logprobs, "token_logprobs")
    if not tokens or not numbers:
        return None
    tops: Sequence[Any] = field(logprobs, "top_logprobs") or [None] * len(tokens)
    return tuple(
        TokenProbability(
            token, max(float(number), LOWEST), {name: max(float(other), LOWEST) for name, other in (top or {}).items() if other is not None}
        )
        for token, number, top in zip(tokens, numbers, tops, strict=False)
        if number is not None
    )


def keyless(tokens: tuple[TokenProbability, ...] | None) -> tuple[TokenProbability, ...] | None:
    """Return the tokens of a reply; None where an endpoint sent a key back in them."""
    said = "".join(each.token for each in tokens or ())
    return tokens if without_values(said) == said else None


def alternatives(top: Sequence[Any] | None) -> dict[str, float]:
    """Return token → log-probability of the alternatives an endpoint lists."""
    return {each.token: max(each.logprob, LOWEST) for each in top or () if each.logprob is not None}


def field(record: Any, name: str) -> Any:
    """Return a field of a record that is an object in one version of LiteLLM and a mapping in another."""
    return record.get(name) if isinstance(record, dict) else getattr(record, name, None)
