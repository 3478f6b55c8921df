"""Every record that travels, in pipeline order: the vocabulary of the studio on one page.

Text world only: small, frozen, linked by ids (what is said to a model and back is in `messages`).
`Topic → Question → Response → Recognition → Score → Attempt → Pull` (an edition lies in `generate.edition`, an examination in `archive.examinations`).

Ids tell the tree: topic `T007`; the second question of its third pull `T007.3.2`; the text tried in
refinement step 1 of that question `T007.3.2#1`. A *subject* is the id of any text that was answered.
"""

import math
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a request. Only ANSWERED may enter a comparison; the others are missing, never 0."""

    ANSWERED = "answered"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    FAILED = "failed"


@dataclass(frozen=True)
class Topic:
    """A general question that seeds one arm of the bandit."""

    id: str
    text: str
    category: str = ""
    source: str = ""


@dataclass(frozen=True)
class Question:
    """One yes/no question. The root of a tree is its topic (depth 0, no author)."""

    id: str
    topic_id: str
    text: str
    depth: int = 0
    parent_id: str | None = None  # None only for the root
    author: str | None = None  # display name of the model that wrote it; None for the root
    fact: str = ""  # the background the author built it on


@dataclass(frozen=True)
class Opinion:
    """One point and its justification, as the respondent wrote them."""

    point: str
    justification: str

    @property
    def text(self) -> str:
        return ": ".join(part for part in (self.point, self.justification) if part)


@dataclass(frozen=True)
class Response:
    """One model's answer to one subject, or the record that there is none."""

    subject: str
    model: str
    outcome: Outcome
    stance: str | None = None  # yes, no or neutral; None unless answered, and for a stance in other words ("Suppress")
    opinions: tuple[Opinion, ...] = ()
    text: str = ""
    reason: str = ""  # why it is not an answer, or that it was repaired before it was read, in words for the user
    sample: int = 0
    request: str = ""  # key of the request in the ledger: prompt, parameters, date, cost
    pressed: bool = False  # the model was asked once more before it said this; the ledger knows it


@dataclass(frozen=True)
class Label:
    """One opinion expresses one dimension."""

    opinion: int  # index into Response.opinions
    dimension: str
    evidence: str = ""  # verbatim words of the opinion; empty when the recogniser quoted none
    probability: float = 1.0  # below 1 only where the recogniser's yes-token probability is known


@dataclass(frozen=True)
class Gap:
    """Whether one opinion expresses one dimension could not be read, not even when it was asked again."""

    opinion: int
    dimension: str
    outcome: Outcome  # unreadable or refused, which is final; failed, which is asked again


@dataclass(frozen=True)
class Recognition:
    """The labels one recogniser gave to the opinions of one response."""

    subject: str
    model: str
    recogniser: str
    protocol: str  # batched or paper
    outcome: Outcome
    labels: tuple[Label, ...] = ()
    reason: str = ""  # why there are no labels, or that the reply was repaired before it was read, in words for the user
    sample: int = 0
    requests: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()  # verdicts that are missing; by the batched protocol there are none

    def verdict(self, opinion: int, dimension: str) -> float:
        """Return 1 when the opinion expresses the dimension, 0 when it does not, NaN when that could not be read."""
        place = (opinion, dimension)
        if self.outcome is not Outcome.ANSWERED or place in [(each.opinion, each.dimension) for each in self.gaps]:
            return math.nan
        return float(place in [(each.opinion, each.dimension) for each in self.labels])

    @property
    def passing(self) -> bool:
        """True when something failed for the moment: it can be asked again."""
        return self.outcome is Outcome.FAILED or any(gap.outcome is Outcome.FAILED for gap in self.gaps)


@dataclass(frozen=True)
class Answer:
    """A response together with what was recognised in it."""

    response: Response
    recognition: Recognition | None  # None when there is no readable response

    @property
    def usable(self) -> bool:
        """True when stance, opinions and labels are all there."""
        return self.recognition is not None and self.recognition.outcome is Outcome.ANSWERED

    @property
    def model(self) -> str:
        return self.response.model

    @property
    def expressed(self) -> frozenset[str]:
        """Dimensions expressed anywhere in the response: the OR over its opinions (§3.3)."""
        return frozenset(label.dimension for label in self.recognition.labels) if self.recognition else frozenset()

    @property
    def unknown(self) -> frozenset[str]:
        """Dimensions of which it is not known whether the response expresses them: a verdict is missing, and no other says yes."""
        return frozenset(gap.dimension for gap in self.recognition.gaps) - self.expressed if self.recognition else frozenset()

    @property
    def passing(self) -> bool:
        """True when the reply or its reading failed for the moment: the same command asks again. All else that is missing is final."""
        return self.response.outcome is Outcome.FAILED or (self.recognition is not None and self.recognition.passing)


@dataclass(frozen=True)
class Score:
    """The informativeness S(x) of one subject with its parts; NaN where too few models answered."""

    value_diversity: float
    opinion_diversity: float
    value_conformity: float
    disentanglement: float
    total: float
    form: str  # black_box or exact
    answered: int  # models whose answers could be used
    asked: int


@dataclass(frozen=True)
class Attempt:
    """One text tried for a question: step 0 is the first draft, later steps are rewrites."""

    question_id: str
    step: int
    text: str
    author: str
    reflection: str
    question_labels: tuple[str, ...] | None  # dimensions the text itself expresses; None if unknown
    answers: tuple[Answer, ...]
    score: Score
    accepted: bool

    @property
    def subject(self) -> str:
        return f"{self.question_id}#{self.step}"


class Fate(StrEnum):
    """What became of a question that was written."""

    SCORED = "scored"
    DUPLICATE = "duplicate"
    UNSAFE = "unsafe"
    UNWRITTEN = "unwritten"  # the author refused, failed or wrote no readable question
    UNSCORED = "unscored"  # too few readable answers to score it
    SURPLUS = "surplus"  # a good candidate beyond the N2 kept in this pull


@dataclass(frozen=True)
class Outgrowth:
    """Everything that happened to one question of a pull, from its draft to its final score."""

    question: Question
    fate: Fate
    reason: str = ""
    attempts: tuple[Attempt, ...] = ()
    question_labels: tuple[str, ...] | None = None
    answers: tuple[Answer, ...] = ()  # of the P2 panel, to the final text
    score: Score | None = None  # final score with P2; None unless scored


@dataclass(frozen=True)
class Pull:
    """One pull of one arm: the unit the bandit learns from."""

    number: int  # 1, 2, … over the whole study
    topic_id: str
    ucb: float  # the arm's upper confidence bound when chosen; inf if never pulled before
    root: Outgrowth | None  # the topic itself, scored at its first pull
    outgrowths: tuple[Outgrowth, ...] = ()
    reward: float = float("nan")  # mean final score of its questions; NaN if none was scored
