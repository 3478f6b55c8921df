"""The studio's own accuracy statement: it can be regenerated, and says what it claims to."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from adaem_core.errors import BadInput
from adaem_core.measure.standings import stand
from adaem_core.settings import MeasureSettings
from adaem_core.validate import calibration
from adaem_core.validate.calibration import GRID, METHODS, Condition, calibrate, gain, of_study, recovery, rows
from adaem_core.validate.planted import draw, everybody, panel, read, truth
from adaem_core.work.cli import main
from tests.measure.made_standings import made
from tests.measure.simulate import coins
from tests.rows import every_row

TABLE = Path(__file__).resolve().parents[2] / "data" / "calibration" / "calibration.csv"


def table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take 300 questions for very many: enough where only the order is looked at."""
    monkeypatch.setattr(calibration, "LONG", 301)
    forget()
    yield
    forget()


def forget() -> None:
    """Forget the results on very many questions."""
    calibration.long_run.cache_clear()
    calibration.own_long_run.cache_clear()


def test_part_of_the_committed_table_comes_out_again(quick: None) -> None:
    made_again = rows(calibrate([Condition(questions=30)], repeats=40))
    committed = [row for row in table() if row["questions"] == "30"]
    assert len(committed) == len(made_again) == 2
    for row, again in zip(committed, made_again, strict=True):
        assert (row["method"], int(row["repeats"])) == (again["method"], again["repeats"])
        for column in ("spearman", "spearman_low", "spearman_high", "width"):
            assert float(row[column]) == pytest.approx(again[column], abs=2e-4)


def test_the_committed_table_is_whole_and_labelled() -> None:
    told = table()
    assert len(told) == len(GRID) * len(METHODS)
    assert {row["simulated"] for row in told} == {"yes"}


def test_the_committed_table_says_what_the_studio_says() -> None:
    """Rasch orders at least as well everywhere; more questions help; a bad recogniser spoils size, not order."""
    told = {(row["questions"], row["models"], row["miss"], row["labelling"], row["method"]): row for row in table()}
    for key, row in told.items():
        if key[4] == "rasch":
            assert float(row["spearman"]) > float(told[(*key[:4], "trueskill")]["spearman"])
    sizes = [float(told[number, "11", "0.03", "any", "rasch"]["spearman"]) for number in ("30", "100", "300", "1000")]
    assert sizes == sorted(sizes)
    assert float(told["300", "11", "0.0", "any", "rasch"]["coverage"]) > 0.9
    assert float(told["300", "11", "0.3", "any", "rasch"]["coverage"]) < 0.5
    assert float(told["300", "11", "0.3", "any", "rasch"]["spearman"]) > 0.9


def test_a_record_does_not_depend_on_the_others(quick: None) -> None:
    small = Condition(questions=20, models=4)
    alone = calibrate([small], ["rasch"], repeats=2)
    among = calibrate([Condition(questions=25, models=3), small], repeats=2)
    assert rows(alone)[0] == rows(among)[2]


def test_gains_are_paired(quick: None) -> None:
    records = calibrate([Condition(questions=20, models=4)], repeats=4)
    found = gain(records)[Condition(questions=20, models=4)]
    each = [one.spearman - other.spearman for one, other in zip(records[0].found, records[1].found, strict=True)]
    assert found.value == pytest.approx(np.mean(each))
    assert found.n == 4
    assert gain(records[:1]) == {}


def test_recovery_of_made_standings() -> None:
    standings = made([0.9, 0.5, 0.3], 0.05)
    planted = np.array([[1.0], [0.0], [-1.0]])
    found = recovery(standings, planted, np.array([[0.95], [0.9], [0.1]]), np.array([[0.9], [0.5], [0.1]]))
    assert found.spearman == pytest.approx(1)
    assert found.rmse == pytest.approx(np.sqrt((0.05**2 + 0.4**2 + 0.2**2) / 3))
    assert found.shrinkage == pytest.approx(0.65 / 3)
    assert (found.coverage, found.coverage_own) == pytest.approx((1 / 3, 2 / 3))


def test_intervals_over_questions_hold_the_methods_own_long_run() -> None:
    """100 questions, three models, an average recogniser: 95 % intervals, 600 cells in 20 examinations."""
    found = calibrate([Condition(questions=100, models=3)], ["rasch"], repeats=20)[0]
    assert found.coverage_own.value == pytest.approx(0.95, abs=0.04)


def test_of_study_recovers_more_from_more_questions() -> None:
    labels = read(draw(everybody(), 120, 8), 120, 0.03, 0.005)
    found = of_study(labels, truth(everybody()), (10, 60, 500), "rasch", repeats=5)
    assert found[10].value < found[60].value < found[500].value
    assert found[500].value > 0.9


def test_odd_inputs_say_why() -> None:
    labels = read(draw(panel(2), 30, 1), 30, 0.03, 0.005)
    assert of_study(labels, truth(panel(2)), (10,), "rasch", 2)[10].why.startswith("cannot be computed because")
    stranger = coins(np.random.default_rng(1), 10, 4, 10)
    assert of_study(stranger, truth(stranger.examinees), (10,), "rasch", 2)[10].why.startswith("cannot be computed because")
    nothing = recovery(stand(labels, MeasureSettings(resamples=20)), *[np.full((2, 10), np.nan)] * 3)
    assert np.isnan(nothing.spearman) and np.isnan(nothing.coverage)


def test_two_models_have_no_order_and_the_table_leaves_it_empty(quick: None) -> None:
    record = calibrate([Condition(questions=20, models=2)], ["rasch"], repeats=2)[0]
    assert record.spearman.why.startswith("cannot be computed because")
    assert rows([record])[0]["spearman"] == ""


@every_row("wrong", [{"questions": 0}, {"questions": 20_000}, {"miss": 1.5}, {"labelling": "last"}])
def test_impossible_conditions_are_refused(wrong: dict[str, float | str]) -> None:
    with pytest.raises(BadInput, match="got"):
        Condition(**wrong)  # type: ignore[arg-type]


def test_the_command_writes_the_table(
    quick: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("adaem_core.validate.calibration.GRID", (Condition(questions=20, models=4),))
    assert main(["calibrate", "--out", str(tmp_path / "table.csv"), "--repeats", "2", "--json"]) == 0
    assert '"first_better_in"' in capsys.readouterr().out
    assert (tmp_path / "table.csv").read_text(encoding="utf-8-sig").startswith("simulated,questions")
    assert main(["calibrate", "--out", str(tmp_path / "no.csv"), "--repeats", "0"]) == 2
