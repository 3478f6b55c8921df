"""Where the points of an answer end: a conclusion, the other side, questions and notes below the last point are no part of it.

Data flow: `lines, marks of points → first_list → those of the first list`; `lines of the last point → without_conclusion → its own lines`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from adaem_core.elicit.plain import plain

Point = list[str]  # the lines of one point, mark removed, Markdown still there
TITLE = re.compile(r"(?P<dress>)(?:#{1,6}\s+(?=\S)|(?=(?:\*\*|__)[^*_\n]{2,300}(?:\*\*|__)\s?:?\s*$))")
JUSTIFICATION = re.compile(
    r"^[\s*_\-–•+(]*(?:(?:short|brief|corresponding|my|the)\s+)?(?:justification|explanation|reason(?:ing)?|rationale|elaboration|details?|support|evidence|why|because|j(?=\d))"
    r"(?:\s?\d)?[*_]{0,3}\s?:[*_]{0,3}\s*",
    re.I,
)
CONCLUSION = re.compile(
    r"^[\W_]*(?:in (?:conclusion|summary|short|sum|my (?:opinion|view)|essence|light of)|to (?:conclude|sum|summari[sz]e)|overall|ultimately|thus|therefore|hence|conclusion"
    r"|summary|final thoughts?|all in all|taken together|by (?:addressing|prioriti[sz]ing|considering|embracing)|(?:these|this|the above|all of these|my) (?:\w+ )?(?:\w+ )?"
    r"(?:points?|stance|factors?|reasons?|arguments?|perspectives?|answer|response|position|considerations?|analysis)|\(?(?:total )?word count|\(?total words|\(?words?:|note\b"
    r"|disclaimer|references?:|sources?:|i hope|let me know|please (?:note|let)|would you|it(?:'s| is) (?:important|worth|essential|crucial) (?:to|noting)|stance\b|justification:"
    r"|\(\d{2,3} words)",
    re.I,
)

CONCLUSION_BESIDE_LABELS = re.compile(CONCLUSION.pattern.replace("|justification:", ""), re.I)

# What models add below their points: no part of them, on whichever line it begins.
AFTERWORD = re.compile(
    r"^\s*\[[^\]\n]{1,60}\]\W*$|^[\W_]*(?:end of (?:the )?(?:response|answer|reply)\b|alternatively\b|if (?:i|one|you) (?:were|was|had|wanted) to\b|(?:possible |potential |strongest |main |key )?(?:counter-?(?:argument|point|claim|case)s?|objections?|rebuttals?)\b"
    r"|(?:the )?(?:opposing|other|opposite|contrary) (?:side|view(?:point)?|case|position|argument)s?\b|(?:playing )?(?:the )?devil(?:'|’)?s advocate|(?:the case |arguments? |points? |reasons? )against\b"
    r"|follow-?ups?\b|(?:next|further|action) (?:steps?|questions?|research)\b|(?:related|other|open|discussion) (?:topics?|questions?|issues?|considerations?)\b|recommendations?\b|limitations?\b|caveats?\b|trade-?offs?\b"
    r"|(?:self-?)?check(?:list)?\b|translation\b|edit:|correction:|update:|p\.?\s?s\.?\b|confidence\b|values? reflected|keywords?\b|tags?:|(?:key )?takeaways?\b|glossary|alternative (?:view|answer|stance)s?\b)",
    re.IGNORECASE,
)
SIDE = re.compile(
    r"^\W*(?:(?:key |main )?(?:arguments?|points?|reasons?|case|considerations?)\s(?:in )?(?P<one>for|supporting|favou?r\w*|against|opposing)\b|(?:why|if|for|the case for)\s(?P<two>yes|no)\b|(?P<three>pros?|cons?|for|against)\b(?=\W*$))[^.\n]{0,40}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mark:
    """A line that may begin a point: where it stands, its number in its own style, and its text without the mark."""

    index: int
    indent: int
    number: int | None
    text: str


def first_list(body: Sequence[str], found: Sequence[Mark]) -> tuple[Sequence[str], Sequence[Mark]]:
    """Return the lines and marks up to a heading below which another list begins: follow-up questions, the other side, sources."""
    grouped = heads_list(above(body, found[0].index), body)
    for number, (mark, later) in enumerate(pairwise(found), 1):
        head = above(body, later.index)
        if (
            mark.index < head < later.index
            and later.number in (None, 1)
            and (AFTERWORD.match(plain(body[head])) or (heads_list(head, body) and not grouped))
        ):
            return body[:head], found[:number]
    return body, found


def above(body: Sequence[str], place: int) -> int:
    """Return the index of the last line before `place` that says anything, -1 when there is none."""
    return next((index for index in reversed(range(place)) if body[index].strip()), -1)


def heads_list(place: int, body: Sequence[str]) -> bool:
    """Say whether a line stands alone as a heading: marked as one, bold throughout, or short and with a colon at its end."""
    line = body[place] if place >= 0 else ""
    text = plain(line)
    if not text or line[:1].isspace() or JUSTIFICATION.match(line):
        return False
    return line.startswith("#") or TITLE.match(line) is not None or (text.endswith(":") and len(text.split()) <= 12)


def argues_both(lines: Sequence[str]) -> bool:
    """Say whether headings part the points into those for and those against."""
    told = [
        (match["one"] or match["two"] or match["three"]).lower() for line in lines if len(line) < 100 and (match := SIDE.match(plain(line)))
    ]
    return len({each[:2] in ("ag", "op", "no", "co") for each in told}) == 2


def without_conclusion(point: list[list[str]], usual: int, conclusion: re.Pattern[str]) -> Point:
    """Return the lines of the last point up to its end: as many paragraphs as the points before it have, further ones only if indented."""
    kept: Point = []
    full = False
    for number, paragraph in enumerate(point):
        for at, line in enumerate(paragraph):
            inside = not kept or line.startswith("  ")
            full = full or complete(kept)
            beyond = at == 0 and number >= usual and (full or number > usual)
            if not inside and (beyond or (full and (conclusion.match(plain(line)) or AFTERWORD.match(plain(line))))):
                return kept
            kept.append(line)
    return kept


def complete(lines: Sequence[str]) -> bool:
    """Say whether the lines already hold a point with its justification."""
    text = plain(" ".join(lines))
    return ": " in text or len(text.split()) > 12 or text.endswith((".", "!", "?"))
