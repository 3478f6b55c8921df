"""A job in its own process: started, watched, paused, continued, cancelled and killed, as the pages and the monitor see it.

Their work costs seconds, so each test asks several things of one job.
"""

import asyncio
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.generate.run import create_study
from adaem_core.panels import ModelSpec, Panel, Role, as_mapping, panel
from adaem_core.records import Topic
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import value_system
from adaem_core.work import jobs, worker
from adaem_core.work.jobs import Job, watch
from tests import forks
from tests.end_to_end.apparatus import cache_in

TOPICS = (Topic("A", "Should voting be compulsory?"), Topic("B", "Should zoos be closed?"))
EVERY_ROLE = (Role.P1, Role.P2, Role.RECOGNISER)
BUDGET = 8
LONG = 500  # pulls: not done before a test has looked
BEGIN = worker.begin  # as in the studio: a program of its own, whose start takes seconds
GONE = {"state": "running", "pid": 2**22 + 1, "heartbeat": 2e9}  # a worker that never beat after its computer was switched off


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, embeddings: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of its own for studies and cache, save the embeddings, which all tests share."""
    monkeypatch.setenv("ADAEM_STUDIES_DIR", str(tmp_path))
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(cache_in(tmp_path, embeddings)))
    return tmp_path


@pytest.fixture(autouse=True)
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let workers start at once (`tests.forks`), save where a test is about their start; those that a failed test leaves behind are ended."""
    workers: list[BaseProcess] = []
    forks.ready()
    monkeypatch.setattr(jobs, "DEAD", 3600.0)  # so that no busy machine decides: when a heart counts as stopped is asked for by itself

    def begin(words: Sequence[str], log: Path, keys: Mapping[str, str]) -> int:
        workers.append(forks.begin(words, log, log, {**os.environ, **keys}))
        return workers[-1].pid or 0

    monkeypatch.setattr(worker, "begin", begin)
    yield
    for each in workers:
        each.kill()
        each.join(10)


def made(folder: Path, budget: int = BUDGET) -> Path:
    """Return a small study that nobody has worked on."""
    create_study(
        folder / "small.db",
        title="Small",
        topics=TOPICS,
        panel=panel("simulated"),
        system=value_system("schwartz"),
        elicit=ElicitSettings(),
        generate=GenerateSettings(budget=budget, kept=1),
        chat=ChatSettings(concurrency=2),
    ).close()
    return folder / "small.db"


def seen(path: Path, moment: Callable[[Job], bool], patience: float = 90.0) -> list[Job]:
    """Return how the job stood at each look, until `moment` holds."""
    looks, limit = [watch(path)], time.monotonic() + patience
    while not moment(looks[-1]):
        assert time.monotonic() < limit, looks[-1]
        time.sleep(0.05)
        looks.append(watch(path))
    return looks


def states(looks: list[Job]) -> list[str]:
    """Return the states that were seen, each change once."""
    return [job.state for number, job in enumerate(looks) if number == 0 or job.state != looks[number - 1].state]


def ended(path: Path) -> list[Job]:
    """Return how the job stood at each look, until no worker is on it."""
    return seen(path, lambda job: not job.active)


def request_of(path: Path) -> str:
    with Study.read(path) as study:
        return str(study.meta("job_request", ""))


def pulls_of(path: Path) -> list[int]:
    with Study.read(path) as study:
        return [each["number"] for each in study.pulls()]


def test_a_job_is_watched_paused_and_continued_to_its_end(folder: Path) -> None:
    path = made(folder)
    assert watch(path) == Job() and jobs.studies() == [path]
    jobs.start(path)
    with pytest.raises(BadInput, match=r"^small is (starting|running) already\.$"):
        jobs.start(path)
    looks = seen(path, lambda job: job.state == "running" and job.calls > 20)
    assert states(looks) in (["starting", "running"], ["running"])
    jobs.pause(path)
    looks = ended(path)
    assert states(looks) in (["pausing", "paused"], ["paused"])
    paused = looks[-1]
    assert paused.message == "Paused. Continue whenever you like."
    assert request_of(path) == ""
    assert paused.done == len(pulls_of(path)) < paused.total == BUDGET

    jobs.pause(path)  # a request that came too late must not stop what is started next
    jobs.start(path)
    assert watch(path).message == ""
    looks = ended(path)
    assert states(looks)[-1] == "finished" and "paused" not in states(looks)
    assert looks[-1].done == BUDGET and pulls_of(path) == list(range(1, BUDGET + 1))
    assert looks[-1].seconds > paused.seconds > 0 and looks[-1].calls > paused.calls


def test_a_pause_asked_for_while_the_worker_still_starts_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "begin", BEGIN)
    path = made(folder, budget=LONG)
    jobs.start(path)
    jobs.pause(path)
    assert watch(path).state == "pausing"
    looks = ended(path)
    assert states(looks) == ["pausing", "paused"]
    assert pulls_of(path) == []


def test_cancelling_keeps_what_was_found(folder: Path) -> None:
    path = made(folder, budget=LONG)
    jobs.start(path)
    seen(path, lambda job: job.done > 0)
    jobs.cancel(path)
    job = ended(path)[-1]
    assert (job.state, job.message) == ("cancelled", "Cancelled. What was found so far is kept.")
    assert job.done == len(pulls_of(path)) > 0
    with Study.read(path) as study:
        assert study.outgrowths() and study.spent()["calls"] == job.calls


def test_a_killed_worker_is_noticed_and_what_it_had_done_is_continued(folder: Path) -> None:
    path = made(folder)
    jobs.start(path)
    running = seen(path, lambda job: job.state == "running" and job.calls > 20)[-1]
    os.kill(running.pid, signal.SIGKILL)
    job = ended(path)[-1]
    assert job.state == "interrupted"
    assert "Nothing finished is lost: continue it." in job.message
    with Study.read(path) as study:
        asked = {each["key"] for each in study.select("SELECT key FROM calls")}
    jobs.start(path)
    job = ended(path)[-1]
    assert (job.state, job.message, job.done) == ("finished", "", BUDGET)
    assert pulls_of(path) == list(range(1, BUDGET + 1))
    with closing(sqlite3.connect(path)) as file:
        assert asked <= {key for (key,) in file.execute("SELECT key FROM calls")}
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    ("member", "sentence"),
    [
        (ModelSpec("Keyless", "openai/gpt-4o", EVERY_ROLE, key_env="NO_SUCH_KEY_HERE"), "environment variable NO_SUCH_KEY_HERE"),
        (ModelSpec("Unpriced", "openai/nobody-knows-1", EVERY_ROLE), "What do these models cost: Unpriced"),
    ],
    ids=["no key", "no price"],
)
def test_a_job_that_cannot_begin_says_why(folder: Path, member: ModelSpec, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_KEY_HERE", raising=False)
    path = made(folder)
    # As in a study from elsewhere: here the key is missing, or the price list no longer has the model.
    Study.note(path, panel=as_mapping(Panel("lame", (*panel("simulated").models, member))))
    jobs.start(path)
    job = ended(path)[-1]
    assert job.state == "paused"
    assert sentence in job.message and member.name in job.message
    assert pulls_of(path) == []


def test_a_job_nobody_works_on_is_cancelled_at_once(folder: Path) -> None:
    path = made(folder)
    jobs.cancel(path)
    assert (watch(path).state, watch(path).message) == ("cancelled", jobs.CANCELLED)


def test_a_worker_without_heartbeat_counts_as_interrupted(folder: Path) -> None:
    path = made(folder)
    Study.note(path, job={"state": "starting", "heartbeat": time.time() - jobs.DEAD - 1})
    assert watch(path).state == "interrupted", "it never came up"
    Study.note(path, job={"state": "running", "heartbeat": time.time() - jobs.DEAD - 1, "pid": os.getpid()})
    assert watch(path).state == "interrupted", "another process has its number now"
    Study.note(path, job=GONE)
    assert watch(path).state == "interrupted"
    Study.note(path, job={"state": "running", "heartbeat": time.time(), "pid": os.getpid()})
    assert watch(path).state == "running"


def test_another_process_with_the_number_of_the_worker_is_not_the_worker(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(folder)
    monkeypatch.setattr(worker, "born", {os.getpid(): 7}.get)
    for began, state in ((7, "running"), (6, "interrupted"), (0, "running")):
        Study.note(path, job={"state": "running", "heartbeat": time.time(), "pid": os.getpid(), "born": began})
        assert watch(path).state == state


def test_processes_are_told_apart_by_when_they_began() -> None:
    with subprocess.Popen(["sleep", "60"]) as later:
        both = (worker.born(os.getpid()), worker.born(later.pid))
        later.kill()
    assert both == (0, 0) if not Path("/proc/self/stat").is_file() else 0 < both[0] < both[1]
    assert worker.born(2**22 + 1) == 0


def test_the_time_left_is_known_from_the_first_reply_on() -> None:
    began = Job(calls=100, done=2, forecast=300)
    assert jobs.seconds_left(began, 9.0, done=2, total=12, calls=100) is None, "no reply yet"
    # 250 of 300 requests are left of a forecast of 300 for 12 units; 5 came in 10 s
    assert jobs.seconds_left(began, 10.0, done=2, total=12, calls=105) == pytest.approx(2 * (300 * 10 / 12 - 5))
    assert jobs.seconds_left(began, 30.0, done=4, total=12, calls=190) == pytest.approx(15 * 8), "a finished unit tells more"
    beyond = jobs.seconds_left(began, 600.0, done=2, total=12, calls=400)
    assert beyond == pytest.approx(2), "more requests than forecast: one is left at least, never less than none"


def test_what_a_worker_takes_to_load_is_no_part_of_its_pace(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It loads for 40 s, then sends: five replies come in the next 10 s, and 295 of the forecast 300 are left."""
    seconds, requests, client = [1000.0], [0], SimpleNamespace(in_flight=0)
    monkeypatch.setattr(jobs, "BEAT", 0.0)
    monkeypatch.setattr(jobs, "asked", lambda study: {"calls": requests[0], "cached": 0})
    monkeypatch.setattr(jobs, "time", SimpleNamespace(time=lambda: seconds[0]))

    async def watched(study: Study) -> list[Any]:
        heart = asyncio.create_task(jobs.beating(study, client, Job(forecast=300, heartbeat=1000.0), lambda: (0, 12)))  # type: ignore[arg-type]
        told = []
        for seconds[0], client.in_flight, requests[0] in ((1000.0, 0, 0), (1040.0, 0, 0), (1045.0, 2, 0), (1050.0, 2, 5)):
            await asyncio.sleep(0)
            told.append(study.meta("job")["seconds_left"])
        heart.cancel()
        return told

    with Study.write(made(folder)) as study:
        assert asyncio.run(watched(study)) == [None, None, None, pytest.approx(10 / 5 * 295)]
