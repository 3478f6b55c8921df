"""The shipped value systems hold the theory's structure and phrases that tell their values apart; a user's file is checked."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.errors import BadInput
from adaem_core.values import parse_value_system, read_value_system, value_system, value_systems
from tests.rows import every_row

# Schwartz (1992): the order round the circle, and the opposite groups as AdAEM's Table 10 uses them.
CIRCLE = ("SEL", "STI", "HED", "ACH", "POW", "SEC", "CON", "TRA", "BEN", "UNI")
NAMES = (
    "Self-direction", "Stimulation", "Hedonism", "Achievement", "Power", "Security", "Conformity", "Tradition", "Benevolence", "Universalism",
)  # fmt: skip
OPENNESS, ENHANCEMENT, CONSERVATION, TRANSCENDENCE = {"SEL", "STI"}, {"ACH", "POW"}, {"SEC", "CON", "TRA"}, {"BEN", "UNI"}
OPPOSITES = (
    dict.fromkeys(OPENNESS, CONSERVATION)
    | dict.fromkeys(ENHANCEMENT, TRANSCENDENCE)
    | dict.fromkeys(CONSERVATION, OPENNESS | {"HED"})
    | dict.fromkeys(TRANSCENDENCE, ENHANCEMENT | {"HED"})
    | {"HED": CONSERVATION | TRANSCENDENCE}
)


def test_schwartz_follows_the_circle() -> None:
    system = value_system("schwartz")
    assert system.circular
    assert system.ids == CIRCLE
    assert tuple(each.name for each in system.dimensions) == NAMES
    assert {each.id: set(each.opposites) for each in system.dimensions} == OPPOSITES


def test_opposition_is_mutual_and_makes_the_pairs_of_table_10() -> None:
    pairs = {(each.id, other) for each in value_system("schwartz").dimensions for other in each.opposites}
    assert pairs == {(other, one) for one, other in pairs}
    assert len(pairs) == 30  # facts: Table 10's opposite-group average runs over 30 pairs


def test_groups_are_the_four_higher_order_values() -> None:
    groups = {each.id: each.group for each in value_system("schwartz").dimensions}
    members = {group: {id for id in groups if groups[id] == group} for group in groups.values()}
    assert members == {
        "Openness to change": OPENNESS,
        "Self-enhancement": ENHANCEMENT | {"HED"},
        "Conservation": CONSERVATION,
        "Self-transcendence": TRANSCENDENCE,
    }


def test_moral_foundations_are_five_without_a_circle() -> None:
    system = value_system("moral_foundations")
    assert [each.name for each in system.dimensions] == ["Care", "Fairness", "Loyalty", "Authority", "Sanctity"]
    assert not system.circular


def test_both_systems_are_listed() -> None:
    assert {"schwartz", "moral_foundations"} <= set(value_systems())


def test_an_unknown_system_names_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"No value system 'nope'\. Known: .*schwartz"):
        value_system("nope")


TWO = [{"id": "A", "name": "Autonomy", "definition": "d"}, {"id": "B", "name": "Belonging", "definition": "d"}]


def test_a_users_system_needs_only_names_and_definitions() -> None:
    system = parse_value_system("mine", {"name": "Mine", "dimensions": TWO})
    assert (system.ids, system.circular, system.dimensions[0].markers) == (("A", "B"), False, ())


@every_row(
    "content, message",
    [
        ([], "expected the fields"),
        ({"name": "x"}, "missing field dimensions"),
        ({"name": "x", "dimensions": TWO[:1]}, "at least two dimensions"),
        ({"name": "x", "dimensions": [*TWO, TWO[0]]}, "id A is used twice"),
        ({"name": "x", "dimensions": [*TWO, {"id": "C"}]}, "dimension 3: needs id, name and definition"),
        ({"name": "x", "dimensions": [*TWO, {"id": "a", "name": "n", "definition": "d"}]}, "a stands for more than one dimension"),
        ({"name": "x", "dimensions": [*TWO, {"id": "C", "name": "be-longing", "definition": "d"}]}, "belonging stands for more than one"),
        ({"name": "x", "dimensions": "AB"}, "dimensions must be a list"),
        ({"name": "x", "dimensions": TWO, "circular": "no"}, "true or false without quotes"),
        ({"name": "x", "dimensions": [{**TWO[0], "opposites": ["Z"]}, TWO[1]]}, "opposites name Z"),
    ],
)
def test_a_faulty_system_is_refused_with_the_field(content: object, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        parse_value_system("mine", content)


def test_every_fault_of_a_file_is_told_at_once_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    faulty = [
        {"id": "C", "opposites": ["A"]},
        {**TWO[0], "group": False, "opposites": "AB"},
        5,
        {**TWO[1], "id": "b", "opposites": ["C", "Z"]},
    ]
    path.write_text(yaml.safe_dump({"circular": "no", "dimensions": [*TWO, *faulty], "source": [1]}, sort_keys=False))
    with pytest.raises(BadInput) as caught:
        read_value_system(path)
    told = str(caught.value).split("\n")
    wanted = (
        "missing field name.",
        "circular must be true or false without quotes.",
        "dimension 3: needs id, name and definition, got {'id': 'C', 'opposites': ['A']}.",
        "dimension 4: group must be a text; put it in quotes.",
        "dimension 4: opposites must be a list of texts.",
        "dimension 5: needs id, name and definition, got 5.",
        "source must be a text; put it in quotes.",
        "ids and names must differ by more than case and marks: b, belonging stands for more than one dimension. Rename one.",
        "opposites name Z, which is no dimension of this file.",
    )
    assert told == [f"{path}: {line}" for line in wanted]


@given(st.sampled_from(["name", "source", "circular", "dimensions"]), st.booleans() | st.integers(1) | st.just([1]) | st.just({"a": 1}))
def test_a_value_of_the_wrong_type_is_refused_by_the_name_of_its_field(field: str, value: object) -> None:
    fits = type(value) is bool if field == "circular" else type(value) is int if field in ("name", "source") else False
    content = {"name": "x", "source": "y", "dimensions": TWO, field: value}
    if fits:
        assert parse_value_system("mine", content).ids == ("A", "B")
        return
    with pytest.raises(BadInput, match="dimension 1: needs id" if field == "dimensions" and value == [1] else f"^{field} must be "):
        parse_value_system("mine", content)


def test_numbers_and_dates_are_texts_and_empty_fields_are_absent() -> None:
    rows = [{**TWO[0], "id": 1, "group": None, 7: "?"}, {**TWO[1], "opposites": [1], "definition": date(2024, 5, 13)}]
    system = parse_value_system("mine", {"name": 2024, "source": None, "dimensions": rows})
    assert (system.name, system.source, system.ids, system.dimensions[0].group) == ("2024", "", ("1", "B"), "")
    assert (system.dimensions[1].opposites, system.dimensions[1].definition) == (("1",), "2024-05-13")


def test_a_mapping_that_contains_itself_is_refused() -> None:
    rows: list[object] = []
    rows += [rows, rows]
    with pytest.raises(BadInput, match="dimension 2: needs id"):
        parse_value_system("mine", {"name": "x", "dimensions": rows})


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_bytes(b"name: \xff\xfe")
    with pytest.raises(BadInput, match=r"broken\.yaml: line 1 is not UTF-8"):
        read_value_system(path)
