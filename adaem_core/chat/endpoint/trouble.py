"""Sort what can go wrong with one request into four kinds, each with a sentence a user can act on.

Data flow: `exception of LiteLLM → Trouble(kind, reason)`.
"""

import re
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

from adaem_core.chat.endpoint.scrub import scrub
from adaem_core.chat.keys import variables
from adaem_core.panels import ModelSpec

QUOTA = re.compile(
    r"insufficient[_ ](quota|balance|funds|credit)|exceeded your current quota|credit balance|payment required", re.IGNORECASE
)
# Some providers use the quota's words for a limit per minute; they then say when to come back.
SHORTLY = re.compile(r"retry in|retrydelay|per[ _]?minute", re.IGNORECASE)
SOON = re.compile(r"retry (?:in|after) ([\d.]+) ?s", re.IGNORECASE)
WITHHELD = re.compile(
    r"content[_ ](filter|policy|management)|safety system|prohibited[_ ]content|usage policies|requires moderation|was flagged (?:for|as|by)",
    re.IGNORECASE,
)
OBJECTS = re.compile(r"\s*(?:\w+:)?<[\w.]+ object at 0x[0-9a-f]+>")  # how Python shows what has no words of its own
KEYLESS = re.compile(
    r"missing credentials|missing .{0,20}api[_ ]key|api[_ ]key .{0,40}(must be set|not set|not valid)|no api[_ ]key", re.IGNORECASE
)
UNKNOWN = re.compile(
    r"provider not provided|model[_ ]not[_ ]found|model .{0,80}(does not exist|not found)|not a valid model|unknown model", re.IGNORECASE
)
WORTH_ANOTHER_TRY = {408, 409, 425, 429}
LONGEST_WAIT = 600.0  # seconds: a longer Retry-After is a spent daily quota, better met by coming back later


class Kind(StrEnum):
    """What to do about it."""

    TRANSIENT = "transient"  # try again
    FATAL = "fatal"  # no request to this model can succeed until the user acts
    FILTERED = "filtered"  # the provider withheld the answer
    REJECTED = "rejected"  # this one request cannot be answered


class Trouble(Exception):
    """One request failed. The text is a sentence for the user, free of secrets."""

    def __init__(self, kind: Kind, reason: str, *, status: int = 0, retry_after: float | None = None, replied: bool = False) -> None:
        super().__init__(reason)
        self.kind, self.reason, self.status, self.retry_after = kind, reason, status, retry_after
        self.replied = replied  # a reply came that could not be read: it will be billed all the same


def trouble_of(error: BaseException, spec: ModelSpec, timeout: float) -> Trouble:
    """Return the trouble an exception of LiteLLM or of the time-out stands for."""
    status, said = int(getattr(error, "status_code", None) or 0), words(error)
    if isinstance(error, TimeoutError) or status == 408:
        return Trouble(Kind.TRANSIENT, f"there was no reply within {timeout:g} seconds", status=408)
    if 400 <= status < 500 and WITHHELD.search(f"{said} {getattr(error, 'code', '')}"):
        return Trouble(Kind.FILTERED, f"The provider of {spec.name} withheld the answer: {said}", status=status)
    if remedy := fatal_remedy(status, said, spec):
        return Trouble(Kind.FATAL, f"{spec.name} ({spec.model}) cannot go on: {said} {remedy} {CONTINUES}", status=status)
    if 400 <= status < 500 and status not in WORTH_ANOTHER_TRY:
        return Trouble(Kind.REJECTED, f"{spec.name} did not accept this request: {said}", status=status)
    return transient(error, status, said, spec)


CONTINUES = "Everything answered so far is kept: start the study again and it goes on where it stopped."


def transient(error: BaseException, status: int, said: str, spec: ModelSpec) -> Trouble:
    """Return a trouble worth another try, or a fatal one when the endpoint asks to come back much later."""
    wait = retry_after(error, said)
    if wait is not None and wait > LONGEST_WAIT:
        reason = f"{spec.name} ({spec.model}) asks to wait {wait / 60:.0f} minutes, as it does when a quota is used up. Come back then. {CONTINUES}"
        return Trouble(Kind.FATAL, reason, status=status)
    what = "the service asked to slow down" if status == 429 else "the service or the connection failed"
    return Trouble(Kind.TRANSIENT, f"{what} ({said.rstrip('.')})", status=status, retry_after=wait)


def fatal_remedy(status: int, said: str, spec: ModelSpec) -> str:
    """Return what the user must do before this model can answer anything; empty when trying on makes sense."""
    if status == 402 or (QUOTA.search(said) and not SHORTLY.search(said)):
        return "The account's credit or quota is used up: add credit with the provider, or take the model out of the panel."
    if status in (401, 403) or KEYLESS.search(said):
        return f"Check that the environment variable {key_variable(spec)} holds a valid key that may use this model."
    if status == 404 or (status in (0, 400, 500) and UNKNOWN.search(said)):
        where = f", and that api_base ({spec.api_base}) is the right address" if spec.api_base else ""
        return scrub(f"Check the field 'model' of {spec.name} in the panel file{where}.")
    return ""


def key_variable(spec: ModelSpec) -> str:
    """Return the environment variables that hold this model's key: the panel's, else the provider's own, else LiteLLM's rule."""
    return " and ".join(variables(spec)) or f"{spec.model.partition('/')[0].upper()}_API_KEY"


def words(error: BaseException) -> str:
    """Return the endpoint's own words as a sentence, without LiteLLM's chain of class names and without secrets."""
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    text = OBJECTS.sub("", text)
    text = re.sub(r"^(?:litellm\.|[A-Za-z]+(?:Error|Exception)\b[:\s-]*)+", "", text).strip()
    return scrub(text or type(error).__name__).rstrip(".") + "."


def retry_after(error: BaseException, said: str = "") -> float | None:
    """Return the seconds the endpoint asked to wait, from its header (seconds or a date) or its words; None if it did not say."""
    given = headers(error).get("retry-after") or next(iter(SOON.findall(said)), None)
    if given is None:
        return None
    try:
        return max(0.0, float(given))
    except ValueError:
        return seconds_until(str(given), str(headers(error).get("date", "")))


def seconds_until(moment: str, sent: str) -> float | None:
    """Return the seconds from the reply's own date to `moment`, both as HTTP dates; None if unreadable."""
    try:
        return max(0.0, (parsedate_to_datetime(moment) - parsedate_to_datetime(sent)).total_seconds())
    except (ValueError, TypeError):
        return None


def headers(error: BaseException) -> dict[str, Any]:
    """Return the headers of the endpoint's reply in lower case; LiteLLM keeps them in either of two places."""
    found = getattr(error, "litellm_response_headers", None) or getattr(getattr(error, "response", None), "headers", None) or {}
    return {str(name).lower(): value for name, value in found.items()}
