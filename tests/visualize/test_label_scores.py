"""Figures and tables of agreement and of people's ratings: read back from their traces."""

import numpy as np
import pytest

from adaem_core.archive.judgements import Judgement
from adaem_core.validate.human_ratings import ASPECTS, quality
from adaem_core.validate.recogniser import Reference
from adaem_core.validate.scores import dense, scored
from adaem_core.values import value_system
from adaem_core.visualize.human_ratings import ratings_figure, ratings_table
from adaem_core.visualize.label_scores import disagreements, scores_figure, scores_table

SYSTEM = value_system("schwartz")
IDS = SYSTEM.ids[:3]
REFERENCE = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 0]], dtype=np.float64)
MACHINE = np.array([[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, np.nan]], dtype=np.float64)


def test_dots_are_the_scores_and_what_is_unknown_has_none() -> None:
    found = scored(dense(REFERENCE, MACHINE, IDS), np.random.default_rng(0), 50)
    dots = scores_figure(found, SYSTEM).data[0]
    assert dots.x[1] is None
    assert dots.x[3] == pytest.approx(2 / 3)
    assert "neither ever says" in dots.text[1]
    table = scores_table(found, SYSTEM)
    assert table["n"].tolist() == [4, 4, 3, 11]
    assert table["only_reference"].tolist() == [1, 0, 0, 1]
    assert "cannot be computed" in table["note"].iloc[2]


def test_disagreements_name_text_and_both_labels() -> None:
    one, other = (Reference(("1", "2", "3", "4"), ("a", "b", "c", "d"), IDS, each) for each in (REFERENCE, MACHINE))
    rows = disagreements(one, other, SYSTEM).to_dict("records")
    assert rows == [{"text": "b", "value": SYSTEM.name_of(IDS[0]), "reference": "expressed", "machine": "not expressed"}]


def test_ratings_show_both_sets() -> None:
    told = [("q1", "1"), ("q2", "2"), ("g1", "3"), ("g2", "2")]
    given = [Judgement("quality", rater, item, name, value) for rater in "ab" for item, value in told for name in ASPECTS]
    sources = {"q1": "baseline", "q2": "baseline", "g1": "generated", "g2": "generated"}
    found = quality(given, sources, np.random.default_rng(0))
    baseline, generated = ratings_figure(found).data
    assert (list(baseline.x), list(generated.x)) == ([1.5] * 3, [2.5] * 3)
    assert ratings_table(found)["difference"].tolist() == [1.0] * 3
