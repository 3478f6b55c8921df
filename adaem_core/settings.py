"""The knobs of every act, written once: default, bounds and one line of help. Pages and command line read them here.

Defaults are the paper's (Table 6 and §4.1) unless the help says otherwise.
"""

import math
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from functools import cache
from typing import Annotated, Any, Literal, Self

import pydantic
from pydantic import TypeAdapter

from adaem_core.faults import STRICT, WANTED, faults, tell, whole


def knob(
    default: Any,
    label: str,
    help: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    named: Mapping[str, int] | None = None,
) -> Any:
    """Return a dataclass field that knows its label, help and bounds; on the command line some numbers have names."""
    metadata = {"label": label, "help": help, "low": low, "high": high, "choices": choices, "named": named or {}}
    return field(default=default, metadata=metadata)


class Settings:
    """Base of all settings: checks every knob against its type and bounds when made."""

    def __post_init__(self) -> None:
        self.check(vars(self))

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """Return settings from a mapping (a study file, a form); unknown names are refused, and 3.0 counts as 3 things."""
        counts = {each.name for each in fields(cls) if "int" in str(each.type)}  # type: ignore[arg-type]
        given = {name: whole(value) if name in counts else value for name, value in values.items()}
        cls.check(given)
        return cls(**given)

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> None:
        """Raise BadInput that tells unknown names first, then each value that does not fit, in the order given."""
        known = {each.name: each for each in fields(cls)}  # type: ignore[arg-type]
        unknown = ", ".join(sorted(values.keys() - known.keys()))
        first = f"Unknown setting {unknown}. Known settings: {', '.join(sorted(known))}." if unknown else ""
        tell([first, *(fault(known[name], value) for name, value in values.items() if name in known)])


def fault(knob: Field[Any], value: Any) -> str:
    """Return what is wrong with the value of a knob, "" when it fits."""
    if value is None and knob.default is not None:
        return f"{knob.name} must be given, got nothing. Its default is {knob.default!r}."
    found = faults(kind_of(knob), value)
    endless = isinstance(value, float) and not math.isfinite(value)  # a number, but outside all bounds
    return f"{knob.name} must be {wanted(knob, '' if endless else found[0]['type'])}, got {value!r}." if found else ""


def wanted(knob: Field[Any], error: str) -> str:
    """Return what the value of a knob must be, where pydantic found an `error` of this type."""
    low, high, choices = (knob.metadata[name] for name in ("low", "high", "choices"))
    bounds = "" if low is None else f"between {low:g} and {high:g}"
    return f"one of {', '.join(choices)}" if choices else f"{WANTED.get(error, '')} {bounds}".strip()


@cache
def kind_of(knob: Field[Any]) -> TypeAdapter[Any]:
    """Return the type of a knob within its bounds or choices."""
    bounds = pydantic.Field(ge=knob.metadata["low"], le=knob.metadata["high"])
    kind: Any = Literal[knob.metadata["choices"]] if knob.metadata["choices"] else Annotated[knob.type, bounds]
    return TypeAdapter(kind, config=STRICT)


@dataclass(frozen=True)
class ChatSettings(Settings):
    """How requests are sent. Nothing here changes an answer, so nothing here enters a result."""

    concurrency: int = knob(16, "Requests at once", "How many requests may be under way together.", low=1, high=256)
    timeout: float = knob(90.0, "Time-out (seconds)", "How long to wait for one reply.", low=1, high=900)
    retries: int = knob(5, "Tries per request", "How often a request is tried before it is recorded as failed.", low=1, high=10)
    max_cost: float | None = knob(None, "Cost cap (US dollars)", "The study pauses before it would pay more than this.", low=0, high=1e6)
    max_calls: int | None = knob(None, "Call cap", "The study pauses before it would ask more than this.", low=0, high=10**9)
    max_tokens: int | None = knob(None, "Token cap", "The study pauses before it would use more tokens than this.", low=0, high=10**12)
    replay: bool = knob(False, "Replay only", "Answer from the cache alone: a request never asked before is an error.")


@dataclass(frozen=True)
class ElicitSettings(Settings):
    """How a question is put to a model and how values are read in the answer."""

    opinions: int = knob(3, "Points per answer", "How many points a model gives, most important first.", low=1, high=6)
    words: int = knob(250, "Words per answer", "The length asked for (upper limit).", low=30, high=600)
    temperature: float = knob(1.0, "Temperature", "How freely models sample their words.", low=0, high=2)
    top_p: float = knob(0.95, "Top-p", "Share of probability that sampling may draw from.", low=0.01, high=1)
    protocol: str = knob(
        "batched",
        "Recognition",
        "batched: one request reads all points and quotes the words; paper: one yes/no request per point and value (about 30 times more).",
        choices=("batched", "paper"),
    )


OTHER_PROTOCOL = {"batched": "paper", "paper": "batched"}  # by which an examination checks its own reading


@dataclass(frozen=True)
class GenerateSettings(Settings):
    """Algorithm 2: how questions are explored, refined and scored."""

    budget: int = knob(
        10,
        "Budget (pulls)",
        "How many times a topic is picked and expanded (B). The paper used 1,500.",
        low=1,
        high=100_000,
        named={"small": 10, "medium": 100, "large": 1500},
    )
    wave: int = knob(1, "Pulls at once", "1 is the paper's loop; more finishes sooner and learns a little later.", low=1, high=256)
    seed: int = knob(1, "Seed", "Same settings and seed, same benchmark.", low=0, high=2**31 - 1)
    kept: int = knob(3, "New questions per pull", "How many new questions a pull keeps (N₂).", low=1, high=20)
    draws: int = knob(1, "Answers drawn per model", "With more than one, the most telling draw is kept (N, Eq. 2).", low=1, high=10)
    tau: float = knob(0.5, "Smallest gain (τ)", "A rewrite is accepted only if it raises S by more than this.", low=0, high=10)
    # 0.85 is the paper's for its own embedding model; ours is calibrated in tests/generate/test_deduplicate.py.
    epsilon: float = knob(
        0.58,
        "Duplicate threshold (ε)",
        "A question this similar to its nearest ones is dropped. The paper's 0.85 belongs to another embedding model.",
        low=0,
        high=1,
    )
    similar: int = knob(3, "Nearest questions compared", "How many nearest questions the similarity is averaged over.", low=1, high=20)
    shots: int = knob(5, "Examples shown to authors", "Best questions so far that an author sees (N_shot).", low=0, high=20)
    tree_depth: int = knob(3, "Depth of a question tree", "How many generations may grow from one topic.", low=1, high=10)
    beta: float = knob(
        1.0, "Weight of disentanglement (β)", "How much it counts that values come from the model, not the question.", low=0, high=10
    )
    disentanglement: str = knob(
        "equation",
        "Sign of disentanglement",
        "equation: added, as in Eq. 1; appendix: subtracted, as in Appendix C.3.",
        choices=("equation", "appendix"),
    )
    reward: str = knob(
        "black_box",
        "Form of the score",
        "black_box: from answers alone (Appendix C.3); exact: from log-probabilities where every P1 and P2 endpoint returns them (Appendix I.2).",
        choices=("black_box", "exact"),
    )


@dataclass(frozen=True)
class ExamineSettings(Settings):
    """How an examination checks its own reading."""

    read_twice: int = knob(
        10,
        "Answers read twice",
        "So many answers, drawn at random, are read by the paper's protocol too, to show how far the two readings agree.",
        low=0,
        high=10_000,
    )
    read_seed: int = knob(1, "Seed of that draw", "Same seed, same answers.", low=0, high=2**31 - 1)


FEW_QUESTIONS = 100  # below so many, intervals are too short (tests/measure/test_standings.py)


@dataclass(frozen=True)
class MeasureSettings(Settings):
    """How zeros and ones become standings with intervals. Nothing here asks a model anything."""

    # Calibration decided (docs/decisions/rasch-is-the-default.md; tests/end_to_end/test_examine.py).
    method: str = knob(
        "rasch",
        "Method",
        "rasch: log-odds of expressing a value, question by question, which recovers a known truth better; trueskill: the paper's, models that express a value beat those that do not (Appendix C.8).",
        choices=("rasch", "trueskill"),
    )
    weighting: str = knob(
        "share",
        "Weight of a team member",
        "share: 1/|team|, so that a large team is not the favourite by its size; sum: 1 each, the package's default.",
        choices=("share", "sum"),
    )
    drift: float = knob(
        0.0,
        "Drift between questions (TrueSkill's τ)",
        "0: values stay put while they are measured. The package uses 25/300.",
        low=0,
        high=10,
    )
    orders: int = knob(
        10, "Orders of the questions", "TrueSkill depends on the order: win rates are averaged over so many.", low=1, high=1000
    )
    prior: float = knob(
        3.0, "Rasch prior (logits)", "Standard deviation of models around the panel's middle; larger is weaker.", low=0.1, high=100
    )
    resamples: int = knob(200, "Bootstrap resamples", "How many times the questions are drawn anew for the intervals.", low=20, high=10_000)
    confidence: float = knob(0.95, "Confidence", "Of intervals and of significance groups.", low=0.5, high=0.999)
    seed: int = knob(1, "Seed", "Same labels, settings and seed, same numbers.", low=0, high=2**31 - 1)
