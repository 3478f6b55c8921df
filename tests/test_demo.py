"""The demo library is what the engine makes of its config today, and every page has something to show in it."""

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import yaml

from adaem_core.archive import examinations
from adaem_core.archive.judgements import judgements
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.generate.edition import edition
from adaem_core.measure.value_labels import value_labels
from adaem_core.validate.labelled_texts import both, checks
from tests.demo_people import RATERS
from tests.end_to_end.apparatus import cache_in
from tests.make_demo import CONFIG, make
from tests.rows import every_row
from tests.shared import made_once

DEMO = CONFIG.parent
LIBRARY = tuple(yaml.safe_load(CONFIG.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory, embeddings: Path) -> Path:
    """Return the folder of the library made anew from data/demo/demo.yaml, with no reply in its cache."""
    return made_once(tmp_path_factory, "demo", lambda folder: make(folder, cache_in(folder, embeddings)))


@every_row("name", LIBRARY)
def test_the_demo_is_what_the_engine_makes_today(rebuilt: Path, name: str) -> None:
    with Study.read(DEMO / f"{name}.db") as shipped, Study.read(rebuilt / f"{name}.db") as fresh:
        old, new = edition(shipped), edition(fresh)
    assert old.id == new.id, "settings, panel, topics or value system changed: rebuild the demo as data/demo/demo.yaml says"
    assert [item.question for item in old.items] == [item.question for item in new.items]
    # Embeddings differ in the last bits between processors.
    assert all(math.isclose(a.score.total, b.score.total, abs_tol=1e-4) for a, b in zip(old.items, new.items, strict=True))


@every_row("name", LIBRARY)
def test_its_examinations_are_what_the_engine_makes_today(rebuilt: Path, name: str) -> None:
    with Study.read(DEMO / f"{name}.db") as shipped, Study.read(rebuilt / f"{name}.db") as fresh:
        old, new = examinations.every(shipped), examinations.every(fresh)
        assert [(each.condition, each.asked) for each in old] == [(each.condition, each.asked) for each in new]
        for one, other in zip(old, new, strict=True):
            pair = value_labels(shipped, one, settings_of(shipped).system), value_labels(fresh, other, settings_of(fresh).system)
            np.testing.assert_array_equal(pair[0].expressed, pair[1].expressed)


def test_nothing_lies_in_the_library_that_its_config_does_not_make() -> None:
    assert {path.stem for path in DEMO.glob("*.db")} == set(LIBRARY)


def test_each_of_nine_categories_has_at_least_ten_questions() -> None:
    with Study.read(DEMO / "demo.db") as study:
        counts = Counter(each.category for each in examinations.measurements(study)[0].asked)
    assert len(counts) == 9 and min(counts.values()) >= 10, counts


def test_two_panels_have_questions_that_the_same_respondents_answered() -> None:
    with Study.read(DEMO / "demo.db") as one, Study.read(DEMO / "demo_other_panel.db") as other:
        authors = [{each.name for each in settings_of(study).panel.models if "p1" in each.roles} for study in (one, other)]
        examined = [examinations.measurements(study)[0].examinees for study in (one, other)]
        assert edition(one).id != edition(other).id
    assert authors[0].isdisjoint(authors[1])
    assert examined[0] == examined[1]


def test_simulated_people_labelled_opinions_and_rated_questions_and_the_recogniser_was_checked() -> None:
    with Study.read(DEMO / "demo.db") as study:
        first = examinations.measurements(study)[0]
        kept = {kind: judgements(study, kind) for kind in (f"adjudication {first.id}", "quality")}
        reference, machine = both(study, checks(study)[0], settings_of(study).system)
    for kind, given in kept.items():
        assert {each.rater for each in given} == set(RATERS), kind
        assert len({each.item for each in given}) >= 60, kind
    assert all("SIMULATED" in rater for rater in RATERS)
    assert len(reference.items) == len(machine.items) >= 90
    assert 0.9 < (reference.labels == machine.labels).mean() < 1


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
