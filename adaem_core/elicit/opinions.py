"""The grammar of an answer: stance and opinions in what a model really wrote (Appendix C.2, Listing 3).

The form asked for is `Stance: …`, `Key Points:`, `1. point: justification`; what comes back has every layout. A reply
that holds no answer gets a reason instead: refused, or unreadable and why.
Data flow: `reply → read_answer → Parsed (stance, opinions) | Unread (outcome, reason)`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from adaem_core.chat.thoughts import without_thoughts
from adaem_core.elicit.abroad import in_english
from adaem_core.elicit.language import foreign, without_other_script
from adaem_core.elicit.lines import KEY_POINTS, lines_of, told_in_turn
from adaem_core.elicit.parts import parted, read_item, read_point, uncounted
from adaem_core.elicit.plain import LONGEST, plain, prepare
from adaem_core.elicit.points import find_points, told_in_paragraphs
from adaem_core.elicit.refusal import declines, hollow, only_declines, refuses
from adaem_core.elicit.sections import argues_both
from adaem_core.elicit.stance import UNKNOWN, find_stance, is_stance_line, phrased
from adaem_core.elicit.structured import REPAIRED, decoded
from adaem_core.elicit.structured_answer import read_structured, text_within
from adaem_core.elicit.turns import LONGEST_REPLY, TOO_LONG, Cut, Unread
from adaem_core.elicit.versions import FORM_LINE, NEXT_QUESTION, last_version, settled, taken_back
from adaem_core.elicit.whole import apart, broken_off, spoilt
from adaem_core.records import Opinion, Outcome

DECLINES = re.compile(
    r"\b(?:i(?:'m| am) (?:very |really )?(?:sorry|afraid)|i apologi[sz]e|i (?:must|have to|will|would prefer to|respectfully) (?:\w+ )?decline|i (?:can't|cannot|can not|won't|will not|am unable to"
    r"|am not able to|'m unable to|'m not able to|am not comfortable|refuse|decline)|i(?:'m| am) (?:unable|not able|not comfortable)|unable to (?:assist|help|answer|comply|provide|respond)"
    r"|(?:against|violates?) (?:my|our|the) \w*\s?(?:guidelines|polic(?:y|ies)|programming|principles)|content polic)",
    re.IGNORECASE,
)
HAS_NO_VIEW = re.compile(
    r"\b(?:do(?:n't| not)|can(?:'t|not)|never|won't|without|not) (?:personally )?(?:have|hold|take|possess|form|express|offer|give|provide|share|adopt)\w*"
    r" (?:any |a |an |my |own )*(?:\w+ ){0,2}(?:opinions?|views?|beliefs?|positions?|stances?|sides?|preferences?|feelings?)|remain (?:neutral|impartial)",
    re.IGNORECASE,
)
NO_POINT = re.compile(r"\W*(?:n/?a|none|not applicable)\W*", re.IGNORECASE)
TAG_ALONE = re.compile(r"^[ \t]{0,9}</?[A-Za-z_][\w:-]{0,30}>[ \t]*$", re.MULTILINE)
SPEAKER = re.compile(
    r"\A\s*(?:ai|bot|model|response|answer|output|reply|result)\s?:\s{0,3}(?=[*_#]{0,3}(?:final |my )?stance\b)", re.IGNORECASE
)
TWO_STANCES = "The reply takes two stances, and does not say which of them counts."
OWN_WORDS = "The stance is told in words that do not say yes, no or neutral; the points are read."
BROKEN_FORM = "The form around the points is broken, and where they begin and end cannot be told."
BROKEN_OFF = "The reply breaks off within its last point, so it is not read."


@dataclass(frozen=True)
class Parsed:
    """What an answer says: its stance (yes, no or neutral; None in words of its own) and its points in the order given, at least one."""

    stance: str | None
    opinions: tuple[Opinion, ...]
    note: str = ""  # how it was read, where that was not plain


def read_answer(text: str, wanted: int) -> Parsed | Unread:
    """Return the stance and the first `wanted` opinions of an answer, or why there are none. Never raises; time linear in the text."""
    said = decoded(without_thoughts(text[: LONGEST_REPLY + 1]))
    prepared = prepare(text_within(said) or said if "{" in said else said)
    if not prepared.strip():
        return unreadable("The reply is empty.")
    if len(prepared) > LONGEST or len(text) > LONGEST_REPLY:
        return unreadable(TOO_LONG.format(got=max(len(text), len(prepared)), most=LONGEST))
    if refuses(prepared):  # in whatever language
        return refused(prepared)
    if language := foreign(prepared):
        return unreadable(f"The reply is in {language}; answers are compared in English.")
    if (structured := read_structured(said) or (read_structured(prepared) if prepared != said else None)) is None:
        return read_words(in_english(prepared), wanted)
    phrase, items, repaired = structured
    found = verdict(prepared, phrased(phrase), [each for item in items if (each := read_item(item))], wanted)
    return replace(found, note=REPAIRED) if repaired and isinstance(found, Parsed) else found


def refused(prepared: str) -> Unread:
    """Return the record of a reply that declines."""
    opening = plain(prepared[:1500].replace("’", "'"))[:160]
    return Unread(Outcome.REFUSED, f"The model declined to answer: “{opening}”")


def unreadable(reason: str) -> Unread:
    """Return the record of a reply that cannot be read."""
    return Unread(Outcome.UNREADABLE, reason)


def read_words(prepared: str, wanted: int) -> Parsed | Unread:
    """Return the answer in a reply in words, or why there is none."""
    words = TAG_ALONE.sub("", SPEAKER.sub("", without_other_script(prepared)))
    lines = last_version([line for line in lines_of(words) if not FORM_LINE.match(line)])
    lines = lines and settled(lines)
    if lines is None:
        return unreadable(TWO_STANCES)
    stance, opinions = read_text(lines)
    found = verdict(prepared, stance, uncounted(parted(opinions)), wanted)
    if isinstance(found, Unread) or found.stance is None:
        return found
    if apart(lines, opinions):
        return unreadable(BROKEN_FORM)
    if taken_back(lines, found.stance) or (found.stance != "neutral" and argues_both(lines)):
        return unreadable(TWO_STANCES)
    return found if len(opinions) > wanted or not broken_off(prepared, found.opinions) else Cut(Outcome.UNREADABLE, BROKEN_OFF)


def read_text(lines: Sequence[str]) -> tuple[str | None, list[Opinion]]:
    """Return stance and opinions of an answer in words; None and empty where it has none."""
    found = read_lines(lines)
    # Only where no list is seen: within a listed point "First, …" belongs to its justification.
    in_turn = found if len(found[1]) > 1 else max(found, read_lines(told_in_turn(lines)), key=lambda each: len(each[1]))
    return in_turn if in_turn[1] or in_turn[0] is None else (in_turn[0], read_paragraphs(lines))


def read_paragraphs(lines: Sequence[str]) -> list[Opinion]:
    """Return the opinions of an answer in running text, a paragraph each, below a line that says its stance and nothing else."""
    _, used = find_stance(lines)
    if not used or any(len(plain(lines[index]).split()) > 8 for index in used):
        return []
    below = first_answer(list(lines[max(used) + 1 :]))
    return [each for point in told_in_paragraphs(below) if (each := read_point(point))]


def read_lines(lines: Sequence[str]) -> tuple[str | None, list[Opinion]]:
    """Return stance and opinions in these lines."""
    stance, used = find_stance(lines)
    body = ["" if index in used else line for index, line in enumerate(lines)]
    points = find_points(first_answer(body, max(used, default=0))) or find_points(body)
    return stance, [opinion for point in points if (opinion := read_point(point))]


def first_answer(body: list[str], begin: int = 0) -> list[str]:
    """Return the lines before a second stance or, from `begin`, a second question: some models go on to answer again, or other questions."""
    again = (index for index, line in enumerate(body) if is_stance_line(line) or (index > begin and NEXT_QUESTION.match(line)))
    return body[: next(again, len(body))]


def verdict(prepared: str, stance: str | None, opinions: list[Opinion], wanted: int) -> Parsed | Unread:
    """Return the answer, or why it is none."""
    opinions = [each for each in dict.fromkeys(opinions) if not (hollow(each.text) or NO_POINT.fullmatch(each.point))]
    if only_declines(prepared, [each.text for each in opinions]):
        return refused(prepared)
    if spoilt(opinions[:wanted]):
        return unreadable(BROKEN_FORM)
    if opinions and (stance not in (None, UNKNOWN) or weighs(prepared)):
        return Parsed(stance if stance not in (None, UNKNOWN) else "neutral", tuple(opinions[:wanted]))
    if opinions and stance:
        return Parsed(None, tuple(opinions[:wanted]), OWN_WORDS)  # the values are read in the points alone (§3.3)
    if declines(prepared):
        return refused(prepared)
    return unread(stance, opinions)


def weighs(prepared: str) -> bool:
    """Say whether a reply has no view of its own, but weighs the points it was asked for."""
    opening = " ".join(prepared[:1500].replace("’", "'").split())
    return bool(HAS_NO_VIEW.search(opening)) and (not DECLINES.search(opening) or has_heading(prepared))


def unread(stance: str | None, opinions: Sequence[Opinion]) -> Unread:
    """Return the record of a reply without stance or points, which says what it lacks."""
    if opinions:
        return unreadable("The reply makes points but takes no stance (Yes, No or Neutral).")
    return unreadable("The reply takes a stance but makes no points." if stance else "The reply has neither a stance nor numbered points.")


def has_heading(prepared: str) -> bool:
    """Say whether a line announces the key points."""
    return any(KEY_POINTS.match(line) for line in prepared.split("\n"))
