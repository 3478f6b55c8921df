"""Does a reply decline to answer? Told by its words, in some thirty languages, before anybody asks which language it is in.

A refusal is missing, never "expresses nothing", and is not pressed. What declines but takes a side or makes points all the same
("As an AI … but my stance is no") is an answer: the grammar of answers reads it. The words lie in `data/refusals`.
Data flow: `prepared reply → refuses → declines it?`; `text of a point → hollow → is it but the form?`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from adaem_core.elicit.language import WORD, sounds_english
from adaem_core.folders import DATA

OPENING = 900  # characters in which a reply that declines says so
ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0655\u0640\u200c]")  # people write them or leave them out
GAP = r"[^.!?。！？؟।\n]{0,90}?"  # within one sentence
LISTED = re.compile(r"^[\s>#*_]*(?:[(\[]?(?P<number>\d{1,2})[.)\]:、]|[-*•+](?=\s))[\s*_]*(?P<text>\S.*)$")
STANCE = re.compile(
    r"^\W*(?:my |final |overall )?stance\b[^\w\n]{1,12}(?:\w+ ){0,2}?(?:yes|no|agree|disagree|support|oppose)\b"
    r"(?! (?:stance|opinion|position|answer|view|comment))",
    re.MULTILINE,
)
NO_STANCE = re.compile(
    r"\b(?:stance|position)\b[\W_]{1,12}(?:n/?a|none|null|not (?:applicable|available|stated|taken)|no (?:stance|position|opinion|answer|view)"
    r"|cannot|can't|unable|won't|prefer not|rather not|abstain\w*|undisclosed|withheld|declin\w+|refus\w+)\b(?! (?:of|to accept|to believe|agree|support|accept|endorse|condone))"
)
WITHHELD = re.compile(
    r"^\W*(?:my )?stance\b[\W_]{1,12}i (?:\w+ ){0,2}?(?:declin|refus|cannot|can't|am unable|won't|prefer not|abstain)", re.MULTILINE
)
LABELLED = re.compile(r"^\W*(?:my |final )?stance\b")
STRUCTURED = re.compile(r"[{|]|</?\w+>")
OFFER = re.compile(r"\b(?:i can|i could|i'm able to|happy to|glad to|would you like|feel free|instead)\b[^\n]*:\W*$", re.MULTILINE)
SPACED = frozenset({"LATIN", "CYRILLIC", "GREEK"})  # scripts whose words stand apart and take no affix
# Words a form consists of: a point of no others was left as it stood.
FORM_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and any applicable argument arguments against available brief cons con each explanation example first for further here insert is"
        " justification justifications key line n na nil no none not nothing null number numbered of one or point points pro pros provided"
        " rationale reason reasons same second short stance tbd text the third title undefined unknown which word yes neutral your"
        " keine ninguno aucun aucune nessuno なし 无 無 ない 없음 нет",
    )
)


@dataclass(frozen=True)
class Language:
    """How one language declines, and how it takes a side in spite of that."""

    scripts: frozenset[str]  # as the names of its letters begin: LATIN, CYRILLIC, …
    declines: re.Pattern[str]
    stands: re.Pattern[str]


def refuses(prepared: str) -> bool:
    """Say whether a reply declines: it does so in words, takes no side, and makes no points that are worth reading."""
    opening = prepared[:OPENING]
    if STANCE.search(opening.casefold()) or STRUCTURED.search(opening):
        return False
    opening = folded(opening)
    known = without_side(opening, languages(opening))
    return declined(opening, known) and not makes_points(opening, known)


def only_declines(prepared: str, told: Sequence[str]) -> bool:
    """Say whether the points of an answer in English, if there are any, decline like the rest of it."""
    if STANCE.search(prepared[:OPENING].casefold()):
        return False
    enough = any if WITHHELD.search(folded(prepared[:OPENING])) else all
    return enough(declined(each, without_side(each, english())) for each in map(folded, told)) and declines(prepared)


def declines(text: str) -> bool:
    """Say whether a text declines and takes no side, whatever points it makes."""
    opening = folded(text[:OPENING])
    return declined(opening, without_side(opening, languages(opening)))


def without_side(opening: str, known: Sequence[Language]) -> tuple[Language, ...]:
    """Return those of the languages in which a text takes no side."""
    return tuple(each for each in known if not each.stands.search(opening))


def declined(opening: str, known: Sequence[Language]) -> bool:
    """Say whether a folded text declines in one of these languages."""
    return NO_STANCE.search(opening) is not None or any(each.declines.search(opening) for each in known)


def makes_points(opening: str, known: Sequence[Language]) -> bool:
    """Say whether a reply that declines makes points all the same: a numbered one, or two others under a stance."""
    if offer := OFFER.search(opening):  # "Instead, I can: …" lists what it would do
        opening = opening[: offer.start()]
    labelled = any(LABELLED.match(line) for line in opening.split("\n"))
    told = [bool(number) for number, text in points(opening, labelled) if not hollow(text) and not declined(text, known)]
    return any(told) or len(told) > 1


def points(opening: str, labelled: bool) -> Iterator[tuple[str, str]]:
    """Yield number ("" for none) and text of every line that may be a point: listed, or under a stance long enough."""
    for line in opening.split("\n"):
        if found := LISTED.match(line):
            yield found["number"] or "", found["text"]
        elif labelled and len(line.split()) >= 8 and not LABELLED.match(line):
            yield "", line


def hollow(text: str) -> bool:
    """Say whether a point holds nothing but the form that was asked for: "N/A", "[Your point]", "Point 1: Justification 1"."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return len(words) <= 24 and FORM_WORDS.issuperset(words)


def folded(text: str) -> str:
    """Return a text in lower case, without accents, with plain apostrophes and single blanks."""
    plain = without_accents(text.casefold().replace("’", "'").replace("ʼ", "'"))
    return re.sub(r"[^\S\n]+", " ", re.sub(r"[*_`]+", "", plain))


def without_accents(text: str) -> str:
    """Return a text without its accents; letters that are more than an accent stay whole."""
    return text if text.isascii() else unicodedata.normalize("NFC", ACCENTS.sub("", unicodedata.normalize("NFKD", text)))


def languages(opening: str) -> tuple[Language, ...]:
    """Return the languages a text may be in: English alone where it sounds so, else all with its script."""
    return english() if sounds_english(WORD.findall(opening)) else of_scripts(scripts(opening))


def scripts(text: str) -> frozenset[str]:
    """Return the scripts of a text's letters, as the names of the letters begin."""
    return frozenset(unicodedata.name(letter, "").split(" ", 1)[0].split("-", 1)[0] for letter in set(text) if letter.isalpha())


@cache
def of_scripts(wanted: frozenset[str]) -> tuple[Language, ...]:
    """Return the languages with one of these scripts."""
    return tuple(each for each in every_language().values() if each.scripts & wanted)


def english() -> tuple[Language, ...]:
    """Return English alone: a tuple, as every choice of languages."""
    return (every_language()["en"],)


@cache
def every_language() -> dict[str, Language]:
    """Return all languages that are known, by their codes: those that come with the studio, so that everybody reads the same as a refusal."""
    known: dict[str, dict[str, Any]] = yaml.safe_load((DATA / "refusals" / "refusals.yaml").read_text(encoding="utf-8"))
    return {code: language(words) for code, words in known.items()}


def language(words: Mapping[str, Any]) -> Language:
    """Return a language from its words."""
    cannot, act, says, stands = (
        without_accents("|".join(words[key]).replace("ß", "ss").replace("ς", "σ")) for key in ("cannot", "act", "says", "stands")
    )
    script = scripts(cannot) - {"LATIN"} or frozenset({"LATIN"})
    edge = r"\b" if script <= SPACED else ""
    ordered = f"(?:{act}){GAP}(?:{cannot})" if words.get("verb_last") else f"{edge}(?:{cannot}){edge}{GAP}{edge}(?:{act})"
    return Language(script, re.compile(f"{ordered}|{edge}(?:{says})", re.MULTILINE), re.compile(stands))
