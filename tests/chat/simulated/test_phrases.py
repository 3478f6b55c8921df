"""The phrase bank tells values apart, serves both value systems as the theories allow, and no turn of phrase gives a value away."""

from collections.abc import Iterator
from typing import Any

import pytest

from adaem_core.chat.simulated.frames import frames
from adaem_core.chat.simulated.phrases import Hit, bank, find, index, schwartz_index, short_bank, wording
from adaem_core.values import ValueSystem
from tests.chat.simulated.apparatus import FOUNDATIONS, SCHWARTZ

# Where the two theories touch.
ALLOWED = {
    "CARE": {"BEN", "UNI"}, "FAIR": {"UNI"}, "LOYA": {"SEC", "BEN"}, "AUTH": {"CON", "POW"}, "SANC": {"TRA"},
}  # fmt: skip


def stands_for(text: str, system: ValueSystem = SCHWARTZ) -> set[str]:
    return {id for hit in find(index({each.id: each.markers for each in system.dimensions}), text) for id in hit.stands_for}


def texts(content: Any) -> Iterator[str]:
    """Yield every text inside a YAML file's content."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for each in content.values() if isinstance(content, dict) else content:
            yield from texts(each)


def test_every_value_has_ten_phrases_and_three_short_ones() -> None:
    assert {id for id, phrases in bank().items() if len(set(phrases)) >= 10} == set(SCHWARTZ.ids)
    assert {id for id, phrases in short_bank().items() if len(phrases) >= 3} == set(SCHWARTZ.ids)


def test_a_phrase_speaks_for_its_own_value_alone() -> None:
    for id, phrases in bank().items():
        for phrase in phrases:
            assert stands_for(f"It serves {phrase}: people know it.") == {id}, phrase


def test_foundations_read_only_phrases_of_values_they_touch() -> None:
    seen = {(foundation, id) for id, phrases in bank().items() for phrase in phrases for foundation in stands_for(phrase, FOUNDATIONS)}
    assert seen == {(foundation, id) for foundation, allowed in ALLOWED.items() for id in allowed}


@pytest.mark.parametrize("system", [SCHWARTZ, FOUNDATIONS], ids=["schwartz", "moral_foundations"])
def test_no_turn_of_phrase_holds_a_marker(system: ValueSystem) -> None:
    told = [
        *texts(wording("answers")),
        *(frame.about for frame in frames()),
        *texts({key: wording("authors")[key] for key in ("facts", "suggestions", "costs", "conflicts", "bodies")}),
    ]
    assert {text: found for text in told if text not in system.ids and (found := stands_for(text, system))} == {}


def test_the_longest_phrase_wins_and_words_are_whole() -> None:
    known = index({"A": ["order"], "B": ["order of things"]})
    assert find(known, "The ORDER of things, disorderly orders, order!") == [Hit(("B",), 4, 19), Hit(("A",), 40, 45)]


def test_places_are_places_in_the_original_text() -> None:
    # "İ" is two characters in lower case: places must not shift.
    text = "İİİ and public safety"
    hit = find(schwartz_index(), text)[0]
    assert text[hit.start : hit.end] == "public safety"
