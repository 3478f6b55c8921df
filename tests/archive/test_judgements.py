"""People's judgements: kept beside a running writer, replaced, taken back one at a time, by rater."""

from pathlib import Path

import pytest

from adaem_core.archive.judgements import Judgement, judge, judgements, undo
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from tests.measure.examined import study


@pytest.fixture
def path(tmp_path: Path) -> Path:
    study(tmp_path / "s.db").close()
    return tmp_path / "s.db"


def kept(path: Path, kind: str = "quality") -> list[Judgement]:
    with Study.read(path) as file:
        return judgements(file, kind)


def test_judgements_are_kept_by_rater_and_item_and_replaced(path: Path) -> None:
    judge(path, "quality", " Ada ", "Q1", {"rationality": "3", "controversy": "1"})
    judge(path, "quality", "Bo", "Q1", {"rationality": "2"})
    judge(path, "quality", "Ada", "Q1", {"rationality": "2", "controversy": "1"})
    judge(path, "adjudication", "Ada", "E1:Q1", {"SEC": "1"})
    found = {(each.rater, each.item, each.name): each.value for each in kept(path)}
    assert found == {("Ada", "Q1", "rationality"): "2", ("Ada", "Q1", "controversy"): "1", ("Bo", "Q1", "rationality"): "2"}


def test_undo_takes_back_the_last_item_of_this_rater_only(path: Path) -> None:
    for item in ("Q1", "Q2"):
        judge(path, "quality", "Ada", item, {"rationality": "3", "controversy": "3"})
    judge(path, "quality", "Bo", "Q9", {"rationality": "3"})
    assert undo(path, "quality", "Ada") == "Q2" and {each.item for each in kept(path)} == {"Q1", "Q9"}
    assert undo(path, "quality", "Ada") == "Q1" and undo(path, "quality", "Ada") is None
    assert [each.item for each in kept(path)] == ["Q9"]


def test_judging_works_beside_a_running_writer(path: Path) -> None:
    with Study.write(path):
        judge(path, "quality", "Ada", "Q1", {"rationality": "3"})
    assert len(kept(path)) == 1


def test_a_judgement_without_a_name_is_refused(path: Path) -> None:
    with pytest.raises(BadInput, match="Give your name"):
        judge(path, "quality", "  ", "Q1", {"rationality": "3"})
    assert kept(path) == []
