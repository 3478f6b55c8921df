"""Read the verdict on one text and one value (Appendix C.2, Listing 4): yes, no, or neither.

A word counts when it is the whole reply, opens it, or stands where a verdict is announced; a hedge, a question, both words without
one that is final, and words that turn it ("wait", "not a yes") leave it unread.
Data flow: `reply → prepare → the first form that it has → True, False or Unread`.
"""

import re
from collections.abc import Iterator

from adaem_core.elicit.choice import MARK, marked_choice
from adaem_core.elicit.plain import prepare
from adaem_core.elicit.structured import documents, keyed
from adaem_core.elicit.turns import Unread
from adaem_core.elicit.verdict_words import REMARK_KEYS
from adaem_core.elicit.verdicts import Said, said_of
from adaem_core.records import Outcome

LONGEST = 20_000  # characters that are read
ONE_LINE = 400  # characters in which a verdict is announced
WORD = re.compile(r"\b(?P<word>yes|no)\b", re.IGNORECASE)
NAMED = r"(?:(?:the|my|final|overall|your)\s)*(?:answer|verdict|label|response|judge?ment|conclusion|result|output|decision|reply|expressed|expression)"
SPOKEN = (
    r"(?:(?:so|therefore|thus|hence),?\s|i(?:['’]d|\swould)?\s(?:say|answer|judge)\s?(?:it is)?|it is\s|it['’]s\s|my answer would be\s)"
)
WHOLE = re.compile(
    rf"[\W_]{{0,20}}(?:{SPOKEN}|{NAMED}\b[\W_]{{0,20}}(?:(?:is|would be)\b[\W_]{{0,20}})?|[^\n.!?→>]{{1,80}}[:=]\s{{0,9}}|[^\n.!]{{1,100}}\?\s{{1,9}})?[\W_]{{0,20}}(?P<word>yes|no)(?P<end>[^\w→>]{{0,40}})",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"^[\W_]{0,20}(?P<word>yes|no)[*_\s\"'”)\]]{0,9}(?:[.,:;!)\n–—]|-\s)", re.IGNORECASE
)  # what follows explains it, and may hold the other word
CLOSING = re.compile(
    rf"(?:^|[.!?\n;:])\s{{0,9}}[\W_]{{0,20}}(?P<final>final\s|overall\s|therefore,?\s|so,?\s|thus,?\s)?{NAMED}\b[\W_]{{0,20}}(?:is\b[\W_]{{0,20}})?(?P<word>yes|no)[^\w?]{{0,40}}$",
    re.IGNORECASE,
)
ALONE = r"(?:^|[.!?;:\n→>]|--)\s{{0,9}}[\W_]{{0,20}}{other}\s{{0,9}}(?:[.!;\n]|\W{{0,40}}$)"
TURNS = re.compile(
    r"→|->|=>|\b(?:wait|actually|rather|correction|reconsider\w*|on second thoughts?|changed?|then again|but (?:yes|no)|not (?:sure|really|quite)|unsure|hmm)\b",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"\b(?:not|n't|never|neither|nor|maybe|perhaps|probably|possibly|likely|unlikely|unsure|doubt|uncertain|partly|cannot|can't|unable|sorry|whether|if|either|or|hardly|almost)\b|n['’]t\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    r"\W*(?:the|this) (?:given )?(?:text|statement|passage|opinion)(?: itself)? (?P<denied>does not|doesn['’]t|do not)?\s?(?:clearly |explicitly |directly )?express(?:es)?"
    r" (?:this|the|that|the following|the given) value(?: of [\w -]{1,40})?\W*(?P<word>yes|no)?\W*",
    re.IGNORECASE,
)
# What says the opposite of the word that it explains.
DENIES = re.compile(
    r"\b(?:text|statement|passage|opinion|it)\b[^.\n]{0,30}\b(?:does not|doesn['’]t|do not) (?:\w+ )?express|\bis(?: not|n['’]t) expressed\b",
    re.IGNORECASE,
)
AFFIRMS = re.compile(
    r"\b(?:text|statement|passage|opinion|it) (?:\w+ )?expresses (?:it|this|that|(?:this|that|the) value)\b", re.IGNORECASE
)
ACCEPTS, REJECTS = re.compile("[✅✓✔☑👍]"), re.compile("[❌✗✘✖❎🚫👎]")
NATIVE = {
    True: frozenset({"ja", "oui", "sí", "si", "sim", "да", "tak", "evet", "是", "是的", "はい", "예", "네", "نعم", "हाँ", "ya", "true", "y", "sì", "ναι", "כן", "có", "ใช่"}),
    False: frozenset({"nein", "nee", "non", "não", "nao", "нет", "nie", "hayır", "否", "不", "不是", "いいえ", "아니요", "아니오", "لا", "नहीं", "tidak", "false", "n", "όχι", "לא", "không", "ไม่"}),
}  # fmt: skip


def read_yes_no(reply: str) -> bool | Unread:
    """Return whether a reply says yes; Unread when it says neither, or both, or hedges."""
    plain = prepare(reply[:LONGEST]).strip()
    said = next(readings(plain), None)
    return Unread(Outcome.UNREADABLE, "The reply is neither Yes nor No.") if said is None else said


def readings(plain: str) -> Iterator[bool | None]:
    """Yield what a reply says by the first form it has, None where that form leaves it open."""
    bare = plain.strip(" \n.!*_`\"'“”()[]。").lower()
    for said, words in NATIVE.items():
        if bare in words:
            yield said
    if found := [each.value for each in documents(plain) if isinstance(each.value, dict)]:
        yield in_fields(found[0]) if len(found) == 1 else None
        return
    if MARK.search(plain) and len({word.lower() for word in WORD.findall(plain)}) > 1:
        chosen = marked_choice(plain, lambda word: word.lower() if WORD.fullmatch(word) else None)[1]
        yield None if chosen is None else chosen == "yes"
        return
    yield in_words(plain)


def in_fields(fields: dict[str, object]) -> bool | None:
    """Return what the fields of a JSON reply say; None when they say nothing, or both."""
    told = {said for key, value in keyed(fields).items() if key not in REMARK_KEYS and (said := said_of(value, "")) in (Said.YES, Said.NO)}
    return told == {Said.YES} if len(told) == 1 else None


def in_words(plain: str) -> bool | None:
    """Return what a reply in words says: as a whole, by how it opens, by what it comes to, or in a sentence."""
    spoken = {word.lower() for word in WORD.findall(plain)}
    if len(plain) < ONE_LINE and (whole := WHOLE.fullmatch(plain)):
        named = plain[: whole.start("word")]
        crossed = (REJECTS if is_yes(whole) else ACCEPTS).search(plain)
        return None if crossed or "?" in whole["end"] or HEDGED.search(named) or WORD.search(named) else is_yes(whole)
    if opening := OPENING.match(plain):
        other = "no" if is_yes(opening) else "yes"
        rest = plain[opening.end() - 1 :]
        turned = re.search(ALONE.format(other=other), rest, re.IGNORECASE) or (TURNS.search(rest) and other in spoken)
        against = (DENIES if is_yes(opening) else AFFIRMS).search(rest)
        return None if turned or against or rest.strip().startswith("?") or unsure(rest) else is_yes(opening)
    if closing := CLOSING.search(plain, max(0, len(plain) - ONE_LINE)):
        return is_yes(closing) if len(spoken) == 1 or closing["final"] or "final" in closing[0].lower() else None
    if len(plain) < ONE_LINE and (sentence := SENTENCE.fullmatch(plain)):
        denied = sentence["denied"] is not None
        return None if sentence["word"] and is_yes(sentence) is denied else not denied
    return None


def unsure(rest: str) -> bool:
    """Say whether what follows an opening word takes all certainty from it."""
    return re.match(r"\W*(?:maybe|perhaps|possibly|not sure|unsure|i think not|or (?:yes|no|maybe))\b", rest, re.IGNORECASE) is not None


def is_yes(found: re.Match[str]) -> bool:
    """Say whether the word of a match is yes."""
    return found["word"].lower() == "yes"
