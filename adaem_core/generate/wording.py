"""What counts as a test question: one sentence, yes or no, of bounded length.

Data flow: `a model's reply → question text, or why there is none`.
"""

import re
from functools import lru_cache

LONGEST = 40  # words; authors are asked for 20, and a good question a little over is kept
SHORTEST = 4
OPEN = re.compile(r"^(?:who|whom|whose|what|when|where|why|how|which)\b", re.IGNORECASE)
MARKUP = re.compile(r"[*_`#>\"“”]+")


class NoQuestion(ValueError):
    """The reply holds no usable question; its text says why."""


def read_question(reply: str) -> str:
    """Return the yes/no question in `reply`, on one line; raise NoQuestion where there is none.

    Preambles, labels such as `Question:` and Markdown are dropped; of several questions the last labelled, else the first, counts.
    """
    lines = [MARKUP.sub("", line).strip() for line in reply.splitlines() if line.strip()]
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
    """Return the first sentence of `line` that ends in a question mark."""
    found = re.search(r"(?:^|(?<=[.!:;] ))([^.!?]*(?:\.(?=\S)[^.!?]*|(?<=\b[A-Z])\.[^.!?]*)*\?)", line)
    return " ".join(found.group(1).split()) if found else None


def checked(question: str) -> str:
    """Return `question` if it can be answered yes or no and has a sensible length; else raise NoQuestion."""
    words = len(question.split())
    if not SHORTEST <= words <= LONGEST:
        raise NoQuestion(f"the question has {words} words, outside {SHORTEST} to {LONGEST}")
    if OPEN.match(question):
        raise NoQuestion("the question cannot be answered with yes or no")
    return question[0].upper() + question[1:]


@lru_cache(maxsize=100_000)  # every new question is compared with all known ones
def normalised(question: str) -> str:
    """Return the words of `question` in lower case: two questions with the same words are the same question."""
    return " ".join(re.findall(r"\w+", question.lower()))
