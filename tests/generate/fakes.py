"""What the tests of this folder share: embeddings by hashing words, answers made by hand, and a panel that always replies the same.

Nothing here loads a model or touches the network; every reply is a function of the request alone.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any, TypeVar

import numpy as np

from adaem_core.chat.blocks import read_blocks
from adaem_core.chat.embed import Vectors, unit
from adaem_core.chat.model import Model, request_key
from adaem_core.generate.tools import Apparatus
from adaem_core.messages import Completion, Purpose, Request
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.records import Answer, Fate, Label, Opinion, Outcome, Outgrowth, Question, Recognition, Response, Score, Topic
from adaem_core.settings import ElicitSettings, GenerateSettings
from tests.elicit.fakes import SYSTEM, Said

Found = TypeVar("Found")
WORDS = [
    "harbour",
    "orchard",
    "lantern",
    "meadow",
    "violin",
    "glacier",
    "pepper",
    "canvas",
    "marble",
    "saddle",
    "thunder",
    "ribbon",
    "anchor",
    "copper",
    "willow",
    "falcon",
]


def run(work: Awaitable[Found]) -> Found:
    """Return the result of a coroutine run in a loop of its own."""

    async def whole() -> Found:
        return await work

    return asyncio.run(whole())


def number(*parts: object) -> int:
    """Return a number that depends on `parts` alone, the same in every process."""
    return int.from_bytes(sha256("|".join(map(str, parts)).encode("utf-8", "replace")).digest()[:6], "big")


class WordEmbedder:
    """An embedder whose every word is a fixed random direction: equal words are alike, others nearly orthogonal."""

    def tokens(self, text: str) -> Vectors:
        """Return one vector per word between two marks that are like nothing."""
        drawn = [np.random.default_rng(number(word)).standard_normal(64) for word in text.lower().split() or ["?"]]
        return np.pad(unit(np.array(drawn, dtype=np.float32)), ((1, 1), (0, 0)))

    async def sentences(self, texts: Sequence[str]) -> Vectors:
        return unit(np.array([self.tokens(text).sum(axis=0) for text in texts]))

    async def remember(self, name: str, content: Sequence[Sequence[str]], compute: Callable[[list[Vectors]], Vectors]) -> Vectors:
        return compute([self.tokens(text) for group in content for text in group])


class Ledger:
    """A panel of which every request counts once, as in a study: `calls`, and by `asked` and `written` the tokens of requests and replies."""

    def __init__(self, reply: Callable[[Request], str], asked: Callable[[Request], int], written: Callable[[str], int]) -> None:
        self.reply, self.size_asked, self.size_written = reply, asked, written
        self.replies: dict[str, Completion] = {}
        self.calls, self.asked, self.written = Counter[Purpose](), Counter[Purpose](), Counter[Purpose]()

    async def complete(self, request: Request) -> Completion:
        key = request_key(request, request.model)
        if key not in self.replies:
            text = self.reply(request)
            self.calls[request.purpose] += 1
            self.asked[request.purpose] += self.size_asked(request)
            self.written[request.purpose] += self.size_written(text)
            self.replies[key] = Completion(text, key)
        return self.replies[key]


def panel(p1: Iterable[str] = ("ash", "oak"), p2: Iterable[str] = ("ash", "elm"), *, guard: bool = True, logprobs: bool = False) -> Panel:
    """Return a panel with these fast and strong models, a recogniser called judge and, if wanted, a guard."""
    fast, strong = tuple(p1), tuple(p2)
    having = {name: tuple(role for role, names in ((Role.P1, fast), (Role.P2, strong)) if name in names) for name in (*fast, *strong)}
    models = [ModelSpec(name, f"simulated/{name}", roles, logprobs=logprobs) for name, roles in having.items()]
    guards = [ModelSpec("warden", "simulated/guard", (Role.GUARD,))] if guard else []
    return Panel("small", (*models, ModelSpec("judge", "simulated/recogniser", (Role.RECOGNISER,)), *guards))


def apparatus(ask: Model, members: Panel | None = None, embed: Any = None, **settings: Any) -> Apparatus:
    """Return everything a step needs, with `settings` of the generation act."""
    return Apparatus(ask, embed or WordEmbedder(), members or panel(), SYSTEM, ElicitSettings(), GenerateSettings(**settings))


def answer(model: str, *opinions: str, subject: str = "Q", texts: Sequence[str] = (), sample: int = 0) -> Answer:
    """Return a usable answer; each opinion is given by its values, as in "SEC POW" ("" for none)."""
    said = tuple(Opinion(texts[place] if texts else f"point {place} of {model}", "") for place in range(len(opinions)))
    labels = tuple(Label(place, value) for place, values in enumerate(opinions) for value in values.split())
    text = "Stance: Yes\n" + "\n".join(each.text for each in said)
    given = Response(subject, model, Outcome.ANSWERED, "yes", said, text, sample=sample)
    return Answer(given, Recognition(subject, model, "judge", "batched", Outcome.ANSWERED, labels, sample=sample))


def refusal(model: str, subject: str = "Q") -> Answer:
    """Return the record of a refusal."""
    return Answer(Response(subject, model, Outcome.REFUSED, reason="It declined."), None)


def score(total: float = 2.0, **parts: Any) -> Score:
    """Return a score with this total."""
    return Score(**{"value_diversity": 1.0, "opinion_diversity": 0.5, "value_conformity": 0.25, "disentanglement": 0.5, "total": total, "form": "black_box", "answered": 2, "asked": 2, **parts})  # fmt: skip


def grown(id: str, total: float | None = 2.0, *, depth: int = 1, text: str = "", fate: Fate = Fate.SCORED, topic: str = "T1") -> Outgrowth:
    """Return a question with its final score (None: without one)."""
    question = Question(id, topic, text or f"Should {id} be so at all?", depth, topic if depth else None, "ash" if depth else None)
    return Outgrowth(question, fate, score=None if total is None else score(total))


def topics(count: int) -> tuple[Topic, ...]:
    """Return topics without a word in common."""
    return tuple(
        Topic(f"T{place + 1}", f"Should {WORDS[2 * place]} {WORDS[2 * place + 1]} matter?", f"c{place % 2}") for place in range(count)
    )


def shown(request: Request, name: str) -> str:
    """Return the content of the last block `name` of a prompt, "" if there is none."""
    found = read_blocks(request.messages, name)
    return found[-1] if found else ""


def labelled(request: Request, values: Callable[[str], Iterable[str]]) -> str:
    """Return a batched recogniser's reply, with `values` of each numbered text."""
    texts = [line.split(". ", 1)[1] for line in shown(request, "opinions").splitlines()]
    entries = [{"number": place, "values": [{"id": id, "quote": ""} for id in values(text)]} for place, text in enumerate(texts, 1)]
    return json.dumps({"opinions": entries})


def some_values(text: str) -> list[str]:
    """Return values that depend on the text alone."""
    return [id for id in SYSTEM.ids if number("value", id, text) % 2]


def made_up(*parts: object) -> str:
    """Return a question of ten words that depend on `parts`."""
    words = [WORDS[number(place, *parts) % len(WORDS)] + str(number("tail", place, *parts) % 97) for place in range(8)]
    return f"Should {' '.join(words)} be?"


def steady(request: Request) -> Said:
    """Play every role of a panel: the reply depends on nothing but the request."""
    seed = (request.model, request.sample, *(message["content"] for message in request.messages))
    match request.purpose:
        case Purpose.ANSWER:
            points = "\n".join(
                f"{place}. {WORDS[number(place, *seed) % 16]} {WORDS[number('b', place, *seed) % 16]}: because" for place in (1, 2, 3)
            )
            return f"Stance: Yes\nKey Points:\n{points}"
        case Purpose.RECOGNISE | Purpose.LABEL_QUESTION:
            return labelled(request, some_values)
        case Purpose.FACT:
            return f"In {1900 + number(*seed) % 99} it was so."
        case Purpose.QUESTION | Purpose.REWRITE:
            return f"Question: {made_up(*seed)}"
        case Purpose.REFLECT:
            return "Name what it costs."
        case Purpose.GUARD:
            return "UNSAFE: it asks for harm" if number(*seed) % 11 == 0 else "SAFE"
    raise AssertionError(request.purpose)
