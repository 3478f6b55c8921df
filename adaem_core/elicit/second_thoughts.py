"""What a reply says around its judgement: that it is a draft or final, an example, taken back, or that it cannot judge at all.

Data flow: `words before, after and within a JSON value → is_called, doubt → what they make of the judgement`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from adaem_core.elicit.mentions import QUOTED
from adaem_core.elicit.names import Names
from adaem_core.elicit.numbering import WORD
from adaem_core.elicit.refusal import declines
from adaem_core.elicit.structured import Document, letters
from adaem_core.elicit.verdict_words import REMARK_KEYS

FINAL = re.compile(
    r"\b(?:final\w*|revis\w+|on reflection|correct(?:ed|ion|ing)|correct (?:that|this|it|my\w*)|(?:right|correct) (?:answer|version|json|labels?)|improved|updated|reconsider\w*|second thoughts?|oops|scratch that|i meant|actually|wait|redo\w*"
    r"|let me (?:correct|revise|redo|restate|rethink|fix)|re-?(?:check|evaluat|examin|read|assess)\w*|double-?\s?check\w*|mistake|apologi\w+|misread|overlooked)\b",
    re.IGNORECASE,
)
DRAFT = re.compile(
    r"\b(?:draft|first (?:try|attempt|pass|version|thoughts?|impression)|initial\w*|earlier|previous\w*|tentative\w*|example|sample|illustrat\w+|format|schema|template|structure|originally)\b",
    re.IGNORECASE,
)
EXAMPLE = re.compile(
    r"\b(?:for example|an example|example of|sample|hypothetical\w*|placeholder\w*|illustrat\w+|template|would look like|dummy)\b",
    re.IGNORECASE,
)
RIVAL = re.compile(
    r"\b(?:alternativ\w+|another|other (?:view|reading)|stricter|looser|broader|narrower|if (?:one|you|we)|instead)\b", re.IGNORECASE
)
TAKEN_BACK = re.compile(
    r"\b(?:correction|korrektur|berichtigung|correcci[oó]n|correzione|correç[aã]o|исправлени\w+|更正|訂正|scratch that|on (?:second thoughts?|reflection)|(?:i|we) (?:made|was|were) (?:an? )?(?:mistake|error|wrong)|ignore (?:the|my|this) (?:above|previous|json)|disregard|oops|actually,|wait,"
    r"|should (?:be|have been|also) (?:not )?(?:removed|added|dropped|changed|replaced|included|moved|empty|listed|labell?ed)|(?:please )?(?:remove|swap|replace|add|drop) \w+ (?:from|in|for|with|to|and)\b)",
    re.IGNORECASE,
)
CANNOT_JUDGE = re.compile(
    r"(?:\b(?:can|could|will|would)(?: ?not|n['’]?t|['’]?t)|\bwon['’]t|\b(?:unable|not able|impossible|not possible|insufficient information|declined?|refused?|failed) to)\b(?: \w+)?"
    r" (?:(?:be )?(?:judg|assess|evaluat|determin|label|classif|analy[sz]|process|verif|complet|provid|answer)\w*|say|tell|comply|help|assist|do)\b",
    re.IGNORECASE,
)
CANNOT = re.compile(
    r"\b(?:(?:can|could)(?: ?not|n['’]?t|['’]?t)|unable|not able|impossible|insufficient|not enough|declin\w+|refus\w+|without (?:more|further) (?:context|information)|(?:was|were|been|are|is|did|have|has) not (?:been )?"
    r"(?:provided|given|shown|judged?|assess(?:ed)?|process(?:ed)?|evaluated?|attached)|no (?:statements?|opinions?|texts?) (?:were|was|is|are|have|provided)|sorry|apologi[sz]e|fail\w*|errors?|time(?:d ?|-?)out|placeholders?|to be (?:filled|completed|determined|added|done)|not yet|not sure|unsure)\b",
    re.IGNORECASE,
)
MEANT = re.compile(rf"\b{WORD}[ _#]{{0,3}}(?P<number>\d{{1,3}})\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?;]\s|\n")
DENIED = re.compile(
    r"\b(?:not?|none|neither|nor|never|without|exclud\w+|omit\w*|left out|leave out|rather than|instead of|absent|pas|aucune?|nicht|keine?|não|нет|не|ni)\b|n['’]t\b|[不没無没]|ない|않|없",
    re.IGNORECASE,
)
OUGHT = r"\b(?:should|ought|could|might|may|must|would)\b"
OUGHT_AFTER = re.compile(rf"\W+(?:\w+\W+){{0,2}}{OUGHT}", re.IGNORECASE)
OUGHT_BEFORE = re.compile(rf"{OUGHT}\W+(?:\w+\W+){{0,4}}$", re.IGNORECASE)
NOTED = ("error", "errors", "status", "message", "warning", "disclaimer", "remark", "remarks", *REMARK_KEYS)
WITHDRAWN = "The reply takes back in words what it judged."
UNJUDGED = "The reply says that it cannot judge."
ONLY_AN_EXAMPLE = "What the reply judges is called an example."


def is_called(words: re.Pattern[str], document: Document) -> bool:
    """Say whether the words right before a JSON value call it so."""
    return words.search(document.before[-160:]) is not None


def words_after(reply: str, source: str) -> str:
    """Return what a reply says after its last JSON value; of a reply without JSON all but quotations."""
    if not source:
        return QUOTED.sub("", reply)
    return reply.rpartition(source)[2] if source in reply else ""


def doubt(judged: Document, found: Sequence[Document], after: str, *, nothing: bool) -> str:
    """Return why the judgement in `judged` doesn't count after all: the words around it take it back, or say that it is none; else empty.

    `nothing`: it finds no value in any statement, as one that could not judge would.
    """
    noted = (words for each in found if each.source for words in remarks(each.value))
    around = " ".join((*(each.before for each in found), after, *noted))
    if TAKEN_BACK.search(after):
        return WITHDRAWN
    if EXAMPLE.search(judged.before[-160:]) and not is_called(FINAL, judged):
        return ONLY_AN_EXAMPLE
    return UNJUDGED if CANNOT_JUDGE.search(around) or (nothing and (CANNOT.search(around) or declines(around))) else ""


def at_odds(words: str, judged: Iterable[tuple[int, str]], names: Names, *, below: bool) -> bool:
    """Say whether a sentence beside a judgement names values as if it had judged otherwise, for the statement it names or, `below`, for all."""
    found = list(judged)
    for sentence in SENTENCE_END.split(QUOTED.sub("", words)):
        named = MEANT.search(sentence)
        held = {id for number, id in found if named is None or number == int(named["number"])}
        if (below or named) and sentence_at_odds(sentence, held, names):
            return True
    return False


def sentence_at_odds(sentence: str, found: AbstractSet[str], names: Names) -> bool:
    """Say whether a sentence denies a value that was found, affirms one that was not, or says what one ought to be."""
    places = list(names.spoken.finditer(sentence))
    denial = DENIED.search(sentence) if places else None
    ids = [(place.start(), named[0]) for place in places if (named := names.find(place[0]))]
    # "SEL, not HED" denies what follows; "SEL is not expressed" what stands before it.
    contrast = denial is not None and any(start > denial.start() for start, _ in ids)
    denied = {id for start, id in ids if denial and (start > denial.start()) is contrast}
    ought = any(OUGHT_AFTER.match(sentence, each.end()) or OUGHT_BEFORE.search(sentence[: each.start()]) for each in places)
    return ought or not denied.isdisjoint(found) or not {id for _, id in ids} - denied <= found


def remarks(value: Any, key: str = "") -> Iterator[str]:
    """Yield what a JSON value says in its fields for remarks."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from remarks(each, letters(str(name)))
    elif isinstance(value, list):
        for each in value:
            yield from remarks(each, key)
    elif isinstance(value, str) and key in NOTED:
        yield value
