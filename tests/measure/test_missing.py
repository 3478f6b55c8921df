"""Missing answers by hand: each kind once, counted per model and category, never more than were asked for."""

import math
from typing import Any

import numpy as np
import pytest

from adaem_core.archive.examinations import Asked, Examination
from adaem_core.measure.missing import Count, Kind, absent, by_category, by_examinee, missing
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.panels import Panel
from adaem_core.records import Outcome
from adaem_core.settings import ElicitSettings

ASKED = (Asked("a", "A?", "", "Law, Justice, and Human Rights"), Asked("b", "B?", "", "Other"), Asked("c", "C?"))
EXAMINATION = Examination("E1", "", "", "2026-01-01", ("one", "two"), ASKED, Panel("p", ()), ElicitSettings(), "reader", "")


def answer(id: str, model: str, outcome: Outcome, read: Outcome | None = None) -> dict[str, Any]:
    told = {"subject": EXAMINATION.subject(id), "model": model, "outcome": outcome.value, "reason": f"was {outcome}"}
    return {**told, "read": read and read.value, "why": read and f"read {read}"}


ANSWERS = (
    answer("a", "one", Outcome.ANSWERED, Outcome.ANSWERED),
    answer("a", "two", Outcome.REFUSED),
    answer("b", "one", Outcome.UNREADABLE),
    answer("b", "two", Outcome.FAILED),
    answer("c", "one", Outcome.ANSWERED, Outcome.UNREADABLE),
)


def test_each_missing_answer_is_listed_with_its_reason() -> None:
    found = missing(EXAMINATION, ANSWERS)
    told = [(each.asked.id, each.examinee, each.kind, each.reason) for each in found]
    assert told == [
        ("a", "two", Kind.REFUSED, "was refused"),
        ("b", "one", Kind.UNREADABLE, "was unreadable"),
        ("b", "two", Kind.FAILED, "was failed"),
        ("c", "one", Kind.UNREAD, "read unreadable"),
        ("c", "two", Kind.ABSENT, ""),
    ]


def test_what_failed_or_was_not_asked_is_asked_again_and_all_else_is_final() -> None:
    passing = {each.kind for each in missing(EXAMINATION, ANSWERS) if each.passing}
    assert passing <= {Kind.FAILED, Kind.ABSENT, Kind.UNREAD} and Kind.ABSENT in passing
    assert not any(each.passing for each in missing(EXAMINATION, ANSWERS) if each.kind in (Kind.REFUSED, Kind.UNREADABLE))


def test_an_answer_nobody_has_read_yet_is_missing() -> None:
    found = missing(EXAMINATION, [answer("a", "one", Outcome.ANSWERED)])
    assert (found[0].kind, found[0].reason) == (Kind.UNREAD, "")


def test_counts_add_up_over_models_and_categories() -> None:
    found = missing(EXAMINATION, ANSWERS)
    people, categories = by_examinee(EXAMINATION, found), by_category(EXAMINATION, found)
    assert [(each.name, each.asked, each.usable) for each in people] == [("one", 3, 1), ("two", 3, 0)]
    assert [(each.name, each.asked, each.usable) for each in categories] == [
        ("Law, Justice, and Human Rights", 2, 1),
        ("Other", 2, 0),
        ("Without a category", 2, 0),
    ]
    for kind in Kind:
        assert sum(each.kinds[kind] for each in people) == sum(each.kinds[kind] for each in categories) == 1


def test_counts_of_one_model_or_category() -> None:
    found = missing(EXAMINATION, ANSWERS)
    assert [each.usable for each in by_category(EXAMINATION, found, "one")] == [1, 0, 0]
    assert [each.kinds[Kind.FAILED] for each in by_examinee(EXAMINATION, found, "Other")] == [0, 1]
    assert by_examinee(EXAMINATION, found, "Other")[1].share(Kind.FAILED) == pytest.approx(1)
    assert by_examinee(EXAMINATION, found, "nothing")[0].asked == 0


def test_a_share_of_nothing_is_unknown() -> None:
    assert math.isnan(Count("x", 0, dict.fromkeys(Kind, 0)).share(Kind.REFUSED))


def test_labels_tell_as_many_missing_answers() -> None:
    expressed = [[[1.0, 0.0], [math.nan] * 2], [[math.nan] * 2, [math.nan] * 2], [[math.nan] * 2, [math.nan] * 2]]
    assert absent(ValueLabels(np.array(expressed), ("a", "b", "c"), ("one", "two"), ("SEL", "SEC"))) == len(missing(EXAMINATION, ANSWERS))
