"""Sorting errors: the words providers really use, and what a user must do about them."""

from types import SimpleNamespace

from adaem_core.chat.endpoint.trouble import Kind, retry_after, trouble_of, words
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


@every_row(
    "error, seconds",
    [
        (Error("", 429, retry_after="7"), 7.0),
        (Error("", 429, Retry_After="0.5"), 0.5),
        (Error("", 429, retry_after="Wed, 21 Oct 2026 07:28:30 GMT", date="Wed, 21 Oct 2026 07:28:00 GMT"), 30.0),
        (Error("", 429, retry_after="soon"), None),
        (Error("", 429), None),
    ],
)
def test_retry_after(error: Error, seconds: float | None) -> None:
    assert retry_after(error) == seconds


def test_retry_after_in_words() -> None:
    assert trouble_of(Error("Please retry in 20.5s.", 429), spec(), 90).retry_after == 20.5
