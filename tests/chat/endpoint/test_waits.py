"""When to come back, in every form that providers tell it."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adaem_core.chat.endpoint.waits import asked_wait, in_words
from tests.rows import every_row

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@every_row(
    "said, seconds",
    [
        ("Rate limit reached: Limit 200, Used 200. Please try again in 7m12s.", 432.0),
        ("Please try again in 5h32m12.5s.", 19932.5),
        ("Try again in 1h.", 3600.0),
        ("Please try again in 350ms.", 0.35),
        ("Please retry in 20.5s. RESOURCE_EXHAUSTED", 20.5),
        ("Retry after 30.", 30.0),
        ("Please wait 1 hour and 2 minutes before the next request.", 3720.0),
        ("The quota resets in 2 days", 172800.0),
        ("Your limit resets at 2026-11-27T00:00:00Z.", 43200.0),
        ("You will regain access on 2026-11-27 at 00:00 UTC.", 43200.0),
        ("Retry after Thu, 26 Nov 2026 12:00:30 GMT", 30.0),
        ("Limit 3 requests per minute, used 3", None),
        ("max_tokens is too large: 5000", None),
    ],
)
def test_words(said: str, seconds: float | None) -> None:
    found = in_words(said, NOW)
    assert found is None if seconds is None else round(found or 0, 6) == seconds


@every_row(
    "headers, seconds",
    [
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"}, 30.0),
        ({"retry-after": "soon"}, None),
        ({}, None),
        ({"x-ratelimit-reset-requests": "6m0s", "x-ratelimit-reset-tokens": "120ms"}, 360.0),
        (
            {
                "x-ratelimit-reset-requests": "6m0s",
                "x-ratelimit-remaining-requests": "9",
                "x-ratelimit-reset-tokens": "2s",
                "x-ratelimit-remaining-tokens": "0",
            },
            2.0,
        ),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 60)}, 60.0),
        ({"anthropic-ratelimit-requests-reset": "2026-11-26T12:01:00Z", "anthropic-ratelimit-requests-remaining": "0"}, 60.0),
    ],
)
def test_headers(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_wait(headers, None, "", NOW) == seconds


def test_bodies() -> None:
    later = str(int((NOW.timestamp() + 15 * 3600) * 1000))
    assert (
        asked_wait({}, {"error": {"metadata": {"headers": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": later}}}}, "", NOW) == 54000
    )
    assert asked_wait({}, {"error": {"details": [{"@type": "RetryInfo", "retryDelay": "34s"}]}}, "", NOW) == 34


@given(
    hours=st.integers(0, 99),
    minutes=st.integers(0, 59),
    tenths=st.integers(0, 599),
    word=st.sampled_from(["try again in", "retry after", "resets in"]),
)
def test_any_span_is_read(hours: int, minutes: int, tenths: int, word: str) -> None:
    found = in_words(f"Limit reached. Please {word} {hours}h{minutes}m{tenths / 10}s.", NOW)
    assert found is not None and abs(found - (hours * 3600 + minutes * 60 + tenths / 10)) < 1e-6


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda deeper: st.lists(deeper) | st.dictionaries(st.text(), deeper),
)


@given(value=JSON, name=st.sampled_from(["retry-after", "x-ratelimit-reset", "date", "retry-after-ms"]), said=st.text())
def test_whatever_is_sent_never_breaks_and_never_waits_less_than_nothing(value: Any, name: str, said: str) -> None:
    for body in (value, {"error": value}, {"error": {"metadata": {"headers": {name: value}}, "details": value, "retry_after": value}}):
        found = asked_wait({name: value}, body, said, NOW)
        assert found is None or found >= 0
