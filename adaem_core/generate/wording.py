"""Ask for a test question, once more if need be, and say what counts as one: one sentence, yes or no, of bounded length.

Data flow: `request → a model's reply → question text, or why there is none`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from adaem_core.chat.model import Model
from adaem_core.elicit.plain import LONGEST as LONGEST_REPLY
from adaem_core.elicit.plain import prepare
from adaem_core.elicit.turns import Unread, ask_and_read
from adaem_core.messages import Request
from adaem_core.records import Outcome

LONGEST = 40  # words; authors are asked for 20, and a good question a little over is kept
SHORTEST = 4
LONGEST_LINE = 1_000  # characters; the search takes time quadratic in a line's marks
OPEN = re.compile(r"^(?:who|whom|whose|what|when|where|why|how|which)\b", re.IGNORECASE)
# Every English yes/no question has one of these.
AUXILIARIES = frozenset(
    re.findall(
        r"\w+",
        "is are am was were be been do does did has have had can could cannot will would shall should may might must ought"
        " isn aren wasn weren don doesn didn hasn haven hadn couldn won wouldn shan shouldn mustn needn",
    )
)
MARKUP = re.compile(r"[*_`#>\"“”]+")
LIST_MARK = re.compile(r"^(?:[-–—•·]|\(?(?:\d{1,2}|[A-Za-z])[.)])\s+")
# A dot ends no sentence before a letter, after an initial (U.S.) or after one of these short forms. Each dot is matched in one way
# only (an atomic group): replies are strangers' texts, and two ways would take time exponential in their dots.
INNER_DOT = r"\.(?>(?=\S)|(?<=\b[A-Z]\.)|(?<=\b(?:St|Dr|Mr|Ms|vs)\.)|(?<=\bMrs\.)|(?<=\b(?:e\.g|i\.e)\.))"
SENTENCE = re.compile(rf"(?:^|(?<=[.!:;] ))([^.!?]*(?:{INNER_DOT}[^.!?]*)*\?)")


class NoQuestion(ValueError):
    """The reply holds no usable question; its text says why."""


def read_question(reply: str) -> str:
    """Return the yes/no question in `reply`, on one line; raise NoQuestion where there is none.

    Preambles, labels such as `Question:` and Markdown are dropped; of several questions the last labelled, else the first, counts.
    """
    plain = prepare(reply[:LONGEST_REPLY])
    lines = [LIST_MARK.sub("", MARKUP.sub("", line[:LONGEST_LINE]).strip()) for line in plain.splitlines() if line.strip()]
    labelled = [
        line.split(":", 1)[1]
        for line in lines
        if re.match(r"^[\[(]?(?:refined |new |revised |final )?question[\])]? ?:", line, re.IGNORECASE)
    ]
    for line in [*reversed(labelled), *lines]:
        if found := first_question(line):
            return checked(found)
    raise NoQuestion("the reply holds no sentence that ends in a question mark")


def first_question(line: str) -> str | None:
    """Return the first sentence of `line` that ends in a question mark, without a preamble such as `Here it is:`."""
    found = SENTENCE.search(line)
    if found is None:
        return None
    sentence = " ".join(found.group(1).split())
    rest = sentence.rpartition(": ")[2]
    return rest if rest[0].isupper() and len(rest.split()) >= SHORTEST else sentence


def checked(question: str) -> str:
    """Return `question` if it can be answered yes or no and has a sensible length; else raise NoQuestion."""
    words = len(question.split())
    if not SHORTEST <= words <= LONGEST:
        raise NoQuestion(f"the question has {words} words, outside {SHORTEST} to {LONGEST}")
    if OPEN.match(question):
        raise NoQuestion("the question cannot be answered with yes or no")
    if not AUXILIARIES.intersection(normalised(question).split()):
        raise NoQuestion("the question is not in English, or cannot be answered with yes or no")
    return question[0].upper() + question[1:]


@lru_cache(maxsize=100_000)  # every new question is compared with all known ones
def normalised(question: str) -> str:
    """Return the words of `question` in lower case: two questions with the same words are the same question."""
    return " ".join(re.findall(r"\w+", question.lower()))


@dataclass(frozen=True)
class Written:
    """A question text, or None and the reason in words."""

    text: str | None
    reason: str = ""


async def ask_for_question(ask: Model, request: Request) -> Written:
    """Return the question in the reply to `request`, or why there is none."""
    found = (await ask_and_read(ask, request, read)).found
    return Written(None, found.reason) if isinstance(found, Unread) else Written(found)


def read(reply: str) -> str | Unread:
    """Return the question in `reply`, or why it cannot be used."""
    try:
        return read_question(reply)
    except NoQuestion as problem:
        return Unread(Outcome.UNREADABLE, f"{problem}.")
