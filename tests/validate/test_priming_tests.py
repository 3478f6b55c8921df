"""Table 10 from its own numbers, other theories, and verdicts."""

from pathlib import Path

import numpy as np
import pytest

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.change import Change, family, paired
from adaem_core.validate import priming_tests
from adaem_core.validate.priming_tests import AS_PRINTED, EXCLUDED, OPPOSITE, OTHER, RELATIONS, SAME, TARGET
from adaem_core.values import ValueSystem, parse_value_system, value_system
from tests.infer.explained import explained
from tests.rows import every_row
from tests.validate.table10 import TABLE_10, primed_like_table_10

SCHWARTZ, FOUNDATIONS = value_system("schwartz"), value_system("moral_foundations")
IDS = SCHWARTZ.ids
# As the facts list them, independent of the value system's file.
GROUPS = {id: group for group in (("SEL", "STI"), ("HED", "ACH", "POW"), ("SEC", "CON", "TRA"), ("BEN", "UNI")) for id in group}
OPPOSITES = {
    **dict.fromkeys(("SEL", "STI"), ("SEC", "CON", "TRA")),
    **dict.fromkeys(("ACH", "POW"), ("BEN", "UNI")),
    **dict.fromkeys(("SEC", "CON", "TRA"), ("SEL", "STI", "HED")),
    **dict.fromkeys(("BEN", "UNI"), ("HED", "ACH", "POW")),
    "HED": ("SEC", "CON", "TRA", "BEN", "UNI"),
}
BASELINE = np.array([TABLE_10[id][0] for id in IDS])
PRIMED = primed_like_table_10(IDS, OPPOSITES, GROUPS)


def test_pairs_are_those_of_the_facts() -> None:
    assert set(priming_tests.pairs(SCHWARTZ, IDS, OPPOSITE)) == {(target, value) for target in IDS for value in OPPOSITES[target]}
    assert set(priming_tests.pairs(SCHWARTZ, IDS, SAME, AS_PRINTED)) == {(target, value) for target in IDS for value in GROUPS[target]}
    counted = [len(priming_tests.pairs(SCHWARTZ, IDS, which)) for which in (*RELATIONS, OTHER)]
    assert counted == [10, 16, 30, 44]


@every_row(
    "which, definition, count, before, after",
    [
        (TARGET, EXCLUDED, 10, 76.46, 98.62),
        (SAME, AS_PRINTED, 26, 76.09, 85.22),
        (SAME, EXCLUDED, 16, 75.86, None),
        (OPPOSITE, EXCLUDED, 30, 76.10, 40.63),
    ],
)
def test_averages_of_table_10(which: str, definition: str, count: int, before: float, after: float | None) -> None:
    """Group means weighted by their pairs need no single pair, so the published averages must come out."""
    one, other = priming_tests.paired_rates(BASELINE, PRIMED, IDS, SCHWARTZ, which, definition)
    assert len(one) == count and one.mean() == pytest.approx(before, abs=0.006)
    assert after is None or other.mean() == pytest.approx(after, abs=0.006)


def test_effect_sizes_of_the_prose_belong_to_these_pair_counts() -> None:
    """d = t/√n: 2.367 with 26 pairs is .464, 10.15 with 30 is 1.85. The t-values themselves cannot be recomputed."""
    for t, pairs, d in ((2.367, 26, 0.464), (10.15, 30, 1.85)):
        assert t / pairs**0.5 == pytest.approx(d, rel=2e-3)


def test_rows_are_the_printed_ones() -> None:
    for row in priming_tests.table(BASELINE, PRIMED, IDS, SCHWARTZ, AS_PRINTED):
        assert (row.baseline, row.controlled, row.same, row.opposite) == pytest.approx(TABLE_10[row.target], abs=1e-9)


def test_tests_of_table_10_and_verdict(rng: np.random.Generator) -> None:
    found = priming_tests.relation_tests(BASELINE, PRIMED, IDS, SCHWARTZ, rng)
    assert (found[TARGET].t, found[TARGET].p, found[TARGET].d.value) == pytest.approx((3.90, 0.004, 1.23), abs=0.005)
    assert found[OPPOSITE].difference.value < 0 < found[SAME].difference.value
    told = priming_tests.verdict(found)
    assert told.word in ("supported", "partly supported") and "Target: rises" in told.sentence and "p < 0.05" in told.criterion


def test_shifts_carry_signs_and_agreement_is_exact() -> None:
    found = priming_tests.shifts(BASELINE, PRIMED, IDS, SCHWARTZ)
    explained(found)
    assert len(found) == 100 and sum(each.expected for each in found) == 10 + 16 - 30
    targets = priming_tests.sign_agreement(found, TARGET)
    assert (targets.value, targets.n) == (0.9, 10)  # Tradition falls although it is the target
    assert (targets.low, targets.high) == pytest.approx(
        (0.5958, 0.9821), abs=1e-4
    )  # scipy's binomtest(9, 10).proportion_ci(method="wilson")
    assert priming_tests.sign_agreement(found).n == 56
    explained(priming_tests.sign_agreement(found, OTHER))


def test_moral_foundations_have_no_opposites(rng: np.random.Generator) -> None:
    """Table 16: averages 59.42 → 98.21."""
    baseline = np.array([74.88, 80.43, 54.35, 57.25, 30.19])
    controlled = [98.31, 98.07, 98.79, 98.07, 97.83]
    primed = np.tile(baseline, (5, 1))
    np.fill_diagonal(primed, controlled)
    found = priming_tests.relation_tests(baseline, primed, FOUNDATIONS.ids, FOUNDATIONS, rng)
    explained(found)
    assert (found[TARGET].before, found[TARGET].after) == pytest.approx((59.42, 98.214))
    assert "Moral foundations names no value" in found[OPPOSITE].why
    assert "nothing changed" in found[SAME].why and found[SAME].permutation_p == 1
    assert len(priming_tests.pairs(FOUNDATIONS, FOUNDATIONS.ids, SAME)) == 2 + 6
    assert priming_tests.verdict(found).word in ("partly supported", "no effect found")
    assert np.isnan(priming_tests.table(baseline, primed, FOUNDATIONS.ids, FOUNDATIONS)[0].opposite)


def moved(by: float, rng: np.random.Generator) -> Change:
    before = rng.normal(size=14)
    return paired(before, before + by + rng.normal(0, 0.1, size=14), rng)


@every_row(
    "target, same, opposite, word",
    [
        (1, 1, -1, "supported"),
        (1, 0, 0, "partly supported"),
        (0, 0, 0, "no effect found"),
        (1, 1, 1, "contradicted"),
        (-1, 0, 0, "contradicted"),
    ],
)
def test_verdicts(target: int, same: int, opposite: int, word: str) -> None:
    rng = np.random.default_rng(3)
    found = family({TARGET: moved(target, rng), SAME: moved(same, rng), OPPOSITE: moved(opposite, rng)})
    assert priming_tests.verdict(found).word == word


def test_nothing_primed_cannot_be_told(rng: np.random.Generator) -> None:
    found = priming_tests.relation_tests(BASELINE, np.zeros((0, 10)), (), SCHWARTZ, rng)
    explained(found)
    assert priming_tests.verdict(found).word == "cannot be told" and priming_tests.verdict({}).word == "cannot be told"


def test_missing_win_rates_stay_missing(rng: np.random.Generator) -> None:
    nothing = np.full((10, 10), np.nan)
    found = priming_tests.shifts(BASELINE, nothing, IDS, SCHWARTZ)
    explained([found, priming_tests.relation_tests(BASELINE, nothing, IDS, SCHWARTZ, rng), priming_tests.sign_agreement(found)])
    assert all(each.as_expected is None for each in found)


def test_intervals_come_from_differences_within_resamples(rng: np.random.Generator) -> None:
    """Noise that both share must cancel."""
    shared = rng.normal(0, 1, size=(500, 3))
    own = rng.normal(0, 0.01, size=(500, 3))
    found = priming_tests.shift_intervals(np.full(3, 0.5), np.array([0.7, 0.5, np.nan]), 0.5 + shared, 0.7 + shared + own)
    explained(found)
    assert found[0].value == pytest.approx(0.2) and (found[0].low, found[0].high) == pytest.approx((0.18, 0.22), abs=0.005)
    assert found[2].why
    with_intervals = priming_tests.shifts(BASELINE, PRIMED, IDS, SCHWARTZ, [[found[0]] * 10] * 10)
    assert with_intervals[5].change is found[0]


def faulty() -> dict[str, tuple[Floats, Floats, tuple[str, ...]]]:
    return {"baseline": (BASELINE[:3], PRIMED, IDS), "primed": (BASELINE, PRIMED[:2], IDS), "target": (BASELINE, PRIMED[:1], ("LOVE",))}


@pytest.mark.parametrize("case", faulty())
def test_what_does_not_fit_is_refused(case: str, rng: np.random.Generator) -> None:
    baseline, primed, targets = faulty()[case]
    with pytest.raises(BadInput, match=r"got|No value"):
        priming_tests.relation_tests(baseline, primed, targets, SCHWARTZ, rng)
    with pytest.raises(BadInput, match="group definition"):
        priming_tests.pairs(SCHWARTZ, IDS, SAME, "mine")
    with pytest.raises(BadInput, match="same resamples"):
        priming_tests.shift_intervals(BASELINE, BASELINE, np.zeros((3, 10)), np.zeros((4, 10)))


def test_any_theory_will_do(tmp_path: Path, rng: np.random.Generator) -> None:
    """Two dimensions without groups or opposites: only targets can be tested."""
    content = {"name": "Two", "dimensions": [{"id": id, "name": id, "definition": id} for id in "AB"]}
    system: ValueSystem = parse_value_system("two", content)
    found = priming_tests.relation_tests(np.array([0.4, 0.5]), np.array([[0.6, 0.5], [0.4, 0.8]]), system.ids, system, rng)
    explained(found)
    assert found[TARGET].n == 2 and "no value" in found[SAME].why
