"""Scoring stored answers again gives the very score that was stored when they were scored first."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adaem_core.archive.study import Study
from adaem_core.chat.embed import Embedder
from adaem_core.folders import DATA
from adaem_core.validate.approximation import compare_forms
from adaem_core.validate.rescore import both_forms, exact_ids

DEMO = DATA / "demo" / "demo.db"


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """The demo study with three of its scores marked as exact ones: what is computed anew must then equal what is stored."""
    path = tmp_path / "exact.db"
    path.write_bytes(DEMO.read_bytes())
    with Study.read(path) as study:
        ids = [each.question.id for each in study.outgrowths() if each.score is not None][:3]
    connection = sqlite3.connect(path)
    for id in ids:
        connection.execute("UPDATE questions SET form = 'exact' WHERE id = ?", (id,))
    connection.commit()
    connection.close()
    return path


def test_the_black_box_score_of_stored_answers_is_the_stored_one(marked: Path, tmp_path: Path) -> None:
    with Study.read(marked) as study, closing(Embedder(folder=tmp_path)) as embed:
        both = both_forms(study, embed)
    assert len(both.questions) == 3
    for again, stored in zip(both.black_box, both.exact, strict=True):
        assert again.form == "black_box"
        assert again.total == pytest.approx(stored.total, abs=1e-4)
        assert again.opinion_diversity == pytest.approx(stored.opinion_diversity, abs=1e-4)
    assert compare_forms(both.black_box, both.exact)[0].spearman.value == pytest.approx(1)


def test_a_study_without_exact_scores_has_none() -> None:
    with Study.read(DEMO) as study:
        assert exact_ids(study) == ()
