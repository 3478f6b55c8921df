"""People's judgements: order, means and agreement against scipy, scikit-learn and krippendorff."""

import krippendorff
import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from adaem_core.archive.judgements import Judgement
from adaem_core.errors import BadInput
from adaem_core.validate.human_ratings import ASPECTS, BASELINE, GENERATED, adjudicated, blind_order, invitations, quality, ratings, welch
from tests.infer.explained import explained
from tests.rows import every_row

SOURCES = {f"b{number}": BASELINE for number in range(12)} | {f"g{number}": GENERATED for number in range(15)}


def rated(rng: np.random.Generator, raters: int, skipped: float = 0.0) -> list[Judgement]:
    """Return ratings; on controversy generated questions lie higher."""
    found = []
    for item, source in SOURCES.items():
        for name in ASPECTS:
            middle = rng.choice([1, 2, 3], p=[0.1, 0.3, 0.6] if source == GENERATED and name == "controversy" else [0.5, 0.3, 0.2])
            for rater in range(raters):
                value = middle if rng.random() < 0.8 else rng.integers(1, 4)
                found.append(Judgement("quality", f"r{rater}", item, name, "skipped" if rng.random() < skipped else str(value)))
    return found


def test_table_9_is_means_over_questions_with_welchs_test(rng: np.random.Generator) -> None:
    judged = rated(rng, 3)
    found = {each.name: each for each in quality(judged, SOURCES, rng)}
    explained(found)
    of_item = {
        item: np.mean([float(each.value) for each in judged if each.item == item and each.name == "controversy"]) for item in SOURCES
    }
    one, other = ([of_item[item] for item in SOURCES if SOURCES[item] == source] for source in (BASELINE, GENERATED))
    wanted = stats.ttest_ind(other, one, equal_var=False)
    line, limits = found["controversy"], wanted.confidence_interval()
    assert (line.baseline.value, line.generated.value) == pytest.approx((np.mean(one), np.mean(other)))
    assert (line.difference.low, line.difference.high, line.p) == pytest.approx((limits.low, limits.high, wanted.pvalue), abs=1e-10)
    assert line.improvement == pytest.approx(np.mean(other) / np.mean(one) - 1) and line.baseline.n == 12


def test_table_9s_improvements_follow_from_its_means() -> None:
    """2.54 → 2.76, 1.42 → 2.17, 1.47 → 2.24 are printed as 8.7 %, 52.8 %, 52.4 %."""
    for before, after, printed in ((2.54, 2.76, 0.087), (1.42, 2.17, 0.528), (1.47, 2.24, 0.524)):
        difference, _ = welch(np.array([before, before]), np.array([after, after]))
        assert difference.value / before == pytest.approx(printed, abs=5e-4)


def test_two_raters_give_weighted_kappa_more_give_alpha(rng: np.random.Generator) -> None:
    two, three = rated(rng, 2), rated(rng, 3, skipped=0.2)
    pair = ratings(two, "rationality").values
    line = quality(two, SOURCES, rng)[0]
    assert line.measure == "weighted Cohen's κ"
    assert line.agreement.value == pytest.approx(cohen_kappa_score(*pair, weights="linear"), abs=1e-10)
    line = quality(three, SOURCES, rng)[0]
    assert line.measure == "Krippendorff's α"
    values = ratings(three, "rationality").values
    assert line.agreement.value == pytest.approx(krippendorff.alpha(values, level_of_measurement="ordinal"), abs=1e-10)


def test_blind_order_mixes_and_depends_on_rater_and_seed() -> None:
    groups = {BASELINE: [f"b{n}" for n in range(30)], GENERATED: [f"g{n}" for n in range(30)]}
    orders = [blind_order(groups, rater, seed) for rater, seed in (("ann", 1), ("bob", 1), ("ann", 2))]
    assert len(set(orders)) == 3 and all(sorted(order) == sorted(orders[0]) for order in orders)
    assert blind_order({BASELINE: groups[GENERATED], GENERATED: groups[BASELINE]}, " ann ", 1) == orders[0]
    assert 5 < sum(item.startswith("b") for item in orders[0][:30]) < 25
    with pytest.raises(BadInput, match="twice"):
        blind_order({BASELINE: ["a"], GENERATED: ["a"]}, "ann", 1)


def test_invitations_differ(rng: np.random.Generator) -> None:
    assert len(set(invitations(1000, rng))) == 1000
    with pytest.raises(BadInput, match="1,000"):
        invitations(0, rng)


ODD = {
    "nobody": [],
    "one rater": [Judgement("quality", "a", "b1", "rationality", "2")],
    "constant": [Judgement("quality", rater, item, "rationality", "2") for rater in "ab" for item in ("b1", "b2", "g1", "g2")],
    "three constant": [Judgement("quality", rater, item, "rationality", "2") for rater in "abc" for item in ("b1", "b2", "g1", "g2")],
    "nothing in common": [Judgement("quality", "a", "b1", "rationality", "2"), Judgement("quality", "b", "g1", "rationality", "3")],
    "strange": [Judgement("quality", "a", "b1", "rationality", value) for value in ("nan", "9", "inf", "")],
    "unknown question": [Judgement("quality", "a", "elsewhere", "rationality", "2")],
}


@every_row("judged", ODD.values(), ids=ODD.keys())
def test_odd_judgements_are_explained(judged: list[Judgement], rng: np.random.Generator) -> None:
    found = quality(judged, SOURCES, rng)
    explained(found)
    assert all(not np.isnan(each.p) or each.difference.why for each in found)
    explained(adjudicated([Judgement("adjudication", each.rater, each.item, "SEC", each.value) for each in judged], ("SEC",), rng))


def test_adjudication_is_a_majority_and_ties_stay_open(rng: np.random.Generator) -> None:
    told = {"x": "110", "y": "001", "z": "10?"}
    judged = [Judgement("adjudication", f"r{n}", item, "SEC", value) for item, values in told.items() for n, value in enumerate(values)]
    found = adjudicated(judged, ("SEC",), rng)
    assert found.labels[("x", "SEC")] == 1 and found.labels[("y", "SEC")] == 0 and np.isnan(found.labels[("z", "SEC")])
    assert found.undecided == 1 and found.measure == "Krippendorff's α"
    two = adjudicated([each for each in judged if each.rater != "r2"], ("SEC",), rng)
    assert (two.measure, two.equal.n, two.equal.value) == ("Cohen's κ", 3, pytest.approx(2 / 3))
