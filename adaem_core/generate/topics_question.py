"""Turn a statement into a yes/no question by rules anyone can read: `We should ban X` → `Should we ban X?`.

Where the paper has a language model rewrite (Appendix B), rules do (docs/decisions/statements-become-questions-by-rule.md).
One line of data flow: a topic file's text → `as_question` → the text of a `Topic`.
"""

# ruff: noqa: SIM905 (word lists read better as text)
import re
from dataclasses import dataclass
from itertools import pairwise

from adaem_core.archive.texts import is_question

MODALS = "should must can could will would shall may might".split()
AUXILIARIES = {*MODALS, *"is are was were do does did has have had".split()}
CONTRACTIONS = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall"} | {
    f"{verb}n't": verb for verb in "should must could would is are was were do does did has have had need".split()
}
# Full verbs that stand in many topic statements: form → (do-support, base form).
FULL_VERBS = {form: ("do", form) for form in "need want bring make exist deserve require belong".split()}
FULL_VERBS |= {f"{form}s": ("does", form) for form in list(FULL_VERBS)}
FULL_VERBS |= {"needed": ("did", "need"), "brought": ("did", "bring"), "made": ("did", "make"), "existed": ("did", "exist")}
IMPERATIVES = set(
    """ban abolish legalize legalise criminalize criminalise decriminalize decriminalise subsidize subsidise prohibit forbid allow permit
    introduce adopt abandon end stop limit restrict protect promote support reduce increase raise lower encourage require fund cancel
    nationalize nationalise privatize privatise tax""".split()
)
RELATIVES = {"that", "which", "who", "whom", "whose", "where"}
CONJUNCTIONS = {"and", "or", "but", "so", "yet"}
SUBORDINATE = set(
    "when if although though while because as since after before once unless where despite whether what who how why that".split()
)
FIRST_PERSON = {"i", "i'm", "i'd", "i've", "i'll", "me", "my", "mine", "myself"}
NOT_A_VERB_AFTER = set("the a an of for in to this that their our its his her no any every".split()) | CONJUNCTIONS
PARTICIPLES = set("been become made gone lost grown brought taken led done given shown found had come left kept".split())
# Words that keep their capital inside a sentence; acronyms and inner capitals (EU, NEET, WikiLeaks) are seen by their shape.
NAMES = {
    *"""Africa African Asia Asian Europe European America American Americas Oceania Antarctica Arctic Latin Western Eastern
    Afghanistan Albania Algeria Argentina Armenia Australia Austria Bangladesh Belarus Belgium Bolivia Bosnia Botswana Brazil Britain Bulgaria
    Cambodia Cameroon Canada Chile China Colombia Congo Croatia Cuba Cyprus Czechia Denmark Egypt England Estonia Ethiopia Fiji Finland France
    Georgia Germany Ghana Greece Greenland Guatemala Haiti Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan
    Kashmir Kazakhstan Kenya Kosovo Kuwait Kyrgyzstan Laos Latvia Lebanon Libya Lithuania Luxembourg Madagascar Malawi Malaysia Mali Malta
    Mauritius Mexico Moldova Mongolia Morocco Mozambique Myanmar Namibia Nepal Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan
    Palestine Panama Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Samoa Scotland Senegal Serbia Singapore Slovakia
    Slovenia Somalia Spain Sudan Sweden Switzerland Syria Taiwan Tajikistan Tanzania Thailand Tibet Togo Tonga Tunisia Turkey Turkmenistan
    Uganda Ukraine Uruguay Uzbekistan Vanuatu Venezuela Vietnam Wales Yemen Zambia Zimbabwe""".split(),
    *"""Afghan Albanian Algerian Argentine Armenian Australian Austrian Belgian Brazilian British Bulgarian Canadian Catalan Chilean Chinese
    Colombian Croatian Cuban Danish Dutch Egyptian English Ethiopian Filipino Finnish French German Greek Hungarian Indian Indonesian Iranian
    Iraqi Irish Israeli Italian Japanese Kenyan Korean Kurdish Lebanese Malaysian Mexican Mongolian Moroccan Nepali Nigerian Norwegian Pakistani
    Palestinian Persian Peruvian Portuguese Roma Romanian Russian Rohingya Saudi Scottish Serbian Slovak Spanish Swedish Swiss Syrian Thai
    Tibetan Turkish Ukrainian Uyghur Venezuelan Vietnamese Welsh Hindi Hebrew Swahili Tamil Urdu Esperanto Mandarin Sanskrit""".split(),
    *"""Buddhism Buddhist Catholic Catholics Christian Christianity Christians Christmas Confucian Easter Hindu Hinduism Hindus Islam Islamic
    Jewish Jews Jain Judaism Muslim Muslims Orthodox Protestant Ramadan Sikh Sikhs Shia Sunni God Bible Quran Diwali
    Aadhaar Bitcoin Bollywood Brexit Brussels Frontex Gaza Guantanamo Hamas Hollywood Holocaust Nazi Olympic Olympics Wikipedia
    January February March April June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday""".split(),
}  # fmt: skip


@dataclass(frozen=True)
class Verb:
    """The finite verb of a statement: where it stands, what the question opens with, what stays in its place."""

    position: int
    opening: str
    left: tuple[str, ...]


def as_question(text: str) -> str:
    """Return `text` as one yes/no question: capital first letter, one question mark at the end.

    A question stays as it is; a statement has its verb moved to the front; what no rule fits is asked as
    "Is it true that …?"; what speaks of its author (`I`, `my`), has several sentences or is not in Latin letters is quoted.
    Empty text gives an empty string.
    """
    text = " ".join(text.split())
    if text.endswith("?"):
        return capitalised(text.rstrip("? ") + "?")
    if is_question(text):
        return text
    text = text.rstrip(" .!;,:…")
    if not text:
        return ""
    words = text.split()
    if opens_like_a_question(words):
        return capitalised(text) + "?"
    several = re.search(r"[.!?]\s+[A-Z“\"]", text)
    if several or FIRST_PERSON & {bare(word) for word in words} or not re.search("[A-Za-z]", text):
        return f'Do you agree with the statement "{text}"?'
    return asked(text, words)


def asked(text: str, words: list[str]) -> str:
    """Return the question for one plain statement."""
    first = bare(words[0])
    verb = None if first in SUBORDINATE else finite_verb(words)
    if verb and verb.position and not second_verb(words[verb.position + 1 :]):
        subject = [uncapitalised(words), *words[1 : verb.position]]
        return " ".join([verb.opening.capitalize(), *subject, *verb.left, *words[verb.position + 1 :]]) + "?"
    rest = " ".join([uncapitalised(words), *words[1:]])
    if first == "do" and bare(words[1]) == "not":
        return f"Should we {' '.join(words[1:])}?"
    if first in IMPERATIVES:
        return f"Should we {rest}?"
    if verb is None and len(words) <= 3:
        return f"Are you in favour of {rest}?"
    return f"Is it true that {rest}?"


def finite_verb(words: list[str]) -> Verb | None:
    """Return the main verb, None where none is known. A verb inside a relative clause (`people who are …`) is passed over."""
    clauses = 0
    for position, word in enumerate(words):
        if position and bare(word) in RELATIVES:
            clauses += 1
        elif verb := verb_at(words, position):
            if not clauses:
                return verb
            clauses -= 1
    return None


def verb_at(words: list[str], position: int) -> Verb | None:
    """Return the finite verb at `position`, None if the word there is none we know."""
    word, following = bare(words[position]), [bare(each) for each in words[position + 1 : position + 3]]
    if word in CONTRACTIONS:
        return Verb(position, CONTRACTIONS[word], ("not",))
    if word in {"has", "have", "had"} and not perfect(following):
        return Verb(position, {"has": "does", "have": "do", "had": "did"}[word], ("have",))
    if word in {"do", "does", "did"} and following[:1] != ["not"]:
        return Verb(position, word, ("do",))
    if word in AUXILIARIES and words[position].islower():  # `9th of May` is no modal verb
        return Verb(position, word, ())
    if word in FULL_VERBS and position and bare(words[position - 1]) not in NOT_A_VERB_AFTER:
        opening, base = FULL_VERBS[word]
        return Verb(position, opening, (base,))
    return None


def perfect(following: list[str]) -> bool:
    """Return True when has/have is an auxiliary: a participle follows (`has been`, `have never changed`)."""
    likely = following[1:] if following and following[0] in {"not", "never", "always", "already", "long", "also"} else following[:1]
    return any(word in PARTICIPLES or (word.endswith("ed") and word != "need") for word in likely)


def second_verb(rest: list[str]) -> bool:
    """Return True when a coordinated verb follows (`… and should be …`): moving one verb would break the sentence."""
    words = [bare(word) for word in rest]
    return any(first in CONJUNCTIONS and second in AUXILIARIES - {"do", "have"} for first, second in pairwise(words))


def opens_like_a_question(words: list[str]) -> bool:
    """Return True for `Should we ban X` without its question mark; an order (`Do not …`) is none."""
    first, second = bare(words[0]), bare(words[1]) if len(words) > 1 else ""
    return first in AUXILIARIES - {"do", "have", "will", "may", "might", "can", "must"} or (
        first in AUXILIARIES and second in set("we you they people it he she the a an our all any there this these".split())
    )


def bare(word: str) -> str:
    """Return the word in lower case without the punctuation around it."""
    return word.strip(".,;:!?\"'()[]“”‘").replace("’", "'").lower()


def uncapitalised(words: list[str]) -> str:
    """Return the first word as it is written inside a sentence: names, acronyms and titles keep their capital."""
    word, second = words[0], words[1] if len(words) > 1 else ""
    core = re.split(r"[-'’/]", word.strip("\"'“”(),"))[0]
    shaped = any(letter.isupper() or letter.isdigit() for letter in word[1:])
    titled = second[:1].isupper() and core.lower() not in {"the", "a", "an", "all", "no", "every", "some", "most", "our"}
    if core in NAMES or shaped or titled or core == "I":
        return word
    return word[:1].lower() + word[1:]


def capitalised(text: str) -> str:
    """Return `text` with its first letter in upper case, unless it begins with a number."""
    position = next((index for index, letter in enumerate(text) if letter.isalnum()), 0)
    return text[:position] + text[position : position + 1].upper() + text[position + 1 :]
