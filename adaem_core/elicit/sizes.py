"""How long requests and replies usually are: what a forecast of tokens and cost rests on.

Our own prompts are measured; for what models write there are usual lengths, of real ones and of the simulated panel.
Data flow: `settings, value system, usual lengths → tokens of prompt and reply per purpose`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from adaem_core.elicit.recognise import recognise_request
from adaem_core.elicit.recognise_paper import yes_no_request
from adaem_core.elicit.respond import answer_request
from adaem_core.messages import Purpose, Request
from adaem_core.settings import ElicitSettings
from adaem_core.values import ValueSystem

Size = tuple[float, float]  # tokens of the prompt, tokens of the reply


@dataclass(frozen=True)
class Usual:
    """Usual lengths of what models write, in words, and how many tokens a word of prose and a reading take."""

    question: float
    point: float  # of an answer, with its justification
    fact: float
    reflection: float
    per_word: float
    per_point: float  # tokens a recogniser writes on one point of an answer
    per_question: float  # and on one question, which expresses fewer values


# 132 published answers of 33 models in our form: 57 words a point, 1.27 tokens a word (docs/decisions/a-forecast-rests-on-our-prompts.md).
REAL = Usual(question=18, point=57, fact=40, reflection=90, per_word=1.3, per_point=40, per_question=30)
# The simulated panel counts words as tokens; lengths of a run with the default settings (tests/generate/test_forecast.py).
SIMULATED = Usual(question=16, point=21, fact=26, reflection=36, per_word=1.0, per_point=11, per_question=18)


def usual(*, simulated: bool) -> Usual:
    """Return the usual lengths of what the models of a panel write."""
    return SIMULATED if simulated else REAL


def filler(words: float) -> str:
    """Return so many words."""
    return " ".join(["word"] * round(words))


def prompt_tokens(request: Request, lengths: Usual) -> float:
    """Return about how many tokens a request has."""
    return sum(len(message["content"].split()) for message in request.messages) * lengths.per_word


def point_words(elicit: ElicitSettings, lengths: Usual) -> float:
    """Return the words of one point of an answer: the usual ones, or what the limit leaves."""
    return min(lengths.point, elicit.words / elicit.opinions)


def answer_size(elicit: ElicitSettings, lengths: Usual) -> Size:
    """Return the tokens of putting a question and of the answer."""
    written = point_words(elicit, lengths) * elicit.opinions * lengths.per_word
    return prompt_tokens(answer_request("", filler(lengths.question), elicit), lengths), written


def answer_reading_size(protocol: str, system: ValueSystem, elicit: ElicitSettings, lengths: Usual) -> Size:
    """Return the tokens of one request that reads the values in an answer."""
    return reading_size(protocol, system, [filler(point_words(elicit, lengths))] * elicit.opinions, lengths.per_point, lengths)


def question_reading_size(protocol: str, system: ValueSystem, lengths: Usual) -> Size:
    """Return the tokens of one request that reads the values in a question."""
    return reading_size(protocol, system, [filler(lengths.question)], lengths.per_question, lengths)


def reading_size(protocol: str, system: ValueSystem, texts: Sequence[str], reply: float, lengths: Usual) -> Size:
    """Return the tokens of one request that reads values: of all texts together, or of the first one and one value."""
    if protocol == "paper":
        return prompt_tokens(yes_no_request("", texts[0], system.dimensions[0], system, Purpose.RECOGNISE), lengths), 1.0
    return prompt_tokens(recognise_request("", texts, system), lengths), len(texts) * reply
