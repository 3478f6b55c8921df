"""Opening a study file: one writer, any number of readers, and everything that is no study of this version refused in words."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from adaem_core.archive.opening import VERSION, exists
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.records import Topic
from tests.rich_pulls import TOPICS, rich_pulls

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a study.db"


@pytest.fixture
def study(path: Path) -> Iterator[Study]:
    made = Study.create(path, {}, TOPICS)
    yield made
    with contextlib.suppress(sqlite3.ProgrammingError):  # some tests have closed it
        made.close()


def test_one_writer_at_a_time_and_any_number_of_readers(study: Study, path: Path) -> None:
    for open_it in (Study.write, lambda where: Study.create(where, {}, TOPICS)):
        with pytest.raises(BadInput, match=r"worked on by another process|holds a study already"):
            open_it(path)
    with Study.read(path) as one, Study.read(path) as two:
        study.save_pulls(rich_pulls()[:1])
        assert len(one.pulls()) == len(two.pulls()) == 1
    Study.note(path, job_request="pause", other=1)
    assert study.meta("job_request") == "pause" and study.meta("none", "else") == "else"
    study.close()
    with Study.write(path) as again:
        again.set_meta(job_request="")
        assert again.meta("job_request") == ""


def test_a_writer_in_another_process_is_seen(path: Path) -> None:
    Study.create(path, {}, TOPICS).close()
    code = "import sys; from pathlib import Path; from adaem_core.archive.study import Study; s = Study.write(Path(sys.argv[1])); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline() == b"1\n"
        with pytest.raises(BadInput, match=r"a study\.db is being worked on by another process"):
            Study.write(path)
        other.kill()
    Study.write(path).close()  # the system frees the lock of a dead process


def test_a_finished_writer_leaves_one_file(study: Study, path: Path) -> None:
    study.save_pulls(rich_pulls())
    study.close()
    assert sorted(each.name for each in path.parent.iterdir() if each.suffix != ".lock") == [path.name]


def test_a_newer_version_is_refused_and_stays_untouched(study: Study, path: Path) -> None:
    study.set_meta(version=VERSION + 1)
    study.close()
    before = path.read_bytes()
    for open_it in (Study.read, Study.write, lambda where: Study.note(where, x=1)):
        with pytest.raises(BadInput, match=r"newer version of the studio.*nothing was changed"):
            open_it(path)
    assert path.read_bytes() == before
    FileLock(f"{path}.lock").acquire(timeout=0)  # and a refused writer has let the lock go


def test_files_that_are_no_study(path: Path) -> None:
    path.write_bytes(b"title,text\n" * 200)
    for open_it in (Study.read, Study.write, exists, lambda where: Study.create(where, {}, TOPICS)):
        with pytest.raises(BadInput, match="not a readable study file"):
            open_it(path)
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as foreign:
        foreign.execute("CREATE TABLE contacts (name TEXT)")
    with pytest.raises(BadInput, match="a database, but no study"):
        Study.read(path)
    with pytest.raises(BadInput, match="no study there"):
        Study.read(path.parent / "none.db")


def test_an_empty_file_left_by_an_interruption_becomes_the_study(path: Path) -> None:
    path.write_bytes(b"")
    assert not exists(path)
    with pytest.raises(BadInput, match="no study there"):
        Study.write(path)
    with Study.create(path, {}, TOPICS) as made:
        assert made.topics() == list(TOPICS)


def test_a_study_that_cannot_be_made_lets_the_lock_go(path: Path) -> None:
    with pytest.raises(BadInput) as problem:
        Study.create(path, {}, [Topic("T1", "A?"), Topic("T1", "B?")])
    assert problem.tb is not None, "the error, and with it the unfinished study, is still alive here"
    with Study.create(path, {}, TOPICS) as made:
        assert len(made.topics()) == len(TOPICS)
