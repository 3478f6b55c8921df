"""The forecast for real models against runs in which real points and questions come back, counted by a real tokenizer.

Both are published, 132 answers of 33 models; facts, reflections and readings are of our own, in the form our prompts ask for.
"""

import csv
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked
from adaem_core.chat.forecast import Stage
from adaem_core.chat.model import request_key
from adaem_core.generate.arms import Arm
from adaem_core.generate.explore import explore
from adaem_core.generate.forecast import forecast
from adaem_core.generate.tools import Apparatus
from adaem_core.generate.topics import read_topics
from adaem_core.measure import plan
from adaem_core.measure.examine import Instrument, examine, unfinished
from adaem_core.messages import Purpose, Request
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.records import Pull
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import value_system
from tests.elicit.test_opinions import parsed
from tests.elicit.test_sizes import PUBLISHED, asked, tokens
from tests.generate.fakes import Ledger, WordEmbedder, number, run, shown

SCHWARTZ = value_system("schwartz")
PRICES = (1.0, 4.0)  # dollars per million tokens asked and written
MODELS = [
    ModelSpec(name, f"openai/{name}", roles, input_price=PRICES[0], output_price=PRICES[1])
    for name, roles in {"ash": (Role.P1,), "oak": (Role.P1, Role.P2), "elm": (Role.P1, Role.P2), "fir": (Role.P2,)}.items()
]
PANEL = Panel("paid", (*MODELS, ModelSpec("judge", "openai/judge", (Role.RECOGNISER,), input_price=PRICES[0], output_price=PRICES[1])))
FACTS = (
    "In 2019 the city council of Ghent closed most of its inner ring to through traffic, and within three years cycling rose by about 40 "
    "per cent, while shopkeepers along two former main streets reported that they had lost regular customers from the suburbs.",
    "Since 2007 farmers in the Indian state of Karnataka may sell their harvest directly to supermarket chains; village cooperatives, "
    "which had bought it at agreed prices for decades, have closed in a third of the districts.",
    "A Norwegian law of 2003 requires that at least 40 per cent of the board members of listed companies be women; companies that do not "
    "comply can be dissolved by a court, although no company has been so far.",
)
REFLECTIONS = (
    "All respondents agree with the question and give the same two reasons, safety and fairness, so it tells little about them. The "
    "question names only what is gained. It would divide them more if it named who pays: the shopkeepers who lose customers, or the "
    "older residents who can no longer reach their doctor by car. Name one concrete measure, and set it against a loss that some "
    "people would refuse to accept. Keep to one sentence, avoid words that already suggest an answer, and do not add a second question.",
    "The answers differ in their stance but not in what they appeal to. Two of them speak of tradition only because the question "
    "mentions customs. A sharper version would ask for a choice between keeping a custom and letting each person decide, in a place "
    "where both have a price, so that a respondent who cares for independence must say so against one who cares for continuity.",
)


@cache
def published(column: str) -> list[str]:
    """Return what stands in a column of the published answers, each text once."""
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(row[column].strip() for row in csv.DictReader(file)))


@cache
def points() -> list[str]:
    """Return every point of the published answers as it was written; three of them make an answer that nobody gave yet."""
    return [f"{each.point}: {each.justification}" for text in published("answer") for each in parsed(text).opinions]


def replayed() -> Ledger:
    """Return a panel that says what real models wrote, or prose of the usual length, counted by a real tokenizer; no question comes twice."""
    unasked = iter(published("prompt"))

    def reply(request: Request) -> str:
        seed = number(request_key(request, request.model))
        match request.purpose:
            case Purpose.ANSWER:
                return "\n".join(("Stance: Yes", "Key Points:", *(f"{place}. {points()[seed >> 9 * place & 255]}" for place in (1, 2, 3))))
            case Purpose.RECOGNISE | Purpose.LABEL_QUESTION:
                lines = shown(request, "opinions").splitlines()
                return reading(lines, seed) if lines else "No" if seed % 4 else "Yes"
            case Purpose.FACT:
                return FACTS[seed % len(FACTS)]
            case Purpose.REFLECT:
                return REFLECTIONS[seed % len(REFLECTIONS)]
        return next(unasked)

    return Ledger(reply, asked, tokens)


def reading(lines: Sequence[str], seed: int) -> str:
    """Return a recogniser's reply: one or two values a text, each with seven of its words."""
    entries = []
    for place, line in enumerate(lines, 1):
        quote = " ".join(line.split()[2:9])
        chosen = [SCHWARTZ.ids[(seed + place * step) % len(SCHWARTZ.ids)] for step in range(1, 2 + (seed + place) % 2)]
        entries.append({"number": place, "values": [{"id": each, "quote": quote} for each in chosen]})
    return json.dumps({"opinions": entries})


def within_a_quarter(stages: Sequence[Stage], used: Ledger) -> None:
    dollars = (used.asked.total() * PRICES[0] + used.written.total() * PRICES[1]) / 1e6
    assert sum(each.calls for each in stages) == pytest.approx(used.calls.total(), rel=0.25)
    assert sum(each.prompt_tokens for each in stages) == pytest.approx(used.asked.total(), rel=0.25)
    assert sum(each.completion_tokens for each in stages) == pytest.approx(used.written.total(), rel=0.25)
    assert sum(each.cost or 0.0 for each in stages) == pytest.approx(dollars, rel=0.25)


needs_answers = pytest.mark.skipif(not PUBLISHED.is_file(), reason="needs ../shared/testdata/llm_answers beside the checkout")


@needs_answers
def test_a_run_with_real_answers_uses_what_was_forecast() -> None:
    ask, settings, topics = replayed(), GenerateSettings(budget=8, wave=4, seed=3), read_topics("general").topics[:4]
    tools = Apparatus(ask, WordEmbedder(), PANEL, SCHWARTZ, ElicitSettings(), settings)

    async def played() -> list[Pull]:
        return [pull async for wave in explore(tools, [Arm(each) for each in topics], [each.text for each in topics]) for pull in wave]

    assert len(run(played())) == settings.budget
    within_a_quarter(forecast(PANEL, SCHWARTZ, settings, ElicitSettings(), len(topics)), ask)


@needs_answers
@pytest.mark.parametrize("protocol", ["batched", "paper"])
def test_an_examination_with_real_answers_uses_what_was_forecast(tmp_path: Path, protocol: str) -> None:
    ask, elicit = replayed(), ElicitSettings(protocol=protocol)
    questions = [Asked(f"Q{place}", text, "Law", "Justice") for place, text in enumerate(published("prompt")[:6])]
    with plan.new_study(tmp_path / "s.db", title="Paid", panel=PANEL, system=SCHWARTZ, elicit=elicit, chat=ChatSettings()) as file:
        each = examinations.create(file, plan.planned(PANEL, elicit, "bench", questions))
        tools = Instrument(ask, SCHWARTZ, elicit, each.recogniser, at_once=2)
        run(examine(file, tools, each, unfinished(file, tools, each), lambda: None))
    within_a_quarter(plan.forecast(each, SCHWARTZ), ask)
