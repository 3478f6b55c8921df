"""Maps are drawn in a process of their own and kept; a page sees how far it is."""

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from adaem_core.archive.companions import locked
from adaem_core.chat.embed import WHEEL
from adaem_core.errors import BadInput
from adaem_core.landscape.project import address, stored, stored_vectors
from adaem_core.work import cli, drawing
from adaem_core.work.drawing import Drawing, draw, note, start, watch

TEXTS = ["Should towns ban cars?", "Should towns ban dogs?", "Is care a duty?", "Who pays for care?", "Is tax theft?", "May states spy?"]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def test_a_picture_is_drawn_once_and_its_state_told() -> None:
    at = address(TEXTS, WHEEL, "tsne", 0)
    assert watch(at) == Drawing()
    made = draw(TEXTS, "tsne", 0)
    assert watch(at).state == "finished"
    assert stored(address(TEXTS, WHEEL, "pca", 0)) is not None, "the plain picture comes first"
    assert stored_vectors(TEXTS, WHEEL).shape == (6, 384)  # type: ignore[union-attr]
    assert (draw(TEXTS, "tsne", 0).points == made.points).all()


def test_a_worker_process_does_it() -> None:
    at = address(TEXTS, WHEEL, "pca", 0)
    start(TEXTS, "pca")
    assert watch(at).state in ("running", "finished")
    until = time.monotonic() + 60
    while watch(at).state == "running" and time.monotonic() < until:
        time.sleep(0.1)
    assert watch(at).state == "finished", watch(at).message
    assert stored(at) is not None


def test_failure_is_told_by_its_sentence() -> None:
    with pytest.raises(BadInput, match="at least 5 texts"):
        draw(TEXTS[:4], "tsne", 0)
    told = watch(address(TEXTS[:4], WHEEL, "tsne", 0))
    assert (told.state, told.total) == ("failed", 4)
    assert "at least 5 texts" in told.message


def test_a_dead_worker_is_noticed() -> None:
    note("x", Drawing("running", pid=2**22 + 1))
    assert watch("x").state == "failed"
    note("x", Drawing("running", drawing.STARTING, pid=os.getpid(), at=time.time()))
    assert watch("x").state == "running"
    for told in (Drawing("running", drawing.STARTING, at=1.0), Drawing("running", "Arranging")):
        note("x", replace(told, pid=os.getpid()))
        assert watch("x").state == "failed", "another process has its number now"
    with locked(drawing.status_file("x")):
        assert watch("x").state == "running"
    drawing.status_file("x").write_text("no json")
    assert watch("x") == Drawing()


def test_a_worker_that_finishes_while_it_is_watched_is_not_taken_for_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    def finished(at: str, _: Drawing) -> bool:
        note(at, Drawing("finished"))
        return False

    note("x", Drawing("running"))
    monkeypatch.setattr(drawing, "at_work", finished)
    assert watch("x").state != "failed"


def test_the_command_tells_how_far_to_trust_the_map(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (cache / "q.csv").write_text("text\n" + "\n".join(TEXTS) + "\n")
    assert cli.main(["project", "--in", str(cache / "q.csv"), "--column", "text", "--out", str(cache / "map.csv"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["number"], told["method"]) == (6, "pca")
    assert 0 < told["trustworthiness"] <= 1
    assert (cache / "map.csv").read_text("utf-8-sig").startswith("x,y,text,about_simulated,")
