"""The simulated recogniser and guard: they read marker phrases and frames, and the recogniser errs at the rates planted for it.

A dimension of a shipped system is known by its markers; one that has none by the telling words of its name and definition.
Data flow: `blocks values, opinions → JSON labels` (batched) or `values, opinion, value → Yes | No` (paper).
"""

import json
import math
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from adaem_core.chat.simulated.frames import Match, match
from adaem_core.chat.simulated.phrases import WORD, Index, bank, find, index, wording
from adaem_core.chat.simulated.profiles import Respondent, known_systems
from adaem_core.chat.simulated.questions import ignored_words
from adaem_core.chat.simulated.turn import Turn
from adaem_core.messages import TokenProbability
from adaem_core.values import folded

NUMBERED = re.compile(r"^\s*(\d+)\.\s?(.*)$", re.MULTILINE)
ORDERS = ("all values", "every value", "alle werte", "todos los valores", "toutes les valeurs", "все ценности", "所有价值", "كل القيم")
SURE = 0.97  # probability the recogniser gives to its own verdict, right or wrong
QUOTED_BY_MISTAKE = 4  # words quoted for a value that is not there


def recognise(turn: Turn) -> str:
    """Return the labels of the block `opinions` as JSON, or Yes or No on the blocks `opinion` and `value`."""
    known = lexicon(turn.block("values") or turn.block("value"))
    if value := turn.block("value"):
        wanted = dimension_of(value)[0]
        return "Yes" if wanted in labels(turn.who, known, turn.block("opinion"), turn.rng, (wanted,)) else "No"
    ids = tuple(id for id, _, _ in dimensions_of(turn.block("values")))
    entries = [
        {
            "number": int(number),
            "values": [{"id": id, "quote": quote} for id, quote in labels(turn.who, known, text, turn.rng, ids).items()],
        }
        for number, text in NUMBERED.findall(turn.block("opinions"))
    ]
    return json.dumps({"opinions": entries})


def obey(turn: Turn) -> str:
    """Return what `recognise` does, but every value for a statement that asks for it: a reader that does what it reads, to be found out."""
    if not turn.block("opinions"):
        return "Yes" if orders(turn.block("opinion")) else recognise(turn)
    read = json.loads(recognise(turn))
    texts = dict(NUMBERED.findall(turn.block("opinions")))
    every = [id for id, _, _ in dimensions_of(turn.block("values"))]
    for entry in read["opinions"]:
        if orders(text := texts[str(entry["number"])]):
            entry["values"] = [{"id": id, "quote": first_words(text)} for id in every]
    return json.dumps(read)


def orders(text: str) -> bool:
    """Say whether a text asks for all values, in whatever letters and spacing."""
    plain = folded(unicodedata.normalize("NFKC", text))
    return any(folded(each) in plain for each in ORDERS)


def labels(who: Respondent, known: Index, text: str, rng: random.Random, ids: tuple[str, ...]) -> dict[str, str]:
    """Return the dimensions of `ids` that `who` finds in `text`, each with the words it quotes; errors included."""
    miss, false_alarm = errors(who)
    written = match(text) if text.endswith("?") else None
    there = conflict_of(known, written) if written and written.form != "plain" else markers(known, text)
    found: dict[str, str] = {}
    for id in ids:
        if rng.random() < (1 - miss if id in there else false_alarm):
            found[id] = there.get(id) or first_words(text)
    return found


def conflict_of(known: Index, written: Match) -> dict[str, str]:
    """Return the dimensions in which the two values of a frame's question are known, each with the words that set it against the other."""
    lost = dict.fromkeys(known_as(known, written.frame.lost), written.cost or written.main)
    return lost | dict.fromkeys(known_as(known, written.frame.gained), written.main)


def known_as(known: Index, value: str) -> list[str]:
    """Return the dimensions for which at least every third phrase of a Schwartz value is a marker."""
    counts = Counter(id for phrase in bank()[value] for id in markers(known, phrase))
    return [id for id, count in counts.items() if 3 * count >= len(bank()[value])]


def markers(known: Index, text: str) -> dict[str, str]:
    """Return the dimensions that a marker in `text` stands for, each with the first such words."""
    there: dict[str, str] = {}
    for hit in find(known, text):
        for id in hit.stands_for:
            there.setdefault(id, text[hit.start : hit.end])
    return there


def errors(who: Respondent) -> tuple[float, float]:
    """Return how often a value that is there is missed, and how often one that is not is seen, per opinion and dimension."""
    default = wording("respondents")["default_errors"]
    return (
        default["miss"] if who.miss is None else who.miss,
        default["false_alarm"] if who.false_alarm is None else who.false_alarm,
    )


def first_words(text: str) -> str:
    """Return the first words of `text`, verbatim."""
    ends = [word.end() for _, word in zip(range(QUOTED_BY_MISTAKE), WORD.finditer(text), strict=False)]
    return text[: ends[-1]].strip() if ends else ""


def verdict_probability(verdict: str) -> TokenProbability:
    """Return the recogniser's Yes or No with the log-probabilities of both."""
    sure, unsure = math.log(SURE), math.log(1 - SURE)
    return TokenProbability(verdict, sure, {verdict: sure, "No" if verdict == "Yes" else "Yes": unsure})


@lru_cache(maxsize=64)
def lexicon(values: str) -> Index:
    """Return the index of everything by which the dimensions listed in a prompt are known."""
    dimensions = tuple(dimensions_of(values))
    telling = telling_words(values)
    return index({id: shipped_markers(dimensions).get(id) or telling[id] for id, _, _ in dimensions})


def dimensions_of(values: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, name and definition of every line `ID | Name | definition`."""
    return (dimension_of(line) for line in values.splitlines() if line.strip())


def dimension_of(line: str) -> tuple[str, str, str]:
    """Return id, name and definition in a line `ID | Name | definition`; missing parts are empty."""
    id, name, definition = ([part.strip() for part in line.split("|", 2)] + ["", ""])[:3]
    return id, name, definition


@lru_cache(maxsize=64)
def shipped_markers(dimensions: tuple[tuple[str, str, str], ...]) -> Mapping[str, tuple[str, ...]]:
    """Return the markers, by id, of the system in `data/value_systems` that has all these dimensions; empty if there is none."""
    wanted = {(id, name) for id, name, _ in dimensions}
    for system in known_systems():
        if wanted <= {(each.id, each.name) for each in system.dimensions}:
            return {each.id: each.markers for each in system.dimensions}
    return {}


def telling_words(values: str) -> dict[str, list[str]]:
    """Return for each dimension the words of its name, and those of its definition that no other dimension has."""
    ignored, *_ = ignored_words()
    words = {id: {word.lower() for word in WORD.findall(definition)} - ignored for id, _, definition in dimensions_of(values)}
    shared = Counter(word for found in words.values() for word in found)
    own = {id: {word for word in found if len(word) > 3 and shared[word] == 1} for id, found in words.items()}
    return {id: sorted({name.lower(), *own[id]}) for id, name, _ in dimensions_of(values)}


def guard(turn: Turn) -> str:
    """Return `UNSAFE: reason` where the block `question` asks for harm in so many words, else `SAFE`."""
    text = turn.block("question") or turn.last("user")
    found = find(unsafe_index(), text)
    return f"UNSAFE: it contains a request for harm ({text[found[0].start : found[0].end]})" if found else "SAFE"


@cache
def unsafe_index() -> Index:
    """Return the phrases that the simulated guard rejects."""
    return index({"unsafe": wording("guard")["unsafe"]})
