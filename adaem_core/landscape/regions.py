"""Which countries a question mentions (§4.3, Appendix E.5): names, peoples, adjectives, cities, regions, metonyms.

The longest term of the gazetteer wins, capitals count, and a term must stand as a word of its own (German-style does, Germanium does not).
What could be a person or a language is judged by the words beside it. Works without the network.
Data flow: `text → Mention per place word → ISO codes in order of first mention`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from adaem_core.landscape.gazetteer import Gazetteer, Term, gazetteer, plain

WORD = re.compile(r"\w+", re.UNICODE)
AMERICAN = re.compile(
    r"\bU\.S\.|\bUS\b|\bUSA\b|\bAmerica|\bAtlanta\b|\bSenate\b|\bgovernor|\bRepublican|\bDemocrat|\bstate of Georgia|Georgia's (?:voting|election|heartbeat|abortion|state)"
    r"|\b(?:Alabama|Florida|Texas|Arizona|Carolina|Tennessee|Virginia|Pennsylvania|Wisconsin|Michigan|California)\b"
)
LANGUAGES = frozenset(
    [
        "English",
        "French",
        "Spanish",
        "German",
        "Italian",
        "Portuguese",
        "Russian",
        "Chinese",
        "Japanese",
        "Korean",
        "Dutch",
        "Turkish",
        "Polish",
        "Greek",
        "Hindi",
        "Swedish",
        "Norwegian",
        "Danish",
        "Finnish",
        "Welsh",
        "Irish",
        "Catalan",
        "Basque",
        "Ukrainian",
        "Vietnamese",
        "Thai",
        "Persian",
        "Indonesian",
        "Czech",
        "Hungarian",
        "Romanian",
    ]
)
SPOKEN = re.compile(
    r"\b(?:speak|speaks|speaking|spoke|spoken|learn|learns|learning|teach|teaching|taught|study|studying|fluent in|written in|write in|wrote in|"
    r"translated? (?:in)?to|translate from|in|into|understand|know|bilingual in) $"
)
CLOSES = re.compile(
    r"(?:$|\s*[?.!,;:)]|\s+(?:as|and|or|at|only|instead|rather|during|to|for|when|because|before|if|with|well|fluently|classes|lessons)\b)"
)
PERSON_DOES = re.compile(
    r"\s+(?:skipped|lied|cheated|stole|told|said|says|went|took|asked|refused|broke|felt|was (?:fired|late|rude|drunk)|is (?:late|rude|my|her|his|lying)|"
    r"and (?:his|her)|deserves|likes|loves|hates|wants to)\b"
)
PERSON_BEFORE = re.compile(
    r"(?:\b(?:named|called|friend|colleague|brother|sister|cousin|neighbou?r|boss|classmate|roommate|husband|wife|boyfriend|girlfriend)) $"
)
SURNAME = re.compile(r" ([A-Z][a-z]+)(?:'s)?\b")
THINGS = frozenset(
    [
        "River",
        "Valley",
        "Government",
        "Parliament",
        "Congress",
        "Constitution",
        "Supreme",
        "Court",
        "Army",
        "State",
        "City",
        "University",
        "Police",
        "Act",
        "Bill",
        "Law",
        "Revolution",
        "War",
        "Olympics",
        "Church",
        "Catholic",
        "Jewish",
        "Muslim",
        "Muslims",
        "Christian",
        "Republic",
        "Prime",
        "President",
        "Minister",
        "King",
        "Queen",
        "Senate",
        "Assembly",
        "Declaration",
        "Day",
        "Summit",
        "Union",
        "Party",
        "Bank",
        "Stock",
        "Exchange",
        "Airport",
        "Area",
        "County",
        "Island",
        "Islands",
        "Hills",
        "Square",
        "Street",
        "Metro",
        "Underground",
        "Mayor",
        "Council",
        "School",
        "Schools",
        "Defense",
        "Defence",
        "Times",
        "Commune",
        "Fashion",
        "Week",
        "Marathon",
        "Opera",
        "House",
        "Central",
        "Park",
        "West",
        "East",
        "North",
        "South",
        "Province",
        "National",
        "Federal",
    ]
)


@dataclass(frozen=True)
class Mention:
    """One place word in a text."""

    start: int
    end: int
    words: str
    iso2: str
    kind: str


def places(text: str) -> tuple[str, ...]:
    """Return the countries a text mentions, each once, in order of first mention: ISO 3166 alpha-2, and EU."""
    return tuple(dict.fromkeys(each.iso2 for each in find_places(text)))


def find_places(text: str) -> tuple[Mention, ...]:
    """Return every place word in `text`, in order; positions count in `gazetteer.plain(text)`."""
    return tuple(mentions(plain(text), gazetteer()))


def mentions(text: str, known: Gazetteer) -> Iterator[Mention]:
    """Yield the place words of a plain text; a phrase that names no place hides the place words in it."""
    end = 0
    for word in WORD.finditer(text):
        if word.start() < end or not (term := longest(text, word.start(), known.terms.get(word.group(), ()))):
            continue
        end = word.start() + len(term.text)
        if term.iso2 and not is_person(text, word.start(), end, term, known) and not is_language(text, word.start(), end, term):
            iso2 = "US" if term.text == "Georgia" and AMERICAN.search(text) else term.iso2
            yield Mention(word.start(), end, term.text, iso2, term.kind)


def longest(text: str, start: int, candidates: Iterable[Term]) -> Term | None:
    """Return the longest candidate that stands at `start` as words of its own."""
    for term in candidates:
        end = start + len(term.text)
        if text.startswith(term.text, start) and stands_alone(text, start, end):
            return term
    return None


def stands_alone(text: str, start: int, end: int) -> bool:
    """Return True unless the span is part of a longer word; a term that ends in a hyphen begins one."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before.isalnum() and before != "_" and (text[end - 1] == "-" or not (after.isalnum() or after == "_"))


def is_person(text: str, start: int, end: int, term: Term, known: Gazetteer) -> bool:
    """Return True where a place that is also a name stands for a person: after a given name or title, before a surname, or doing as people do."""
    if term.text not in known.persons:
        return False
    before = re.search(r"([\w.]+) $", text[:start])
    surname = SURNAME.match(text, end)
    named = before is not None and before[1] in known.given
    followed = surname is not None and term.kind != "demonym" and surname[1] not in THINGS and surname[1] not in known.terms
    return named or followed or bool(PERSON_DOES.match(text, end)) or bool(PERSON_BEFORE.search(text[:start]))


def is_language(text: str, start: int, end: int, term: Term) -> bool:
    """Return True where an adjective names a language: in English, learn Spanish."""
    return term.text in LANGUAGES and bool(SPOKEN.search(text[:start])) and bool(CLOSES.match(text, end))
