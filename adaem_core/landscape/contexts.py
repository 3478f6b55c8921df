"""Looks at the words around a term that can mean something else: a person, a language, a bird, a verb, another country.

Each rule takes a `Look` and returns the codes meant here; none means that this is no place. The gazetteer names the rule per term.
One line of data flow: words of the text + term → `RULES[term.rule]` → codes.
"""

import re
from collections.abc import Callable

from adaem_core.landscape.gazetteer import Look, word_lists

PERSONAL = re.compile(
    r"\b(?:his|her|him|he|she|herself|himself|homework|girlfriend|boyfriend|roommate|mother|mom|dad|classmates?|wife|husband)\b", re.I
)
PUBLIC = re.compile(
    r"\b(?:government|refugees?|laws?|polic(?:y|ies)|parliament|elections?|borders?|king|monarchy|sanctions?|president|citizens?|econom\w+|aid|army|military|"
    r"troops|minist\w+|women|legali[sz]e|countr\w+|kingdom|rights|tax\w*|regions?|oil|courts?|constitution|democra\w+|regimes?|peace|war|treaty|"
    r"reforms?|state|nations?|ban(?:ned|s)?|migrants?|trade|abortions?|schools?|residents?|polic(?:e|ing)|voters?|touris\w+|protest\w*|rebels?|"
    r"coup|junta|rulers?|governor|authorities|public|dam|subsid\w+|climate|host(?:ing)?|independence|journalists?|press|cit(?:y|ies)|euthanasia|dying|"
    r"minority|minorities|officials|speech|media|nuclear|development|students|prisons?|workers|farm\w+|honou?r|killings?|transport|council)\b",
    re.I,
)
TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof)\. ?$")
TONGUES = re.compile(
    r"\b(?:languages?|Esperanto|bilingual\w*|multilingual\w*|mother tongue|lingua franca|subtitles|fluen\w+|Hindi|Arabic|Mandarin)\b"
)
FOOD = re.compile(
    r"\b(?:thanksgiving|eat\w*|roast\w*|sandwich\w*|meat|dinner|stuffing|cook\w*|gravy|bird|breast|christmas|vegan|oven|leftover\w*)\b",
    re.I,
)
CROCKERY = re.compile(r"\b(?:porcelain|crockery|dinnerware|tableware|plates|teacups?|heirloom)\b", re.I)
US_STATE = re.compile(
    r"\b(?:Atlanta|Savannah|Kemp|Alabama|Florida|Tennessee|Texas|Carolina|Mississippi|Republicans?|Democrats?|Democratic|governor|statewide|gubernatorial|"
    r"runoff|ballots?|voting|voter|counties|county|heartbeat|abortions?|death penalty|state of|state's|state law|Stacey Abrams|Trump|Biden|"
    r"Confederate|Stone Mountain|peach(?:es)?|six-week|Black voters|Senate|Medicaid|plantations?|U\.?S\.? state|film industry)\b"
)
CAUCASUS = re.compile(
    r"\b(?:Tbilisi|EU|European|NATO|Russian?s?|Abkhazia\w*|Ossetia\w*|foreign[- ]agents?|Caucasus|Armenia\w*|Azerbaijan\w*|Ukrain\w+|Moldova\w*|"
    r"country|Soviet|Turkey|Saakashvili|Ivanishvili|parliament|prime minister)\b"
)
NATIVE = re.compile(
    r"\bindian (?:reservations?|tribes?|tribal|child welfare|country|casinos?|removal|boarding schools?|health service)\b", re.I
)


def near(name: str) -> frozenset[str]:
    """Return one list of words that tell what stands beside them (data/gazetteer/place_contexts.yaml)."""
    return word_lists("place_contexts.yaml")[name]


Codes = tuple[str, ...]


def person(look: Look) -> Codes:
    """A given name or surname unless nothing points to a person."""
    before, after = look.before, look.next
    if not named(look):
        return ()
    if before and before.capital and before.lower not in near("openers") and look.first > 0:
        return ()
    if after and after.capital and after.lower not in near("institutions"):
        return ()
    left, right = look.around
    if left in near("kin") or right in near("deeds"):
        return ()
    return () if PERSONAL.search(look.text) and not PUBLIC.search(look.text) and left not in near("located") else look.term.codes


def named(look: Look) -> Codes:
    """A surname right behind a given name or title: “Irving Berlin”."""
    known = (look.before and look.before.text in near("given")) or TITLE.search(look.text, 0, look.words[look.first].start)
    return () if known else look.term.codes


def evidence(look: Look) -> Codes:
    """A name more often than a place: a place only where the words around speak of public affairs or say “in”."""
    if not person(look):
        return ()
    located = look.around[0] in {"in", "near", "across", "throughout", "within", "outside"}
    return look.term.codes if located or (PUBLIC.search(look.text) and not PERSONAL.search(look.text)) or paired(look) else ()


def paired(look: Look) -> bool:
    """Return True where other capitalised words stand beside the term in a list: “Jordan and Egypt”."""
    left = look.text[: look.words[look.first].start]
    right = look.text[look.words[look.after - 1].end :]
    return bool(re.search(r"[A-Z]\w+(?:,| and| or|, and) $", left) or re.match(r"(?:,| and| or|, and) (?!I\b)[A-Z]\w+", right)) and bool(
        re.search(r"\b(?:Egypt|Israel|Lebanon|Syria|Iraq|Sudan|Niger|Libya|Mali|Cameroon|Palestin\w+|Saudi)\b", look.text)
    )


def located(look: Look) -> Codes:
    """A common word as well: a place only after “in”, “near”, “from” and the like, and capitalised in mid-sentence."""
    left = look.around[0]
    if left == "of" and look.term.text == "Cologne":
        return ()
    return (
        look.term.codes
        if left in near("located") - {"to", "of"} or look.text[: look.words[look.first].start].lower().endswith("city of ")
        else ()
    )


def language(look: Look) -> Codes:
    """A language rather than a people: “in English”, “speak French”, “English-language”, “should English be …”."""
    left, right = look.around
    own = look.term.words[0].lower()
    if (
        (right in near("tongue_next") and own not in near("places_of_tongue"))
        or left in near("tongue_before")
        or (own == "english" and right in near("english_next"))
    ):
        return ()
    if left in {"in", "into"} and (look.next is None or right in near("after_in")):
        return ()
    alone = look.next is None or right in near("tongue_stops") | near("connectives")
    tongue = right in near("tongue_stops") or (alone and TONGUES.search(look.text))
    return () if tongue and left != "the" and own not in near("places_of_tongue") else look.term.codes


def polish(look: Look) -> Codes:
    """The people, unless a sentence opens with the verb."""
    if look.first == 0 and look.around[1] in {"your", "my", "the", "a", "his", "her", "up", "off", "our", "their", "and"}:
        return ()
    return language(look)


def turkey(look: Look) -> Codes:
    """The country, unless the sentence is about eating."""
    return () if FOOD.search(look.text) and not PUBLIC.search(look.text) else look.term.codes


def china(look: Look) -> Codes:
    """The country, unless the sentence is about crockery."""
    return () if CROCKERY.search(look.text) and not PUBLIC.search(look.text) else look.term.codes


def us(look: Look) -> Codes:
    """The country, unless a sentence in capitals means the pronoun."""
    neighbours = [
        word.text
        for word in look.words[max(look.first - 2, 0) : look.first] + look.words[look.after : look.after + 2]
        if len(word.text) > 2
    ]
    shouted = bool(neighbours) and all(word.isupper() for word in neighbours)
    return look.term.codes if not shouted or look.around[0] in {"the", "in"} else ()


def georgia(look: Look) -> Codes:
    """The country in the Caucasus, unless the sentence speaks of the American state, or a person."""
    if not person(look):
        return ()
    return ("US",) if len(US_STATE.findall(look.text)) > len(CAUCASUS.findall(look.text)) else ("GE",)


def indian(look: Look) -> Codes:
    """India, unless the native peoples of the United States are meant."""
    return ("US",) if NATIVE.match(look.text[look.words[look.first].start :]) else look.term.codes


def punjab(look: Look) -> Codes:
    """The Indian state, unless the sentence is about Pakistan."""
    return ("PK",) if re.search(r"\b(?:Pakistan\w*|Lahore|Islamabad)\b", look.text) else look.term.codes


def brussels(look: Look) -> Codes:
    """The city (Belgium); as the one who acts, or the source of rules, the European Union."""
    left, right = look.around
    acts = left in {"should", "does", "can", "is", "has", "will", "would", "did", "could", "by", "to"} and right not in {
        "residents",
        "airport",
        "city",
    }
    return (
        ("EU",)
        if acts
        or right in near("eurocracy")
        or (left == "from" and re.search(r"\b(?:powers?|rules|control|orders|sovereignty)\b", look.text))
        else look.term.codes
    )


def japan(look: Look) -> Codes:
    """Article 9 of Japan's constitution, only where Japan is spoken of."""
    return look.term.codes if re.search(r"\bJapan", look.text) else ()


def prefix(look: Look) -> Codes:
    """Anglo-, Sino- and the like: only before a hyphen and a capitalised word."""
    end = look.words[look.after - 1].end
    return look.term.codes if look.next and look.next.capital and look.text[end : end + 1] == "-" else ()


RULES: dict[str, Callable[[Look], Codes]] = {
    "": lambda look: look.term.codes,
    **{
        each.__name__: each
        for each in (
            person,
            named,
            evidence,
            located,
            language,
            polish,
            turkey,
            china,
            us,
            georgia,
            indian,
            punjab,
            brussels,
            japan,
            prefix,
        )
    },
}
