"""Everything that can happen to a disk, a process and a clock while studies are made: what comes of them is what a calm run gives.

Faults are drawn by a seed and strike after so many requests. The short form is part of the suite; the long one has a marker of its own:
`python -m pytest -m chaos`.
"""

import csv
import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from adaem_core.archive.companions import log_of
from adaem_core.archive.opening import exists
from adaem_core.archive.study import Study
from adaem_core.archive.verify import verified
from adaem_core.errors import BadInput
from adaem_core.work import jobs
from tests.end_to_end.apparatus import Forked, benchmark_of, cache_in, panel_file, recorded, remote_panel, run, wait_for
from tests.loopback import Loopback

AT_ONCE, LATENCY = 8, 0.01
QUESTIONS = "question\n" + "".join(f"Should law {number} in Kenya be repealed?\n" for number in range(3))
VOLATILE = ("at", "cached")  # when a reply came, and whether from the cache: a run that was interrupted cannot have the same
TABLES = ("topics", "pulls", "questions", "attempts", "examinations", "asked", "responses", "recognitions")


@dataclass
class Course:
    """One study on its way through three commands, and what has struck it."""

    folder: Path
    server: Loopback
    rng: np.random.Generator
    embeddings: Path
    gone: int = 0  # replies that a lost log took with it, and the most that were under way and no longer noted
    struck: list[str] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return self.folder / "s.db"

    def commands(self) -> list[tuple[object, ...]]:
        """Return generate, examine and prime for this study."""
        panel, bench = panel_file(self.folder, self.server), self.folder / "q.csv"
        bench.write_text(QUESTIONS)
        common = ("--study", self.path, "--concurrency", AT_ONCE)
        return [
            ("generate", *common, "--panel", panel, "--budget", 2, "--max-topics", 2, "--kept", 1),
            ("examine", *common, "--benchmark", bench, "--examinees", panel, "--read-twice", 0),
            ("prime", *common, "--examination", "E1", "--model", "harbor", "--values", "SEL"),
        ]

    def begun(self, words: tuple[object, ...]) -> Forked:
        """Return a command that works on the study and has got a few requests further, or has ended."""
        moment = self.server.count + int(self.rng.integers(1, 40))
        begun = Forked(self.folder, *words)
        wait_for(lambda: self.server.count >= moment or not begun.process.is_alive())
        return begun

    def whole(self) -> None:
        """Let the three commands run to their ends."""
        for words in self.commands():
            done = Forked(self.folder, *words).ended()
            assert done.status == 0, done.said

    def found(self) -> tuple[bytes, dict[str, list[str]]]:
        """Return the benchmark, and every table as it is exported, in an order of its own and without what is never the same."""
        out = self.folder / "tables"
        assert run("export", "--study", self.path, "--out", out).status == 0
        return benchmark_of(self.path), {name: steady(out / f"{name}.csv") for name in TABLES}


def steady(path: Path) -> list[str]:
    """Return the rows of an exported table without volatile columns, sorted."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted(repr({name: value for name, value in row.items() if name not in VOLATILE}) for row in csv.DictReader(file))


def killed(course: Course, words: tuple[object, ...]) -> None:
    """The process is killed."""
    begun = course.begun(words)
    begun.tell(signal.SIGKILL)
    assert begun.ended().status in (None, 0)
    wait_for(lambda: course.server.now == 0)


def stopped(course: Course, words: tuple[object, ...]) -> None:
    """The user stops it, and copies the file alone to another place: it is whole."""
    begun = course.begun(words)
    begun.tell(signal.SIGTERM)
    assert begun.ended().status in (0, 130, -signal.SIGTERM, None)
    if begun.ended().status in (0, 130):
        assert not log_of(course.path).exists()
        assert verified(Path(shutil.copy(course.path, course.folder / "sent.db"))).findings == ()


def full_disk(course: Course, words: tuple[object, ...]) -> None:
    """No file can grow any more."""
    begun = course.begun(words)
    largest = max((each.stat().st_size for each in (course.path, log_of(course.path)) if each.exists()), default=0)
    try:
        resource.prlimit(begun.process.pid or 0, resource.RLIMIT_FSIZE, (largest, largest))
    except ProcessLookupError:
        return
    done = begun.ended()
    assert done.status in (0, 1, 2, 130), done.said
    assert "Traceback" not in done.said, done.said
    wait_for(lambda: course.server.now == 0)


def read_only(course: Course, words: tuple[object, ...]) -> None:
    """The disk takes nothing."""
    if not exists(course.path):
        return
    with pytest.MonkeyPatch.context() as patch:
        plain = sqlite3.connect
        patch.setattr(sqlite3, "connect", lambda name, *rest, **more: plain(str(name).replace("mode=rw", "mode=ro"), *rest, **more))
        before = course.server.count
        done = run(*words)
    assert done.status in (1, 2) and "s.db" in done.sentence, done.said
    assert course.server.count == before, "nothing is asked that cannot be recorded"


def clock_set_back(course: Course, words: tuple[object, ...]) -> None:
    """The process is killed, its number is another's now, and its last heartbeat lies ahead."""
    killed(course, words)
    if exists(course.path):
        with Study.read(course.path) as study:
            job = study.meta("job")
        Study.note(course.path, job={**job, "state": "running", "heartbeat": job["heartbeat"] + 1e6, "pid": os.getpid()} if job else {})
        assert jobs.watch(course.path).state in ("interrupted", "new")


def cache_lost(course: Course, words: tuple[object, ...]) -> None:
    """The process is killed, and the cache is gone: the study answers for itself."""
    killed(course, words)
    shutil.rmtree(course.folder / "cache")
    cache_in(course.folder, course.embeddings)


def log_lost(course: Course, words: tuple[object, ...]) -> None:
    """The process is killed and its log is gone: the study says so, and goes on from what was saved of it."""
    killed(course, words)
    if not log_of(course.path).exists():
        return
    held = recorded(course.path)
    log_of(course.path).unlink()
    with pytest.raises(BadInput, match="is missing or empty"):
        exists(course.path)
    assert run(*words).status == 2, "nothing is written over it"
    saved = course.folder / "saved.db"
    assert run("verify", "--study", course.path, "--salvage", saved).status == 1
    os.replace(saved, course.path)
    course.gone += held - recorded(course.path) + AT_ONCE


FAULTS: tuple[Callable[[Course, tuple[object, ...]], None], ...] = (
    killed, stopped, full_disk, read_only, clock_set_back, cache_lost, log_lost,
)  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    """Return one server for all runs: its address is part of the panel."""
    with remote_panel(LATENCY) as made:
        yield made


@pytest.fixture(scope="module")
def calm(server: Loopback, embeddings: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, list[str]], int]:
    """Return what a calm run gives, and how many requests it takes."""
    folder, before = tmp_path_factory.mktemp("calm"), server.count
    cache_in(folder, embeddings)
    course = Course(folder, server, np.random.default_rng(0), embeddings)
    course.whole()
    return *course.found(), server.count - before


@pytest.mark.parametrize(
    ("seed", "faults"), [(1, 3), *(pytest.param(seed, 10, marks=pytest.mark.chaos, id=f"long {seed}") for seed in range(2, 12))]
)
def test_whatever_strikes_a_study_ends_as_in_calm(
    server: Loopback, tmp_path: Path, embeddings: Path, calm: tuple[bytes, dict[str, list[str]], int], seed: int, faults: int
) -> None:
    benchmark, tables, needed = calm
    course, began = Course(tmp_path, server, np.random.default_rng(seed), embeddings), server.count
    # Each kind comes before any comes again, over the three commands together.
    order = [each for _ in range(-(-3 * faults // len(FAULTS))) for each in course.rng.permutation(len(FAULTS))]
    for number, words in enumerate(course.commands()):
        for kind in order[number * faults : (number + 1) * faults]:
            course.struck.append(FAULTS[kind].__name__)
            FAULTS[kind](course, words)
        done = Forked(tmp_path, *words).ended()
        assert done.status == 0, (course.struck, done.said)
    found, rows = course.found()
    assert rows == tables, course.struck
    assert found == benchmark, course.struck
    with Study.read(course.path) as study:
        told = study.lost()["calls"]
    twice = server.count - began - needed
    assert twice <= told + course.gone, (course.struck, "what was paid and not recorded is counted")
    assert told <= AT_ONCE * len(course.struck), course.struck
    assert verified(course.path).findings == ()
