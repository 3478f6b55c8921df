"""Clean a text of a user's file: what a page, a spreadsheet or a hand left in it that nobody reads. Its words stay as they are.

Data flow: `cell → one line without markup, entities and invisible marks`.
"""

import html
import json
import re
import unicodedata
from collections.abc import Iterable

# Marks of direction, form, joints and breaks that nobody sees. The two joiners stay: Persian and the scripts of India are spelt with them.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
JOINERS = re.compile("[\u200c\u200d]")
# Each ends before the next one begins: a text of openings that are never closed would be looked through once for each of them.
ASIDE = re.compile(r"<!--(?:(?!<!--).)*?-->|<(style|script|xml)\b[^<>]{0,300}>(?:(?!<\1\b).)*?</\1\s?>", re.IGNORECASE | re.DOTALL)
WITHIN_LINE = "b|i|u|s|em|strong|span|font|sup|sub|small|big|a|label|mark|[a-z]{1,9}:[a-z]{1,20}"
BREAKS_LINE = "p|br|div|h[1-6]|ul|ol|li|table|thead|tbody|tr|td|th|center|hr|blockquote|pre"
TAGS = [
    (re.compile(rf"</?(?:{kind})(?:\s[^<>]{{0,300}})?\s?/?>", re.IGNORECASE), by) for kind, by in ((WITHIN_LINE, ""), (BREAKS_LINE, " "))
]
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
ESCAPED = 3  # times that an export escapes a text which was escaped before
ENCLOSED = [
    re.compile(form) for form in (r'"([^"]+)"', "“([^“”]+)”", "„([^„“”]+)[“”]", "«([^«»]+)»", r"['‘]((?:[^'‘’]|(?<=\w)['’](?=\w))+)['’]")
]
CLOSING = " \"'”’»)）」』!！.。…*_"
QUESTION_MARKS = ("?", "？", "؟", "⸮", "⁇", "⁈", "⁉", "‽", "፧", "꘏", "⳺", "﹖", "՞")
# Questions that are written without a mark: Japanese, Chinese, Korean, Thai.
QUESTION_ENDS = ("ですか", "ますか", "ませんか", "でしょうか", "べきか", "吗", "嗎", "니까", "หรือไม่", "ไหม")
ASKED_OF = re.compile(r"""[?？؟]["”’»]?[:：]?\s*(?:["“«「‘'].+["”»」’']|\([^()]+\))\.?$""")  # … something you would say? "I like order"
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
WORDY = 3  # words from which a text says something; twice as many letters where words are written without blanks


def cleaned(text: str) -> str:
    """Return a text on one line, without markup, entities, control characters and invisible marks."""
    for _ in range(ESCAPED):
        if (plain := without_markup(text)) == text:
            break
        text = plain
    text = INVISIBLE.sub("", text)
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() or JOINERS.match(letter) else " " for letter in text)
    return unquoted(" ".join(text.split()))


def unquoted(line: str) -> str:
    """Return a line without the quotation marks that enclose all of it."""
    if line[:1].isalnum():
        return line
    found = next((each for each in map(lambda form: form.fullmatch(line), ENCLOSED) if each), None)
    return found[1] if found else line


def without_markup(text: str) -> str:
    """Return a text without tags that shape it, and with entities as the letters they stand for."""
    if "<" in text:
        text = ASIDE.sub(" ", text)
        for tag, by in TAGS:
            text = tag.sub(by, text)
    return ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def spelling(text: str) -> str:
    """Return what two texts share that only look different: lower case, without joiners, letters and their accents as one."""
    return unicodedata.normalize("NFC", JOINERS.sub("", cleaned(text))).casefold()


def without_point(id: str, others: Iterable[str]) -> str:
    """Return an id without the `.0` that a spreadsheet gave to whole numbers, where all ids have it."""
    return id[:-2] if id.endswith(".0") and all(re.fullmatch(r"\d+\.0", each) for each in others if each) else id


def is_question(text: str) -> bool:
    """Say whether a text ends as a question does, in whatever script; what it asks of may stand quoted at its end."""
    end = text.rstrip(CLOSING)
    return (
        end.endswith(QUESTION_MARKS + QUESTION_ENDS)
        or "՞" in end[-30:]  # Armenian sets its mark within the last words
        or (end.endswith((";", "\u037e")) and bool(GREEK.search(end)))
        or bool(ASKED_OF.search(text))
    )


def asks(text: str) -> bool:
    """Say whether a text may be asked: a question in any script, or more than a word or two."""
    return is_question(text) or len(text.split()) >= WORDY or len(UNSPACED.findall(text)) >= 2 * WORDY


def asks_fully(text: str) -> bool:
    """Say whether a text is a question of some words: “Complete?”, the name of a column, asks nobody."""
    return is_question(text) and (len(text.split()) >= WORDY or len(UNSPACED.findall(text)) >= WORDY)


def is_json(text: str) -> bool:
    """Say whether a text is a structure of JSON: nothing that could be asked."""
    if not text.startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False
