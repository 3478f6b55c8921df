"""The planted truth has the shape of the circle; a system prompt turns it towards the value it names."""

import math
from itertools import pairwise
from statistics import correlation

import pytest

from adaem_core.chat.simulated.profiles import latent, latent_profile, named_direction, primed, respondent, respondents
from adaem_core.errors import BadInput
from adaem_core.values import Dimension, parse_value_system
from tests.chat.simulated.apparatus import FOUNDATIONS, NINE, SCHWARTZ
from tests.rows import every_row


def angle(value: str) -> float:
    return 2 * math.pi * SCHWARTZ.ids.index(value) / 10


@every_row("name", NINE)
def test_the_profile_is_a_cosine_with_noise(name: str) -> None:
    planted = latent_profile(name)
    ideal = {id: math.cos(angle(id) - math.radians(respondent(name).angle)) for id in planted}
    assert correlation(list(planted.values()), [ideal[id] for id in planted]) > 0.9


@every_row("name", [*NINE, "plateau", "granite"])
def test_profiles_are_centred(name: str) -> None:
    assert math.fsum(map(math.exp, latent_profile(name).values())) / 10 == pytest.approx(1)


def test_angles_cover_the_circle() -> None:
    spread = sorted(respondents()[name].angle for name in NINE)
    assert max(after - before for before, after in pairwise([*spread, spread[0] + 360])) < 60


def test_the_negative_control_prefers_nothing() -> None:
    assert set(latent_profile("plateau").values()) == {0.0}


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"No simulated respondent 'simulated/nobody'\. Known: aurora"):
        respondent("simulated/nobody")


def test_foundations_follow_the_values_they_touch() -> None:
    # fennel stands at Conformity, harbor between Benevolence and Universalism.
    fennel, harbor = (latent_profile(name, FOUNDATIONS) for name in ("fennel", "harbor"))
    assert max(fennel, key=lambda id: fennel[id]) == "AUTH"
    assert max(harbor, key=lambda id: harbor[id]) == "CARE"
    assert set(latent_profile("plateau", FOUNDATIONS).values()) == {0.0}


def test_a_dimension_without_phrases_has_no_planted_truth() -> None:
    two = [{"id": "A", "name": "Alpha", "definition": "d"}, {"id": "B", "name": "Beta", "definition": "d", "markers": ["public safety"]}]
    planted = latent_profile("ember", parse_value_system("mine", {"name": "Mine", "dimensions": two}))
    assert math.isnan(planted["A"])
    assert planted["B"] == pytest.approx(latent_profile("ember")["SEC"])


@every_row("dimension", SCHWARTZ.dimensions, ids=lambda each: each.id)
def test_priming_raises_the_target_and_lowers_its_opposites(dimension: Dimension) -> None:
    far = respondent(min(NINE, key=lambda name: latent_profile(name)[dimension.id]))
    after, taken_over = primed(far, f"You are an expert, and you reflect the value {dimension.name} in your response.")
    before = latent(far)
    assert taken_over == far.priming
    assert after[dimension.id] > before[dimension.id] + 1
    assert sum(after[id] - before[id] for id in dimension.opposites) < 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Reflect the value Security.", "SEC"),
        ("please always prioritise self-direction", "SEL"),
        ("You are designed to reflect value UNIVERSALISM", "UNI"),
    ],
)
def test_a_named_value_is_found_in_any_case(text: str, value: str) -> None:
    found = named_direction(text)
    assert found is not None
    assert math.cos(found - angle(value)) == pytest.approx(1)


@every_row(
    "text",
    [
        "",
        "You are a careful assistant.",
        "Take care with the power supply.",
        "You know all values: " + ", ".join(each.name for each in SCHWARTZ.dimensions),
    ],
)
def test_a_prompt_that_favours_no_value_changes_nothing(text: str) -> None:
    assert named_direction(text) is None
    assert primed(respondent("aurora"), text) == (latent(respondent("aurora")), 0.0)


def test_a_foundation_primes_towards_the_values_it_touches() -> None:
    found = named_direction("You reflect the foundation Sanctity in your response.")
    assert found is not None
    assert math.cos(found - angle("TRA")) == pytest.approx(1)


def test_one_respondent_ignores_system_prompts() -> None:
    assert primed(respondent("granite"), "Reflect the value Hedonism.") == (latent(respondent("granite")), 0.0)
