"""What is said to a model and what comes back: `Request → Completion`."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Message = dict[str, str]  # {"role": "system" | "user" | "assistant", "content": text}


class Purpose(StrEnum):
    """Why a request is made: counted, shown, and known to the simulated panel. Never part of a cache key."""

    ANSWER = "answer"
    RECOGNISE = "recognise"
    LABEL_QUESTION = "label_question"
    FACT = "fact"
    QUESTION = "question"
    REFLECT = "reflect"
    REWRITE = "rewrite"
    GUARD = "guard"
    REPAIR = "repair"
    LIKELIHOOD = "likelihood"
    PROBE = "probe"
    TRANSLATE = "translate"


DOES = {
    Purpose.TRANSLATE: "Translate topics",
    Purpose.ANSWER: "Answer questions",
    Purpose.RECOGNISE: "Read the values in answers",
    Purpose.LABEL_QUESTION: "Read the values in questions",
    Purpose.FACT: "Find a fact to build a question on",
    Purpose.QUESTION: "Write the question",
    Purpose.REFLECT: "Reflect on why a question tells little",
    Purpose.REWRITE: "Rewrite it",
    Purpose.GUARD: "Check for harm",
    Purpose.REPAIR: "Ask again for what could not be read",
    Purpose.LIKELIHOOD: "Compute how likely an answer is",
    Purpose.PROBE: "Test the connection",
}


@dataclass(frozen=True)
class Params:
    """Sampling parameters: exactly what changes the answer (time-outs and worker counts do not)."""

    temperature: float = 1.0
    top_p: float = 0.95
    max_tokens: int = 1024
    json: bool = False  # ask for a JSON object where the model can
    logprobs: bool = False  # ask for the log-probability of each answer token
    continuation: str | None = None  # set: no answer is wanted, but the log-probability of this text after the prompt


@dataclass(frozen=True)
class Request:
    """One thing asked of one model. `sample` makes repeated draws distinct and reproducible."""

    model: str  # display name within the panel
    messages: tuple[Message, ...]
    params: Params = field(default_factory=Params)
    sample: int = 0
    purpose: Purpose = Purpose.ANSWER


@dataclass(frozen=True)
class TokenProbability:
    """One token with its log-probability and the alternatives the endpoint reported (token → log-probability)."""

    token: str
    logprob: float
    alternatives: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Completion:
    """A model's reply, or the record of its failure."""

    text: str
    key: str = ""  # content address of the request: the link to prompt, parameters, date and cost
    failure: str = ""  # "", "filtered" (the provider withheld it) or "failed" (no reply after all tries)
    reason: str = ""  # the failure in words for the user, scrubbed of keys
    finish: str = "stop"  # "length": cut off at its limit of tokens, so it may end in the middle
    logprobs: tuple[TokenProbability, ...] | None = None  # None when the endpoint returned none
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float = 0.0  # US dollars paid when it was first asked
    cached: bool = False  # True when this study did not pay for it
    adapted: tuple[str, ...] = ()  # what the endpoint refused to be asked as wanted (chat/concessions)
    usage: Any = None  # the bill as the endpoint told it; None as soon as it is priced
    served_by: str = ""  # the model id the endpoint says it used: aliases drift
