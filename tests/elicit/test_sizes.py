"""Usual lengths against what real models wrote, counted by a real tokenizer; prompts by the same."""

import csv
from pathlib import Path

import pytest

from adaem_core.chat.endpoint.provider import load
from adaem_core.elicit.recognise import recognise_request
from adaem_core.elicit.respond import answer_request
from adaem_core.elicit.sizes import REAL, SIMULATED, answer_reading_size, answer_size, point_words
from adaem_core.messages import Request
from adaem_core.settings import ElicitSettings
from adaem_core.values import value_system

PUBLISHED = Path(__file__).resolve().parents[2] / "../shared/testdata/llm_answers/answers.csv"
SCHWARTZ = value_system("schwartz")
QUESTION = "Should a city that wants fewer cars in its centre charge everybody who drives there the same?"


def tokens(text: str) -> int:
    return len(load().encode(model="gpt-4o", text=text))


def asked(request: Request) -> int:
    return sum(tokens(each["content"]) + 4 for each in request.messages)


def test_a_prompt_takes_about_as_many_tokens_as_told() -> None:
    elicit, point = ElicitSettings(), "A fair share: " + "Those who gain from the roads should pay for them, and nobody else should. " * 4
    assert answer_size(elicit, REAL)[0] == pytest.approx(asked(answer_request("m", QUESTION, elicit)), rel=0.15)
    told = answer_reading_size("batched", SCHWARTZ, elicit, REAL)[0]
    assert told == pytest.approx(asked(recognise_request("m", [point] * 3, SCHWARTZ)), rel=0.15)


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="needs ../shared/testdata/llm_answers beside the checkout")
def test_an_answer_takes_about_as_many_tokens_as_real_models_wrote() -> None:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        written = [tokens(row["answer"]) for row in csv.DictReader(file)]
    assert answer_size(ElicitSettings(), REAL)[1] == pytest.approx(sum(written) / len(written), rel=0.25)


def test_the_limit_on_words_bounds_a_point() -> None:
    assert point_words(ElicitSettings(words=60), REAL) == 20
    assert point_words(ElicitSettings(words=600), REAL) == REAL.point
    assert answer_size(ElicitSettings(words=60), SIMULATED)[1] == 60
