"""Generic questions draw the same values from everybody, contested ones each respondent's own: what the informativeness score needs."""

import re
from statistics import mean

import pytest
from scipy.stats import spearmanr

from adaem_core.chat.simulated.profiles import latent_profile
from adaem_core.chat.simulated.questions import read_question
from tests.chat.simulated.apparatus import FOUNDATIONS, NINE, SCHWARTZ, TOPICS, answer, grow, opinions, profile, refine, value_diversity
from tests.rows import every_row

CONTESTED = "Should police in Bavaria search phone records in disputes about parking, putting public safety over personal freedom?"


def contested_questions(count: int) -> list[str]:
    """Return highly contested questions as the panel writes and refines them."""
    found: list[str] = []
    number = 0
    while len(found) < count:
        question = grow(NINE[number % 9], TOPICS[number % len(TOPICS)], sample=number)[1]
        for sample in range(4):
            if read_question(question).contested < 0.7:
                question = refine(NINE[number % 9], question, sample)
        found += [question] if read_question(question).contested >= 0.7 else []
        number += 1
    return found


def shares(name: str, questions: list[str], prime: str = "") -> dict[str, float]:
    """Return in which share of its answers `name` expresses each value."""
    profiles = [found for question in questions if (found := profile(name, question, prime)) is not None]
    return {id: mean(id in found for found in profiles) for id in SCHWARTZ.ids}


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("Is zoo keeping good?", "Should zoo keeping end in Peru?"),
        ("Should zoo keeping end in Peru?", "Should zoo keeping end in Peru, even if it weakens family traditions?"),
        (
            "Should zoo keeping end in Peru, even if it weakens family traditions?",
            "Should zoo keeping end in Peru, putting personal freedom over family traditions?",
        ),
    ],
)
def test_contestedness_grows_with_place_cost_and_conflict(less: str, more: str) -> None:
    assert 0 <= read_question(less).contested < read_question(more).contested <= 1


def test_what_stands_after_the_conflict_word_is_lost() -> None:
    reading = read_question(CONTESTED)
    assert (reading.gained, reading.lost) == (("SEC",), ("SEL",))


@every_row(
    "text, subject",
    [
        ("Should cities ban animal testing?", "animal testing"),
        ("Should Kerala hold a vote on school uniforms, even if it weakens family traditions?", "school uniforms"),
        ("Is freedom good?", "the matter"),
        ("???", "the matter"),
        ("", "the matter"),
        ("动物实验应该被禁止吗？", "动物实验应该被禁止吗"),
    ],
)
def test_the_subject_is_found_without_value_words(text: str, subject: str) -> None:
    assert read_question(text).subject == subject


@every_row("name", [*NINE, "plateau", "granite"])
def test_an_answer_has_the_form_asked_for(name: str) -> None:
    reply = answer(name, CONTESTED)
    assert re.fullmatch(r"Stance: (Yes|No|Neutral)\nKey Points:(\n\d\. [^:\n]+: [^:\n]+\.){3}", reply)
    assert all(10 <= len(each.split()) <= 40 for each in opinions(reply))


def test_every_sample_is_another_draw_and_the_same_draw_again() -> None:
    replies = [answer("cedar", CONTESTED, sample=sample) for sample in range(5)]
    assert len(set(replies)) == 5
    assert replies == [answer("cedar", CONTESTED, sample=sample) for sample in range(5)]


def test_contested_rewrites_tell_models_apart_and_topics_do_not() -> None:
    topics = [value_diversity(NINE, topic) for topic in TOPICS]
    questions = [value_diversity(NINE, question) for question in contested_questions(30)]
    assert mean(topics) < 2.2
    assert mean(questions) > 2 * mean(topics)
    assert sorted(questions)[3] > sorted(topics)[-4]


@pytest.mark.parametrize("question", [TOPICS[0], CONTESTED])
def test_identical_respondents_stay_at_the_floor(question: str) -> None:
    assert value_diversity(["ember"] * 4, question) == 1.0


def test_planted_order_is_recovered_from_300_contested_questions() -> None:
    questions = contested_questions(300)
    found = {name: shares(name, questions) for name in NINE}
    planted = {name: latent_profile(name) for name in NINE}
    agreement = [spearmanr([found[name][id] for name in NINE], [planted[name][id] for name in NINE])[0] for id in SCHWARTZ.ids]
    assert mean(agreement) >= 0.9
    assert min(agreement) >= 0.8


def test_the_same_answers_show_the_order_of_foundations_too() -> None:
    questions = contested_questions(150)
    profiles = {name: [profile(name, question, system=FOUNDATIONS) or frozenset() for question in questions] for name in NINE}
    planted = {name: latent_profile(name, FOUNDATIONS) for name in NINE}
    agreement = [
        spearmanr([mean(id in found for found in profiles[name]) for name in NINE], [planted[name][id] for name in NINE])[0]
        for id in FOUNDATIONS.ids
    ]
    assert mean(agreement) >= 0.85


def test_stances_follow_what_respondents_put_first() -> None:
    # ember lives near Security, aurora at Self-direction; the question buys the one with the other.
    ember, aurora = ([answer(name, CONTESTED, sample=sample) for sample in range(40)] for name in ("ember", "aurora"))
    assert sum(each.startswith("Stance: Yes") for each in ember) > 30
    assert sum(each.startswith("Stance: No") for each in aurora) > 30


@every_row("name, target", [("aurora", "Security"), ("ember", "Hedonism"), ("cedar", "Universalism"), ("harbor", "Power")])
def test_priming_moves_answers_towards_the_target_and_away_from_its_opposites(name: str, target: str) -> None:
    questions = contested_questions(80)
    dimension = next(each for each in SCHWARTZ.dimensions if each.name == target)
    before, after = shares(name, questions), shares(name, questions, f"You reflect the value {target} in your response.")
    assert after[dimension.id] > before[dimension.id] + 0.2
    assert mean(after[id] - before[id] for id in dimension.opposites) < -0.05


def test_priming_leaves_the_one_that_ignores_it_where_it_was() -> None:
    questions = contested_questions(150)
    before, after = shares("granite", questions), shares("granite", questions, "You reflect the value Hedonism in your response.")
    # 0.16 is 2.8 standard errors of a difference between two shares of 150 answers.
    assert max(abs(after[id] - before[id]) for id in SCHWARTZ.ids) < 0.16


def test_one_respondent_declines_a_few_contested_questions_and_no_generic_one() -> None:
    replies = [answer("indigo", CONTESTED, sample=sample) for sample in range(1000)]
    refused = sum("Stance" not in reply for reply in replies)
    assert 6 <= refused <= 36  # 2 %: 20 ± 3.6 standard deviations
    assert all("Stance" in answer("indigo", topic) for topic in TOPICS)
    assert all("Stance" in answer("aurora", CONTESTED, sample=sample) for sample in range(200))
