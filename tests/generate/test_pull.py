"""One pull: who writes, from which parent, and what becomes of each draft."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from adaem_core.generate.arms import Arm, Choice
from adaem_core.generate.pull import best, develop, pick_parent, score_final, score_root, write_draft, write_drafts
from adaem_core.messages import Completion, Purpose, Request
from adaem_core.records import Fate, Outgrowth, Question
from tests.elicit.fakes import Said, ScriptedModel
from tests.generate.fakes import apparatus, grown, panel, run, shown, steady, topics
from tests.rows import every_row

ARM = Arm(topics(1)[0])
FOUR = panel(("ash", "oak", "elm", "fir"), ("ash", "yew"))
DRAFT = Outgrowth(Question("T1.1.1", "T1", "Should harbours pay for storms at all?", 1, "T1", "ash", "A fact."), Fate.UNSCORED)


def first(index: int = 0, ordinal: int = 1) -> Choice:
    return Choice(index, ordinal, float("inf"))


@pytest.mark.parametrize(("kept", "expected"), [(1, 4), (3, 4), (6, 6)])
def test_each_fast_model_writes_once_or_more_often_if_more_are_wanted(kept: int, expected: int) -> None:
    drafts = run(write_drafts(apparatus(ScriptedModel(steady), FOUR, kept=kept), ARM, first()))
    authors = Counter(each.question.author for each in drafts)
    assert len(drafts) == expected and set(authors) == {"ash", "oak", "elm", "fir"} and max(authors.values()) <= -(-expected // 4)
    assert [each.question.id for each in drafts] == [f"T1.1.{turn}" for turn in range(1, expected + 1)]


def test_authors_take_turns_at_being_first() -> None:
    tools = apparatus(ScriptedModel(steady), FOUR)
    opening = [run(write_drafts(tools, ARM, first(0, ordinal)))[0].question.author for ordinal in range(1, 5)]
    assert sorted(filter(None, opening)) == ["ash", "elm", "fir", "oak"]
    assert run(write_drafts(tools, ARM, first(1, 1)))[0].question.author == opening[1], "and arms begin with different ones"


def test_an_arm_that_yields_nothing_is_never_asked_the_same_again() -> None:
    """Its tree stays as it is, so only the sample number makes later pulls differ."""
    model = ScriptedModel(steady)
    tools = apparatus(model, FOUR)
    for ordinal in range(1, 13):
        run(write_drafts(tools, ARM, first(0, ordinal)))
    facts = [(each.model, each.sample, each.messages[0]["content"]) for each in model.history if each.purpose is Purpose.FACT]
    assert len(facts) == 48 == len(set(facts))


def test_a_draft_knows_where_it_comes_from() -> None:
    model = ScriptedModel(steady)
    tree = (grown("T1", 1.0, depth=0), *(grown(f"T1.1.{place}", float(place)) for place in range(1, 8)))
    draft = run(write_draft(apparatus(model, shots=2, tree_depth=1), replace(ARM, tree=tree), first(0, 4), 1, "oak"))
    fact, question = model.history
    assert draft.question == Question("T1.4.2", "T1", draft.question.text, 1, "T1", "oak", steady(fact).strip())
    assert draft.fate is Fate.UNSCORED and question.messages[1] == {"role": "assistant", "content": draft.question.fact}
    assert shown(fact, "examples").splitlines() == [f"1. {tree[7].question.text} [score 7.00]", f"2. {tree[6].question.text} [score 6.00]"]


@every_row(
    "purpose, said, reason",
    [
        (Purpose.FACT, Completion("", failure="filtered", reason="The provider withheld it."), "The provider withheld it."),
        (
            Purpose.FACT,
            Completion(" \n"),
            "The author named no fact: its reply holds 0 words beside greetings and labels, outside 5 to 120.",
        ),
        (Purpose.QUESTION, Completion("", failure="failed", reason="No reply came."), "No reply came."),
        (Purpose.QUESTION, Completion("I would rather not."), "the reply holds no sentence that ends in a question mark."),
    ],
)
def test_an_author_without_a_question_leaves_an_unwritten_one_with_the_reason(purpose: Purpose, said: Completion, reason: str) -> None:
    def reply(request: Request) -> Said:
        return said if request.purpose in (purpose, Purpose.REPAIR) else steady(request)

    draft = run(write_draft(apparatus(ScriptedModel(reply)), ARM, first(), 0, "ash"))
    assert (draft.fate, draft.reason, draft.question.text) == (Fate.UNWRITTEN, reason, "")
    assert run(develop(apparatus(ScriptedModel()), draft, ARM.topic)) is draft, "and costs no further call"


def test_a_parent_is_drawn_in_proportion_to_its_score_from_above_the_depth_limit() -> None:
    tree = (grown("T1", 1.0, depth=0), grown("a", 3.0, depth=1), grown("b", 6.0, depth=2), grown("c", 90.0, depth=3))
    drawn = Counter(pick_parent(replace(ARM, tree=tree), 3, np.random.default_rng(seed)).question.id for seed in range(4000))
    assert set(drawn) == {"T1", "a", "b"}
    for id, share in (("T1", 0.1), ("a", 0.3), ("b", 0.6)):
        assert drawn[id] / 4000 == pytest.approx(share, abs=0.03)  # more than four standard errors


def test_exact_scores_below_zero_still_leave_every_parent_a_chance() -> None:
    tree = (grown("T1", -9.0, depth=0), grown("a", -3.0, depth=1))
    assert {pick_parent(replace(ARM, tree=tree), 3, np.random.default_rng(seed)).question.id for seed in range(50)} == {"T1", "a"}


def test_a_tree_without_scores_grows_from_its_topic() -> None:
    found = pick_parent(ARM, 3, np.random.default_rng(1)).question
    assert (found.id, found.text, found.depth) == ("T1", ARM.topic.text, 0)


def test_the_same_key_draws_the_same_parent_and_another_key_another_one() -> None:
    tree = tuple(grown(f"T1.{place}", 2.0) for place in range(40))

    def parents(seed: int, ordinal: int = 2) -> list[str | None]:
        drafts = run(write_drafts(apparatus(ScriptedModel(steady), FOUR, seed=seed, kept=6), replace(ARM, tree=tree), first(0, ordinal)))
        return [each.question.parent_id for each in drafts]

    assert parents(1) == parents(1)
    assert len({tuple(parents(seed)) for seed in (1, 2)} | {tuple(parents(1, 3))}) == 3


def test_the_best_questions_without_the_topic_earlier_ones_first_among_equals() -> None:
    tree = [grown("T1", 9.0, depth=0), grown("a", 2.0), grown("b", 3.0), grown("c", 2.0), grown("d", None)]
    assert [each.question.id for each in best(tree, 3)] == ["b", "a", "c"] and best(tree, 0) == []


def test_the_topic_is_scored_at_its_first_pull_only() -> None:
    model = ScriptedModel(steady)
    root = run(score_root(apparatus(model), ARM, first()))
    assert root is not None and (root.question.id, root.question.depth, root.fate) == ("T1", 0, Fate.SCORED)
    assert [each.model for each in root.answers] == ["ash", "elm"], "by the strong panel"
    asked = len(model.history)
    assert run(score_root(apparatus(model), ARM, first(0, 2))) is None and len(model.history) == asked


def guarded(verdict: Said) -> tuple[Outgrowth, ScriptedModel]:
    model = ScriptedModel(lambda request: verdict if request.purpose is Purpose.GUARD else steady(request))
    return run(develop(apparatus(model), DRAFT, ARM.topic)), model


def test_a_safe_question_is_refined_then_guarded_then_scored_by_the_strong_panel() -> None:
    found, model = guarded("SAFE")
    accepted = [each for each in found.attempts if each.accepted]
    assert found.fate is Fate.SCORED and found.question.text == accepted[-1].text
    place = next(place for place, each in enumerate(model.history) if each.purpose is Purpose.GUARD)
    assert shown(model.history[place], "question") == found.question.text
    assert "elm" not in {each.model for each in model.history[:place]}, "the strong panel must not see it before the guard"
    assert {each.purpose for each in model.history[place + 1 :]} == {Purpose.ANSWER, Purpose.RECOGNISE, Purpose.LABEL_QUESTION}


@every_row(
    "verdict, reason",
    [
        ("UNSAFE: it asks for harm", "it asks for harm"),
        ("This is not safe.", "harmful"),
        ("Hmm.", "the guard gave no readable verdict"),
        (Completion("", failure="failed", reason="Timed out."), "no verdict from the guard (Timed out.)"),
    ],
)
def test_what_the_guard_does_not_clear_is_dropped_with_its_trace(verdict: Said, reason: str) -> None:
    found, model = guarded(verdict)
    assert (found.fate, found.reason, found.score, found.answers) == (Fate.UNSAFE, reason, None, ())
    assert found.attempts and model.history[-1].purpose is Purpose.GUARD


@pytest.mark.parametrize(
    ("silent", "reason"),
    [
        ((Purpose.ANSWER,), "0 of 2 models gave a readable answer"),
        ((Purpose.LABEL_QUESTION, Purpose.REPAIR), "the recogniser could not read the question; 2 of 2 models gave a readable answer"),
    ],
)
def test_a_question_without_a_score_says_why(silent: tuple[Purpose, ...], reason: str) -> None:
    model = ScriptedModel(lambda request: "I'm sorry, but I can't help." if request.purpose in silent else steady(request))
    found = run(score_final(apparatus(model), DRAFT))
    assert (found.fate, found.reason, found.score) == (Fate.UNSCORED, reason, None) and len(found.answers) == 2


def test_a_draft_that_was_sifted_out_costs_no_call() -> None:
    model = ScriptedModel()
    for fate in (Fate.SURPLUS, Fate.DUPLICATE, Fate.UNWRITTEN):
        assert run(develop(apparatus(model), replace(DRAFT, fate=fate), ARM.topic)).fate is fate
    assert model.history == []
