"""Long jobs in a process of their own: start, watch, pause, continue, cancel. All state lies in the study file.

A page or the command line starts the worker (`python -m adaem_core generate --study FILE`, or another act). It writes a heartbeat;
a job whose heart has stopped counts as interrupted, and starting it again continues it (docs/decisions/jobs-outlive-the-browser.md).
"""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

from pydantic import TypeAdapter

from adaem_core.archive import foreign
from adaem_core.archive.study import Study
from adaem_core.errors import AdaemError, BadInput
from adaem_core.faults import STRICT, faults
from adaem_core.folders import own
from adaem_core.work import acts, worker

if TYPE_CHECKING:  # pages import this module and must not wait for the client's libraries
    from adaem_core.chat.client import Client

CANCELLED = "Cancelled. What was found so far is kept."
NO_KEYS: Mapping[str, str] = {}  # beside those in the environment
BEAT = 1.0  # seconds between heartbeats
QUIET = 30.0  # seconds after which a command whose work takes long says that it goes on
State = Literal["new", "starting", "running", "pausing", "paused", "finished", "cancelled", "interrupted"]
Progress = Callable[[], tuple[int, int]]  # units of work done, and all there are
DEAD = 20.0  # seconds without one after which a job counts as interrupted


@dataclass(frozen=True)
class Job:
    """How a study's work stands."""

    state: State = "new"
    message: str = ""  # why it stopped or came to nothing, in words for the user
    act: str = "generate"  # what the worker does, one of `acts`
    arguments: dict[str, Any] = field(default_factory=dict)  # the act's fields
    done: int = 0  # pulls of a run, questions of an examination
    total: int = 0
    calls: int = 0  # requests this study has made, cached ones included
    cached: int = 0
    tokens: int = 0
    cost: float = 0.0  # US dollars
    seconds: float = 0.0  # working time over all sessions
    seconds_left: float | None = None  # None until the first reply of this session
    forecast: int = 0  # requests the whole takes, about
    heartbeat: float = 0.0  # seconds since 1970
    pid: int = 0
    born: int = 0  # when that process began, as `worker.born` tells it

    @property
    def active(self) -> bool:
        """True while a worker is on it."""
        return self.state in ("starting", "running", "pausing")


KINDS = {name: TypeAdapter(kind, config=STRICT) for name, kind in get_type_hints(Job).items()}


def studies_dir() -> Path:
    """Return the folder of the studies; the environment variable ADAEM_STUDIES_DIR moves it."""
    return Path(os.environ.get("ADAEM_STUDIES_DIR") or own() / "studies")


def studies() -> list[Path]:
    """Return the study files, the newest first; what is no study, or no file at all, is told when it is opened.

    Raises AdaemError where the folder cannot be looked through.
    """
    folder = studies_dir()
    try:
        return sorted((folder / name for name in os.listdir(folder) if name.endswith(".db")), key=changed, reverse=True)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise AdaemError(
            f"The studies in {folder} cannot be looked through ({error.strerror}). Make it a folder that can be read, "
            "or name another one in the environment variable ADAEM_STUDIES_DIR."
        ) from error


def changed(path: Path) -> float:
    """Return when a file was last changed, seconds since 1970; 0 for one that is gone meanwhile."""
    try:
        return path.lstat().st_mtime
    except FileNotFoundError:
        return 0.0


def start(path: Path, act: str = "", *, keys: Mapping[str, str] = NO_KEYS, **arguments: Any) -> None:
    """Start work on the study at `path` in a worker process, or continue what was last begun.

    `keys` are variables with the keys of who starts it: its process alone gets them, and they stand in no file.
    BadInput if a worker is on it already, if it is foreign to this computer, or if it names work that the studio does not know.
    """
    if (job := watch(path)).active:
        raise BadInput(f"{path.stem} is {job.state} already.")
    job = replace(job, act=act, arguments=arguments, done=0, total=0, seconds=0.0) if act else job
    act_word, *words = acts.command(job.act, job.arguments)
    foreign.check(path)
    Study.note(path, job=asdict(replace(job, state="starting", message="", heartbeat=time.time(), pid=0)), job_request="")
    try:
        worker.begin([act_word, "--study", str(path.resolve()), *words], path.with_suffix(".log"), keys)
    except AdaemError:
        Study.note(path, job=asdict(job))  # nobody is on it
        raise


def watch(path: Path) -> Job:
    """Return how the job stands; `interrupted` if its worker has died."""
    with Study.read(path) as study:
        request = study.meta("job_request", "")  # first: who stops clears it, and must not seem to run on
        stored = study.meta("job")
    job = remembered(stored)
    if not job.active:
        return job
    if abs(time.time() - job.heartbeat) > DEAD or (job.pid and not (worker.alive(job.pid) and job.born in (0, worker.born(job.pid)))):
        return replace(job, state="interrupted", message="The worker stopped without a word. Nothing finished is lost: continue it.")
    return replace(job, state="pausing") if request else job


def remembered(stored: dict[str, Any] | None) -> Job:
    """Return the job as the study file holds it, be it of an older version; a new one where it holds none. BadInput where it is damaged."""
    known = {each.name: stored[each.name] for each in fields(Job) if each.name in stored} if isinstance(stored, dict) else {}
    if isinstance(words := known.get("arguments"), list) and all(isinstance(each, str) for each in words):
        known["arguments"] = acts.fields_of(words)
    if wrong := [name for name, value in known.items() if faults(KINDS[name], value)]:
        raise BadInput(f"The file does not say how its work stands: damaged are {', '.join(wrong)}. Choose another copy of the study.")
    job = Job(**known)
    acts.check(job.act, job.arguments)
    return job


def pause(path: Path) -> None:
    """Ask the worker to stop after the requests in flight; it can be continued."""
    Study.note(path, job_request="pause")


def cancel(path: Path) -> None:
    """Ask the worker to stop for good; what was found so far stays."""
    Study.note(path, job_request="cancel")
    if not (job := watch(path)).active:
        Study.note(path, job=asdict(replace(job, state="cancelled", message=CANCELLED)))


@asynccontextmanager
async def working(study: Study, client: "Client", act: str, progress: Progress, forecast: int, **arguments: Any) -> AsyncIterator[None]:
    """Keep the job's heart beating around the work, which takes about `forecast` requests, and store that it finished; errors pass through."""
    began = time.time()
    first = remembered(study.meta("job"))
    start_line = replace(first, act=act, arguments=arguments, done=progress()[0], forecast=forecast, heartbeat=began, **asked(study))
    if first.state != "starting":  # `start` has cleared it already: what stands there was asked for while this worker came up
        study.set_meta(job_request="")
    heart = asyncio.create_task(beating(study, client, start_line, progress))
    try:
        yield
    finally:
        heart.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await heart
        ended = standing(study, start_line, progress, began)
        study.set_meta(job=asdict(ended))
    study.set_meta(job=asdict(replace(ended, state="finished")))


async def beating(study: Study, client: "Client", start_line: Job, progress: Progress) -> None:
    """Store how the work stands once a second, pass a page's request to stop on to the client, and let nobody wait in silence."""
    told, since = start_line, start_line.heartbeat
    while True:
        now = standing(study, start_line, progress, since)
        study.set_meta(job=asdict(now))
        if now.calls == start_line.calls and not client.in_flight:
            since = now.heartbeat  # loading libraries tells nothing of the pace
        if now.done > told.done or now.heartbeat - told.heartbeat >= QUIET:
            told = speak(told, now)
        if study.meta("job_request"):
            client.pause()
        await asyncio.sleep(BEAT)


def speak(told: Job, now: Job) -> Job:
    """Write to standard error how the work goes on where nothing was finished since `told`, and return what is known now."""
    if now.done == told.done:
        sys.stderr.write(
            f"{now.done:,} of {now.total:,} done; still at work, {now.calls - told.calls:,} replies in the last {now.heartbeat - told.heartbeat:.0f} s\n"
        )
    return now


def standing(study: Study, start_line: Job, progress: Progress, since: float) -> Job:
    """Return the job's figures now; `start_line` is how it stood when this session began, at its `heartbeat`, and models are asked `since` then."""
    spent, (done, total), now, calls = study.spent(), progress(), time.time(), asked(study)
    return replace(
        start_line,
        state="running",
        message="",
        done=done,
        total=total,
        **calls,
        tokens=int(spent["tokens"]),
        cost=spent["cost"],
        seconds=start_line.seconds + now - start_line.heartbeat,
        seconds_left=seconds_left(start_line, now - since, done, total, calls["calls"]),
        heartbeat=now,
        pid=os.getpid(),
        born=worker.born(os.getpid()),
    )


def asked(study: Study) -> dict[str, Any]:
    """Return how many requests the study has made, and how many of them the cache answered."""
    return study.select("SELECT COUNT(*) AS calls, COALESCE(SUM(cached), 0) AS cached FROM calls")[0]


def seconds_left(start_line: Job, worked: float, done: int, total: int, calls: int) -> float | None:
    """Return how long the rest will take at this session's pace: of its units, or until one is finished of its requests; None before the first."""
    units, requests = done - start_line.done, calls - start_line.calls
    if units:
        return worked / units * (total - done)
    if not requests or not total:
        return None
    return worked / requests * max(start_line.forecast * (total - done) / total - requests, 1.0)


def remark(study: Study, message: str) -> None:
    """Store what the user should know of work that has finished."""
    study.set_meta(job=asdict(replace(remembered(study.meta("job")), message=message)))


def stopped(study: Study, error: AdaemError) -> None:
    """Store why the work stopped."""
    request = study.meta("job_request")
    state: State = "cancelled" if request == "cancel" else "paused"
    message = {"cancel": CANCELLED, "pause": "Paused. Continue whenever you like."}.get(request, str(error))
    job = remembered(study.meta("job"))
    study.set_meta(job=asdict(replace(job, state=state, message=message)), job_request="")
