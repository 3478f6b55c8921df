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
INLINE_LABEL = re.compile(r"[\s(]{1,3}(?:Short |Brief )?(?:Justification|Explanation|Rationale|Reasoning|Reason)\s?:\s+")
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
# Marks that part every point of an answer from its justification, or none: within a sentence they mean something else.
ALIKE = (
    re.compile(r"(?P<point>[^()]{2,160}?)\s?\((?P<rest>[^()]{12,}(?:\([^()]*\)[^()]*)*)\)\W*"),
    re.compile(r"(?P<point>[^=]{2,160}?)\s=\s(?P<rest>\S.{8,})"),
    re.compile(r"(?P<point>[^|]{2,160}?)\s?\|\s?(?P<rest>\S.{8,})"),
    re.compile(r"(?P<point>[^»›>]{2,160}?)\s[»›>]\s(?P<rest>\S.{8,})"),
    re.compile(r"(?P<point>[^;]{2,160}?);\s(?P<rest>\S.{8,})"),
    re.compile(r"(?P<point>[^/]{2,160}?)\s/{1,2}\s(?P<rest>\S.{8,})"),
    re.compile(r"(?P<point>[^–—-]{2,160}?)\s[–—-]{1,2}\s(?P<rest>\S.{8,})"),
)


def parted(opinions: Sequence[Opinion]) -> list[Opinion]:
    """Return opinions none of which has a justification parted by the mark that all of them hold; as they are where there is none."""
    if len(opinions) < 2 or any(each.justification for each in opinions):
        return list(opinions)
    for pattern in ALIKE:
        found = [match for each in opinions if (match := pattern.fullmatch(each.point))]
        if len(found) == len(opinions):
            return [Opinion(match["point"].strip(), match["rest"].strip()) for match in found]
    return list(opinions)


def read_item(item: Item) -> Opinion | None:
    """Return the opinion in one point of a structured answer; None when it holds only the form that was asked for."""
    if isinstance(item, str):
        return read_point([re.sub(r"^\s*\d{1,2}[.)]\s*", "", prepare(item).replace("\n", " "))])
    return opinion(*(prepare(part).replace("\n", " ") for part in item))


def read_point(point: Point) -> Opinion | None:
    """Return the opinion in the lines of one point; None when they hold only the form that was asked for."""
    head, tail = point[0] if point else "", [re.sub(r"^\s*(?:[-*+•]\s+)?", "", line) for line in point[1:]]
    head = without_box(PICTURE_BEFORE.sub("", head[label.end() :] if (label := LABEL.match(head)) else head))
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
    if COUNTER.fullmatch(point) and justification.strip():
        point, justification = split_point(justification)
    point = PICTURE_BEFORE.sub("", unwrap(plain(point).strip(" :-–—*_.,;|(")))
    justification = unwrap(LEADING_LABEL.sub("", plain(justification).strip(" :-–—*_|;")))
    justification = INLINE_LABEL.sub(" ", justification)
    if justification.endswith(")") and justification.count(")") > justification.count("("):  # "(Justification: …)"
        justification = justification[:-1]
    if not point:
        point, justification = justification, ""
    bare = re.sub(r"[\W_]+", "", f"{point}{justification}".lower())
    return None if bare in PLACEHOLDERS or bare.isdigit() else Opinion(point, justification)
