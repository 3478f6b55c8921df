"""Reading reference labels, and the check against them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from adaem_core.errors import BadInput
from adaem_core.validate.recogniser import Reference, check_recogniser, read_reference
from adaem_core.values import value_system
from tests.infer.explained import explained
from tests.rows import every_row

SCHWARTZ = value_system("schwartz")
TOUCHE = Path(__file__).resolve().parents[2] / "../shared/testdata/touche23/touche23_10values.csv"
WIDE = "text,Security,pow,note\nwalls keep us safe,1,0,x\nlead the world,,1,y\n"
LONG = "opinion;value;label\nwalls keep us safe;SEC;1\nwalls keep us safe;Power;no\nlead the world;power;TRUE\n"


def read(text: str, name: str = "mine.csv") -> Reference:
    return read_reference((name, text.encode()), SCHWARTZ)


@pytest.mark.parametrize("text", [WIDE, LONG])
def test_both_forms_say_the_same(text: str) -> None:
    """Columns come out in the system's order: Power before Security."""
    found = read(text)
    assert found.items == found.texts == ("walls keep us safe", "lead the world")
    assert found.dimensions == ("POW", "SEC")
    np.testing.assert_array_equal(found.labels, [[0, 1], [1, np.nan]])


def test_json_lines_and_ids() -> None:
    found = read('{"id": 7, "text": "a", "SEC": 1, "topic": "t"}\n{"id": 8, "text": "a", "SEC": 0, "topic": "u"}', "mine.jsonl")
    assert (found.items, found.texts, found.topics) == (("7", "8"), ("a", "a"), ("t", "u"))


def test_names_of_values_are_known_whatever_their_case_and_marks() -> None:
    assert read("text,self direction,Security\na,1,0\n").dimensions == ("SEL", "SEC")
    assert read("text,value,label\na,SELF_DIRECTION,1\n").dimensions == ("SEL",)


FAULTS = {
    "empty": ("", "the file is empty"),
    "only a header": ("text,SEC\n", "no line below"),
    "no value": ("text,love\na,1\n", "no column is named after a value"),
    "a name that is misspelt": ("text,SEC,Powr\na,1,0\n", "column 'Powr' holds labels, but is named after no value"),
    "no text": ("SEC,POW\n1,0\n", "no column text"),
    "strange label": ("text,SEC\na,1\nb,maybe\n", "line 3: the label of SEC must be 0, 1 or empty, got 'maybe'"),
    "twice": ("text,SEC\na,1\na,0\n", "'a' stands in two lines"),
    "long: unknown value": ("text,value,label\na,love,1\n", "line 2: 'love' is no value"),
    "long: twice": ("text,value,label\na,SEC,1\na,Security,0\n", "line 3: this text has a label for SEC in line 2"),
}


@every_row("text, message", FAULTS.values(), ids=FAULTS.keys())
def test_faults_name_line_and_remedy(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message) as caught:
        read(text)
    assert str(caught.value).startswith("mine.csv")


def test_check_joins_by_item_whatever_the_order(rng: np.random.Generator) -> None:
    items = tuple(f"i{number}" for number in range(60))
    reference = Reference(items, items, ("POW", "SEC"), (rng.random((60, 2)) < 0.4).astype(float))
    order = rng.permutation(60)
    machine = Reference(
        (*(items[i] for i in order[:50]), "extra"), (), ("SEC", "POW"), np.vstack([reference.labels[order[:50]][:, ::-1], [1, 1]])
    )
    found = check_recogniser(reference, machine, rng, 50)
    assert (found.common, found.only_reference, found.only_machine) == (50, 10, 1)
    assert found.agreement.value == found.scores.macro_f1.value == 1
    explained(found)


def test_nothing_in_common_is_refused(rng: np.random.Generator) -> None:
    one = read(WIDE)
    with pytest.raises(BadInput, match="no item in common"):
        check_recogniser(one, replace(one, items=("x", "y")), rng)
    with pytest.raises(BadInput, match="no value in common"):
        check_recogniser(one, replace(one, dimensions=("BEN", "UNI")), rng)


@pytest.mark.skipif(not TOUCHE.is_file(), reason="the Touché'23 labels are not beside this checkout")
def test_touche_with_a_recogniser_that_errs_at_a_known_rate(rng: np.random.Generator) -> None:
    reference = read_reference(TOUCHE, SCHWARTZ)
    assert reference.labels.shape == (8865, 10) and reference.dimensions == SCHWARTZ.ids
    assert reference.topics[0] == "We should ban human cloning" and reference.texts[0].startswith("we should ban human cloning")
    wrong = rng.random(reference.labels.shape) < 0.1
    machine = replace(reference, labels=np.where(wrong, 1 - reference.labels, reference.labels))
    found = check_recogniser(reference, machine, rng, 200)
    explained(found)
    assert found.agreement.low < 0.9 < found.agreement.high and found.agreement.high - found.agreement.low < 0.006
    assert found.kappa.value == pytest.approx(cohen_kappa_score(reference.labels.ravel(), machine.labels.ravel()), abs=1e-10)
