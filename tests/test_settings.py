"""Every knob of every act: its default stands within its bounds, and what lies outside is refused in words."""

import math
from dataclasses import Field, asdict, fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adaem_core.errors import BadInput
from adaem_core.settings import ChatSettings, ElicitSettings, ExamineSettings, GenerateSettings, MeasureSettings, Settings
from tests.rows import every_row

ACTS: tuple[type[Settings], ...] = (ChatSettings, ElicitSettings, GenerateSettings, ExamineSettings, MeasureSettings)
KNOBS = [(act, knob) for act in ACTS for knob in fields(act)]  # type: ignore[arg-type]
BOUNDED = [(act, knob) for act, knob in KNOBS if knob.metadata["low"] is not None]
NAMED = [f"{act.__name__}.{knob.name}" for act, knob in KNOBS]


@every_row("act, knob", KNOBS, ids=NAMED)
def test_every_knob_has_a_label_a_line_of_help_and_bounds(act: type[Settings], knob: Field[Any]) -> None:
    told = knob.metadata
    assert told["label"] and told["help"].endswith(".") and "\n" not in told["help"]
    assert (told["low"] is None) is (told["high"] is None), "a bound on one side only could not be told in words"
    assert told["choices"] or told["low"] is not None or isinstance(knob.default, bool)


@every_row("act, knob", BOUNDED, ids=[f"{act.__name__}.{knob.name}" for act, knob in BOUNDED])
def test_bounds_are_inclusive_and_what_lies_outside_is_refused(act: type[Settings], knob: Field[Any]) -> None:
    low, high = knob.metadata["low"], knob.metadata["high"]
    for inside in (low, high):
        assert getattr(act(**{knob.name: inside}), knob.name) == inside
    for outside in (low - 1, high + 1, float("nan")):
        with pytest.raises(BadInput, match=f"{knob.name} must be between .* and .*, got"):
            act(**{knob.name: outside})


@every_row("act, knob", [(act, knob) for act, knob in KNOBS if knob.metadata["choices"]])
def test_only_the_named_choices_are_taken(act: type[Settings], knob: Field[Any]) -> None:
    for choice in knob.metadata["choices"]:
        assert getattr(act(**{knob.name: choice}), knob.name) == choice
    with pytest.raises(BadInput, match=rf"{knob.name} must be one of {knob.metadata['choices'][0]}.*, got 'other'"):
        act(**{knob.name: "other"})


@every_row("act", ACTS)
def test_settings_survive_a_study_file_and_unknown_names_are_refused(act: type[Settings]) -> None:
    assert act.read(asdict(act())) == act()  # type: ignore[call-overload]
    with pytest.raises(BadInput, match=r"Unknown setting colour, taste\. Known settings: .*"):
        act.read({"taste": 1, "colour": 2})


def test_the_defaults_are_the_papers() -> None:
    """Table 6 and section 4.1; ε is ours, because the paper's belongs to another embedding model."""
    generate, elicit = GenerateSettings(), ElicitSettings()
    assert (elicit.top_p, elicit.temperature, elicit.opinions) == (0.95, 1.0, 3)
    assert (generate.tau, generate.shots, generate.kept, generate.tree_depth, generate.beta, generate.draws) == (0.5, 5, 3, 3, 1.0, 1)
    assert generate.similar == 3 and generate.wave == 1 and generate.disentanglement == "equation" and generate.reward == "black_box"
    assert GenerateSettings(epsilon=0.85).epsilon == 0.85, "the paper's stays selectable"


def test_no_cap_is_a_choice() -> None:
    assert ChatSettings(max_cost=None).max_cost is None and ChatSettings(max_cost=0).max_cost == 0


@every_row("act, knob", KNOBS, ids=NAMED)
def test_only_a_knob_that_may_be_empty_takes_nothing(act: type[Settings], knob: Field[Any]) -> None:
    if knob.default is None:
        assert getattr(act(**{knob.name: None}), knob.name) is None
        return
    with pytest.raises(BadInput, match=f"{knob.name} must be given"):
        act(**{knob.name: None})


NO_NUMBER = st.booleans() | st.text(max_size=5) | st.integers(0, 9).map(str) | st.lists(st.integers(), max_size=2)
WRONG: dict[str, st.SearchStrategy[object]] = {
    "int": NO_NUMBER | st.floats().filter(lambda number: not number.is_integer()),
    "float": NO_NUMBER | st.sampled_from([math.nan, math.inf, -math.inf]),
    "bool": st.integers() | st.floats() | st.sampled_from(["no", "yes", "true", "false", ""]),
    "str": st.integers() | st.booleans() | st.text(max_size=5).filter(lambda text: text not in ("paper", "exact", "rasch", "share", "sum")),
}


@every_row("act, knob", KNOBS, ids=NAMED)
def test_a_value_of_the_wrong_type_is_refused_by_the_name_of_its_knob(act: type[Settings], knob: Field[Any]) -> None:
    @settings(max_examples=10, deadline=None)
    @given(WRONG[str(getattr(knob.type, "__name__", knob.type)).removesuffix(" | None")])
    def refused(value: object) -> None:
        with pytest.raises(BadInput) as caught:
            act.read({knob.name: value})
        told = str(caught.value)
        assert told.startswith(f"{knob.name} must be ") and told.endswith(f", got {value!r}.")
        assert "pydantic" not in told and "Input" not in told and "://" not in told and "\n" not in told

    refused()


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_every_fault_is_told_at_once_in_the_order_given(data: st.DataObject) -> None:
    act = data.draw(st.sampled_from(ACTS))
    chosen = data.draw(st.lists(st.sampled_from(fields(act)), min_size=2, unique_by=lambda knob: knob.name))  # type: ignore[arg-type]
    with pytest.raises(BadInput) as caught:
        act.read({knob.name: [] for knob in chosen} | {"colour": 1})
    first, *others = str(caught.value).split("\n")
    assert first.startswith("Unknown setting colour. Known settings: ")
    assert [line.split()[0] for line in others] == [knob.name for knob in chosen]


@every_row(
    "act, name, value, told",
    [
        (GenerateSettings, "budget", 2.5, "budget must be a whole number between 1 and 100000, got 2.5."),
        (GenerateSettings, "seed", True, "seed must be a whole number between 0 and 2.14748e+09, got True."),
        (GenerateSettings, "tau", "1", "tau must be a number between 0 and 10, got '1'."),
        (GenerateSettings, "tau", math.inf, "tau must be between 0 and 10, got inf."),
        (ChatSettings, "replay", "no", "replay must be true or false without quotes, got 'no'."),
        (ElicitSettings, "protocol", 3, "protocol must be one of batched, paper, got 3."),
    ],
)
def test_the_sentence_says_what_is_wanted_and_what_was_got(act: type[Settings], name: str, value: object, told: str) -> None:
    for make in (lambda: act(**{name: value}), lambda: act.read({name: value})):
        with pytest.raises(BadInput) as caught:
            make()
        assert str(caught.value) == told


def test_a_count_that_was_stored_with_a_point_is_read_as_the_count_it_is() -> None:
    read = ChatSettings.read({"max_calls": 1e6, "max_cost": 2.0})
    assert (read.max_calls, type(read.max_calls), type(read.max_cost)) == (1_000_000, int, float)


def test_a_whole_number_does_where_a_number_is_wanted_and_stays_as_it_was_written() -> None:
    assert repr(GenerateSettings(tau=1).tau) == "1", "a study's settings, and what is made of them, keep their bytes"
