"""The grammar of an answer: stance and opinions in what a model really wrote (Appendix C.2, Listing 3).

The form asked for is `Stance: …`, `Key Points:`, `1. point: justification`; what comes back has every layout. A reply
that holds no answer gets a reason instead: refused, or unreadable and why.
Data flow: `reply → read_answer → Parsed (stance, opinions) | Unread (outcome, reason)`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from adaem_core.chat.thoughts import without_thoughts
from adaem_core.elicit.language import foreign
from adaem_core.elicit.lines import KEY_POINTS, lines_of, told_in_turn
from adaem_core.elicit.plain import LONGEST, PICTURE_BEFORE, plain, prepare, unwrap
from adaem_core.elicit.points import JUSTIFICATION, LABEL, Point, find_points, told_in_paragraphs
from adaem_core.elicit.refusal import declines, hollow, only_declines, refuses
from adaem_core.elicit.stance import UNKNOWN, find_stance, is_stance_line, phrased
from adaem_core.elicit.structured import REPAIRED, decoded
from adaem_core.elicit.structured_answer import read_structured, text_within
from adaem_core.elicit.structured_points import Item
from adaem_core.elicit.turns import LONGEST_REPLY, TOO_LONG, Unread
from adaem_core.elicit.versions import FORM_LINE, last_version
from adaem_core.records import Opinion, Outcome

BOLD_POINT = re.compile(r"^(?:\*\*|__)(?P<point>[^*_\n]{2,400}?)(?:\*\*|__)(?P<separator>\s*[:.\-–—]*\s*)(?P<rest>\S.*)$", re.DOTALL)
QUOTED_POINT = re.compile(r"^(?P<quote>[\"“'‘<\[])(?P<point>[^\"“”<>\[\]]{2,400})[\"”'’>\]]\s*(?:[:\-–—]+)\s*(?P<rest>\S.*)$", re.DOTALL)
COLON = re.compile(r":(?=\s|$|[\"“*_])|(?<=[a-z]):(?=[A-Z])")
DASH = re.compile(r"\s+(?:[-–—]{1,2}\s+(?=[A-Z\"“])|(?:[→⇒➔]|[-=]>)\s+)|\s?—\s?(?=[A-Z])")
SENTENCE_END = re.compile(
    r"(?<!\b[A-Za-z])(?<!\b[A-Z]\.[A-Z])(?<!\b(?:vs|Dr|Mr|Ms|St|No|al|eg|ie|cf))(?<!\b(?:Mrs|etc|e\.g|i\.e))[.!?][\"”')\]]{0,2}\s+(?=[A-Z\"“(])"
)
INLINE_LABEL = re.compile(r"[\s(]{1,3}(?:Short |Brief )?(?:Justification|Explanation|Rationale|Reasoning|Reason)\s?:\s+")
LEADING_LABEL = re.compile(r"^(?:your |short |brief )*(?:justification|explanation|rationale|reasoning|reason)\s?:\s+", re.IGNORECASE)

# What stands around a text in JSON, XML or TOML is no part of it.
LEFTOVER = re.compile(
    r"</?(?:point|justification|title|claim|explanation|stance|key_?points?)\b[^<>]{0,80}>|\b(?:justification|key_?points?)[\"”’']?\s?[:=]\s?[\"“\[{]|\[\[\w+\]\]",
    re.IGNORECASE,
)
NEXT_QUESTION = re.compile(r"^\W*(?:next |new |second |another )?(?:question|prompt|user|human|q)(?: ?\d{1,3})?\s?[:：]", re.IGNORECASE)

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
PLACEHOLDERS = frozenset(
    {"", "point", "pointjustification", "yourpoint", "yourpointyourjustification", "yourjustification", "justification", "repeatforothers"}
)


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
    if (structured := read_structured(said) or read_structured(prepared)) is None:
        return verdict(prepared, *read_text(prepared), wanted)
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


def read_text(prepared: str) -> tuple[str | None, list[Opinion]]:
    """Return stance and opinions of an answer in words; None and empty where it has none."""
    lines = last_version([line for line in lines_of(prepared) if not FORM_LINE.match(line)])
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
    if any(LEFTOVER.search(each.text) for each in opinions[:wanted]):
        return unreadable("The form around the points is broken, and where they begin and end cannot be told.")
    if opinions and (stance not in (None, UNKNOWN) or weighs(prepared)):
        return Parsed(stance if stance not in (None, UNKNOWN) else "neutral", tuple(opinions[:wanted]))
    if opinions and stance:
        return Parsed(None, tuple(opinions[:wanted]))  # the values are read in the points alone (§3.3)
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


def read_item(item: Item) -> Opinion | None:
    """Return the opinion in one point of a structured answer; None when it holds only the form that was asked for."""
    if isinstance(item, str):
        return read_point([re.sub(r"^\s*\d{1,2}[.)]\s*", "", prepare(item).replace("\n", " "))])
    return opinion(*(prepare(part).replace("\n", " ") for part in item))


def read_point(point: Point) -> Opinion | None:
    """Return the opinion in the lines of one point; None when they hold only the form that was asked for."""
    head, tail = point[0] if point else "", [re.sub(r"^\s*(?:[-*+•]\s+)?", "", line) for line in point[1:]]
    head = PICTURE_BEFORE.sub("", head[label.end() :] if (label := LABEL.match(head)) else head)
    at = next((index for index, line in enumerate(tail) if JUSTIFICATION.match(line)), None)
    if at is not None:
        first, second = split_point(" ".join([head, *tail[:at]]))
        parts = first, f"{second} {JUSTIFICATION.sub('', ' '.join(tail[at:]), count=1)}"
    elif tail and is_title(head, tail[0]):
        parts = head, " ".join(tail)
    else:
        parts = split_point(" ".join([head, *tail]))
    return opinion(*parts)


def is_title(head: str, below: str) -> bool:
    """Say whether the first line of a point is all of the point, and its justification begins below."""
    text = plain(head)
    whole = text.endswith(":") or re.fullmatch(r"(?:\*\*|__).+(?:\*\*|__)\W*", head.strip()) is not None
    if COLON.search(text.rstrip(":")) or not text:
        return False
    return whole or (
        len(text.split()) <= 20 and len(text) < 120 and not plain(below)[:1].islower() and not text.endswith((",", "the", "of", "and"))
    )


def split_point(text: str) -> tuple[str, str]:
    """Return point and justification of one text: by bold, quotes, a label, a colon, a dash, or its first sentence."""
    text = unwrap(" ".join(text.split()))
    if (bold := BOLD_POINT.match(text)) and (
        bold["separator"].strip() or bold["point"].rstrip()[-1:] in ":.-–—" or bold["rest"][0].isupper()
    ):
        return bold["point"], bold["rest"]
    if quoted := QUOTED_POINT.match(text):
        return quoted["point"], quoted["rest"]
    text = plain(text)
    end = SENTENCE_END.search(text)
    limit = end.end() if end else len(text)
    found = [match for pattern in (INLINE_LABEL, COLON) if (match := pattern.search(text)) and match.start() < limit]
    if (dash := DASH.search(text)) and dash.start() < limit and dash_separates(text, dash):
        found.append(dash)
    if not found:
        return text[:limit], text[limit:]
    first = min(found, key=re.Match.start)
    return text[: first.start()], text[first.end() :]


def dash_separates(text: str, dash: re.Match[str]) -> bool:
    """Say whether a dash ends a point: a short text stands before it, and no colon soon after it ("Freedom – a right: …")."""
    colon = COLON.search(text, dash.end())
    return len(text[: dash.start()].split()) <= 12 and (colon is None or len(text[dash.end() : colon.start()].split()) > 4)


def opinion(point: str, justification: str) -> Opinion | None:
    """Return the opinion without Markdown and enclosing quotes; None when only a placeholder is left."""
    point = PICTURE_BEFORE.sub("", unwrap(plain(point).strip(" :-–—*_.,;|(")))
    justification = unwrap(LEADING_LABEL.sub("", plain(justification).strip(" :-–—*_|;")))
    justification = INLINE_LABEL.sub(" ", justification)
    if justification.endswith(")") and justification.count(")") > justification.count("("):  # "(Justification: …)"
        justification = justification[:-1]
    if not point:
        point, justification = justification, ""
    bare = re.sub(r"[\W_]+", "", f"{point}{justification}".lower())
    return None if bare in PLACEHOLDERS or bare.isdigit() else Opinion(point, justification)
