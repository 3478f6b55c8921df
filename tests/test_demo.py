"""The demo study is what the engine makes of its config today: rebuilt, it has the same questions and scores."""

import math
from pathlib import Path

import numpy as np
import pytest

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.generate.edition import edition
from adaem_core.measure.value_labels import value_labels
from tests.end_to_end.apparatus import cache_in
from tests.make_demo import make
from tests.shared import made_once

DEMO = Path(__file__).resolve().parent.parent / "data" / "demo"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory, embeddings: Path) -> Path:
    """Return the demo study made anew from data/demo/demo.yaml, with no reply in its cache."""
    folder = made_once(tmp_path_factory, "demo", lambda folder: make(folder / "demo.db", cache_in(folder, embeddings)))
    return folder / "demo.db"


def test_the_demo_is_what_the_engine_makes_today(rebuilt: Path) -> None:
    with Study.read(DEMO / "demo.db") as shipped, Study.read(rebuilt) as fresh:
        old, new = edition(shipped), edition(fresh)
    assert old.id == new.id, "settings, panel, topics or value system changed: rebuild the demo as data/demo/demo.yaml says"
    assert [item.question for item in old.items] == [item.question for item in new.items]
    # Embeddings differ in the last bits between processors.
    assert all(math.isclose(a.score.total, b.score.total, abs_tol=1e-4) for a, b in zip(old.items, new.items, strict=True))


def test_its_examinations_are_what_the_engine_makes_today(rebuilt: Path) -> None:
    with Study.read(DEMO / "demo.db") as shipped, Study.read(rebuilt) as fresh:
        old, new = examinations.every(shipped), examinations.every(fresh)
        assert [(each.condition, each.asked) for each in old] == [(each.condition, each.asked) for each in new]
        for one, other in zip(old, new, strict=True):
            pair = value_labels(shipped, one, settings_of(shipped).system), value_labels(fresh, other, settings_of(fresh).system)
            np.testing.assert_array_equal(pair[0].expressed, pair[1].expressed)


def test_the_demo_can_be_read_where_nothing_can_be_written(tmp_path: Path) -> None:
    copy = tmp_path / "demo.db"
    copy.write_bytes((DEMO / "demo.db").read_bytes())
    copy.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with Study.read(copy) as study:
            assert settings_of(study).simulated
            assert len(study.pulls()) == settings_of(study).generate.budget
    finally:
        tmp_path.chmod(0o755)
