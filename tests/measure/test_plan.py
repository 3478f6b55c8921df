"""Who is examined, what it will take, and when two examinations are one."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from adaem_core.archive import examinations
from adaem_core.chat.blocks import read_blocks
from adaem_core.chat.model import request_key
from adaem_core.chat.simulated.respond import respond
from adaem_core.errors import BadInput
from adaem_core.measure.examine import examine, unfinished
from adaem_core.measure.plan import estimate, examinees_of, made, panel_for, panel_in, planned
from adaem_core.messages import Completion, Purpose, Request
from adaem_core.panels import ModelSpec, Panel
from adaem_core.records import Role
from adaem_core.settings import ChatSettings, ElicitSettings
from adaem_core.values import value_system
from tests.elicit.fakes import SYSTEM, ScriptedModel
from tests.generate.fakes import run, steady
from tests.measure.examined import ASKED, MODELS, PANEL, done, examination, instrument, study

REPLAY = ChatSettings(replay=True)


@pytest.mark.parametrize("protocol", ["batched"])
def test_the_estimate_is_what_is_then_asked(tmp_path: Path, protocol: str) -> None:
    ask = ScriptedModel(steady)
    with study(tmp_path / "s.db") as file:
        each = examination(file)
        done(file, ask, each)
    assert {stage.purpose: stage.calls for stage in estimate(each, SYSTEM)} == Counter(request.purpose for request in ask.history)
    twice = {stage.purpose: stage.calls for stage in estimate(each, SYSTEM, read_twice=4)}
    assert twice[Purpose.RECOGNISE] == len(ASKED) * len(MODELS) + 4 * 3 * len(SYSTEM.ids)


class Counting:
    """Models that answer in the length real ones do, and a recogniser: tokens are counted as real tokenizers count words."""

    def __init__(self, answer: Callable[[Request], str]) -> None:
        self.answer, self.tokens, self.seen = answer, 0.0, set[str]()

    async def complete(self, request: Request) -> Completion:
        text = self.answer(request)
        if (key := request_key(request, request.model)) not in self.seen:
            self.seen.add(key)
            self.tokens += len(text.split()) + sum(len(each["content"].split()) for each in request.messages)
        return Completion(text, key)


def played(request: Request) -> str:
    name = "recogniser" if request.purpose is Purpose.RECOGNISE else {"ash": "aurora", "oak": "cedar", "elm": "ember"}[request.model]
    return respond(name, request.messages, request.purpose, request.sample, request.params)


WORDY = (
    "Even rules for everybody: When the same law holds for all, people can plan ahead and trust one another, because nobody has to fear that "
    "a richer neighbour will buy an exception. This keeps small firms in the market, lowers the price of honesty, and gives those who "
    "have little power a reason to stay with the common rules.",
    "A safer public order: Clear duties make it easier for officials to act early, before a harm has spread, and they spare courts long "
    "quarrels about what was meant. Families, schools and hospitals can then rely on services that work on the day they are needed, "
    "rather than on promises that are kept only when it suits.",
    "Room to learn and to change: A law that is written down can be measured, discussed and mended, while habits that nobody wrote down "
    "seldom are. Citizens who disagree find a place to say so, researchers can compare results between towns, and parliament can return "
    "to the matter with better knowledge a few years later.",
)


def wordy(request: Request) -> str:
    """Return a reply of the length and form of a hosted model's."""
    if request.purpose is Purpose.ANSWER:
        about = read_blocks(request.messages, "question")[0].strip("?\n ")
        return "Stance: Yes\nKey Points:\n" + "\n".join(
            f"{number}. {point} So {request.model}: {about}." for number, point in enumerate(WORDY, 1)
        )
    if request.params.max_tokens <= 16:
        return "No"
    quote = '{"id": "SEC", "quote": "people can plan ahead and trust one another"}'
    entries = ", ".join(f'{{"number": {number}, "values": [{quote}, {quote}]}}' for number in (1, 2, 3))
    return f'{{"opinions": [{entries}]}}'


@pytest.mark.parametrize("protocol", ["batched", "paper"])
@pytest.mark.parametrize(("answer", "prefix", "per_word"), [(played, "simulated", 1.0), (wordy, "openai", 1.4)])
def test_the_estimate_is_within_a_quarter_of_use(
    tmp_path: Path, protocol: str, answer: Callable[[Request], str], prefix: str, per_word: float
) -> None:
    ask, system = Counting(answer), value_system("schwartz")
    models = tuple(replace(each, model=each.model.replace("simulated", prefix), input_price=1.0, output_price=4.0) for each in PANEL.models)
    panel, elicit = Panel("p", models), ElicitSettings(protocol=protocol)
    with study(tmp_path / "s.db") as file:
        each = examinations.create(file, planned(panel, elicit, "bench", ASKED))
        tools = replace(instrument(ask, protocol=protocol), system=system)
        run(examine(file, tools, each, unfinished(file, tools, each), lambda: None))
    told = sum(stage.prompt_tokens + stage.completion_tokens for stage in estimate(each, system))
    assert told / (ask.tokens * per_word) == pytest.approx(1, abs=0.25)


def test_examinees_are_those_with_the_role_else_the_strong_models() -> None:
    assert examinees_of(PANEL) == MODELS
    strong = Panel("p", (ModelSpec("a", "m/a", (Role.P2,)), ModelSpec("b", "m/b", (Role.P1,))))
    assert examinees_of(strong) == ("a",)


def test_a_panel_without_recogniser_borrows_the_studys(tmp_path: Path) -> None:
    others = Panel("others", (ModelSpec("fir", "simulated/fir", (Role.EXAMINEE,)),))
    clash = Panel("clash", (ModelSpec("judge", "simulated/fir", (Role.EXAMINEE,)),))
    with study(tmp_path / "s.db") as file:
        assert panel_for(file, None) == PANEL
        borrowed = panel_for(file, others)
        assert [each.name for each in borrowed.models] == ["fir", "judge"] and borrowed.one(Role.RECOGNISER) == "judge"
        with pytest.raises(BadInput, match="has a model called 'judge'"):
            panel_for(file, clash)


def test_the_same_examination_is_made_once_and_any_change_makes_another(tmp_path: Path) -> None:
    plan = planned(PANEL, ElicitSettings(), "bench", ASKED)
    changes = [
        planned(PANEL, ElicitSettings(words=90), "bench", ASKED),
        planned(PANEL, ElicitSettings(), "other", ASKED),
        planned(PANEL, ElicitSettings(), "bench", ASKED[:2]),
        planned(PANEL, ElicitSettings(), "bench", ASKED, examinees=MODELS[:2]),
        planned(PANEL, ElicitSettings(), "bench", ASKED, condition="SEC", system_prompt="Be safe."),
        planned(PANEL, ElicitSettings(), "bench", ASKED, sample=1),
    ]
    with study(tmp_path / "s.db") as file:
        first = made(file, plan, REPLAY)
        assert made(file, planned(PANEL, ElicitSettings(), "bench", ASKED, title="Another name"), REPLAY).id == first.id == "E1"
        assert [made(file, each, REPLAY).id for each in changes] == [f"E{number}" for number in range(2, 8)]
        assert examinations.one(file, "E1") == first and panel_in(first) == PANEL
        assert [each.id for each in examinations.every(file)] == [f"E{number}" for number in range(1, 8)]


def test_unpriced_models_stop_with_a_question_before_anything_is_stored(tmp_path: Path) -> None:
    unpriced = Panel("new", (ModelSpec("nova", "openai/never-heard-of", (Role.EXAMINEE, Role.RECOGNISER)),))
    with study(tmp_path / "s.db") as file:
        with pytest.raises(BadInput, match="nova"):
            made(file, planned(unpriced, ElicitSettings(), "bench", ASKED), ChatSettings())
        assert examinations.every(file) == []


def test_questions_and_examinees_must_be_there_and_differ(tmp_path: Path) -> None:
    with study(tmp_path / "s.db") as file:
        for plan, told in (
            (planned(PANEL, ElicitSettings(), "b", ()), "no question"),
            (planned(PANEL, ElicitSettings(), "b", (ASKED[0], ASKED[0])), "Q1 more than once"),
            (replace(planned(PANEL, ElicitSettings(), "b", ASKED), examinees=()), "no examinee"),
        ):
            with pytest.raises(BadInput, match=told):
                examinations.create(file, plan)
