"""Sort what can go wrong with one request into four kinds, each with a sentence a user can act on.

Data flow: `exception of LiteLLM → Trouble(kind, reason)`.
"""

import json
import math
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import httpx

from adaem_core.chat.endpoint.fields import mapping, number
from adaem_core.chat.endpoint.scrub import scrub
from adaem_core.chat.endpoint.waits import asked_wait
from adaem_core.chat.endpoint.wire import Heard, error_words
from adaem_core.chat.keys import key_variable
from adaem_core.panels import ModelSpec

QUOTA = re.compile(
    r"insufficient[_ ](quota|balance|funds|credit)|exceeded your current quota|credit balance|payment required|"
    r"(?:spend|spending|usage|billing)[\w ]{0,12} limit (?:has been )?reached|out of credits",
    re.IGNORECASE,
)
# Some providers use the quota's words for a limit per minute; they then say when to come back.
SHORTLY = re.compile(r"retry in|retrydelay|per[ _-]?minute", re.IGNORECASE)
DAILY = re.compile(r"per[ _-]?(?:day|week|month)|daily|monthly|\b[RT]PD\b", re.IGNORECASE)
WITHHELD = re.compile(
    r"content[_ ](filter|policy|management)|safety (system|filter)|prohibited[_ ]content|usage polic|moderation|"
    r"(?:input|prompt|content|request) (?:was |has been |is )?(?:flagged|blocked)|flagged (?:for|as|by)|responsible ?ai|violat\w+ .{0,40}(?:polic|guideline|terms)|"
    r"(?:inappropriate|unsafe|harmful|sensitive|prohibited) (?:content|words|information)|data_inspection_failed|content exists risk|high[- ]risk|safety[_ ]check|"
    r"敏感|不安全|违规|不当内容",
    re.IGNORECASE,
)
# What is held against the account is no word on this one question.
BARRED = re.compile(
    r"(?:account|organi[sz]ation|workspace|project|access|\buser) .{0,60}(?:terminated|suspended|deactivated|disabled|banned|blocked|revoked)",
    re.IGNORECASE,
)
POLICY = re.compile(r"(?:data|privacy) (?:policy|settings?)|guardrail restrictions", re.IGNORECASE)  # of the account, not of the question
OBJECTS = re.compile(r"\s*(?:\w+:)?<[\w.]+ object at 0x[0-9a-f]+>")  # how Python shows what has no words of its own
KEYLESS = re.compile(
    r"missing credentials|missing .{0,20}api[_ ]?key|api[_ ]?key .{0,40}(must be set|not set|not valid|is required)|no api[_ ]?key|"
    r"(?:incorrect|invalid|wrong|expired|malformed|unknown|revoked|bad|no valid) (?:x-)?api[- _]?key|api[- _]?key .{0,20}(?:invalid|expired|incorrect|not found|revoked)|"
    r"api_key_invalid|invalid_api_key|authentication_error|(?:invalid|incorrect|expired) (?:bearer |access |auth\w* )?(?:token|credentials)|authentication (?:failed|fails)|"
    r"(?:unable|not able|failed) to locate credentials|default credentials were not found|unauthorized",
    re.IGNORECASE,
)
UNKNOWN = re.compile(
    r"provider not provided|model[_ ]not[_ ]found|model .{0,80}(does not exist|not found)|not a valid model|unknown model", re.IGNORECASE
)
# What is missing on this computer or in the panel file, which no second try finds.
MODULE = re.compile(
    r"no module named ['\"]?([\w.]+)|(?:pip install|install) [`'\"]?([\w.\[\]-]+)[`'\"]? .{0,60}(?:required|needed|to use)|(?:please |run )+.{0,8}pip install ['\"]?([\w.\[\]-]+)",
    re.IGNORECASE,
)
ADDRESSLESS = re.compile(
    r"(?:api[_ ]base|base[_ ]url|azure_endpoint|endpoint) .{0,40}(?:must be|not set|required|missing|is none)|missing .{0,20}(?:api[_ ]base|base[_ ]url)|requires .{0,20}(?:api[_ ]base|base[_ ]url)",
    re.IGNORECASE,
)
TRACEBACK = re.compile(r"\s*(?:Stack trace.{0,3}|Received Traceback|Traceback)\b.*", re.IGNORECASE | re.DOTALL)
WORTH_ANOTHER_TRY = {408, 409, 425, 429}
GAVE_UP_WAITING = {408, 504, 524}  # statuses of a gateway behind which a model may still be writing
NEVER_ARRIVED = (ConnectionRefusedError, socket.gaierror, httpx.ConnectTimeout)
NOTHING_CAME = (TimeoutError, ConnectionError, httpx.ReadError, httpx.ReadTimeout, httpx.RemoteProtocolError)
LONGEST_WAIT = 600.0  # seconds: a longer wait is a spent quota, better met by coming back later


class Kind(StrEnum):
    """What to do about it."""

    TRANSIENT = "transient"  # try again
    FATAL = "fatal"  # no request to this model can succeed until the user acts
    FILTERED = "filtered"  # the provider withheld the answer
    REJECTED = "rejected"  # this one request cannot be answered


class Trouble(Exception):
    """One request failed. The text is a sentence for the user, free of secrets; `billed` says whether the try may cost, by its `usage`."""

    def __init__(self, kind: Kind, reason: str, *, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.kind, self.reason, self.status, self.retry_after = kind, reason, status, retry_after
        self.billed, self.usage = False, None


@dataclass(frozen=True)
class Told:
    """What is known of a failed try."""

    status: int  # HTTP status; 0 where there is none
    said: str  # the endpoint's or LiteLLM's words, one sentence without secrets
    wait: float | None = None  # seconds it asks to wait, from 0 up
    code: str = ""  # the error's own code or type


def trouble_of(error: BaseException, spec: ModelSpec, timeout: float, ear: Heard | None = None) -> Trouble:
    """Return the trouble an exception of LiteLLM or of the time-out stands for, with what was heard of the endpoint itself."""
    ear = ear or Heard()
    status = ear.status if ear.status >= 400 else int(number(getattr(error, "status_code", None)) or 0)
    if isinstance(error, TimeoutError) or status == 408:
        return Trouble(Kind.TRANSIENT, f"there was no reply within {timeout:g} seconds", status=408)
    about = mapping((ear.body or {}).get("error"))
    said = sentence(error_words(ear.body)) if ear.body and error_words(ear.body) else words(error)
    if ear.status == 200 and (code := int(number(about.get("code")) or 0)) >= 400:
        status = code  # an error that was sent as if it were a reply
    if ear.status == 200 and not about:
        return Trouble(
            Kind.TRANSIENT, f"the service or the connection failed ({UNREADABLE if ear.body is None else said.rstrip('.')})", status=200
        )
    flagged = any(map(mapping(about.get("metadata")).get, ("reasons", "flagged_input")))
    code_words = f"{getattr(error, 'code', '') or ''} {about.get('code') or ''} {about.get('type') or ''}{' moderation' * flagged}"
    said_all = f"{error} {json.dumps(about, default=str)}" if status == 429 else said
    sent = headers(error) | ear.headers
    if status != 429:
        sent = {name: value for name, value in sent.items() if "ratelimit" not in name}  # they come with every reply
    return meaning(Told(status, said, asked_wait(sent, ear.body, said_all, datetime.now(UTC)), code_words), spec)


CONTINUES = "Everything answered so far is kept: start the study again and it goes on where it stopped."
UNREADABLE = (
    "it sent a reply that could not be read: check that api_base is the address of an OpenAI-compatible service, usually ending in /v1"
)


def meaning(told: Told, spec: ModelSpec) -> Trouble:
    """Return what an endpoint's trouble means: whether it is final for this answer or for the model, else how long to wait."""
    status, said = told.status, told.said
    if (
        400 <= status < 500
        and status != 429
        and not KEYLESS.search(said)
        and not BARRED.search(said)
        and WITHHELD.search(f"{said} {told.code}")
    ):
        return Trouble(Kind.FILTERED, f"withheld by the provider of {spec.name}: {said}", status=status)
    if remedy := next(remedies(told, spec), ""):
        return Trouble(Kind.FATAL, f"{spec.name} ({spec.model}) cannot go on: {said} {remedy} {CONTINUES}", status=status)
    if 400 <= status < 500 and status not in WORTH_ANOTHER_TRY:
        return Trouble(Kind.REJECTED, f"{spec.name} did not accept this request: {said}", status=status)
    if told.wait is not None and told.wait > LONGEST_WAIT:
        return Trouble(Kind.FATAL, f"{spec.name} ({spec.model}) asks to wait {come_back(told.wait)}: {said} {CONTINUES}", status=status)
    if told.wait is None and status == 429 and DAILY.search(f"{said} {told.code}"):
        reason = f"{spec.name} ({spec.model}) has used up a limit per day or longer: {said} Come back tomorrow, or raise the limit with the provider. {CONTINUES}"
        return Trouble(Kind.FATAL, reason, status=status)
    what = "the service asked to slow down" if status == 429 else "the service or the connection failed"
    return Trouble(Kind.TRANSIENT, f"{what} ({said.rstrip('.')})", status=status, retry_after=told.wait)


def come_back(wait: float) -> str:
    """Return a long wait in words, with the moment to come back."""
    minutes = math.ceil(min(wait, MONTH) / 60)
    span = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} minutes"
    return f"{span} (come back after {datetime.now(UTC) + timedelta(minutes=minutes):%d %B, %H:%M} UTC)"


MONTH = 31 * 86400.0  # seconds: what is longer is no wait


def remedies(told: Told, spec: ModelSpec) -> Iterator[str]:
    """Yield what the user must do before this model can answer anything, the likeliest first; nothing where trying on makes sense."""
    status, said = told.status, told.said
    if found := MODULE.search(said):
        yield f"Install the Python package {next(filter(None, found.groups()))} on this computer, which this provider needs."
    if status in (0, 400, 500) and ADDRESSLESS.search(said):
        yield f"Give {spec.name} its address in the panel file, in the field api_base."
    if status == 402 or (QUOTA.search(f"{said} {told.code}") and told.wait is None and not SHORTLY.search(said)):
        yield "The account's credit or quota is used up: add credit with the provider, or take the model out of the panel."
    if 300 <= status < 400:
        yield f"It refers to another address, where nothing is sent on. Give {spec.name} the right one in the panel file, in the field api_base."
    if (status < 429 or status == 500) and BARRED.search(said):
        yield f"Settle it with the provider, put the key of another account into {key_variable(spec)}, or take the model out of the panel."
    if status in (403, 404) and POLICY.search(said):
        yield "Allow such models in the privacy settings of your account with the provider, or take the model out of the panel."
    if status in (401, 403) or (status in (0, 400, 422, 500) and KEYLESS.search(f"{said} {told.code}")):
        yield f"Check that {key_variable(spec)}, set in the environment or entered on the Models page, holds a valid key that may use this model."
    if status == 404 or (status in (0, 400, 500) and UNKNOWN.search(said)):
        where = f", and that api_base ({spec.api_base}) is the right address" if spec.api_base else ""
        yield scrub(f"Check the field 'model' of {spec.name} in the panel file{where}.")


def words(error: BaseException) -> str:
    """Return an exception's words as a sentence, without LiteLLM's chain of class names and without secrets."""
    return sentence(str(error), type(error).__name__)


def sentence(text: str, otherwise: str = "it gave no reason") -> str:
    """Return the first line of a text that says something as a sentence; what is for programmers is left out."""
    text = TRACEBACK.sub("", OBJECTS.sub("", text)).strip()
    text = text.splitlines()[0] if text else ""
    text = re.sub(r"^(?:litellm\.|[A-Za-z]+(?:Error|Exception)\b[:\s-]*)+", "", text).strip()
    return scrub(text or otherwise).rstrip(".: ") + "."


def headers(error: BaseException) -> dict[str, Any]:
    """Return the headers of the endpoint's reply in lower case; LiteLLM keeps them in either of two places."""
    found = getattr(error, "litellm_response_headers", None) or getattr(getattr(error, "response", None), "headers", None) or {}
    return {str(name).lower(): value for name, value in found.items()}


def unanswered(error: BaseException, status: int) -> bool:
    """Return whether a request may have been answered, and billed, though no reply came: `status` is that of the endpoint, 0 for none."""
    chain = list(causes(error))
    sent = not any(isinstance(each, NEVER_ARRIVED) for each in chain)
    return status in GAVE_UP_WAITING or (not status and sent and any(isinstance(each, NOTHING_CAME) for each in chain))


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and those behind it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
