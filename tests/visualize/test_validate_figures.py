"""The figures of Validate are checked by their data: what the records hold is what the traces hold; names stay inert."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from adaem_core.folders import DATA
from adaem_core.infer.estimate import Estimate, unknown, without_interval
from adaem_core.validate.calibration import GRID
from adaem_core.validate.side_by_side import profiles_side_by_side
from adaem_core.validate.subsets import STATISTICS, SubsetSize
from adaem_core.values import value_system
from adaem_core.visualize.calibration import MEASURES, VARIED, better, calibration_figure, sentence, varied
from adaem_core.visualize.reliability import NAMES, estimates_figure, subset_figure
from adaem_core.visualize.scatter import distributions_figure, forms_figure, profile_figure
from adaem_core.visualize.side_by_side import side_by_side_figure
from adaem_core.visualize.tables import estimate_table
from tests.rows import every_row

SYSTEM = value_system("schwartz")
HOSTILE = "<b>bold</b> $x$"
KNOWN = Estimate(0.8, 0.7, 0.9, 10)


def test_subsets_draw_what_is_known_and_name_every_statistic() -> None:
    assert tuple(NAMES) == STATISTICS
    sizes = [SubsetSize(50, dict.fromkeys(STATISTICS, KNOWN)), SubsetSize(100, dict.fromkeys(STATISTICS, unknown("too few")))]
    figure = subset_figure(sizes, 0.7)
    assert [list(each.x) for each in figure.data] == [[50]] * 5
    assert figure.data[0].error_y.array[0] == pytest.approx(0.1)
    assert list(figure.layout.xaxis.ticktext) == ["50", "100"]


def test_estimates_stand_from_the_top_and_the_unknown_has_no_dot() -> None:
    figure = estimates_figure({HOSTILE: KNOWN, "b": unknown("x"), "c": without_interval(0.5, "y")}, title="α", threshold=0.7)
    dots = figure.data[0]
    assert list(dots.x) == [0.5, None, 0.8]
    assert list(dots.error_x.array) == pytest.approx([0, 0, 0.1])
    assert "<b>bold" not in str(figure.layout.yaxis.ticktext)
    assert figure.layout.shapes[0].x0 == 0.7


def test_side_by_side_holds_both_benchmarks() -> None:
    rng = np.random.default_rng(1)
    found = profiles_side_by_side(rng.random((4, 10)), rng.random((4, 10)))
    figure = side_by_side_figure(found, (HOSTILE, "other"))
    assert list(figure.data[1].x) == pytest.approx([found.second.spread.value, found.first.spread.value])
    assert "<b>bold" not in str(figure.layout.yaxis.ticktext)


def test_profiles_leave_out_unknown_cells_and_keep_names_inert() -> None:
    first = np.array([[0.1, math.nan], [0.3, 0.4]])
    figure = profile_figure(first, first + 0.1, (HOSTILE, "b"), ("SEL", "ODD"), SYSTEM, (HOSTILE, "y"))
    assert list(figure.data[0].x) == [0.1, 0.3]
    assert list(figure.data[1].y) == [0.5]
    assert figure.data[2].x == (0.1, 0.5)
    assert "<b>bold" not in str([each.text for each in figure.data]) + figure.layout.xaxis.title.text


def test_profiles_of_nothing_are_an_empty_figure() -> None:
    nothing = np.full((1, 2), math.nan)
    assert all(not each.x for each in profile_figure(nothing, nothing, ("a",), ("SEL", "STI"), SYSTEM, ("x", "y")).data)


def test_distributions_add_up_to_one() -> None:
    rng = np.random.default_rng(1)
    figure = distributions_figure(rng.normal(5, 1, 80), rng.normal(6, 1, 40), ("one", HOSTILE))
    assert [sum(each.y) for each in figure.data] == pytest.approx([1, 1])
    assert "<b>bold" not in figure.data[1].name


def test_forms_draw_questions_with_both() -> None:
    figure = forms_figure(np.array([1.0, math.nan]), np.array([2.0, 3.0]), [HOSTILE, "b"])
    assert list(figure.data[0].x) == [1.0]
    assert "<b>bold" not in str(figure.data[0].text)


def test_the_table_says_why_where_there_is_no_number() -> None:
    frame = estimate_table({"a": KNOWN, "b": unknown("nobody answered", 3)})
    assert frame["value"].tolist()[0] == 0.8
    assert frame["value"].isna().tolist() == [False, True]
    assert frame["note"].tolist()[1] == "cannot be computed because nobody answered"


def planted() -> pd.DataFrame:
    """Return a calibration in which TrueSkill is better by .1 everywhere but in one condition."""
    rows = []
    for place, each in enumerate(GRID):
        for method, value in (("rasch", 0.6), ("trueskill", 0.7 if place else 0.5)):
            told = {f"{measure}{end}": value for measure in MEASURES for end in ("", "_low", "_high")}
            rows.append({**vars(each), "method": method, "repeats": 3, **told})
    return pd.DataFrame(rows)


def test_the_sentence_follows_the_numbers() -> None:
    frame = planted()
    told = sentence(frame)
    assert told.startswith(
        f"TrueSkill recovered the planted order better than the Rasch model in {len(GRID) - 1} of {len(GRID)} conditions"
    )
    assert "+0.100 at the median (−0.100 to +0.100)" in told
    assert better(frame).iloc[0] == pytest.approx(0.1)
    assert "cannot be computed" in sentence(frame[frame["method"] == "rasch"])


def test_only_one_thing_varies_along_an_axis() -> None:
    frame = planted()
    assert sorted(set(varied(frame, "questions")["questions"])) == [30, 100, 300, 1000]
    assert sorted(set(varied(frame, "miss")["miss"])) == [0.0, 0.03, 0.1, 0.2, 0.3]


@every_row("column", VARIED)
@every_row("measure", MEASURES)
def test_the_stored_calibration_draws_both_methods_with_bands(column: str, measure: str) -> None:
    frame = pd.read_csv(DATA / "calibration" / "calibration.csv", encoding="utf-8-sig")
    figure = calibration_figure(frame, column, measure)
    rows = varied(frame, column)
    assert list(figure.data[1].y) == pytest.approx(rows[rows["method"] == "rasch"][measure].tolist())
    assert len(figure.data[0].y) == 2 * len(figure.data[1].y)


def test_a_band_without_interval_reaches_nowhere() -> None:
    figure = estimates_figure({"a": replace(KNOWN, low=math.nan, high=math.nan)}, title="x")
    assert list(figure.data[0].error_x.array) == [0]
