"""Words and what is characteristic of a selection. Oracle: the formula of Monroe et al. (2008), eq. (15)-(22), by hand."""

import math

import numpy as np
import pytest

from adaem_core.landscape.words import characteristic, counted, function_words, keywords, words


def test_words_are_lower_case_without_punctuation() -> None:
    assert words("Don't ban deep-sea mining (in 2024)!") == ["don't", "ban", "deep-sea", "mining", "in", "2024"]
    assert words("?!") == []


def test_log_odds_by_hand() -> None:
    # Selection: tax 3, law 1. Rest: tax 1, law 5. Prior of 10 spread as 4 : 6.
    found = {each.word: each for each in characteristic(["tax tax", "tax law"], ["tax law law", "law law law"], prior=10)}
    expected = math.log((3 + 4) / (4 + 10 - 3 - 4)) - math.log((1 + 4) / (6 + 10 - 1 - 4))
    error = math.sqrt(1 / (3 + 4) + 1 / (1 + 4))
    assert found["tax"].log_odds == pytest.approx(expected)
    assert found["tax"].z == pytest.approx(expected / error)
    assert found["tax"].low == pytest.approx(expected - 1.96 * error)
    assert (found["tax"].selection, found["tax"].rest) == (3, 1)


def test_exchanging_the_sides_changes_the_sign() -> None:
    here, there = ["a b b c", "b d"], ["a a c", "e e d"]
    forth = {each.word: each.z for each in characteristic(here, there)}
    back = {each.word: each.z for each in characteristic(there, here)}
    assert all(forth[word] == pytest.approx(-back[word]) for word in forth)


def test_a_planted_word_comes_first_and_common_words_end_near_zero() -> None:
    rng = np.random.default_rng(1)
    made = [" ".join(rng.choice(["should", "the", "be", "law", "tax", "care"], size=8)) for _ in range(200)]
    found = characteristic([f"{text} nuclear" for text in made[:60]], made[60:])
    assert found[0].word == "nuclear"
    assert all(abs(each.z) < 3.5 for each in found[1:])


def test_one_side_without_words_gives_nothing() -> None:
    assert characteristic([], ["a b"]) == []
    assert characteristic(["a b"], ["?"]) == []
    assert characteristic(["a"], ["a"]) == []


def test_keywords_count_texts_not_occurrences() -> None:
    found = keywords(["tax tax law", "tax a", "law of tax"], leave_out=frozenset({"of"}))
    assert [(each.word, each.texts) for each in found] == [("tax", 3), ("law", 2)]
    assert found[0].share == 1.0
    assert "the" in function_words()
    assert counted(["a a", "a"]) == {"a": 3}
