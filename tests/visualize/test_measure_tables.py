"""The tables of Measure hold what the records hold."""

import numpy as np
import pytest

from adaem_core.archive.examinations import Asked
from adaem_core.measure.by_topic import by_category
from adaem_core.measure.compare import compare, separating, shares
from adaem_core.measure.detectable import detectable_difference
from adaem_core.measure.groups import groups
from adaem_core.measure.missing import Kind, Missing
from adaem_core.measure.standings import stand, superiority
from adaem_core.measure.two_readings import agreement
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings
from adaem_core.values import value_system
from adaem_core.visualize import measure_tables
from tests.measure.simulate import planted

SYSTEM = value_system("schwartz")
SETTINGS = MeasureSettings(orders=2, resamples=40)
ASKED = tuple(Asked(f"q{number}", f"Question {number}?", "T", "C") for number in range(30))
MODELS = ("one", "two", "three")
LABELS = ValueLabels(
    planted(np.random.default_rng(1), 30, np.linspace(1, -1, 3)[:, None] * np.ones((1, 10)), missing=0.1).expressed,
    tuple(each.id for each in ASKED),
    MODELS,
    SYSTEM.ids,
)
STANDINGS = stand(LABELS, SETTINGS)


def test_standings_are_best_first_within_a_value() -> None:
    frame = measure_tables.standings_table(STANDINGS, groups(STANDINGS), SYSTEM)
    assert len(frame) == 30
    assert list(dict.fromkeys(frame["code"])) == list(SYSTEM.ids)
    for _, part in frame.groupby("code"):
        assert part["win_rate"].is_monotonic_decreasing
    row = frame[(frame["code"] == "SEC") & (frame["model"] == "two")].iloc[0]
    assert row["win_rate"] == STANDINGS.win_rates[1, SYSTEM.ids.index("SEC")]
    assert row["value"] == "Security"


def test_detectable_differences_by_value() -> None:
    np.testing.assert_array_equal(measure_tables.detectable_table(STANDINGS, SYSTEM)["smallest"], detectable_difference(STANDINGS))


def test_a_category_that_was_not_rated_says_why() -> None:
    found = by_category(LABELS, ["a"] * 25 + ["b"] * 5, SETTINGS)
    frame = measure_tables.category_table(found, ["one", "three"], SYSTEM)
    assert (frame["category"] == "a").sum() == 20
    assert frame[frame["category"] == "b"]["note"].item().startswith("cannot be computed")


def test_a_comparison_in_one_row_per_value() -> None:
    pair, counted, chances = compare(STANDINGS, "one", "three"), shares(LABELS, "one", "three", SETTINGS), superiority(LABELS, SETTINGS)
    frame = measure_tables.comparison_table(pair, counted, chances, SYSTEM)
    np.testing.assert_array_equal(frame["difference"], pair.difference)
    np.testing.assert_array_equal(frame["chance"], chances.chances[0, 2])
    np.testing.assert_allclose(frame["share_first"] - frame["share_second"], counted.difference)


def test_separating_questions_have_their_text() -> None:
    found = separating(LABELS, "one", "three", 5)
    frame = measure_tables.separating_table(found, ASKED)
    assert list(frame["id"]) == [each.question for each in found]
    assert frame["question"][0] == f"Question {frame['id'][0][1:]}?"
    assert measure_tables.separating_table((), ASKED).empty


def test_evidence_counts_the_others_and_leaves_missing_missing() -> None:
    frame = measure_tables.evidence_table(LABELS, ASKED, "two", "POW")
    d = SYSTEM.ids.index("POW")
    own, others = LABELS.expressed[:, 1, d], LABELS.expressed[:, [0, 2], d]
    assert list(frame["label"] == "missing") == list(np.isnan(own))
    assert (frame["label"] == "expressed").sum() == np.nansum(own)
    np.testing.assert_array_equal(frame["others"], np.nansum(others, axis=1))
    np.testing.assert_array_equal(frame["others_read"], (~np.isnan(others)).sum(axis=1))


def test_reasons_are_counted_most_frequent_first() -> None:
    found = [Missing(ASKED[number], MODELS[number % 2], Kind.REFUSED, "no") for number in range(3)]
    assert measure_tables.reasons_table(found).to_dict("records") == [
        {"kind": "refused", "ends": "final", "model": "one", "reason": "no", "answers": 2},
        {"kind": "refused", "ends": "final", "model": "two", "reason": "no", "answers": 1},
    ]
    assert list(measure_tables.missing_table(found)["id"]) == ["q0", "q1", "q2"]


def test_agreement_by_value_and_over_all() -> None:
    frame = measure_tables.agreement_table(agreement(LABELS, LABELS, SETTINGS), SYSTEM)
    assert len(frame) == 11
    assert frame["share"].tolist() == pytest.approx([1.0] * 11)
