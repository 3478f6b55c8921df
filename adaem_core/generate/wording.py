"""What counts as a test question: one sentence, yes or no, of bounded length.

Data flow: `a model's reply → question text, or why there is none`.
"""

import re
from functools import lru_cache

from adaem_core.elicit.plain import LONGEST as LONGEST_REPLY
from adaem_core.elicit.plain import prepare

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
