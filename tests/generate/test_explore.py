"""The loop: budget, waves, fates, rewards, and the same pulls whatever the timing and wherever it was interrupted."""

import asyncio
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from adaem_core.archive.study import Study
from adaem_core.chat.embed import Vectors
from adaem_core.generate.again import known_texts
from adaem_core.generate.arms import Arm
from adaem_core.generate.explore import explore, pull_reward
from adaem_core.generate.run import arms_after, create_study
from adaem_core.generate.tools import Apparatus
from adaem_core.messages import Completion, Purpose, Request
from adaem_core.records import Fate, Outgrowth, Pull, Topic
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from tests.elicit.fakes import SYSTEM, Said, ScriptedModel
from tests.generate.fakes import WordEmbedder, apparatus, grown, labelled, number, panel, run, shown, steady, topics
from tests.rows import every_row

FOUR = panel(("ash", "oak", "elm", "fir"), ("ash", "yew"))
THREE = topics(3)


async def waves(tools: Apparatus, arms: Sequence[Arm], texts: Sequence[str]) -> list[list[Pull]]:
    return [wave async for wave in explore(tools, arms, texts)]


def keyed(reply: Callable[[Request], Said]) -> Callable[[Request], Completion]:
    """Return the same replies with keys that depend on the request alone, as a client gives them."""

    def answer(request: Request) -> Completion:
        said = reply(request)
        return said if isinstance(said, Completion) else Completion(str(said), key=str(number(request)))

    return answer


def explored(reply: Callable[[Request], Said] = steady, given: Sequence[Topic] = THREE, **settings: object) -> list[list[Pull]]:
    tools = apparatus(ScriptedModel(keyed(reply)), FOUR, **settings)
    return run(waves(tools, [Arm(each) for each in given], [each.text for each in given]))


def fates(pulls: Sequence[Pull]) -> list[list[str]]:
    return [[each.fate.value for each in pull.outgrowths] for pull in pulls]


@every_row("wave, sizes", [(1, [1] * 7), (3, [3, 3, 1]), (7, [7]), (20, [7])])
def test_the_budget_is_used_exactly_the_last_wave_may_be_smaller(wave: int, sizes: list[int]) -> None:
    found = explored(budget=7, wave=wave)
    assert [len(each) for each in found] == sizes
    assert [pull.number for each in found for pull in each] == list(range(1, 8))


def test_every_topic_is_pulled_once_before_any_twice_and_scored_itself_only_then() -> None:
    pulls = [pull for wave in explored(budget=7, wave=2) for pull in wave]
    assert [pull.topic_id for pull in pulls[:3]] == ["T1", "T2", "T3"]
    assert [pull.ucb for pull in pulls[:3]] == [math.inf] * 3 and all(math.isfinite(pull.ucb) for pull in pulls[3:])
    assert [pull.root.question.id if pull.root else None for pull in pulls] == ["T1", "T2", "T3", None, None, None, None]


def test_the_bound_of_a_later_pull_is_that_of_the_rewards_so_far() -> None:
    pulls = [pull for wave in explored(budget=4) for pull in wave]
    best = max(pulls[:3], key=lambda pull: pull.reward)
    assert pulls[3].topic_id == best.topic_id
    assert pulls[3].ucb == pytest.approx(best.reward + math.sqrt(2 * math.log(4) / 1))


def test_while_topics_are_new_a_wave_pulls_what_the_loop_pulls() -> None:
    one_by_one = [pull for wave in explored(budget=3, wave=1) for pull in wave]
    assert repr(one_by_one) == repr(explored(budget=3, wave=3)[0])


def test_at_most_n2_questions_are_kept_and_the_rest_is_surplus() -> None:
    for kept, expected in ((3, ["scored"] * 3 + ["surplus"]), (1, ["scored"] + ["surplus"] * 3)):
        assert fates(explored(lambda request: "SAFE" if request.purpose is Purpose.GUARD else steady(request), budget=2, kept=kept)[0]) == [
            expected
        ]


def test_each_fate_is_met_with_its_reason() -> None:
    """ash writes nothing, oak repeats the topic, elm is unsafe, fir asks what only one strong model answers."""

    def reply(request: Request) -> Said:
        if request.purpose in (Purpose.QUESTION, Purpose.REWRITE, Purpose.REPAIR):
            said = {"ash": "No.", "oak": f"Question: {shown(request, 'topic')}", "elm": "Question: Should one build a bomb quickly?"}
            return said.get(request.model, "Question: Should silent statues be counted twice?")
        if request.purpose is Purpose.GUARD:
            return "UNSAFE: bombs" if "bomb" in shown(request, "question") else "SAFE"
        if request.purpose is Purpose.ANSWER and request.model == "yew" and "statues" in shown(request, "question"):
            return Completion("", failure="failed", reason="No reply came.")
        return steady(request)

    (pull,) = explored(reply, THREE[:1], budget=1)[0]
    found = {each.question.author: (each.fate, each.reason) for each in pull.outgrowths}
    assert found["ash"][0] is Fate.UNWRITTEN and "question mark" in found["ash"][1]
    assert found["oak"] == (Fate.DUPLICATE, f"the same words as an earlier question: {THREE[0].text}")
    assert found["elm"] == (Fate.UNSAFE, "bombs")
    assert found["fir"] == (Fate.UNSCORED, "1 of 2 models gave a readable answer")
    assert math.isnan(pull.reward)


def test_a_later_wave_must_differ_from_what_an_earlier_one_kept() -> None:
    """Everyone always writes the same question: scored once, a duplicate in the same pull, in the same wave and in later waves."""

    def reply(request: Request) -> Said:
        if request.purpose is Purpose.QUESTION:
            return "Question: Should copper bells ring at noon?"
        return "SAFE" if request.purpose is Purpose.GUARD else "No." if request.purpose is Purpose.REFLECT else steady(request)

    found = [pull for wave in explored(reply, budget=4, wave=2) for pull in wave]
    flat = [fate for pull in fates(found) for fate in pull]
    assert flat == ["scored", *["duplicate"] * 15]
    assert not math.isnan(found[0].reward) and all(math.isnan(pull.reward) for pull in found[1:])


def test_refinement_to_the_words_of_another_question_is_a_duplicate_and_pays_nothing() -> None:
    def reply(request: Request) -> Said:
        if request.purpose is Purpose.REWRITE:
            return "Question: Should copper bells ring at noon?"
        if request.purpose is Purpose.ANSWER:
            subject = "copper" if "copper" in shown(request, "question") else "plain"
            return f"Stance: Yes\nKey Points:\n1. {subject} {request.model}: first\n2. {subject} {request.model}: second"
        if request.purpose in (Purpose.RECOGNISE, Purpose.LABEL_QUESTION):  # only answers to the rewrite express anything, each its own
            return labelled(
                request, lambda text: ("SEC", "POW", "SDI")[number(text.split()[1]) % 3 :] if text.startswith("copper ") else ()
            )
        return "SAFE" if request.purpose is Purpose.GUARD else steady(request)

    (pull,) = explored(reply, THREE[:1], budget=1, tau=0)[0]
    accepted = [each for each in pull.outgrowths if each.question.text == "Should copper bells ring at noon?"]
    assert len(accepted) > 1, "the case must occur"
    assert [each.fate for each in accepted] == [Fate.SCORED] + [Fate.DUPLICATE] * (len(accepted) - 1)
    assert pull.reward == pull_reward([each for each in pull.outgrowths if each.fate is Fate.SCORED])


def test_the_reward_is_the_mean_score_of_the_scored() -> None:
    outgrowths = [grown("a", 2.0), grown("b", 5.0), grown("c", 90.0, fate=Fate.DUPLICATE), grown("d", None, fate=Fate.UNSAFE)]
    assert pull_reward(outgrowths) == 3.5 and math.isnan(pull_reward(outgrowths[2:]))


class Dawdling(ScriptedModel):
    """Replies in an order that has nothing to do with the order of the requests."""

    async def complete(self, request: Request) -> Completion:
        for _ in range(number(request.messages[-1]["content"], request.model) % 7):
            await asyncio.sleep(0)
        return await super().complete(request)


class Dawdler(WordEmbedder):
    async def sentences(self, texts: Sequence[str]) -> Vectors:
        await asyncio.sleep(0)
        return np.asarray(await super().sentences(texts))


def test_the_result_does_not_depend_on_which_reply_comes_first() -> None:
    arms, texts = [Arm(each) for each in THREE], [each.text for each in THREE]
    pairs = ((ScriptedModel, WordEmbedder), (Dawdling, Dawdler))
    found = [run(waves(apparatus(model(keyed(steady)), FOUR, embed(), budget=6, wave=3), arms, texts)) for model, embed in pairs]
    assert repr(found[0]) == repr(found[1])


def study(path: Path, **settings: object) -> Study:
    told = {"title": "t", "topics": THREE, "panel": FOUR, "system": SYSTEM, "elicit": ElicitSettings(), "chat": ChatSettings()}
    return create_study(path, generate=GenerateSettings(**settings), **told)


def slim(pulls: Sequence[Pull]) -> str:
    """Return pulls as the file gives them back to a continued run: without attempts and answers."""
    bare = [
        (pull.number, pull.topic_id, pull.ucb, [without(each) for each in (pull.root, *pull.outgrowths) if each], pull.reward)
        for pull in pulls
    ]
    return repr(bare)


def without(each: Outgrowth) -> tuple[object, ...]:
    return each.question, each.fate, each.reason, each.question_labels, each.score


@pytest.mark.parametrize("wave", [1, 3])
def test_a_run_continued_after_any_wave_ends_like_an_uninterrupted_one(tmp_path: Path, wave: int) -> None:
    whole = explored(budget=7, wave=wave)
    for stop in range(len(whole) + 1):
        with study(tmp_path / f"{stop}.db", budget=7, wave=wave) as file:
            for finished in whole[:stop]:
                file.save_pulls(finished)
            pulls = file.finished_pulls()
            tools = apparatus(ScriptedModel(keyed(steady)), FOUR, budget=7, wave=wave)
            for finished in run(waves(tools, arms_after(file.topics(), pulls), known_texts(file, pulls))):
                file.save_pulls(finished)
            assert slim(file.finished_pulls()) == slim([pull for each in whole for pull in each])
