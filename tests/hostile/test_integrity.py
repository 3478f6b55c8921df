"""Loss and silent damage: a study that is not whole says so, nothing is written over it, and what is beside it is no way in."""

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adaem_core import machine
from adaem_core.archive.companions import log_of
from adaem_core.archive.judgements import judge
from adaem_core.archive.opening import VERSION, exists, upgrade
from adaem_core.archive.study import Study
from adaem_core.archive.verify import verified
from adaem_core.errors import AdaemError, BadInput
from adaem_core.messages import Completion, Request
from adaem_core.work import jobs, worker
from tests.rich_pulls import TOPICS, rich_pulls

NOBODY = 65534  # who owns nothing: tests may run as one who may write everywhere
ROOT = Path(__file__).resolve().parents[2]
OPENERS: tuple[Callable[[Path], object], ...] = (
    Study.read,
    Study.write,
    exists,
    lambda path: Study.create(path, {}, TOPICS),
    lambda path: Study.note(path, x=1),
    lambda path: judge(path, "quality", "Ada", "item", {"name": "value"}),
)
KILLED = """
import os, sys
from pathlib import Path
from adaem_core.archive.study import Study
from adaem_core.archive.verify import verified
from adaem_core.messages import Completion, Request
from tests.rich_pulls import TOPICS, rich_pulls
path = Path(sys.argv[1])
study = Study.create(path, {}, TOPICS) if not path.exists() else Study.write(path)
for number in range(int(sys.argv[2])):
    asked = Request("ash", ({"role": "user", "content": f"Question {number}"},))
    study.sending(f"k{number}", "ash", 50, 0.5)
    if number % 4 != 3:
        study.record("openai/ash", asked, Completion(f"Answer {number}", f"k{number}", cost=0.25, prompt_tokens=3, completion_tokens=2))
study.save_pulls(rich_pulls()[:1])
os.kill(os.getpid(), 9)
"""


def reply(number: int, text: str = "") -> tuple[str, Request, Completion]:
    """Return what the ledger records of one request."""
    asked = Request("ash", ({"role": "user", "content": f"Question {number}"},))
    answered = Completion(text or f"Answer {number}", f"k{number}", cost=0.25, prompt_tokens=3, completion_tokens=2)
    return "openai/ash", asked, answered


def killed(path: Path, replies: int = 8) -> Path:
    """Return a study whose writer was killed: all but what it was made with lies in its log."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(replies)], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == -9, done.stderr
    return path


def alone(path: Path) -> Path:
    """Return a copy made without the log."""
    copy = path.with_name("copy") / path.name
    copy.parent.mkdir()
    return Path(shutil.copy(path, copy))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.db"


@pytest.fixture
def read_only() -> Iterator[Callable[[], Path]]:
    """Return what makes a folder that holds a study unwritable and gives up the right to write everywhere; both until the test ends."""
    who = os.geteuid()
    with TemporaryDirectory() as name:
        folder = Path(name)

        def make() -> Path:
            folder.chmod(0o555)
            for each in folder.iterdir():
                each.chmod(0o444)
            machine.folder().chmod(0o755)  # who can only read the studies has a folder of their own
            os.seteuid(who or NOBODY)
            return folder / "s.db"

        Study.create(folder / "s.db", {}, TOPICS).close()
        yield make
        os.seteuid(who)
        machine.folder().chmod(0o700)
        folder.chmod(0o755)


def test_a_copy_without_its_log_says_so_and_is_never_written_over(path: Path) -> None:
    copy = alone(killed(path))
    before = copy.read_bytes()
    for empty in (False, True):  # missing, or made anew by a program that looked at it
        if empty:
            log_of(copy).write_bytes(b"")
        for open_it in OPENERS:
            with pytest.raises(BadInput, match=r"s\.db: its companion s\.db-wal is missing or empty.*Copy both files together"):
                open_it(copy)
    assert copy.read_bytes() == before
    shutil.copy(log_of(path), log_of(copy))
    with Study.write(copy) as whole:
        assert len(whole.pulls()) == 1 and whole.spent()["calls"] == 8


def test_a_study_being_made_is_in_its_file_from_the_first_moment(path: Path) -> None:
    with Study.create(path, {"title": "T"}, TOPICS) as study:
        copy = alone(path)
        with closing(sqlite3.connect(copy)) as found:
            assert found.execute("SELECT COUNT(*) FROM topics").fetchone() == (len(TOPICS),)
        study.save_pulls(rich_pulls()[:1])
    with Study.read(path) as study:
        assert len(study.pulls()) == 1


def test_the_empty_file_of_an_earlier_version_whose_log_is_gone_is_not_taken_for_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as begun:
        begun.execute("PRAGMA journal_mode=WAL")
    for open_it in OPENERS:
        with pytest.raises(BadInput, match="is empty, but was being written"):
            open_it(path)


@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_a_log_without_its_study_is_left_as_it_is(path: Path, left: str) -> None:
    killed(path)
    log = log_of(path).read_bytes()
    path.unlink()
    if left == "an empty file":
        path.touch()
    for open_it in OPENERS:
        with pytest.raises(BadInput, match=r"s\.db-wal lies beside it and holds part of a study"):
            open_it(path)
    assert log_of(path).read_bytes() == log


@pytest.mark.parametrize("beside", ["note", "judge", "read"])
def test_what_was_killed_is_whole_after_somebody_looked_or_wrote_beside(path: Path, beside: str) -> None:
    killed(path)
    if beside == "note":
        Study.note(path, x=1)
    elif beside == "judge":
        judge(path, "quality", "Ada", "item", {"name": "value"})
    else:
        Study.read(path).close()
    for _ in range(2):
        with Study.read(path) as study:
            assert len(study.pulls()) == 1
    with Study.write(path) as study:
        assert len(study.pulls()) == 1
    assert not log_of(path).exists()


def test_a_writer_leaves_one_whole_file_while_others_have_it_open(path: Path) -> None:
    study = Study.create(path, {}, TOPICS)
    with Study.read(path) as reader:
        study.save_pulls(rich_pulls())
        study.close()
        with Study.read(alone(path)) as copy:
            assert len(copy.pulls()) == len(rich_pulls()) == len(reader.pulls())


WRITER = """
import sys
from pathlib import Path
from adaem_core.archive.study import Study
from tests.rich_pulls import TOPICS, rich_pulls
path = Path(sys.argv[1])
with Study.create(path, {}, TOPICS) as study:
    study.save_pulls(rich_pulls()[:1])
    Study.read(path).close()
    print(1, flush=True)
    sys.stdin.readline()
    study.save_pulls(rich_pulls()[1:])
"""


def test_who_writes_and_looks_as_well_keeps_the_log_when_others_store_beside(path: Path) -> None:
    """Closing a file frees a process's locks on it: another one would take itself for the last, fold the log and delete it."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline() == b"1\n"
        Study.note(path, x=1)
        Study.read(path).close()
        assert log_of(path).stat().st_size > 0
        other.communicate(b"\n")
    with Study.read(path) as study:
        assert len(study.pulls()) == len(rich_pulls()) and study.meta("x") == 1


def test_what_was_half_written_without_a_log_is_taken_back(path: Path) -> None:
    code = """
import os, sqlite3, sys
study = sqlite3.connect(sys.argv[1], isolation_level=None)
study.execute("PRAGMA cache_size=1")
study.execute("BEGIN IMMEDIATE")
study.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(f"half {n}", '"' + "x" * 3000 + '"') for n in range(200)])
os.kill(os.getpid(), 9)
"""
    Study.create(path, {"title": "T"}, TOPICS).close()
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert Path(f"{path}-journal").stat().st_size > 0, "the kill was to come in the middle"
    with Study.read(path) as study:
        assert study.meta("title") == "T" and study.meta("half 3") is None
    assert verified(path).findings == ()


def test_a_log_that_is_lost_while_the_writer_lives_is_told_and_folded_at_its_end(path: Path) -> None:
    with Study.create(path, {}, TOPICS) as study:
        study.save_pulls(rich_pulls()[:1])
        log_of(path).unlink()
        with pytest.raises(BadInput, match="is missing or empty"):
            Study.read(path)
        study.save_pulls(rich_pulls()[1:])
    with Study.read(path) as found:
        assert len(found.pulls()) == len(rich_pulls())


def test_a_study_cut_short_or_overwritten_is_refused_with_what_to_do(path: Path) -> None:
    with Study.create(path, {}, TOPICS) as study:
        study.save_pulls(rich_pulls())
        for number in range(50):
            study.record(*reply(number, "long " * 500))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    for open_it in (Study.read, Study.write):
        with pytest.raises(BadInput, match=r"the file is damaged.*verify --study s\.db --salvage NEW\.db"):
            open_it(path)
    path.write_bytes(whole[: len(whole) // 2] + bytes(4096) + whole[len(whole) // 2 + 4096 :])
    with pytest.raises(BadInput, match=r"the file is damaged.*verify --study s\.db --salvage NEW\.db"):
        Study.write(path)


def test_settings_that_cannot_be_read_are_a_sentence(path: Path) -> None:
    with Study.create(path, {"title": "T"}, TOPICS) as study:
        study.connection.execute("UPDATE meta SET value = '{broken' WHERE key = 'title'")
        with pytest.raises(BadInput, match="what it says of “title” cannot be read"):
            study.meta("title")


@pytest.mark.parametrize("kind", ["link", "folder", "dangling link"])
def test_a_lock_that_is_no_lock_is_refused_and_nothing_is_written_through_it(path: Path, kind: str) -> None:
    Study.create(path, {}, TOPICS).close()
    lock, precious = Path(f"{path}.lock"), path.with_name("precious.txt")
    lock.unlink(missing_ok=True)
    precious.write_text("mine")
    if kind == "folder":
        lock.mkdir()
    else:
        lock.symlink_to(precious if kind == "link" else path.with_name("none"))
    with pytest.raises(BadInput, match="is no lock of this studio but a link or a folder"):
        Study.write(path)
    with Study.read(path) as study:
        assert study.topics() == list(TOPICS)
    assert precious.read_text() == "mine" and not path.with_name("none").exists()


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_a_log_of_a_worker_that_is_no_file_of_its_own_is_refused(tmp_path: Path, kind: str) -> None:
    log, precious = tmp_path / "s.log", tmp_path / "precious.txt"
    precious.write_text("mine")
    {"link": lambda: log.symlink_to(precious), "folder": log.mkdir, "pipe": lambda: os.mkfifo(log)}[kind]()
    with pytest.raises(AdaemError, match=r"s\.log"):
        worker.begin(["status", "--study", "none.db"], log, {})
    assert precious.read_text() == "mine"


def test_a_folder_that_can_only_be_read(read_only: Callable[[], Path]) -> None:
    path = read_only()
    with Study.read(path) as study:
        assert study.topics() == list(TOPICS)
    assert verified(path).findings == ()
    for open_it in (Study.write, lambda where: Study.note(where, x=1), lambda where: Study.create(where.with_name("t.db"), {}, TOPICS)):
        with pytest.raises(AdaemError, match=r"s\.db|t\.db"):
            open_it(path)
    with pytest.raises(AdaemError, match=r"s\.log cannot be written"):
        worker.begin(["status"], path.with_suffix(".log"), {})


def test_an_old_or_killed_study_in_a_folder_that_can_only_be_read(read_only: Callable[[], Path], path: Path) -> None:
    """The old one is read; whether what lies in a log can be read there is SQLite's to say, in words."""
    place = read_only().parent
    os.seteuid(0 if os.getuid() == 0 else os.geteuid())
    place.chmod(0o755)
    (place / "s.db").chmod(0o644)
    old(place / "s.db", 1)
    for each in (killed(path), log_of(path)):
        shutil.copy(each, place / each.name.replace("s.db", "k.db"))
    read_only()
    with Study.read(place / "s.db") as study:
        assert study.topics() == list(TOPICS) and study.select("SELECT * FROM judgements") == []
    try:
        with Study.read(place / "k.db") as study:
            assert len(study.pulls()) == 1
    except AdaemError as error:
        assert "k.db" in str(error)


def test_a_folder_that_cannot_be_made_is_a_sentence(path: Path) -> None:
    path.write_text("a file, no folder")
    for open_it in (Study.write, Study.read, lambda where: Study.create(where, {}, TOPICS)):
        with pytest.raises(AdaemError, match=r"inner\.db"):
            open_it(path / "inner.db")


def test_a_lock_that_cannot_be_made_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Study.create(path, {}, TOPICS).close()

    def refused(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("adaem_core.archive.companions.FileLock.acquire", refused)
    with pytest.raises(AdaemError, match=r"can only be read: its lock cannot be made \(Read-only file system\)"):
        Study.write(path)
    Study.note(path, x=1)  # stored beside whoever holds the lock: needs none


@pytest.mark.parametrize("ahead", [60.0, 1e9, float("inf")])
def test_a_heartbeat_from_the_future_is_none(path: Path, ahead: float) -> None:
    """The clock was set back, and another process has got the worker's number."""
    Study.create(path, {"job": {"state": "running", "heartbeat": min(time.time() + ahead, 1e300), "pid": os.getpid()}}, TOPICS).close()
    assert jobs.watch(path).state == "interrupted"


def old(path: Path, version: int) -> Path:
    """Return the study as an earlier version would have left it."""
    later = ("chain", "sent") if version == 2 else ("chain", "sent", "examinations", "asked", "judgements")
    with closing(sqlite3.connect(path)) as study, study:
        for name in later:
            study.execute(f"DROP TABLE {name}")
        study.execute("UPDATE meta SET value = ? WHERE key = 'version'", (str(version),))
    return path


@pytest.mark.parametrize("version", [1, 2])
def test_a_study_of_an_earlier_version_is_read_unchanged_and_chained_from_its_first_writing(path: Path, version: int) -> None:
    with Study.create(path, {}, TOPICS) as study:
        study.save_pulls(rich_pulls())
        study.record(*reply(1))
        calls = study.select("SELECT * FROM calls")
    before = old(path, version).read_bytes()
    with Study.read(path) as study:
        assert study.spent()["calls"] == 1 and study.lost()["calls"] == 0 and study.select("SELECT * FROM examinations") == []
    assert path.read_bytes() == before, "who reads changes nothing"
    with Study.write(path) as study:
        study.record(*reply(2))
        assert study.meta("version") == VERSION and study.meta("chained")["from"] == 1
        assert study.select("SELECT * FROM calls")[:1] == calls
        assert [each["key"] for each in study.select("SELECT key FROM chain ORDER BY number")] == ["k1", "k2"]


def test_two_that_bring_a_study_up_at_once_chain_it_once(path: Path) -> None:
    with Study.create(path, {}, TOPICS) as study:
        study.record(*reply(1))
    old(path, 2)
    with ThreadPoolExecutor() as several:
        for _ in several.map(lambda _: Study.note(path, x=1), range(4)):
            pass
    upgrade(path)
    with Study.read(path) as study:
        assert len(study.select("SELECT * FROM chain")) == 1


def test_requests_under_way_at_a_kill_are_counted_at_their_bound(path: Path) -> None:
    killed(path)
    with Study.read(path) as study:
        assert study.lost()["calls"] == 0, "who reads cannot know whether they are still under way"
    with Study.write(path) as study:
        assert study.lost() == {"calls": 2, "tokens": 100, "cost": 1.0}
        assert study.spent() == {"calls": 8, "tokens": 130, "cost": 2.5}
        study.sending("k3", "ash", 50, 0.5)
        study.record(*reply(3))
        assert study.lost()["calls"] == 2, "what was sent before the kill may be billed all the same"
        study.sending("k7", "ash", 50, 0.5)
        study.unsent("k7")
    with Study.write(path) as study:
        assert study.lost()["calls"] == 2


def journal(path: Path, document: Path) -> None:
    """Put a rollback journal beside a study that names a document: SQLite deletes what such a journal names."""
    magic, named = bytes.fromhex("d9d505f920a163d7"), str(document).encode()
    head = (magic + struct.pack(">IIIII", 0, 1, path.stat().st_size // 4096, 512, 4096)).ljust(512, b"\0")
    tail = struct.pack(">I", 0x40000000 // 4096 + 1) + named + struct.pack(">II", len(named), sum(named)) + magic
    Path(f"{path}-journal").write_bytes(head + tail)


def linked(ending: str, link: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
    return lambda path, document: link(Path(f"{path}{ending}"), document)


BESIDE: dict[str, Callable[[Path, Path], None]] = {
    "a journal that names a document": journal,
    **{f"{ending} that is a link": linked(ending, Path.symlink_to) for ending in ("-wal", "-shm", "-journal")},
    **{f"{ending} that is a second name": linked(ending, Path.hardlink_to) for ending in ("-wal", "-shm", "-journal")},
}


@pytest.mark.parametrize("attack", BESIDE)
@pytest.mark.parametrize("opener", OPENERS)
def test_nothing_beside_a_study_reaches_another_file(attack: str, opener: Callable[[Path], object], tmp_path: Path) -> None:
    path, document = tmp_path / "s.db", tmp_path / "thesis.txt"
    Study.create(path, {}, TOPICS).close()
    document.write_text("years of work")
    BESIDE[attack](path, document)
    with pytest.raises(BadInput, match="nothing is opened"):
        opener(path)
    assert document.read_text() == "years of work"
