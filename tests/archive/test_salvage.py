"""What survives of a damaged study: all of it where nothing is lost, and never a row that is not as it was."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from adaem_core.archive.companions import log_of
from adaem_core.archive.salvage import SHAPES, salvage
from adaem_core.archive.study import Study
from adaem_core.archive.verify import verified
from adaem_core.errors import BadInput
from tests.end_to_end.apparatus import ROOT, run
from tests.hostile.test_integrity import killed, reply
from tests.rich_pulls import TOPICS, rich_pulls

PAGE = 4096
DRAWN = 7


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a large study with examinations, chained; no test writes to it."""
    path = Path(shutil.copy(ROOT / "data" / "demo" / "demo.db", tmp_path_factory.mktemp("whole") / "s.db"))
    Study.write(path).close()
    return path


def content(path: Path, table: str) -> dict[int, tuple[Any, ...]]:
    """Return the rows of a table by number."""
    with closing(sqlite3.connect(path)) as study:
        return {row[0]: row[1:] for row in study.execute(f"SELECT rowid, * FROM {table}")}


def first_page(whole: bytearray) -> None:
    whole[:PAGE] = bytes(PAGE)


def half(whole: bytearray) -> None:
    del whole[len(whole) // 2 + 1234 :]


def pages(whole: bytearray) -> None:
    draw = random.Random(DRAWN)
    for at in draw.sample(range(1, len(whole) // PAGE), 60):
        whole[at * PAGE : (at + 1) * PAGE] = draw.choice([bytes(PAGE), draw.randbytes(PAGE)])


def bits(whole: bytearray) -> None:
    draw = random.Random(DRAWN)
    for at in draw.sample(range(PAGE, len(whole)), 300):
        whole[at] ^= 1 << draw.randrange(8)


@pytest.mark.parametrize("damage", [None, first_page, half, pages, bits])
def test_all_that_survives_is_saved_and_nothing_else(whole: Path, tmp_path: Path, damage: Callable[[bytearray], None] | None) -> None:
    changed, path, out = bytearray(whole.read_bytes()), tmp_path / "s.db", tmp_path / "out.db"
    if damage:
        damage(changed)
    path.write_bytes(changed)
    done = salvage(path, out)
    assert path.read_bytes() == changed
    saved = {table: content(out, table) for table in SHAPES if table != "chain"}
    before = {table: content(whole, table) for table in saved}
    assert {table: done[table].saved for table in saved} == {table: len(rows) for table, rows in saved.items()}
    assert saved["calls"].items() <= before["calls"].items(), "a reply is as it was recorded or it is lost"
    if damage is not bits:  # where nothing is chained, a changed letter cannot be told
        assert all(saved[table].items() <= before[table].items() for table in saved)
    if damage in (None, first_page):
        assert saved == before and all(each.lost == 0 for each in done.values())
    least = 0.4 if damage is half else 0.9
    assert len(saved["calls"]) >= least * len(before["calls"])
    if damage in (pages, bits):
        assert done["calls"].saved + done["calls"].lost == len(before["calls"]), "what is gone is counted"
    assert {each.kind for each in verified(out).findings} <= {"answer"}
    with Study.write(out) as study:
        assert study.meta("salvaged")["from"] == "s.db" and study.topics()


def test_what_lies_in_the_log_is_saved_too(tmp_path: Path) -> None:
    path = killed(tmp_path / "s.db", 8)
    done = salvage(path, tmp_path / "out.db")
    assert done["calls"].saved == 6 and done["pulls"].saved == 1 and done["sent"].saved == 2
    log_of(path).unlink()
    with pytest.raises(BadInput, match="is missing or empty"):
        Study.read(path)
    done = salvage(path, tmp_path / "less.db")
    assert done["calls"].saved == 0 and done["topics"].saved == len(TOPICS)
    with Study.write(tmp_path / "less.db") as study:
        study.save_pulls(rich_pulls())


def test_what_was_deleted_does_not_come_back(tmp_path: Path) -> None:
    """Pages that were given up keep their old rows, in the file and in the log; the list of them lies in the newest first page."""
    path = tmp_path / "s.db"
    with Study.create(path, {}, TOPICS) as study:
        for number in range(300):
            study.record(*reply(number, "long " * 300))
        study.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for table in ("calls", "chain"):
            study.connection.execute(f"DELETE FROM {table} WHERE rowid % 100 != 1")
        for number in range(5):
            study.record(*reply(1000 + number))
        for each in (path, log_of(path)):
            shutil.copy(each, tmp_path / each.name.replace("s.db", "k.db"))
        before = content(path, "calls")
    assert salvage(tmp_path / "k.db", tmp_path / "out.db")["calls"].saved == len(before) == 8
    assert content(tmp_path / "out.db", "calls") == before == content(path, "calls")
    salvage(path, tmp_path / "again.db")
    assert content(tmp_path / "again.db", "calls") == before


def test_a_changed_reply_is_lost_and_named(tmp_path: Path) -> None:
    path = killed(tmp_path / "s.db", 8)
    with Study.write(path) as study:
        study.connection.execute("UPDATE calls SET cost = 0 WHERE key = 'k1'")
    done = run("verify", "--study", path, "--salvage", tmp_path / "out.db", "--json")
    assert done.status == 1 and done.told["findings"][0]["where"] == "k1"
    assert done.told["salvaged"]["calls"] == {"saved": 5, "lost": 1}
    with Study.read(tmp_path / "out.db") as study:
        assert study.recall("k1") is None and study.recall("k2") is not None


def test_nothing_is_written_over_and_nothing_made_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    for found in (b"", b"title,text\n" * 5000, random.Random(DRAWN).randbytes(20 * PAGE)):
        path.write_bytes(found)
        with pytest.raises(BadInput, match="nothing of a study survives"):
            salvage(path, tmp_path / "out.db")
        assert not (tmp_path / "out.db").exists()
    (tmp_path / "out.db").write_text("mine")
    with pytest.raises(BadInput, match="is there already"):
        salvage(path, tmp_path / "out.db")


@pytest.mark.parametrize("seed", range(25))
def test_no_damage_whatever_is_a_traceback(tmp_path: Path, seed: int) -> None:
    """Small studies, where every page matters: their roots, their list of free pages, their inner pages."""
    draw, path = random.Random(seed), tmp_path / "s.db"
    with Study.create(path, {}, TOPICS) as study:
        study.save_pulls(rich_pulls())
    changed = bytearray(path.read_bytes())
    for at in draw.sample(range(len(changed)), 200):
        changed[at] = draw.randrange(256)
    path.write_bytes(changed[: draw.choice([len(changed), draw.randrange(len(changed))])])
    done = run("verify", "--study", path, "--salvage", tmp_path / "out.db", "--json")
    assert done.status in (0, 1, 2) and "Traceback" not in done.said
    if done.status == 1:
        assert done.told["whole"] is False
