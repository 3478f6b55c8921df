"""No key survives in a text that leaves this folder."""

import pytest

from adaem_core.chat.endpoint.scrub import plain_address, scrub
from tests.rows import every_row


@every_row(
    "text",
    [
        "bad key sk-proj-abc123DEF456ghi",
        "bad key sk-pr***ghi456",
        "Authorization: Bearer abc.def-ghi123",
        "gsk_abcdefghijkl",
        "AIzaSyA1234567890abcdefg",
        "GET https://me:abc123DEF456@host/v1",
        "GET https://host/v1?api-key=abc123DEF456&x=1",
    ],
)
def test_key_like_words_go(text: str) -> None:
    found = scrub(text)
    assert not any(part in found for part in ("abc", "ghi", "AIza", "DEF"))


def test_values_of_secret_variables_go_whatever_they_look_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_VENDOR_API_KEY", "plain words here")
    monkeypatch.setenv("MY_TOKEN_COUNT", "12")
    assert scrub("it said plain words here, 12 times") == "it said [removed], 12 times"


def test_ordinary_words_stay() -> None:
    text = "The task-force asked for a skeleton key-value store at http://localhost:8000/v1."
    assert scrub(text) == text


def test_addresses_keep_host_and_path_alone() -> None:
    assert plain_address("https://user:pass@host:8443/v1?key=1#part") == "https://host:8443/v1"
