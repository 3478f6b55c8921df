"""Editions: ranking, identity, the file's columns, and files written whole or not at all."""

import math
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adaem_core.archive.origin import json_lines
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.archive.writing import write_whole
from adaem_core.errors import BadInput
from adaem_core.generate.edition import edition, edition_id, read_questions, table
from adaem_core.generate.run import create_study
from adaem_core.records import Fate, Outgrowth, Pull
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.work.exports import origin
from tests.elicit.fakes import SYSTEM
from tests.generate.fakes import grown, panel, topics

COLUMNS = [
    "rank",
    "id",
    "question",
    "score",
    "topic_score",
    "value_diversity",
    "opinion_diversity",
    "value_conformity",
    "disentanglement",
    "score_form",
    "answered",
    "asked",
    "topic_id",
    "topic",
    "category",
    "parent_id",
    "depth",
    "author",
    "fact",
    "value_system",
    "simulated",
    "edition",
    "edition_date",
]


def made(path: Path, **changes: Any) -> Study:
    told = {"topics": topics(2), "panel": panel(), "system": SYSTEM, "elicit": ElicitSettings(), "generate": GenerateSettings()}
    return create_study(path, title=path.stem, chat=ChatSettings(), **{**told, **changes})


def pull(number: int, topic: str, *outgrowths: Outgrowth, root: Outgrowth | None = None) -> Pull:
    return Pull(number, topic, math.inf, root, outgrowths, 1.0)


def fill(study: Study) -> None:
    first = [grown("T1.1.1", 2.5), grown("T1.1.2", 4.123456789), grown("T1.1.3", None, fate=Fate.UNSAFE)]
    study.save_pulls([pull(1, "T1", *first, root=grown("T1", 1.5, depth=0))])
    second = [
        grown("T2.1.1", 2.5, topic="T2"),
        grown("T2.1.2", 9.0, topic="T2", fate=Fate.DUPLICATE),
        grown("T2.1.3", 3.0, topic="T2", depth=2),
    ]
    study.save_pulls([pull(2, "T2", *second, root=grown("T2", None, depth=0, topic="T2", fate=Fate.UNSCORED))])


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with made(tmp_path / "one.db") as found:
        fill(found)
        yield found


def test_the_best_come_first_topics_and_what_was_not_scored_are_left_out(study: Study) -> None:
    ranked = [item.question.id for item in edition(study).items]
    assert ranked == ["T1.1.2", "T2.1.3", "T1.1.1", "T2.1.1"], "equal scores by id"
    assert [item.question.id for item in edition(study, 2).items] == ranked[:2]
    assert len(edition(study, 99).items) == 4


@pytest.mark.parametrize("top", [0, -3])
def test_top_must_be_positive(study: Study, top: int) -> None:
    with pytest.raises(BadInput, match=f"at least 1, got {top}"):
        edition(study, top)


def test_each_row_has_its_provenance(study: Study) -> None:
    rows = list(table(edition(study)))
    assert [list(row) for row in rows] == [COLUMNS] * 4
    best, _, _, last = rows
    assert best["rank"] == 1 and best["score"] == 4.123457 and best["topic_score"] == 1.5 and last["topic_score"] is None
    assert (best["topic_id"], best["topic"], best["category"]) == ("T1", topics(2)[0].text, "c0")
    assert (best["value_system"], best["simulated"], best["edition"]) == ("tiny", True, edition_id(study))
    assert best["edition_date"] == settings_of(study).date and len(best["edition_date"]) == 10


def test_the_same_study_exports_the_same_bytes_again(study: Study, tmp_path: Path) -> None:
    first = json_lines(table(edition(study)), origin(study, "4 questions"))
    assert json_lines(table(edition(study)), origin(study, "4 questions")) == first
    with made(tmp_path / "two.db") as twin:
        twin.set_meta(date=settings_of(study).date)
        fill(twin)
        assert json_lines(table(edition(twin)), origin(twin, "4 questions")) == first, "the file's name is no part of it"


@pytest.mark.parametrize(
    "changes",
    [
        {"topics": topics(3)},
        {"panel": panel(guard=False)},
        {"system": replace(SYSTEM, id="other")},
        {"elicit": ElicitSettings(opinions=2)},
        {"generate": GenerateSettings(seed=2)},
        {"earlier": ["Should it be?"]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_shapes_the_questions_changes_the_editions_id(study: Study, tmp_path: Path, changes: dict[str, Any]) -> None:
    with made(tmp_path / "other.db", **changes) as other:
        assert edition_id(other) != edition_id(study)


def test_how_requests_are_sent_does_not_change_the_editions_id(study: Study, tmp_path: Path) -> None:
    with made(tmp_path / "other.db") as other:
        other.set_meta(chat={"concurrency": 3}, job={"state": "finished"}, date="2001-01-01")
        assert edition_id(other) == edition_id(study)


def test_what_is_exported_can_be_read_back(study: Study, tmp_path: Path) -> None:
    write_whole(tmp_path / "new folder" / "e.jsonl", json_lines(table(edition(study)), origin(study, "4 questions")))
    assert read_questions(tmp_path / "new folder" / "e.jsonl") == [item.question.text for item in edition(study).items]
    assert len(list(table(edition(study)))) == 4


@pytest.mark.parametrize("line", [b"{", b"[1]", b'{"text": "Should it?"}', b'{"question": null}', b"\xff\xfe", b""])
def test_a_broken_edition_file_names_its_line(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "e.jsonl"
    path.write_bytes(b'{"question": "Should bells ring?"}\n' + line + b"\n")
    with pytest.raises(BadInput, match=r"e\.jsonl line 2: expected a JSON object with a field 'question'"):
        read_questions(path)


def test_a_missing_edition_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_questions(tmp_path / "none.jsonl")


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "e.jsonl"
    write_whole(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(BadInput, match="No space left on device"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == ["e.jsonl"]


def test_a_folder_that_is_a_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadInput, match="cannot be written"):
        write_whole(tmp_path / "file" / "e.jsonl", b"new")
