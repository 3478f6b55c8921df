"""What a JSON reply is: the JSON values in it, in order, whatever surrounds them and however broken they are.

Quotes are told by what stands beside them, so that an apostrophe or a quotation within a text ends nothing; what is broken beyond
that is mended by `json-repair`. What is cut off is not mended: nobody knows what would have followed.
Data flow: `reply → documents → Documents (value, repaired or not) → final → the one that counts`.
"""

import ast
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

from adaem_core.elicit.plain import LONGEST

TRIES = 12  # places that look like JSON and are none; a bound keeps the time linear
DEEPEST = 40  # levels of brackets
LIKE_JSON = re.compile(r"[{\[]\s{0,200}(?:[\"'“‘„«`{\[]|//|/\*|#|[A-Za-z_][\w ]{0,30}:|\d{1,3}\s?:|\(|\Z)")
OPENING = {'"': '"”', "'": "'", "“": '”"“', "”": '”"', "„": '“”"', "‘": "’'‘", "’": "’'", "«": "»", "`": "`'"}
ENDS = r"\s{0,200}(?:[}\]]|\Z|//|/\*)"
KEY_NEXT = r"\s{0,200},\s{0,200}(?:[\"'“‘„«`][^\"“”\n:{}\[\]]{1,60}[\"'”’“»`]\s{0,9}:|[A-Za-z_]\w{0,40}\s{0,9}:|[}\]]|//|/\*|\Z)"
ITEM_NEXT = r"\s{0,200},\s{0,200}(?:[\"'“‘„«`{\[\]}]|//|/\*|-?\d|true\b|false\b|null\b|\Z)"
KEY_END, VALUE_END, ITEM_END = (
    re.compile(r"\s{0,200}[:=]"),
    re.compile(f"{ENDS}|{KEY_NEXT}|\\s{{1,200}}[\"'“‘„«`]\\w{{1,40}}[\"'”’“»`]\\s{{0,9}}:"),
    re.compile(f"{ENDS}|{ITEM_NEXT}"),
)
BARE_END = re.compile(
    r"\s{0,200}(?:[}\]]|\Z|//|/\*|,\s{0,200}(?:[\"'“‘]?[A-Za-z_]\w{0,40}[\"'”“’]?\s{0,9}:|[}\]]|\Z)|\n\s{0,200}[\"'“‘]?[A-Za-z_]\w{0,40}[\"'”“’]?\s{0,9}:)"
)
LITERAL = re.compile(r"-?\d[\d.eE+-]*|true|false|null|none|nan", re.IGNORECASE)
ESCAPE = re.compile(r"\\(.)|\"", re.DOTALL)
COMMENT = re.compile(r"//[^\n]*|/\*.{0,2000}?\*/|#[^\n]*", re.DOTALL)
# Text that a mender has taken for part of a string although it is the form around it.
SWALLOWED = re.compile(r"[\"'”’]\s{0,20}[}\]]|[\"'“‘]\w{1,40}[\"'”’]\s{0,9}:\s{0,9}[\"'“‘{\[\d]")
REVISED = re.compile(
    r"\b(?:final\w*|revis\w+|on reflection|correct(?:ed|ion)|improved|updated|reconsider\w*|second thoughts?|let me (?:correct|revise|redo|restate|rethink)|oops|scratch that|i meant)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\b(?:draft|first (?:try|attempt|pass|version)|initial\w*|earlier|previous\w*|example|alternativ\w+|for comparison|format|schema|template|instead|another|originally)\b",
    re.IGNORECASE,
)
ESCAPED_QUOTES = re.compile(r"[{\[]\s{0,200}&(?:quot|apos|#3[49]|#x2[27]);")
ENCODED = re.compile(r"\"\s{0,9}(?:\\+\"\s{0,9})?[{\[]\s{0,9}(?:\\+n\s{0,40})?[{\[]?\\+\"")
BACKSLASHED = re.compile(r"[{\[]\s{0,200}\\\"")
REPAIRED = "The JSON of this reply was broken and was repaired before it was read."


@dataclass(frozen=True)
class Document:
    """One JSON value in a reply."""

    value: Any  # an object or a list; None where it is cut off or cannot be mended
    source: str  # its own text
    before: str  # the words between the value before it and this one
    end: int  # where it ends in the text that was searched
    repaired: bool = False  # true when the text is no JSON as it stands


def find_json(text: str) -> Any:
    """Return the JSON value in `text` that counts; None when there is none, or over LONGEST."""
    found = final(documents(text))
    return found.value if found else None


def documents(text: str) -> list[Document]:
    """Return the JSON values in `text` that hold an object or a list of lists; empty when there is none, or over LONGEST."""
    if len(text) > LONGEST:
        return []
    return list(every_document(decoded(unescape(text) if ESCAPED_QUOTES.search(text) else text)))


def decoded(text: str) -> str:
    """Return the text with every object or list in it that was encoded as a string, once or more often, as it was before; likewise itself."""
    if (stripped := text.strip())[:1] == '"' == stripped[-1:]:
        with suppress(ValueError, RecursionError):
            text = str(json.loads(stripped, strict=False))
    for _ in range(TRIES):
        if (encoded := ENCODED.search(text)) is None:
            break
        try:
            inner, end = json.JSONDecoder(strict=False).raw_decode(text, encoded.start())
        except (ValueError, RecursionError):
            break
        text = f"{text[: encoded.start()]}{inner}{text[end:]}"
    return text.replace('\\"', '"') if BACKSLASHED.search(text) and not is_json(decode(text, next_bracket(text, 0))) else text


def is_json(decoded: tuple[Any, int, bool]) -> bool:
    """Say whether what was decoded is JSON as it stands."""
    value, _, repaired = decoded
    return value is not None and not repaired


def every_document(text: str) -> Iterator[Document]:
    """Yield every JSON value in a text, those that cannot be read included."""
    begin, at, failures = 0, next_bracket(text, 0), 0
    while at >= 0 and failures < TRIES:
        value, end, repaired = decode(text, at)
        if value is None and not like_json(text, at):
            failures, end = failures + 1, at + 1
        elif value is None or holds_more(value):
            failures += value is None
            yield Document(value, text[at:end], text[begin:at], end, repaired)
            begin = end
        at = next_bracket(text, end)


def next_bracket(text: str, begin: int) -> int:
    """Return where the next object or list may begin, -1 if nowhere."""
    places = [place for bracket in "{[" if (place := text.find(bracket, begin)) >= 0]
    return min(places, default=-1)


def like_json(text: str, at: int) -> bool:
    """Say whether what begins at a bracket may be meant as JSON; LaTeX's braces follow a word."""
    return LIKE_JSON.match(text, at) is not None and not text[max(at - 1, 0)].isalpha()


def holds_more(value: Any) -> bool:
    """Say whether a decoded value is more than a remark in square brackets, such as "[1]"."""
    return bool(value) and (isinstance(value, dict) or any(isinstance(each, (dict, list)) for each in value))


def decode(text: str, at: int) -> tuple[Any, int, bool]:
    """Return the JSON value that begins at `at`, where it ends, and whether it had to be repaired; None for one that cannot be."""
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(text, at)
        return value, end, False
    except (ValueError, RecursionError):
        pass
    if not like_json(text, at):
        return None, at + 1, False
    quoted, end, missing = requoted(text, at)
    if missing > (text[at:end].rstrip("` \n")[-1:] in ("}", "]")):
        return None, end, False
    try:
        return with_lists(ast.literal_eval(text[at:end])), end, False
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return mend(quoted) or mend(text[at:end]), end, True


def with_lists(value: Any) -> Any:
    """Return a Python value with lists for its tuples and sets, and without the "..." that stands for more."""
    if isinstance(value, dict):
        return {key: with_lists(each) for key, each in value.items()}
    return [with_lists(each) for each in value if each is not ...] if isinstance(value, list | tuple | set) else value


def mend(text: str) -> Any:
    """Return what `json-repair` makes of a broken object or list; None when the form of the text got into its strings."""
    # A third of the studio's commands never see a broken reply.
    import json_repair

    try:
        value = json_repair.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, (dict, list)) and not any(SWALLOWED.search(each) for each in strings(value)) else None


def strings(value: Any) -> Iterator[str]:
    """Yield every string in a JSON value, keys included."""
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def requoted(text: str, at: int) -> tuple[str, int, int]:
    """Return the object or list at `at` with JSON's quotes and no comments, where it ends, and how many brackets it lacks."""
    written: list[str] = []
    levels: list[str] = []
    last, place = " ", at  # the last character that was no space: a quote after a letter opens nothing
    while place < len(text):
        character = text[place]
        if last in "}]" and not (character.isspace() or character in ",:]}{[)\"'“‘„«/#"):
            break  # words after a value: it lacks its last bracket
        if character in "{[":
            levels.append(character)
        elif character in "}]" and levels:
            levels.pop()
        elif character in OPENING and last in "{[,:=":
            string, place = quoted_string(text, place, is_key=levels[-1:] == ["{"] and last in "{,", in_list=levels[-1:] == ["["])
            written.append(string)
            last = '"'
            continue
        elif last == ":" and levels[-1:] == ["{"] and character.isalnum():
            end = BARE_END.search(text, place)
            bare = text[place : end.start() if end else len(text)]
            written.append(bare if LITERAL.fullmatch(bare.strip()) else escaped(bare))
            last, place = '"', place + len(bare)
            continue
        elif character in "/#" and last in '{[,}]"' and (comment := COMMENT.match(text, place)):
            place = comment.end()
            continue
        written.append(character)
        last = last if character.isspace() else character
        place += 1
        if not levels or len(levels) > DEEPEST:
            break
    return "".join(written), place, len(levels)


def quoted_string(text: str, at: int, *, is_key: bool, in_list: bool) -> tuple[str, int]:
    """Return the string that opens at `at`, as JSON, and where it ends: at a quote that what follows shows to be the last."""
    closing, ends = OPENING[text[at]], KEY_END if is_key else ITEM_END if in_list else VALUE_END
    place = at + 1
    while place < len(text) and not (text[place] in closing and ends.match(text, place + 1)):
        place += 2 if text[place] == "\\" else 1
    return escaped(text[at + 1 : place]), min(place + 1, len(text))


def escaped(body: str) -> str:
    """Return the body of a string in JSON's quotes; its own escapes stay where JSON knows them."""
    return '"' + ESCAPE.sub(lambda match: '\\"' if match[1] is None else match[0] if match[1] in '"\\/bfnrtu' else match[1], body) + '"'


def is_final(document: Document) -> bool:
    """Say whether the words before a value call it the final or a revised one."""
    return REVISED.search(document.before[-120:]) is not None


def final(found: Sequence[Document]) -> Document | None:
    """Return the value that counts: the last that is called final, else the last, unless that is an example or a draft."""
    called = [each for each in found if is_final(each)]
    last = [*called, *found][len(called) - 1 if called else -1 :][:1]
    if not last or last[0].value is None:
        return None
    aside = not called and len({json.dumps(each.value, default=str) for each in found}) > 1 and ASIDE.search(last[0].before[-120:])
    return None if aside else last[0]


@lru_cache(maxsize=2_000)
def letters(key: str) -> str:
    """Return a key without case, spaces, underscores and digits: "Key_Points" and "key points" are one."""
    return re.sub(r"[\W\d_]+", "", key.lower())


def keyed(content: Any) -> dict[str, Any]:
    """Return a mapping by the letters of its keys; empty when `content` is no mapping."""
    return {letters(str(key)): value for key, value in content.items()} if isinstance(content, dict) else {}
