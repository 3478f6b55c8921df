"""Tell the point from its justification, in whatever way an answer parts them: bold, quotes, a label, a colon, a dash, brackets.

Data flow: `lines of one point, or one entry of a structured answer → read_point, read_item → Opinion`; `opinions → parted → the same, parted alike`.
"""

import re
from collections.abc import Sequence

from adaem_core.elicit.choice import BOX, MARK
from adaem_core.elicit.plain import PICTURE_BEFORE, plain, prepare, unwrap
from adaem_core.elicit.points import LABEL
from adaem_core.elicit.sections import JUSTIFICATION, Point
from adaem_core.elicit.structured_points import Item
from adaem_core.records import Opinion

BOLD_POINT = re.compile(r"^(?:\*\*|__)(?P<point>[^*_\n]{2,400}?)(?:\*\*|__)(?P<separator>\s*[:.\-–—]*\s*)(?P<rest>\S.*)$", re.DOTALL)
QUOTED_POINT = re.compile(r"^(?P<quote>[\"“'‘<\[])(?P<point>[^\"“”<>\[\]]{2,400})[\"”'’>\]]\s*(?:[:\-–—]+)\s*(?P<rest>\S.*)$", re.DOTALL)
COLON = re.compile(r"::?(?=\s|$|[\"“*_])|(?<=[a-z]):(?=[A-Z])")
DASH = re.compile(r"\s+(?:[-–—]{1,2}\s+(?=[A-Z\"“])|(?:[→⇒➔]|[-=]>)\s+)|\s?—\s?(?=[A-Z])")
SENTENCE_END = re.compile(
    r"(?<!\b[A-Za-z])(?<!\b[A-Z]\.[A-Z])(?<!\b(?:vs|Dr|Mr|Ms|St|No|al|eg|ie|cf))(?<!\b(?:Mrs|etc|e\.g|i\.e))[.!?][\"”')\]]{0,2}\s+(?=[A-Z\"“(])"
)
INNER_MARK = re.compile(r"^\s*(?:[-*+•]\s+|\(?[a-ei][.)]\s+)?")
INLINE_LABEL = re.compile(r"[\s(]{1,3}(?:Short |Brief )?(?:Justification|Explanation|Rationale|Reasoning|Reason)(?:\s?\d{1,2})?\s?:\s+")
LEADING_LABEL = re.compile(r"^(?:your |short |brief )*(?:justification|explanation|rationale|reasoning|reason)\s?:\s+", re.IGNORECASE)

PLACEHOLDERS = frozenset(
    {"", "point", "pointjustification", "yourpoint", "yourpointyourjustification", "yourjustification", "justification", "repeatforothers"}
)


# A point that is but the number of one: "Key Point 1", "KP2", "One", "1st".
COUNTER = re.compile(
    r"\W*(?:(?:key |main )?(?:point|argument|reason|claim|opinion|statement|item)|kp|p|no|nr)?[\s.#]*"
    r"(?:\d{1,2}(?:st|nd|rd|th|/\d{1,2})?|one|two|three|four|five|six)\W*",
    re.IGNORECASE,
)
COUNTED_LABEL = re.compile(
    r"(?:\*\*|__)?(?:key |main )?(?:point|argument|reason|claim|opinion|statement)\s?#?\d{1,2}\s?(?:[:.)–—-](?:\*\*|__)?|(?:\*\*|__)\s?[:.)–—-])\s+",
    re.IGNORECASE,
)
# The first mark that is no letter: it parts every point of an answer alike from its justification, or none.
FIRST_MARK = re.compile(
    r"(?P<point>[^\W_](?:\w|(?<=\w)['’-](?=\w)|\s(?=\w)){1,160})(?P<mark>\s?[^\w\s'’]{1,3}\s?)(?P<rest>(?:[^\w\s]{0,2})\w.{8,})", re.DOTALL
)
HAN = "一二三四五六七八九十"
COUNT = re.compile(rf"[^\w\s]{{0,2}}[A-Za-z]{{0,2}}\s?(?P<number>\d{{1,2}}|[{HAN}])(?:\s?[^\w\s]{{1,2}}\s?|\s)(?=\S)")
BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
BECAUSE = re.compile(r",? because$", re.IGNORECASE)
LISTED = re.compile(r"^\(?\d{1,2}[.)]\s+(?=\D)")


def uncounted(opinions: Sequence[Opinion]) -> list[Opinion]:
    """Return opinions without the number that each begins with in its turn, whatever sign stands before it: "§1 …", "J2) …"."""
    points = without_counts([each.point for each in opinions])
    return [Opinion(*each) for each in zip(points, without_counts([each.justification for each in opinions]), strict=True)]


def without_counts(texts: Sequence[str]) -> list[str]:
    """Return texts without the numbers they begin with, where these count up from one through all of them."""
    found = [COUNT.match(text) for text in texts]
    numbers = [match["number"] for match in found if match]
    if len(texts) < 2 or numbers not in ([str(n) for n in range(1, len(texts) + 1)], list(HAN[: len(texts)])):
        return list(texts)
    return [text[match.end() :] if match else text for text, match in zip(texts, found, strict=True)]


def parted(opinions: Sequence[Opinion]) -> list[Opinion]:
    """Return opinions none of which has a justification parted by the mark that all of them hold; as they are where there is none."""
    found = [match for each in opinions if not each.justification and (match := FIRST_MARK.fullmatch(each.point))]
    marks = {match["mark"].strip() for match in found}
    if len(found) < 2 or len(found) < len(opinions) or len(marks) != 1:
        return list(opinions)
    mark = marks.pop()
    # A comma or a hyphen stands within sentences too: only before a capital does it end a point.
    if mark in (",", "-") and not all(match["rest"][0].isupper() for match in found):
        return list(opinions)
    return [Opinion(match["point"].strip(), match["rest"].removesuffix(BRACKETS.get(mark, "\0"))) for match in found]


def read_item(item: Item) -> Opinion | None:
    """Return the opinion in one point of a structured answer; None when it holds only the form that was asked for."""
    if isinstance(item, str):
        return read_point([re.sub(r"^\s*\d{1,2}[.)]\s*", "", prepare(item).replace("\n", " "))])
    return opinion(*(prepare(part).replace("\n", " ") for part in item))


def read_point(point: Point) -> Opinion | None:
    """Return the opinion in the lines of one point; None when they hold only the form that was asked for."""
    head, tail = point[0] if point else "", [INNER_MARK.sub("", line) for line in point[1:]]
    head = without_box(PICTURE_BEFORE.sub("", head[label.end() :] if (label := LABEL.match(head)) else head))
    head = head[label.end() :] if (label := COUNTED_LABEL.match(head)) else head
    at = next((index for index, line in enumerate(tail) if JUSTIFICATION.match(line)), None)
    if at is not None:
        first, second = split_point(" ".join([head, *tail[:at]]))
        parts = first, f"{second} {JUSTIFICATION.sub('', ' '.join(tail[at:]), count=1)}"
    elif tail and is_title(head, tail[0]):
        parts = head, " ".join(tail)
    else:
        parts = split_point(" ".join([head, *tail]))
    return opinion(*parts)


def without_box(head: str) -> str:
    """Return the first line of a point without the box it may be ticked in."""
    mark = MARK.match(head) or BOX.match(head)
    return head[mark.end() :].lstrip() if mark and head[mark.end() : mark.end() + 1] == " " else head


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
    if len(point) < 40 and COUNTER.fullmatch(point) and justification.strip():
        point, justification = split_point(justification)
    point = BECAUSE.sub("", PICTURE_BEFORE.sub("", unwrap(LISTED.sub("", plain(point)).strip(" :-–—*_.,;|("))))
    justification = unwrap(LEADING_LABEL.sub("", plain(justification).strip(" :-–—*_|;")))
    justification = INLINE_LABEL.sub(" ", justification)
    if justification.endswith(")") and justification.count(")") > justification.count("("):  # "(Justification: …)"
        justification = justification[:-1]
    if not point:
        point, justification = justification, ""
    bare = re.sub(r"[\W_]+", "", f"{point}{justification}".lower())
    return None if bare in PLACEHOLDERS or bare.isdigit() else Opinion(point, justification)
