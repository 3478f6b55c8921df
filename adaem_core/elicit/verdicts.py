"""What a label entry says of a value: expressed, not expressed, or nothing that can be told.

Asked to list what is expressed, recognisers also list everything with a verdict, a score or a quotation beside each value.
Data flow: `listed value → Mention (name, what is said of it, quote) → settled → True, False or None (unclear)`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from adaem_core.elicit.evidence import verbatim
from adaem_core.elicit.names import Names
from adaem_core.elicit.structured import keyed
from adaem_core.elicit.verdict_words import (
    ABSENCE,
    BETWEEN,
    BOX,
    CROSSES,
    DENIED,
    DENYING,
    LEADING,
    NAME_KEYS,
    NEGATED,
    NO,
    NOTHING,
    PLACE_KEYS,
    POLARITY_KEYS,
    QUOTE_KEYS,
    REMARK_KEYS,
    SCORE_KEYS,
    SHARE,
    TURNS,
    UNQUOTED,
    VERDICT_KEYS,
    YES,
)

LARGEST = 1e9  # a number beyond says no more, and may be beyond what a float holds


class Said(Enum):
    """What stands beside a value."""

    YES = "yes"
    NO = "no"
    LISTED = "listed"  # nothing but words of the statement, or nothing at all
    BLANK = "blank"  # a place for such words, left empty
    GAP = "gap"  # a cell left empty
    CROSS = "cross"  # x, which chooses or rejects
    DENIED = "denied"  # by a remark, which may speak of something else
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Mention:
    """One value of the system as a recogniser mentions it for one statement."""

    dimension: str  # its id
    said: Said | float  # a number is a score on a scale that the other numbers tell
    quote: str = ""


def mention_of(value: Any, text: str, names: Names) -> Mention | str | None:
    """Return what one listed value says; the name itself when it is no value of the system, None when it names "none"."""
    fields = keyed(value)
    if not fields:
        return mention_in_words(str(value), text, names)
    key, named = next(((key, found) for key in NAME_KEYS if key in fields and (found := names.find(fields[key]))), ("", None))
    spelled = {other: found for other, each in fields.items() if (found := names.find(each))} if named is None else {}
    if len(spelled) == 1:
        key, named = next(iter(spelled.items()))
    if named is None:
        name = next((str(fields[key]) for key in NAME_KEYS if key in fields), str(value))
        return None if is_none(name) else name
    beside = {other: each for other, each in fields.items() if other != key}
    others = [names.find(each) for other, each in beside.items() if other in NAME_KEYS]
    if any(each is not None and each[0] != named[0] for each in others):
        return Mention(named[0], Said.UNCLEAR)
    told = {other: each for other, each in beside.items() if not (other in NAME_KEYS and names.find(each))}
    within = said_in_words(named[1], text) if named[1] else Said.LISTED
    said = combined([within, *(said_by(other, each, text) for other, each in told.items())])
    return Mention(named[0], said, quote_in(told) or named[1])


def mention_in_words(words: str, text: str, names: Names) -> Mention | str | None:
    """Return what words such as "SEC", "Security (SEC): no" or "none" say."""
    if is_none(words):
        return None
    found = names.find(words)
    if found is None:
        return words
    stripped = words.strip()
    marked = stripped[-1:] in "?+-−" or stripped[:1] in "!~¬?-−–"
    said = said_in_words(found[1], text) if found[1] else Said.UNCLEAR if marked else Said.LISTED
    return Mention(found[0], said, found[1])


def is_none(words: str) -> bool:
    """Say whether words in a value's place name no value."""
    return words.strip(" .[](){}\"'*_").lower() in NO | {""} or NOTHING.fullmatch(words) is not None


def said_by(key: str, value: Any, text: str) -> Said | float:
    """Return what one field beside a value's name says of it."""
    found = Said.LISTED if key in PLACE_KEYS else said_of(value, text)
    if key in QUOTE_KEYS:
        return Said.BLANK if isinstance(value, str) and value.strip(" .").lower() in UNQUOTED else found
    if key in POLARITY_KEYS:
        return Said.YES if found is Said.YES else Said.UNCLEAR
    if key in VERDICT_KEYS:
        return {Said.LISTED: Said.UNCLEAR, Said.BLANK: Said.NO}.get(found, found) if isinstance(found, Said) else found
    if key in REMARK_KEYS or (isinstance(value, str) and len(value.split()) > 3):
        denied = isinstance(value, str) and (NEGATED.match(value.strip()) or DENIED.match(value.strip().lower()) or DENYING.search(value))
        return Said.DENIED if denied else Said.LISTED
    if ABSENCE.match(key) and found in (Said.YES, Said.NO, 0.0, 1.0):
        return Said.NO if found in (Said.YES, 1.0) else Said.YES
    return Said.LISTED if found is Said.BLANK and key not in SCORE_KEYS else found


def said_of(value: Any, text: str) -> Said | float:
    """Return what `value` says in the place of a verdict: a truth value, a number, words, or a list of them."""
    if isinstance(value, bool):
        return Said.YES if value else Said.NO
    if isinstance(value, int | float):
        return float(min(max(value, -LARGEST), LARGEST))
    if isinstance(value, str):
        return said_in_words(value, text)
    if isinstance(value, Mapping):
        fields = keyed(value)
        return combined([said_by(key, each, text) for key, each in fields.items()]) if fields else Said.BLANK
    if isinstance(value, list) and value:
        found = {said_of(each, text) for each in value}
        return found.pop() if len(found) == 1 else Said.UNCLEAR
    return Said.BLANK


def said_in_words(words: str, text: str) -> Said | float:
    """Return what words in a verdict's or a quotation's place say; words of the statement itself only list the value."""
    plain = " ".join(words.split()).strip(" .,;!\"'“”‘’()[]*_`").lower() or words.strip()
    if not plain or plain in YES or plain in CROSSES:
        return Said.BLANK if not plain else Said.YES if plain in YES else Said.CROSS
    if share := SHARE.fullmatch(plain):
        return float(share["score"].replace("−", "-")) / (100 if share["percent"] else float(share["whole"] or 1) or 1)
    if len(plain.split()) > 1 and verbatim(words, text):
        return Said.LISTED
    if plain in NO or DENIED.match(plain) or BOX.fullmatch(words.strip()):
        return Said.NO
    if leading := LEADING.match(plain):
        turned = TURNS.search(plain, leading.end())
        return Said.UNCLEAR if turned else Said.YES if leading["word"].lower() in YES else Said.NO
    unknown = (len(plain.split()) == 1 or not re.search(r"\w", plain)) and not verbatim(
        words, text
    )  # it may say no in words we do not know
    return Said.UNCLEAR if plain in BETWEEN or unknown or NEGATED.search(plain) else Said.LISTED


def combined(found: Iterable[Said | float]) -> Said | float:
    """Return what several fields say together: a verdict before a score, a score before a quotation; contradictions are unclear."""
    told = [each for each in found if each is not Said.LISTED]
    told = [each for each in told if each is not Said.DENIED or Said.NO not in told]
    verdicts = {each for each in told if each in (Said.YES, Said.NO)}
    scores = {each for each in told if isinstance(each, float)}
    if (
        Said.UNCLEAR in told
        or Said.DENIED in told
        or len(verdicts) > 1
        or (Said.YES in verdicts and 0.0 in scores)
        or (Said.CROSS in told and verdicts | scores)
    ):
        return Said.UNCLEAR
    if verdicts:
        return verdicts.pop()
    if scores:
        return scores.pop() if len(scores) == 1 else Said.UNCLEAR
    return next((each for each in (Said.CROSS, Said.BLANK) if each in told), Said.LISTED)


def quote_in(fields: Mapping[str, Any]) -> str:
    """Return the words quoted beside a value; of several quotations the first."""
    found = next((fields[key] for key in QUOTE_KEYS if fields.get(key)), "")
    first = found[0] if isinstance(found, list) else found
    return first if isinstance(first, str) else ""


def settled(mention: Mention, beside: Iterable[Mention], *, whole_list: bool) -> bool | None:
    """Return whether a value is expressed by its mention, given all other mentions of the reply; None when that is unclear.

    `whole_list`: all values of the system are mentioned for this statement, so that being listed says nothing.
    """
    if isinstance(mention.said, float):
        return by_score(mention.said, [each.said for each in beside if isinstance(each.said, float)])
    if mention.said is Said.BLANK:
        quoted = any(each.quote and each.said is Said.LISTED for each in beside)
        return False if whole_list else None if quoted else True
    if mention.said is Said.CROSS:
        told = {each.said for each in beside}
        return (None if Said.NO in told else False) if Said.YES in told else True
    if mention.said is Said.GAP:
        return False if whole_list or any(each.said not in (Said.NO, Said.GAP) for each in beside) else None
    return {Said.YES: True, Said.NO: False, Said.LISTED: True}.get(mention.said)


def by_score(score: float, scores: Iterable[float]) -> bool | None:
    """Return whether a score says yes, on the scale from 0 to 1; None between, or when the scale is another or unknown."""
    scores = list(scores)
    if min(scores) < 0:
        return None
    if score <= 0.05:
        return False
    return True if score >= 0.8 and max(scores) <= 1 else None
