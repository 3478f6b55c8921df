"""Clean a text of a user's file: what a page, a spreadsheet or a hand left in it that nobody reads. Its words stay as they are.

Data flow: `cell → one line without markup, entities and invisible marks`.
"""

import html
import json
import re
from collections.abc import Iterable

# Marks of direction, joints and breaks that nobody sees. The two joiners stay: Persian and the scripts of India are spelt with them.
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
JOINERS = re.compile("[\u200c\u200d]")
FORMATTING = (
    "p|br|b|i|u|s|em|strong|span|div|font|sup|sub|small|big|h[1-6]|ul|ol|li|a|table|tbody|tr|td|th|center|label|hr|blockquote|pre|mark"
)
TAG = re.compile(rf"</?(?:{FORMATTING})(?:\s[^<>]{{0,300}})?\s?/?>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
ENCLOSED = [
    re.compile(form) for form in (r'"([^"]+)"', "“([^“”]+)”", "„([^„“”]+)[“”]", "«([^«»]+)»", r"['‘]((?:[^'‘’]|(?<=\w)['’](?=\w))+)['’]")
]
QUESTION_MARKS = ("?", "？", "؟", "⸮", ";")


def cleaned(text: str) -> str:
    """Return a text on one line, without markup, entities, control characters and invisible marks."""
    if "<" in text:
        text = TAG.sub(" ", text)
    if "&" in text:
        text = ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = "".join(letter if letter.isprintable() or JOINERS.match(letter) else " " for letter in INVISIBLE.sub("", text))
    return unquoted(" ".join(text.split()))


def unquoted(line: str) -> str:
    """Return a line without the quotation marks that enclose all of it."""
    found = next((each for each in map(lambda form: form.fullmatch(line), ENCLOSED) if each), None)
    return found[1] if found else line


def is_json(text: str) -> bool:
    """Say whether a text is a structure of JSON: nothing that could be asked."""
    if not text.startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def spelling(text: str) -> str:
    """Return what two texts share that only look different: lower case, without joiners."""
    return JOINERS.sub("", cleaned(text)).casefold()


def without_point(id: str, others: Iterable[str]) -> str:
    """Return an id without the `.0` that a spreadsheet gave to whole numbers, where all ids have it."""
    return id[:-2] if id.endswith(".0") and all(re.fullmatch(r"\d+\.0", each) for each in others) else id


def is_question(text: str) -> bool:
    """Say whether a text ends as a question does, in whatever script."""
    return text.rstrip(" \"'”’»)").endswith(QUESTION_MARKS)
