"""Take secrets out of texts before they reach a page, a log or a file.

Data flow: `an endpoint's error text → the same text without keys, tokens and addresses' private parts`.
"""

import os
import re
from functools import cache
from urllib.parse import urlsplit, urlunsplit

REMOVED = "[removed]"
SECRET_NAMES = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL", re.IGNORECASE)
SECRETS = re.compile(r"(?i:bearer|basic)\s+[\w.~+/=*-]{6,}|\b(?:sk|pk|rk|gsk|hf|xai|key)[-_][\w*.-]{6,}|\bAIza[\w-]{10,}|\beyJ[\w.-]{20,}")
ADDRESSES = re.compile(r"\bhttps?://[^\s'\"<>)\]]+")
SHORTEST = 8  # shorter values of such variables are settings like "false", not secrets
SHORTEST_KEY = 6  # of one that was sent as a key; "none" is sent where there is none
_sent = set[str]()  # keys in use, whatever their variables are called
LONGEST = 500  # characters of an endpoint's own words that are kept


def scrub(text: str) -> str:
    """Return `text` without values of secret environment variables, key-like words, and addresses' credentials and queries."""
    return ADDRESSES.sub(lambda match: plain_address(match.group()), SECRETS.sub(REMOVED, without_values(text)))[:LONGEST]


def without_values(text: str) -> str:
    """Return `text` without the values of keys in use and of secret environment variables; an endpoint may send back what it was sent."""
    for value in sorted(secret_values(), key=len, reverse=True):
        text = text.replace(value, REMOVED)
    return text


def keep_out(key: str) -> None:
    """Let no text that is scrubbed from now on hold this key."""
    if len(key) >= SHORTEST_KEY:
        _sent.add(key)


def secret_values() -> set[str]:
    """Return the keys in use, and the values of all environment variables whose name says they are secret."""
    return _sent | {value for name in os.environ if is_secret(name) and len(value := os.environ[name]) >= SHORTEST}


@cache
def is_secret(name: str) -> bool:
    """Return whether the name of an environment variable says that its value is secret."""
    return SECRET_NAMES.search(name) is not None


def plain_address(address: str) -> str:
    """Return a URL without user, password, query and fragment, all of which may carry keys."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return REMOVED
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
