"""When to come back: what an endpoint says of it in its headers, its error's body or its words.

Data flow: `headers, body, words, now → seconds`, None where nothing is said.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from adaem_core.chat.endpoint.fields import mapping, number

UNITS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
PIECE = r"\d+(?:[.,]\d+)?\s*(?:milliseconds?|ms|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])"
BACK = re.compile(
    r"(?:(?:try|retry|again|available|resets?|reset|renewed|wait|refill\w*|come back|until)\b[^.\d]{0,40}?|retrydelay\W{1,6})"
    rf"((?:{PIECE}[\s,]*(?:and\s+)?)+)",
    re.IGNORECASE,
)
PIECES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(ms|milli|d|h|m|s)", re.IGNORECASE)
BARE = re.compile(r"(?:retry|try again|wait)[^.\d]{0,20}?(\d+(?:\.\d+)?)\s*(?:$|[.,;)])(?!\d)", re.IGNORECASE)
MOMENT = re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?(?:Z|UTC|[+-]\d\d:?\d\d))?", re.IGNORECASE)
HTTP_DATE = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
EPOCH, EPOCH_MILLISECONDS = 1e8, 1e11  # larger numbers are moments, not waits


def asked_wait(headers: dict[str, Any], body: Any, said: str, now: datetime) -> float | None:
    """Return the seconds an endpoint asks to wait, 0 for a moment that is past; None where it asks for none.

    Its clock is believed where it tells the time. Of several resets the longest of those used up counts.
    """
    error = mapping(mapping(body).get("error"))
    metadata = mapping(error.get("metadata"))
    headers = {str(name).lower(): value for name, value in (headers | mapping(metadata.get("headers"))).items()}
    now = moment(str(headers.get("date", ""))) or now
    if (milliseconds := number(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    for given in (headers.get("retry-after"), metadata.get("retry_after_seconds"), error.get("retry_after")):
        if given is not None and (found := seconds(given, now)) is not None:
            return found
    if (found := in_words(said, now)) is not None:
        return found
    details = error.get("details") if isinstance(error.get("details"), list) else []
    delays = [seconds(mapping(each).get("retryDelay"), now) for each in details or []]
    return max((each for each in (*delays, *resets(headers, now)) if each is not None), default=None)


def resets(headers: dict[str, Any], now: datetime) -> list[float]:
    """Return the seconds until the limits reset, those used up alone where the headers tell which."""
    found = {
        name: wait
        for name, value in headers.items()
        if "ratelimit" in name and "reset" in name and (wait := seconds(value, now)) is not None
    }
    left = {name: number(headers.get(name.replace("reset", "remaining"))) for name in found}
    spent = [wait for name, wait in found.items() if left[name] == 0]
    return spent or [wait for name, wait in found.items() if left[name] is None]


def in_words(said: str, now: datetime) -> float | None:
    """Return the seconds until the time a sentence names: "try again in 7m12s", "retry after 20", a date."""
    said = said.replace(" at ", " ")
    if found := BACK.search(said):
        return span(found[1])
    if found := MOMENT.search(said) or HTTP_DATE.search(said):
        return until(found[0], now)
    return float(found[1]) if (found := BARE.search(said)) else None


def seconds(given: Any, now: datetime) -> float | None:
    """Return the seconds a value stands for: a number of them, a moment in (milli)seconds since 1970, a span like "6m0s", or a date."""
    value = number(given)
    if value is None:
        text = str(given or "").strip()
        return span(text) if re.fullmatch(rf"(?:{PIECE}\s*)+", text, re.IGNORECASE) else until(text, now)
    if value < EPOCH:
        return value
    return max(0.0, (value / 1000 if value >= EPOCH_MILLISECONDS else value) - now.timestamp())


def span(text: str) -> float:
    """Return the seconds of a span such as "5h32m12.5s", "1 hour and 2 minutes" or "350ms"."""
    return sum(
        float(count.replace(",", ".")) * UNITS["ms" if unit.lower() == "milli" else unit.lower()] for count, unit in PIECES.findall(text)
    )


def until(text: str, now: datetime) -> float | None:
    """Return the seconds until a date in ISO or HTTP form, 0 when it is past; None if it is neither."""
    found = moment(text)
    return None if found is None else max(0.0, (found - now).total_seconds())


def moment(text: str) -> datetime | None:
    """Return the moment a text names, in UTC where it names no zone; None for no moment."""
    for read in (parsedate_to_datetime, lambda iso: datetime.fromisoformat(re.sub(r"\s?utc$", "+00:00", iso, flags=re.IGNORECASE))):
        try:
            found = read(text)
        except (ValueError, TypeError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None
