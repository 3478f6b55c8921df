"""Looks at the words around a term that can mean something else: a person, a language, a bird, a verb, another country.

Each rule takes a `Look` and returns the codes meant here; none means that this is no place. The gazetteer names the rule per term.
One line of data flow: words of the text + term → `RULES[term.rule]` → codes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from adaem_core.landscape.gazetteer import Term, Word

NONE = ("", "")
LOCATED = frozenset("in near from around outside across throughout within of visit visiting inside leave to".split())
OPENERS = frozenset(
    "should is are was were does do did can could would will has have had may might must if when why how what which who the a an in on of for "
    "and or but to from by with as at this that these those no yes given since because while although after before against "
    "must shall ought i we you they let not greater downtown north south east west northern southern eastern western central inner".split()
)
KIN = frozenset(
    "friend brother sister son daughter colleague neighbour neighbor boss coworker classmate cousin husband wife boyfriend girlfriend teacher "
    "manager named called mr mrs ms miss dr sir uncle aunt player singer actor actress roommate nephew niece mayor".split()
)
DEEDS = frozenset(
    "skipped skips told tells said says lied lies cheated cheats stole steals forgot apologised apologized married feels felt thinks thought loves "
    "loved quit quits works worked wants wanted broke kissed ate eats borrowed borrows tell lie apologise apologize cheat marry forgive "
    "skip quit borrow dump steal missed hates hit hits asked asks refused deserves deserved goes went drinks drank drives drove plays played "
    "ignore ignored got gets bought buys sells left leaves hid hides keeps kept came comes studied studies".split()
)
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
INSTITUTIONS = frozenset(
    "city state senate university metro police olympics olympic pride court house supreme governor river valley republicans democrats muslims "
    "christians jews black white parliament government s act law law's bay area county school schools mayor legislature assembly fashion "
    "commune opera stock authority church defense defence us and or independent international airport bill".split()
)
TONGUE_NEXT = frozenset(
    "language languages speaking speaker speakers subtitles grammar proficiency fluency dictionary literacy translation translations alphabet "
    "lessons dub dubbed vocabulary accent accents".split()
)
TONGUE_BEFORE = frozenset(
    "speak speaks speaking spoke spoken learn learning learns learned learnt teach teaching teaches taught fluent know write writing read".split()
)
ENGLISH_NEXT = frozenset(
    "teacher teachers class classes exam exams test tests literature major skills requirement requirements lesson departments degree essay "
    "essays word words textbooks".split()
)
TONGUE_STOPS = frozenset("be is as become becomes remain instead mandatory compulsory optional only rather".split())
CONNECTIVES = frozenset("and or than to should have has in into for with over but nor".split())
TONGUES = re.compile(r"\b(?:languages?|Esperanto|bilingual\w*|multilingual\w*|mother tongue|lingua franca|subtitles|fluen\w+|Hindi|Arabic|Mandarin)\b")
AFTER_IN = frozenset("only rather instead at on by for is be as when if because even first to with without after before".split())
PLACES_OF_TONGUE = frozenset("welsh irish catalan basque tibetan".split())
FOOD = re.compile(r"\b(?:thanksgiving|eat\w*|roast\w*|sandwich\w*|meat|dinner|stuffing|cook\w*|gravy|bird|breast|christmas|vegan|oven|leftover\w*)\b", re.I)
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
NATIVE = re.compile(r"\bindian (?:reservations?|tribes?|tribal|child welfare|country|casinos?|removal|boarding schools?|health service)\b", re.I)
EUROCRACY = frozenset("bureaucrats bureaucrat bureaucracy regulators regulations regulation directive directives elites elite technocrats rules".split())


@dataclass(frozen=True)
class Look:
    """A term met in a text: the words of the text, and those from `first` up to, not including, `after` are the term's."""

    text: str
    words: list[Word]
    first: int
    after: int
    term: Term

    @property
    def before(self) -> Word | None:
        """The word before, if nothing but a space or a hyphen parts them."""
        return self.joined(self.first - 1, self.first)

    @property
    def next(self) -> Word | None:
        """The word after, if nothing but a space or a hyphen parts them."""
        return self.joined(self.after - 1, self.after, first=False)

    def joined(self, left: int, right: int, *, first: bool = True) -> Word | None:
        """Return one of two neighbouring words, if nothing but a space or a hyphen parts them."""
        if left < 0 or right >= len(self.words):
            return None
        between = self.text[self.words[left].end : self.words[right].start]
        return self.words[left if first else right] if between in (" ", "-", "\u00a0", "  ") else None

    @property
    def around(self) -> tuple[str, str]:
        """The words before and after in lower case, empty where there is none."""
        return (self.before.lower if self.before else "", self.next.lower if self.next else "")

    @property
    def possessive(self) -> bool:
        """Whether 's follows."""
        return bool(re.match(r"['’]s?\b", self.text[self.words[self.after - 1].end :]))


Codes = tuple[str, ...]


def person(look: Look) -> Codes:
    """A given name or surname unless nothing points to a person."""
    before, after = look.before, look.next
    if before and before.capital and before.lower not in OPENERS and look.first > 0:
        return ()
    if after and after.capital and after.lower not in INSTITUTIONS:
        return ()
    left, right = look.around
    if left in KIN or right in DEEDS:
        return ()
    return () if PERSONAL.search(look.text) and not PUBLIC.search(look.text) and left not in LOCATED else look.term.codes


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
    return look.term.codes if left in LOCATED - {"to", "of"} or look.text[: look.words[look.first].start].lower().endswith("city of ") else ()


def language(look: Look) -> Codes:
    """A language rather than a people: “in English”, “speak French”, “English-language”, “should English be …”."""
    left, right = look.around
    own = look.term.words[0].lower()
    if (right in TONGUE_NEXT and own not in PLACES_OF_TONGUE) or left in TONGUE_BEFORE or (own == "english" and right in ENGLISH_NEXT):
        return ()
    if left in {"in", "into"} and (look.next is None or right in AFTER_IN):
        return ()
    alone = look.next is None or right in TONGUE_STOPS | CONNECTIVES
    named = right in TONGUE_STOPS or (alone and TONGUES.search(look.text))
    return () if named and left != "the" and own not in PLACES_OF_TONGUE else look.term.codes


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
    near = [word.text for word in look.words[max(look.first - 2, 0) : look.first] + look.words[look.after : look.after + 2] if len(word.text) > 2]
    shouted = bool(near) and all(word.isupper() for word in near)
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
    acts = left in {"should", "does", "can", "is", "has", "will", "would", "did", "could", "by", "to"} and right not in {"residents", "airport", "city"}
    return ("EU",) if acts or right in EUROCRACY or (left == "from" and re.search(r"\b(?:powers?|rules|control|orders|sovereignty)\b", look.text)) else look.term.codes


def japan(look: Look) -> Codes:
    """Article 9 of Japan's constitution, only where Japan is spoken of."""
    return look.term.codes if re.search(r"\bJapan", look.text) else ()


def prefix(look: Look) -> Codes:
    """Anglo-, Sino- and the like: only before a hyphen and a capitalised word."""
    end = look.words[look.after - 1].end
    return look.term.codes if look.next and look.next.capital and look.text[end : end + 1] == "-" else ()


RULES: dict[str, Callable[[Look], Codes]] = {
    "": lambda look: look.term.codes,
    **{each.__name__: each for each in (person, evidence, located, language, polish, turkey, china, us, georgia, indian, punjab, brussels, japan, prefix)},
}
