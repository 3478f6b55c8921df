"""Statistics in print."""

import numpy as np

from adaem_core.infer import report
from adaem_core.infer.change import family, no_test, paired
from adaem_core.infer.estimate import Estimate, unknown, without_interval
from tests.rows import every_row
from tests.validate.table10 import TABLE_10


@every_row(
    "value, bounded, text",
    [
        (0.5, True, ".50"),
        (-0.5, True, "−.50"),
        (1.0, True, "1.00"),
        (-0.001, False, "0.00"),
        (0.5, False, "0.50"),
        (-1.234, False, "−1.23"),
    ],
)
def test_numbers(value: float, bounded: bool, text: str) -> None:
    assert report.number(value, bounded=bounded) == text


@every_row("p, text", [(0.0036, "p = .004"), (0.00099, "p < .001"), (0.0, "p < .001"), (0.5, "p = .500"), (1.0, "p > .999")])
def test_p_values(p: float, text: str) -> None:
    assert report.p_value(p) == text


def test_estimates() -> None:
    assert report.estimate("α", Estimate(0.899, 0.85, 0.94, 48), bounded=True, unit="cells") == "α = .90, 95 % CI [.85, .94], n = 48 cells"
    assert report.estimate("κ", unknown("nobody judged")) == "κ cannot be computed because nobody judged"
    assert report.estimate("r", without_interval(1, "of it", 3)) == "r = 1.00, n = 3 (its interval cannot be computed because of it)"


def test_table_10_as_people_report_it() -> None:
    before, after = (np.array([row[place] for row in TABLE_10.values()]) for place in (0, 1))
    found = family({"target": paired(before, after, np.random.default_rng(1))})["target"]
    assert report.change(found) == "t(9) = 3.90, p = .004, d = 1.23, 95 % CI [0.38, 2.05], n = 10 pairs"
    assert report.permutation(found) == "p = .006 by permutation (exact), p = .006 after Holm's correction"
    assert report.shift(found) == "76.46 → 98.62, mean difference 22.16, 95 % CI [9.32, 35.00]"


def test_what_was_not_tested_says_why() -> None:
    flat = paired([1.0, 2.0], [2.0, 3.0], np.random.default_rng(1))
    assert report.change(flat).startswith("The t-test cannot be computed because all pairs changed by the same amount; p = .500")
    nothing = no_test("nobody was asked")
    texts = [report.change(nothing), report.shift(nothing), report.permutation(nothing)]
    assert all("cannot be computed because nobody was asked" in text and "nan" not in text for text in texts)
