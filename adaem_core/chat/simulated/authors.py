"""How a simulated author grows a question from a topic: first a fact, then a yes/no question on it (Algorithm 2, line 11).

Facts are invented, claim only that something was debated, and say that they are simulated. An author writes plain questions as well as
contested ones, so that refinement has room. A topic that no frame is about gets the frames that any topic's own words fit into.
Data flow: `topic, parent, examples → frame → fact → Question: …?`
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from adaem_core.chat.simulated.draws import pick, rotated, stable
from adaem_core.chat.simulated.frames import GENERAL, YEAR, Frame, Match, frames, frames_on, match, phrasings, place_pattern, statement
from adaem_core.chat.simulated.phrases import wording
from adaem_core.chat.simulated.questions import article, subject
from adaem_core.chat.simulated.turn import Turn

EXAMPLE = re.compile(r"^\d+\. (.+?) \[score", re.MULTILINE)
STATED = re.compile(r"whether (.+?)(?:; opinions|, and )")
GOLDEN = (5**0.5 - 1) / 2  # of a circle: steps of this size never come near each other, however few voices take part
LAP = 7  # samples after which the four authors of a panel have come to where others began
FURTHER = "moral"  # the field whose frames are about people anywhere: taken up after a lap
LATE = 0.5  # chance of a case in which nobody can have both, after a lap
KINDS = {"{country}": ("countries",), "{city}": ("cities",)}  # by slot; any other takes countries and regions


def fact(turn: Turn) -> str:
    """Return a fact on the block `topic`: a situation that neither the parent nor the examples use, in a place the author likes."""
    told = wording("authors")
    first, last = turn.who.years
    frame, year = chosen(turn), str(first + int(turn.rng.random() * (last - first + 1)))
    said = statement(frame, slots(about(turn), place(turn, frame), year))
    return str(pick(turn.rng, told["facts"]).format(statement=said, year=year, body=bodies(turn, said)))


def question(turn: Turn) -> str:
    """Return `Question: …?` on the fact the author gave, in at most 20 words."""
    given = turn.last("assistant")
    stated = STATED.search(given)
    found = match(stated.group(1)) if stated else None
    frame = found.frame if found else chosen(turn)
    words = slots(about(turn), named(given, place_pattern()) or place(turn, frame), named(given, YEAR) or str(turn.who.years[1]))
    return f"Question: {asked(turn, frame, form_of_draft(turn), words)}"


def form_of_draft(turn: Turn) -> str:
    """Return in which form an author writes: late on a topic, when its plain questions are known, now and then the case at once."""
    if turn.rng.random() < plain_chance(turn):
        return "plain"
    return "conflict" if turn.sample >= LAP and turn.rng.random() < LATE else "cost"


def asked(turn: Turn, frame: Frame, form: str, words: Mapping[str, str]) -> str:
    """Return one question of a frame, mostly in the usual way."""
    usual = turn.rng.random() < wording("authors")["chances"]["should"]
    options = phrasings(frame, form, words)
    return pick(turn.rng, [each for each in options if usual == each.startswith("Should ")] or options)


def chosen(turn: Turn) -> Frame:
    """Return a frame on the block `topic`: mostly one of its own at first, then of its field, or one that any topic fits into."""
    own, seen = frames_on(turn.block("topic")), used(turn)
    left = [frame for frame in own if frame not in seen]
    if left and turn.rng.random() < wording("authors")["chances"]["own_topic"] / (1 + turn.sample):
        return pick(turn.rng, left)
    field = own[0].field if own else GENERAL
    order = walk(turn, field if turn.sample < LAP or field == GENERAL else FURTHER)
    return next((frame for frame in order if frame not in seen), order[0])


def used(turn: Turn) -> set[Frame]:
    """Return the frames that the parent and the examples were written in."""
    texts = (turn.block("parent"), *EXAMPLE.findall(turn.block("examples")))
    return {found.frame for each in texts if (found := match(each))}


def walk(turn: Turn, field: str) -> list[Frame]:
    """Return a field's frames in the topic's own order, from where this author stands: a step on for each sample, authors far apart."""
    # Drawn at random, every third draft would repeat a frame that is used already but not among the few examples shown.
    order = in_order(field, turn.block("topic"))
    step = turn.sample or int(turn.rng.random() * len(order))  # at temperature 0 every request is sample 0
    return rotated(order, int(turn.who.voice * GOLDEN % 1 * len(order)) + step)


@lru_cache(maxsize=4096)
def in_order(field: str, topic: str) -> list[Frame]:
    """Return a field's frames in an order that belongs to a topic."""
    return sorted((frame for frame in frames() if frame.field == field), key=lambda frame: stable(topic, frame.who, frame.does))


def about(turn: Turn) -> str:
    """Return the subject of the topic in its own words, value words included, with the article it has there."""
    topic = " ".join(turn.block("topic").split())
    return article(topic, subject(topic, ()))


def slots(subject: str, where: str, year: str) -> dict[str, str]:
    """Return what to fill into a frame's slots."""
    return {"s": subject, "where": where, "country": where, "city": where, "shore": where, "year": year}


def filled(found: Match, turn: Turn, *texts: str) -> dict[str, str]:
    """Return what to fill into the slots of the frame of a question: the first place and year that one of `texts` names."""
    where = next(filter(None, (named(text, place_pattern()) for text in texts)), "") or place(turn, found.frame)
    year = next(filter(None, (named(text, YEAR) for text in texts)), "") or str(turn.who.years[1])
    return slots(found.s, where, year)


def named(text: str, pattern: re.Pattern[str]) -> str:
    """Return what `pattern` finds first in a text, "" for nothing."""
    found = pattern.search(text)
    return found.group() if found else ""


def place(turn: Turn, frame: Frame) -> str:
    """Return a place that fits a frame, mostly from the author's favourite regions, and not the parent's."""
    regions = wording("authors")["places"]
    own = turn.rng.random() < wording("authors")["chances"]["favourite_region"]
    region = regions[pick(turn.rng, turn.who.regions if own else tuple(regions))]
    wanted = next((kinds for slot, kinds in KINDS.items() if slot in frame.who + frame.does), ("countries", "regions"))
    inland = wording("authors")["landlocked"] if "{shore}" in frame.who + frame.does else ()
    known: list[str] = [each for kind in wanted for each in region[kind] if each not in inland]
    return pick(turn.rng, [each for each in known if each not in turn.block("parent")] or known)


def bodies(turn: Turn, said: str) -> str:
    """Return who debated a statement; where the statement names no place, with one."""
    who: str = pick(turn.rng, wording("authors")["bodies"])
    return who if place_pattern().search(said) else f"{who} in {pick(turn.rng, countries(turn))}"


def countries(turn: Turn) -> Sequence[str]:
    """Return the countries the author likes to write about."""
    return [each for region in turn.who.regions for each in wording("authors")["places"][region]["countries"]]


def plain_chance(turn: Turn) -> float:
    """Return how likely the author writes without a conflict: less so once it has seen what scores."""
    chances = wording("authors")["chances"]
    return float(chances["plain_with_examples" if "[score" in turn.block("examples") else "plain"])
