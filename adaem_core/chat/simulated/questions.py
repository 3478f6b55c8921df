"""How the simulated panel reads a question: its subject, the values in conflict, and how contested it is.

A question in a frame has the frame's conflict; any other the values that its words name. Contestedness is a transparent sum
(`data/simulated/questions.yaml`): a conflict, a named cost, opposed values, a concrete place and year. Generic questions have
little of it, and draw the same desirable values from everybody.
Data flow: `question text → read_question → Reading`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from adaem_core.chat.simulated.draws import stable
from adaem_core.chat.simulated.frames import GENERAL, YEAR, Match, match
from adaem_core.chat.simulated.phrases import Hit, Index, find, index, lowered, schwartz, schwartz_index, wording

CONFLICT = "conflict"
NAME = re.compile(r"(?<=[\w,'’] )[A-Z]\w+")  # a capitalised word inside the sentence
ABOUT = re.compile(r"\b(?:on|about|concerning|regarding|related to|affected by|matters of)\s", re.IGNORECASE)
PLAIN_WORD = re.compile(r"\w+(?:['’-]\w+)*")
LONGEST_SUBJECT = 4  # words
UNKNOWN_SUBJECT = "the matter"
CONFLICTS = {  # what applies to a question in a frame, by its form
    "plain": frozenset[str](),
    "cost": frozenset({"conflict", "cost"}),
    "conflict": frozenset({"conflict", "cost", "opposed"}),
}


@dataclass(frozen=True)
class Reading:
    """What a respondent notices in a question."""

    subject: str  # what it is about, in a few of its own words; holds no marker of a Schwartz value
    gained: tuple[str, ...]  # Schwartz values a yes serves: the frame's, or those named before the last conflict word
    lost: tuple[str, ...]  # those it costs: the frame's, or those named after it
    contested: float  # in [0, 1]
    seed: int  # belongs to the question's words: what everybody shares about it
    price: str = ""  # the price of a frame's proposal as a clause, "" where none is known; holds no marker either
    field: str = ""  # the field of a frame that belongs to one


@lru_cache(maxsize=8192)
def read_question(text: str) -> Reading:
    """Return what a respondent notices in `text`: any text can be read."""
    text = " ".join(text[:2000].split())
    found = match(text)
    return framed(text, found) if found else unframed(text)


def framed(text: str, found: Match) -> Reading:
    """Return the reading of a question in a frame."""
    frame = found.frame
    about = frame.about.format(s=found.s)
    told = about if not find(schwartz_index(), about) else subject(text, find(question_index(), text))
    level, seed = contested(text, CONFLICTS[found.form]), stable("question", lowered(text))
    return Reading(told, (frame.gained,), (frame.lost,), level, seed, found.price, "" if frame.field == GENERAL else frame.field)


def unframed(text: str) -> Reading:
    """Return the reading of a question in any other words."""
    hits = find(question_index(), text)
    cues = [hit.start for hit in hits if CONFLICT in hit.stands_for]
    cut = cues[-1] if cues else len(text)
    gained, lost = named(hits, 0, cut), named(hits, cut, len(text))
    applies = {
        "conflict": bool(cues),
        "more_conflict": len(cues) >= 2,
        "cost": bool(cues and lost),
        "opposed": opposed((*gained, *lost)),
    }
    known = frozenset(name for name, true in applies.items() if true)
    return Reading(subject(text, hits), gained, lost, contested(text, known), stable("question", lowered(text)))


def contested(text: str, conflict: frozenset[str]) -> float:
    """Return how contested a question is, in [0, 1]: the sum of the weights of all that applies, its conflict and its wording."""
    concrete = {"base": True, "place": bool(NAME.search(text)), "year": bool(YEAR.search(text)), "detail": len(text.split()) >= 10}
    weights: dict[str, float] = wording("questions")["weights"]
    return min(1.0, sum(weight for name, weight in weights.items() if concrete.get(name) or name in conflict))


def opposed(values: Sequence[str]) -> bool:
    """Return whether two of the Schwartz values conflict by the theory."""
    against = {each.id: each.opposites for each in schwartz().dimensions}
    return any(other in against[value] for value in values for other in values)


def named(hits: Sequence[Hit], start: int, end: int) -> tuple[str, ...]:
    """Return the values found between two places of the text, each once, in order."""
    return tuple(dict.fromkeys(id for hit in hits if start <= hit.start < end for id in hit.stands_for if id != CONFLICT))


def tail_start(text: str) -> int:
    """Return where the closing clause that sets a cost begins; the text's length if there is none."""
    found = tail_pattern().search(text)
    return found.start() if found else len(text)


def main_clause(text: str) -> str:
    """Return a question without the clause that names a cost and without its mark."""
    return text[: tail_start(text)].rstrip(" ,;:?.!")


@cache
def tail_pattern() -> re.Pattern[str]:
    """Return the pattern of the clauses that name a cost or a conflict."""
    tails = (re.escape(each) if each.startswith(",") else rf",?\s+{re.escape(each)}" for each in wording("questions")["tails"])
    return re.compile(rf"(?:{'|'.join(tails)})\b", re.IGNORECASE)


@cache
def question_index() -> Index:
    """Return the index of Schwartz markers and conflict words together: "over" inside a value's phrase is no conflict."""
    return index({**{each.id: each.markers for each in schwartz().dimensions}, CONFLICT: wording("questions")["conflict"]})


def subject(text: str, hits: Sequence[Hit]) -> str:
    """Return what `text` is about: its longest run of telling words (at most 4), after "about" if it says so, without the phrases in `hits`, names and years."""
    # An answer repeats the subject: a value's marker in it would make everybody express that value.
    kept = list(text)
    for hit in hits:
        kept[hit.start : hit.end] = "|" * (hit.end - hit.start)
    clause = NAME.sub("|", main_clause("".join(kept)))
    *_, after = ABOUT.split(clause)
    runs = telling_runs(YEAR.sub("|", after)) or telling_runs(YEAR.sub("|", clause))
    longest_first = sorted(runs, key=lambda run: -len(run))
    return " ".join(longest_first[0]) if runs else UNKNOWN_SUBJECT


def article(text: str, subject: str) -> str:
    """Return a subject with the article it has in `text`, and small letters at its beginning unless it is a name alone."""
    found = re.search(rf"\b((?:the|an?) ){re.escape(subject)}\b", text, re.IGNORECASE)
    small = subject[:1].lower() + subject[1:] if " " in subject and subject[1:2].islower() else subject
    return f"{found.group(1).lower()}{small}" if found else small


def telling_runs(clause: str) -> list[list[str]]:
    """Return the runs of words that may name a subject, in order, each of at most 4 words."""
    ignored, inner, last = ignored_words()
    runs: list[list[str]] = []
    for part in re.split(r"[^\w\s'’-]+", clause):
        run: list[str] = []
        for word in PLAIN_WORD.findall(part):
            low = word.lower()
            if low not in ignored or (run and low in inner | last):
                run.append(word[:40])
            else:
                runs.append(run)
                run = []
        runs.append(run)
    return [trimmed for run in runs if (trimmed := without_loose_ends(run[:LONGEST_SUBJECT]))]


def without_loose_ends(run: list[str]) -> list[str]:
    """Return `run` without linking words at its end."""
    _, inner, _ = ignored_words()
    while run and run[-1].lower() in inner:
        run = run[:-1]
    return run


@cache
def ignored_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words that are never what a question is about, those of them that may stand inside a subject, and those that may end it."""
    told = wording("questions")
    # YAML reads yes, no, on and off as truth values where they are list items, not inside a folded text.
    return frozenset(told["ignored"].split()), frozenset(told["inner"]), frozenset(told["last"])
