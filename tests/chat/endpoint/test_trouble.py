"""Sorting errors: the words providers really use, and what a user must do about them."""

from types import SimpleNamespace

import httpx
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.chat.endpoint.trouble import LONGEST_WAIT, Kind, Told, meaning, trouble_of, unanswered, words
from adaem_core.chat.endpoint.wire import Heard
from tests.chat.apparatus import spec
from tests.rows import every_row


class Error(Exception):
    """Shaped like LiteLLM's exceptions."""

    def __init__(self, text: str, status: int, **headers: str) -> None:
        super().__init__(text)
        self.status_code, self.response = (
            status,
            SimpleNamespace(headers={name.replace("_", "-"): value for name, value in headers.items()}),
        )


@every_row(
    "status, text, kind",
    [
        (429, "Rate limit reached for requests", Kind.TRANSIENT),
        (429, "You exceeded your current quota, please check your plan and billing details.", Kind.FATAL),
        (429, "You exceeded your current quota. Please retry in 20.5s. RESOURCE_EXHAUSTED", Kind.TRANSIENT),
        (400, "Your credit balance is too low to access the Anthropic API.", Kind.FATAL),
        (402, "Insufficient Balance", Kind.FATAL),
        (401, "invalid x-api-key", Kind.FATAL),
        (500, "Missing credentials. Please pass an `api_key`", Kind.FATAL),
        (400, "API key not valid. Please pass a valid API key.", Kind.FATAL),
        (404, "Not Found", Kind.FATAL),
        (400, "LLM Provider NOT provided. You passed model=nonsense", Kind.FATAL),
        (400, "foo/bar is not a valid model ID", Kind.FATAL),
        (400, "max_tokens is too large", Kind.REJECTED),
        (422, "Unprocessable", Kind.REJECTED),
        (400, "Output blocked by content filtering policy: content_filter", Kind.FILTERED),
        (400, "This request violates our content policy", Kind.FILTERED),
        (400, "Input data may contain inappropriate content.", Kind.FILTERED),
        (400, "Content Exists Risk", Kind.FILTERED),
        (400, "系统检测到输入或生成内容可能包含不安全或敏感内容", Kind.FILTERED),
        (403, "Content violates usage guidelines.", Kind.FILTERED),
        (403, "Your account has been suspended for violating our usage policies.", Kind.FATAL),
        (400, "This organization has been disabled.", Kind.FATAL),
        (422, "Invalid API Key format", Kind.FATAL),
        (500, "Internal", Kind.TRANSIENT),
        (529, "Overloaded", Kind.TRANSIENT),
        (408, "Timed out", Kind.TRANSIENT),
        (0, "something odd inside LiteLLM", Kind.TRANSIENT),
    ],
)
def test_kinds(status: int, text: str, kind: Kind) -> None:
    assert trouble_of(Error(text, status), spec(), 90).kind is kind


def test_our_own_time_out_counts_as_one() -> None:
    found = trouble_of(TimeoutError(), spec(), 90)
    assert (found.kind, found.reason) == (Kind.TRANSIENT, "there was no reply within 90 seconds")


def test_objects_are_not_for_users() -> None:
    """An address where nobody listens, as aiohttp tells it."""
    told = "Cannot connect to host 127.0.0.1:9 ssl:<ssl.SSLContext object at 0x7f4c98f903b0> [Connect call failed ('127.0.0.1', 9)]"
    assert words(RuntimeError(told)) == "Cannot connect to host 127.0.0.1:9 [Connect call failed ('127.0.0.1', 9)]."


def test_class_names_are_not_for_users() -> None:
    found = trouble_of(Error("litellm.BadRequestError: OpenAIException - max_tokens is too large\nTraceback…", 400), spec(), 90)
    assert found.reason == "calm did not accept this request: max_tokens is too large."


def test_retry_after_in_words() -> None:
    assert trouble_of(Error("Please retry in 20.5s.", 429), spec(), 90).retry_after == 20.5


@every_row(
    "status, text, kind, part",
    [
        (403, 'Your model requires moderation and your input was flagged for "violence".', Kind.FILTERED, "withheld by the provider"),
        (403, "You do not have access to this model.", Kind.FATAL, "CALM_KEY"),
        (400, "Incorrect API key provided: xa***zz.", Kind.FATAL, "CALM_KEY"),
        (401, "Invalid token", Kind.FATAL, "CALM_KEY"),
        (403, "Your account has been suspended.", Kind.FATAL, "Settle it with the provider"),
        (401, "The organization tied to this key was deactivated.", Kind.FATAL, "Settle it with the provider"),
        (404, "No endpoints found matching your data policy (Free model publication).", Kind.FATAL, "privacy settings"),
        (404, "No endpoints found for acme/nothing-7b.", Kind.FATAL, "field 'model'"),
        (429, "Limit 200 requests per day (RPD)", Kind.FATAL, "Come back tomorrow"),
        (429, "Too many requests per minute", Kind.TRANSIENT, "slow down"),
        (0, "No module named 'google.auth'", Kind.FATAL, "google.auth"),
        (0, "Missing API base: api_base must be set", Kind.FATAL, "api_base"),
        (500, "APIConnectionError: boom\nTraceback (most recent call last):\n File", Kind.TRANSIENT, "boom"),
    ],
)
def test_remedies(status: int, text: str, kind: Kind, part: str) -> None:
    found = trouble_of(Error(text, status), spec(key_env="CALM_KEY"), 90)
    assert found.kind is kind and part in found.reason and "Traceback" not in found.reason


@given(status=st.integers(0, 599), said=st.text(), wait=st.none() | st.floats(0, 1e300))
def test_every_trouble_means_one_thing(status: int, said: str, wait: float | None) -> None:
    found = meaning(Told(status, said, wait), spec())
    assert found.reason and found.kind in Kind
    assert found.retry_after is None or (found.kind is Kind.TRANSIENT and found.retry_after <= LONGEST_WAIT)
    if status in (401, 402):
        assert found.kind in (Kind.FATAL, Kind.FILTERED), "nothing tried again can succeed"


@given(text=st.text(), more=st.text())
def test_nothing_for_programmers_reaches_a_user(text: str, more: str) -> None:
    for said in (f"{text} Traceback (most recent call last): {more}", f"Received Traceback: {more}", f"{text}\nTraceback\n{more}"):
        assert "traceback" not in trouble_of(Error(said, 500), spec(), 90).reason.lower()


def test_a_flag_without_words_for_it_is_that_answers_refusal_alone() -> None:
    flagged = Heard(403, body={"error": {"message": "Request refused", "metadata": {"reasons": ["hate"]}}})
    assert trouble_of(Error("", 403), spec(), 90, flagged).kind is Kind.FILTERED
    assert trouble_of(Error("", 403), spec(), 90, Heard(403, body={"error": {"message": "Request refused"}})).kind is Kind.FATAL


@every_row(
    "error, status, billed",
    [
        (TimeoutError(), 0, True),
        (httpx.ReadError("Server disconnected"), 0, True),
        (ConnectionResetError("reset by peer"), 0, True),
        (Error("Gateway time-out", 504), 504, True),
        (Error("Overloaded", 503), 503, False),
        (ConnectionRefusedError("refused"), 0, False),
        (httpx.ConnectTimeout("no route"), 0, False),
        (ValueError("no such provider"), 0, False),
    ],
)
def test_what_may_have_been_answered_may_be_billed(error: Exception, status: int, billed: bool) -> None:
    wrapped = RuntimeError("LiteLLM's own words")
    wrapped.__cause__ = error
    assert unanswered(error, status) is billed and unanswered(wrapped, status) is billed
