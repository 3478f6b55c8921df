"""Simulated authors write readable questions with room for refinement; rewrites sharpen, reword or soften them."""

import re

from adaem_core.chat.simulated.frames import place_pattern
from adaem_core.chat.simulated.questions import read_question
from adaem_core.generate.wording import read_question as usable
from tests.chat.simulated.apparatus import NINE, TOPICS, grow, refine, reflection
from tests.rows import every_row

ODD = (
    "",
    "?",
    "Freedom",
    "🙂 <b>😀</b>",
    "动物实验应该被禁止吗？",
    "a " * 500,
    "We should ban {s} and {where}!",
    "\ud800 broken",
    "Is it?",
)


@every_row("name", NINE)
def test_questions_are_short_yes_no_questions_about_a_place(name: str) -> None:
    for number, topic in enumerate(TOPICS):
        fact, question = grow(name, topic, sample=number)
        assert usable(f"Question: {question}") == question
        assert len(question.split()) <= 20
        assert fact.endswith("(simulated fact).")
        asked, told = ({*place_pattern().findall(text)} for text in (question, fact))
        assert asked <= told, "a question stays where its fact happened"


def test_authors_differ_in_place_and_year() -> None:
    facts = {name: {grow(name, topic)[0] for topic in TOPICS} for name in NINE}
    years = {name: {year for fact in facts[name] for year in re.findall(r"\b\d{4}\b", fact)} for name in NINE}
    assert all(len(found) >= 5 for found in years.values())
    assert len(set.union(*years.values())) >= 20
    assert len(set.union(*facts.values())) == len(NINE) * len(TOPICS)


def test_authors_write_plain_and_contested_questions() -> None:
    levels = [read_question(grow(name, topic)[1]).contested for name in NINE for topic in TOPICS]
    assert 0.4 < sum(level < 0.5 for level in levels) / len(levels) < 0.7


def test_authors_learn_from_scored_examples() -> None:
    examples = "1. Should Peru ban cars, even if it weakens personal freedom? [score 5.20]"
    alone, taught = (
        [read_question(grow(name, topic, examples=shown)[1]).contested for name in NINE for topic in TOPICS]
        for shown in ("(none yet)", examples)
    )
    assert sum(taught) > sum(alone) + 10


def test_an_author_leaves_the_parents_place_and_aspect() -> None:
    parent = "Should employers in Kenya write their own rules on cars?"
    facts = [grow("indigo", "Should cities ban private cars?", sample=sample, parent=parent)[0] for sample in range(40)]
    assert not any("Kenya" in fact or "employers" in fact for fact in facts)


@every_row("topic", ODD)
def test_any_topic_gives_a_question(topic: str) -> None:
    question = grow("aurora", topic)[1]
    assert question.endswith("?")
    assert len(question.split()) <= 20


def test_suggestions_name_what_all_models_share() -> None:
    assert "Almost every model spoke of SEC;" in reflection("cedar", "Should Peru ban cars?")[1]
    assert "Almost" not in reflection("cedar", "Should Peru ban cars?", "Model 1 | values: none\n\nModel 2 | values: none")[1]


def test_rewrites_sharpen_reword_and_soften() -> None:
    plain = [grow(name, topic)[1] for name in NINE for topic in TOPICS]
    changes = [read_question(refine("cedar", old)).contested - read_question(old).contested for old in plain]
    assert 0.3 < sum(change > 0.1 for change in changes) / len(changes) < 0.6
    assert sum(change < -0.1 for change in changes) > 20


@every_row("text", [*ODD, "Should courts " + "very " * 60 + "often meet?", TOPICS[0]])
def test_any_question_can_be_rewritten(text: str) -> None:
    assert refine("ember", text).endswith("?")


def test_refinement_never_nests_clauses_and_saturates() -> None:
    for number, topic in enumerate(TOPICS):
        question = grow("garnet", topic)[1]
        gains = 0
        for step in range(8):
            new = refine("garnet", question, sample=10 * number + step)
            assert new != question
            assert len(new.split()) <= 25
            assert len(re.findall(r"even if|even when|at the cost|despite|putting|placing|ranking", new)) <= 2
            assert new.count(",") <= 2
            if read_question(new).contested > read_question(question).contested + 0.05:
                question, gains = new, gains + 1
        assert gains <= 3
