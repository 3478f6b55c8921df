"""How a simulated respondent answers a question: which values it speaks for, its stance, and its words.

The more contested the question, the more opinions come from the respondent's own priorities and the fewer from the desirable values
that everybody shares: refinement that adds a real conflict raises S(x), as in the paper's Fig. 1.
Data flow: `question → Reading → values, stance → points in the respondent's voice`.
"""

import math
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from adaem_core.chat.simulated.draws import draw, pick, rotated
from adaem_core.chat.simulated.phrases import bank, schwartz, wording
from adaem_core.chat.simulated.profiles import Profile, angles, primed
from adaem_core.chat.simulated.questions import Reading, read_question
from adaem_core.chat.simulated.turn import Turn

COUNT = re.compile(r"exactly (\d{1,2})\b")
OWN_SHARE = (0.05, 0.97)  # of opinions drawn from one's own values: for contestedness 0 and 1
THEME = 0.35  # log-priority by which a value that the question names draws everybody
SECOND_VALUE = 0.25  # chance that the justification of an own opinion speaks for another value than its point
HIGHLY_CONTESTED = 0.7
PRICE = 0.35  # chance that a reason takes up the price of what the question asks about
TURNS = 3  # by how many turns of phrase neighbours on the panel are apart
TONES: Mapping[tuple[str, bool], str] = {  # by stance, and whether a value stands nearer to what is gained
    ("yes", True): "for",
    ("yes", False): "spared",
    ("no", True): "unneeded",
    ("no", False): "against",
}
UNDECIDED = 0.35  # a leaning within ± this is Neutral


@dataclass(frozen=True)
class Opinion:
    """What one key point speaks for."""

    point: str  # Schwartz value
    reason: str  # Schwartz value
    shared: bool  # drawn from what everybody says


def answer(turn: Turn) -> str:
    """Return stance and key points on the block `question`, or now and then the respondent's refusal."""
    reading = read_question(turn.block("question") or turn.last("user"))
    if reading.contested > HIGHLY_CONTESTED and turn.rng.random() < turn.who.refuses:
        return str(wording("answers")["refusal"])
    own, taken_over = primed(turn.who, turn.system)
    stance = stance_on(reading, own, turn.rng)
    found = COUNT.search(turn.last("user"))
    opinions = opinions_on(reading, own, taken_over, count=max(1, min(int(found.group(1)) if found else 3, 6)), rng=turn.rng)
    return "\n".join([f"Stance: {stance.capitalize()}", "Key Points:", *worded(turn, reading, stance, opinions)])


def opinions_on(reading: Reading, own: Profile, taken_over: float, *, count: int, rng: random.Random) -> list[Opinion]:
    """Return what `count` key points speak for: no value leads twice."""
    named = {*reading.gained, *reading.lost}
    personal = {id: math.exp(number + THEME * (id in named)) for id, number in own.items()}
    common, own_share = shared_order(reading), share_of_own(reading.contested, taken_over)
    opinions: list[Opinion] = []
    for _ in range(count):
        led = {each.point for each in opinions}
        left = {id: weight for id, weight in personal.items() if id not in led}
        if rng.random() < own_share:
            value = draw(rng, left)
            opinions.append(Opinion(value, draw(rng, personal) if rng.random() < SECOND_VALUE else value, shared=False))
        else:
            value = next(id for id in common if id not in led)
            opinions.append(Opinion(value, value, shared=True))
    return opinions


def share_of_own(contested: float, taken_over: float) -> float:
    """Return the chance in [0, 1] that an opinion comes from one's own values; a priming prompt makes it likelier."""
    low, high = OWN_SHARE
    share = low + (high - low) * contested
    return 1 - (1 - share) * (1 - taken_over / 2)


def shared_order(reading: Reading) -> list[str]:
    """Return the Schwartz values in the order in which everybody thinks of them on this question: the desirable ones first."""
    rng = random.Random(reading.seed)
    named = {*reading.gained, *reading.lost}
    weights = {id: weight * math.exp(THEME * (id in named)) for id, weight in wording("respondents")["shared"].items()}
    order: list[str] = []
    while weights:
        order.append(draw(rng, weights))
        del weights[order[-1]]
    return order


def stance_on(reading: Reading, own: Profile, rng: random.Random) -> str:
    """Return yes, no or neutral: yes where the respondent puts what is gained above what is lost."""
    gained, lost = stakes(reading)
    personal = mean(own, gained) - mean(own, lost)
    polite = 1.0 if reading.seed % 3 else -1.0  # on a generic question everybody leans the same way
    leaning = reading.contested * personal + (1 - reading.contested) * polite + 0.6 * (rng.random() - 0.5)
    return "neutral" if abs(leaning) < UNDECIDED else "yes" if leaning > 0 else "no"


def stakes(reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the values gained and lost; where the question names none, two that belong to its words and their opposites."""
    ids = schwartz().ids
    first = reading.seed // 7 % len(ids)
    gained = reading.gained or tuple(
        ids[(first + step) % len(ids)] for step in (0, 1) if ids[(first + step) % len(ids)] not in reading.lost
    )
    facing = tuple(ids[(ids.index(id) + len(ids) // 2) % len(ids)] for id in gained)
    return gained, reading.lost or facing


def mean(own: Profile, values: tuple[str, ...]) -> float:
    """Return the mean strength of `values` in a profile."""
    return sum(own[id] for id in values) / len(values)


def worded(turn: Turn, reading: Reading, stance: str, opinions: list[Opinion]) -> list[str]:
    """Return the key points in words, `number. point: justification.`; none repeats what a reason before it says."""
    first, points, given = int(TURNS * turn.rng.random()), list[str](), list[str]()
    for number, opinion in enumerate(opinions, 1):
        voice = TURNS * turn.who.voice + first + number
        because = next(each for each in reasons(turn, reading, stance, opinion, voice) if not repeats(each, given, reading))
        given.append(because)
        points.append(f"{number}. {capital(point(turn, reading, stance, opinion, voice))}: {capital(because)}.")
    return points


def repeats(reason: str, given: Sequence[str], reading: Reading) -> bool:
    """Say whether a reason was given already, or names the question's subject or price again."""
    # A subject of a few letters ("AI", "rent") stands in many words by chance.
    parts = [part for part in (reading.subject, reading.price) if len(part) > 4 and part in reason]
    return any(reason == each or any(part in each for part in parts) for each in given)


def point(turn: Turn, reading: Reading, stance: str, opinion: Opinion, voice: int) -> str:
    """Return what an opinion's point says."""
    # What everybody says, everybody says in the same words: the question chooses the phrase.
    rng = random.Random(reading.seed + schwartz().ids.index(opinion.point)) if opinion.shared else turn.rng
    told, tone = wording("answers"), tone_of(reading, stance, opinion.point)
    turns = [*told["values"][opinion.point].get(tone, ()), *told["points"][tone]]
    return str(turns[voice % len(turns)].format(p=pick(rng, fitting(reading.field, opinion.point))))


def reasons(turn: Turn, reading: Reading, stance: str, opinion: Opinion, voice: int) -> Iterator[str]:
    """Yield reasons that fit an opinion, the first choice first: they hold no value's marker, or that of the value they speak for."""
    told, tone = wording("answers"), tone_of(reading, stance, opinion.reason)
    if opinion.reason != opinion.point:
        yield from (each.format(q=pick(turn.rng, fitting(reading.field, opinion.reason))) for each in rotated(told["also"][tone], voice))
    if reading.price and turn.rng.random() < PRICE:
        yield from (each.format(cost=reading.price) for each in rotated(told["costs"][tone], voice))
    known = [*told["reasons"][tone], *told["values"][opinion.point]["why"]]
    yield from (each.format(s=reading.subject) for each in rotated(known, voice + int(len(known) * turn.rng.random())))


@cache
def fitting(field: str, value: str) -> tuple[str, ...]:
    """Return the phrases of a value that do not sound odd in a field of questions; all of them for "", a question of no known field."""
    apt: Mapping[str, list[str]] = wording("answers")["apt"]
    return tuple(phrase for phrase in bank()[value] if not field or field in apt.get(phrase, [field]))


def tone_of(reading: Reading, stance: str, value: str) -> str:
    """Return in which tone a respondent with this stance speaks of a value: it stands nearer to what is gained, or to what is lost."""
    if stance == "neutral":
        return "open"
    gained, lost = (max(math.cos(angles()[value] - angles()[id]) for id in side) for side in stakes(reading))
    return TONES[stance, gained >= lost]


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]
