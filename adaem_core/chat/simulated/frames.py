"""The question frames of the simulated panel: hand-written situations in which two values pull apart, each in three forms.

A frame stands in a row of `data/simulated/frames/*.csv` (columns: there, in README.md): plain, with the price that it has, and as a case
in which nobody can have both. Whoever reads such a question knows its conflict from the frame, not from single words
(docs/decisions/simulated-questions-are-written-by-hand.md).
Data flow: `Frame, form, words → phrasings`; `question → match → Match(frame, form, price)`.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, product

from adaem_core.chat.simulated.phrases import WORD, wording
from adaem_core.folders import DATA

FOLDER = DATA / "simulated" / "frames"
GENERAL = "general"  # the file of frames that any topic's own words fit into
FORMS = ("plain", "cost", "conflict")  # the more open the conflict, the later
LONGEST = 20  # words of a question
SLOT = re.compile(r"\{\w+\}")
ASIDE = re.compile(r" (?:in|from|of|off|to) \{(?:where|country|city|shore)\}")  # may be left out where a question gets too long
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
TOPIC = "{s}"


@dataclass(frozen=True)
class Frame:
    """One situation; its texts have slots for a place ({where}, {country}, {city}, or {shore} where it needs the sea), a {year}, and in general frames the topic's subject {s}."""

    field: str  # name of its file
    cue: str  # beginnings of words of its topics, joined by "+" where all must be there, other ones after a space; "" for general frames
    gained: str  # the Schwartz value that a yes serves
    lost: str  # the one it costs
    who: str
    does: str  # what `who` should do: infinitive without “to”
    cost: str  # the price as a clause in the present tense
    harsher: str  # another `does` in which nobody can have both values; “who|does” where somebody else does it
    about: str  # what it is about: a noun phrase that answers repeat, without a value's marker

    def parts(self, form: str) -> tuple[str, str]:
        """Return who does what in one of the three forms."""
        if form != "conflict":
            return self.who, self.does
        who, bar, does = self.harsher.rpartition("|")
        return (who, does) if bar else (self.who, does)


@dataclass(frozen=True)
class Match:
    """A question that was written in a frame."""

    frame: Frame
    form: str
    main: str  # the question without price and mark
    cost: str = ""  # the price in the question's words
    s: str = ""  # what stands in a general frame's {s}

    @property
    def price(self) -> str:
        """The frame's price as a clause: that of its usual case, so "" for the case in which nobody can have both."""
        return "" if self.form == FORMS[-1] else self.cost or self.frame.cost


@cache
def frames() -> tuple[Frame, ...]:
    """Return every frame, in the order of the files."""
    return tuple(frame for path in sorted(FOLDER.glob("*.csv")) for frame in rows(path.stem))


def rows(field: str) -> Iterator[Frame]:
    """Yield the frames of one file."""
    with (FOLDER / f"{field}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            yield Frame(field, row.pop("cue", ""), **row)


@lru_cache(maxsize=4096)
def frames_on(topic: str) -> tuple[Frame, ...]:
    """Return the frames about a topic: for one of the cues, a word of the topic begins with each part."""
    words = tuple(word.lower() for word in WORD.findall(topic))
    return tuple(frame for frame in frames() if any(all(map(begins(words), cue.split("+"))) for cue in frame.cue.split()))


def begins(words: tuple[str, ...]) -> Callable[[str], bool]:
    """Return whether one of `words` begins with a text, as a function of that text."""
    return lambda start: any(word.startswith(start) for word in words)


def statement(frame: Frame, words: Mapping[str, str]) -> str:
    """Return the frame as a clause, “who should do”, its slots filled."""
    return f"{frame.who} should {frame.does}".format(**words)


def phrasings(frame: Frame, form: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return every question that a frame gives in one form, with its place where that fits into 20 words; the plain ones where none fits."""
    usual = questions(frame, form, words, aside=True) or questions(frame, form, words, aside=False)
    return usual or questions(frame, "plain", words, aside=False)


def questions(frame: Frame, form: str, words: Mapping[str, str], *, aside: bool) -> tuple[str, ...]:
    """Return the questions of one form that have at most 20 words, with places told by the way (`aside`) or without."""
    who, does = (text if aside else ASIDE.sub("", text) for text in frame.parts(form))
    told = wording("questions")
    asked = product(told["asks"], told["prices"]) if form == "cost" else product([*told["asks"], *told["asks_without_price"]], [""])
    texts = ((ask.format(who=who, does=does) + price.format(cost=frame.cost)).format(**words) for ask, price in asked)
    return tuple(f"{text}?" for text in texts if len(text.split()) <= LONGEST)


@lru_cache(maxsize=8192)
def match(question: str) -> Match | None:
    """Return the frame that a question was written in, and its form; None for a question in other words."""
    text = " ".join(question.split()).rstrip("?")
    for main, price in reversed(splits(text)):
        found = matched(main)
        if found and found.form == "plain":
            return Match(found.frame, "cost", main, price, found.s)
    return matched(text)


def matched(text: str) -> Match | None:
    """Return the frame of a text without price."""
    known = index().get(bare(text))
    if known:
        return Match(*known, text)
    likely = ((frame, form) for clue, frame, form in clues() if clue in text.lower())
    texts = ((frame, form, pattern(frame, form).fullmatch(text)) for frame, form in likely)
    return next((Match(frame, form, text, s=next(filter(None, found.groups()))) for frame, form, found in texts if found), None)


def splits(text: str) -> list[tuple[str, str]]:
    """Return each way of reading a question without mark as a main clause and a clause that names a price."""
    return [(text[: found.start()], text[found.end() :]) for found in price_pattern().finditer(text)]


@cache
def price_pattern() -> re.Pattern[str]:
    """Return the pattern of the words between a question and its price."""
    return re.compile("|".join(re.escape(each.format(cost="")) for each in wording("questions")["prices"]))


@cache
def index() -> Mapping[str, tuple[Frame, str]]:
    """Return frame and form by the bare text of each way of asking it, the frames of any topic left out."""
    own = [(frame, form) for frame in frames() if frame.field != GENERAL for form in ("plain", "conflict")]
    return {SLOT.sub("*", text).lower(): pair for pair in own for text in ways(*pair)}


def ways(frame: Frame, form: str) -> Iterator[str]:
    """Yield each way of asking (or stating) a frame without its price, with and without the place that can be left out; slots are open."""
    who, does = frame.parts(form)
    told = wording("questions")
    for ask in (*told["asks"], *told["asks_without_price"], "{who} should {does}"):
        yield (text := ask.format(who=who, does=does))
        yield ASIDE.sub("", text)


def bare(text: str) -> str:
    """Return a text in small letters with every place and year as a star."""
    return YEAR.sub("*", place_pattern().sub("*", text)).lower()


@cache
def place_pattern() -> re.Pattern[str]:
    """Return the pattern of every place of the bank."""
    names = chain.from_iterable(chain(*region.values()) for region in wording("authors")["places"].values())
    return re.compile(r"\b(?:" + "|".join(re.escape(name) for name in names) + r")\b")


@cache
def clues() -> tuple[tuple[str, Frame, str], ...]:
    """Return the longest words without a slot by which each form of the frames that any topic fits into is known, in small letters."""
    general = product((frame for frame in frames() if frame.field == GENERAL), ("plain", "conflict"))
    return tuple((max(SLOT.split(frame.parts(form)[1]), key=len).lower(), frame, form) for frame, form in general)


@cache
def pattern(frame: Frame, form: str) -> re.Pattern[str]:
    """Return the pattern of a form of such a frame; the group that is not empty is the topic's subject."""
    return re.compile("|".join(map(with_gap, ways(frame, form))), re.IGNORECASE)


def with_gap(text: str) -> str:
    """Return a pattern for a text with slots."""
    return "(.+?)".join(".+?".join(map(re.escape, SLOT.split(part))) for part in text.split(TOPIC))
