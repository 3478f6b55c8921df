"""How a simulated author grows a question from a topic: first a fact, then a yes/no question on it (Algorithm 2, line 11).

Facts are invented, claim only that something was debated, and say that they are simulated. An author writes plain questions as well as
contested ones, so that refinement has room.
Data flow: `topic, parent, examples → fact → Question: …?`
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from adaem_core.chat.simulated.draws import pick
from adaem_core.chat.simulated.phrases import schwartz, short_bank, wording
from adaem_core.chat.simulated.questions import LONGEST_SUBJECT, YEAR, subject
from adaem_core.chat.simulated.turn import Turn

LONGEST_QUESTION = 20  # words
Aspect = Mapping[str, Any]


def fact(turn: Turn) -> str:
    """Return a fact on the block `topic`: an aspect that neither the parent nor the examples use, in a place the author likes."""
    told = wording("authors")
    first, last = turn.who.years
    words = {
        "s": about(turn),
        "where": place(turn),
        "year": str(first + int(turn.rng.random() * (last - first + 1))),
        "body": pick(turn.rng, told["bodies"]),
    }
    aspect = pick(turn.rng, unused(turn.block("parent") + turn.block("examples")))["fact"].format(**words)
    return str(pick(turn.rng, told["facts"]).format(aspect=aspect, **words))


def question(turn: Turn) -> str:
    """Return `Question: …?` on the fact the author gave, in at most 20 words."""
    given = turn.last("assistant")
    aspect = aspect_of(given) or pick(turn.rng, wording("authors")["aspects"])
    found, year = place_pattern().search(given), YEAR.search(given)
    words = {"where": found.group() if found else place(turn), "year": year.group() if year else str(turn.who.years[1])}
    tail = "" if turn.rng.random() < plain_chance(turn) else cost(turn, aspect["serves"])
    return f"Question: {fitted(aspect['ask'], words, about(turn), tail)}"


def about(turn: Turn) -> str:
    """Return the subject of the topic in its own words, value words included."""
    return subject(" ".join(turn.block("topic").split()), ())


def place(turn: Turn) -> str:
    """Return a place, mostly from the author's favourite regions, and not the parent's."""
    regions = wording("authors")["places"]
    own = turn.rng.random() < wording("authors")["chances"]["favourite_region"]
    known: Sequence[str] = regions[pick(turn.rng, turn.who.regions if own else tuple(regions))]
    parent = turn.block("parent")
    return pick(turn.rng, [each for each in known if each not in parent])


def unused(text: str) -> list[Aspect]:
    """Return the aspects that `text` does not touch; all if it touches every one."""
    aspects: list[Aspect] = wording("authors")["aspects"]
    return [each for each in aspects if each["cue"] not in text] or aspects


def aspect_of(text: str) -> Aspect | None:
    """Return the aspect a simulated fact is about; None for another text."""
    return next((each for each in wording("authors")["aspects"] if each["cue"] in text), None)


@cache
def place_pattern() -> re.Pattern[str]:
    """Return the pattern of every place of the bank."""
    return re.compile(r"\b(?:" + "|".join(map(re.escape, chain(*wording("authors")["places"].values()))) + r")\b")


def plain_chance(turn: Turn) -> float:
    """Return how likely the author writes without a conflict: less so once it has seen what scores."""
    chances = wording("authors")["chances"]
    return float(chances["plain_with_examples" if "[score" in turn.block("examples") else "plain"])


def cost(turn: Turn, serves: Sequence[str]) -> str:
    """Return a clause that names a value which conflicts with those the proposal serves."""
    served = pick(turn.rng, serves)
    against = next(each.opposites for each in schwartz().dimensions if each.id == served)
    phrase = pick(turn.rng, short_bank()[pick(turn.rng, against)])
    return str(pick(turn.rng, wording("authors")["costs"]).format(b=phrase))


def fitted(ask: str, words: Mapping[str, str], about: str, tail: str) -> str:
    """Return the question with its tail, shortening the subject and then dropping the tail to keep to 20 words."""
    for end in (tail, ""):
        for kept in range(LONGEST_SUBJECT, 0, -1):
            text = with_tail(ask.format(s=" ".join(about.split()[-kept:]), **words), end)
            if len(text.split()) <= LONGEST_QUESTION:
                return text
    return text


def with_tail(question: str, tail: str) -> str:
    """Return a question with a clause at its end, "" for none."""
    main = question.rstrip(" ?")
    return f"{main}, {tail}?" if tail else f"{main}?"
