"""Blind samples: rare values are met, and weighting back recovers the figures of all opinions (planted truth)."""

import numpy as np
import pytest

from adaem_core.errors import BadInput
from adaem_core.validate.blind import Opinions, cells, draw, strata_of
from adaem_core.validate.scores import scored

IDS = ("A", "B")


def planted() -> Opinions:
    """1,000 opinions: 5 % express B, half express A."""
    rng = np.random.default_rng(0)
    labels = (rng.random((1000, 2)) < [0.5, 0.05]).astype(np.float64)
    return Opinions(tuple(f"i{n}" for n in range(1000)), tuple(f"t{n}" for n in range(1000)), labels)


def test_the_stratum_is_the_rarest_value() -> None:
    assert strata_of(np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]])).tolist() == [1, 0, -1]


def test_every_stratum_gives_about_as_many() -> None:
    drawn = draw(planted(), 60, 1)
    assert [drawn.strata.count(each) for each in (-1, 0, 1)] == [20, 20, 20]
    assert drawn == draw(planted(), 60, 1), "same seed, same sample"
    assert sum(drawn.sizes.values()) == 1000


def test_weights_recover_the_population() -> None:
    found = planted()
    truth = np.where(found.labels == 1, 1.0, 0.0)
    truth[found.labels[:, 1] == 1, 1] = 0.0  # the machine is wrong wherever it sees B
    drawn = draw(found, 300, 1)
    labels = {(item, id): float(truth[int(item[1:]), d]) for item in drawn.items for d, id in enumerate(IDS)}
    table = cells(drawn, labels, found, IDS)
    assert table.weight.sum() == pytest.approx(2000)
    accuracy = scored(table, np.random.default_rng(0), 200).values[1].accuracy.value
    assert accuracy == pytest.approx(1 - found.labels[:, 1].mean())


def test_nothing_to_judge_is_told() -> None:
    with pytest.raises(BadInput, match="must be opinions"):
        draw(Opinions((), (), np.zeros((0, 2))), 5, 1)
    empty = cells(draw(planted(), 5, 1), {}, planted(), IDS)
    assert len(empty.unit) == 0
