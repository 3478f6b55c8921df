"""Draw a map of questions in a process of its own: start, watch. Closing the browser changes nothing.

A page starts the worker (`python -m adaem_core project …`); embedding many questions takes minutes and UMAP compiles for half a
minute in every new process. All state is a small file beside the finished pictures (`landscape.project`), under the same address, with a lock that its worker holds.
Data flow: `texts → <address>.jsonl → worker → vectors, PCA, picture; <address>.json tells how far it is`.
"""

import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import orjson

from adaem_core.archive.companions import free_lock, locked
from adaem_core.archive.writing import write_whole
from adaem_core.chat.embed import WHEEL, Embedder
from adaem_core.landscape import sealed
from adaem_core.landscape.project import (
    Projection,
    Vectors,
    address,
    folder,
    project,
    store,
    store_vectors,
    stored,
    stored_vectors,
)
from adaem_core.work import worker

BATCH = 256  # texts embedded between two reports
STARTING = "Starting"  # while the worker comes up
COMING_UP = 60.0  # seconds it may take on a slow computer


@dataclass(frozen=True)
class Drawing:
    """How the work on a picture stands."""

    state: str = "new"  # new, running, finished, failed
    step: str = ""  # what is being done, in words
    done: int = 0  # texts embedded
    total: int = 0
    message: str = ""  # why it failed
    pid: int = 0
    at: float = 0.0  # when its worker was begun, seconds since 1970


def start(texts: Sequence[str], method: str, seed: int = 0) -> None:
    """Draw the picture in a worker process, unless one is on it already. `texts` are single lines, none empty (`words.one_line`)."""
    at = address(texts, WHEEL, method, seed)
    if watch(at).state == "running":
        return
    given = folder() / f"{at}.jsonl"
    write_whole(given, b"".join(orjson.dumps({"text": each}) + b"\n" for each in texts))
    options = ["--in", str(given), "--column", "text", "--method", method, "--seed", str(seed), "--json"]
    pid = worker.begin(["project", *options], given.with_suffix(".log"), {})
    note(at, Drawing("running", STARTING, 0, len(texts), pid=pid, at=time.time()))


def watch(at: str) -> Drawing:
    """Return how the picture under an address stands; `failed` if its worker has died without a word."""
    drawing = noted(at)
    if drawing.state == "running" and not at_work(at, drawing) and noted(at) == drawing:  # it may have finished meanwhile
        return replace(drawing, state="failed", message="The worker stopped without a word. Start it again.")
    return drawing


def at_work(at: str, drawing: Drawing) -> bool:
    """Say whether a worker draws it: another process may have the number of one that was killed, but not its lock."""
    if drawing.step == STARTING:
        return worker.alive(drawing.pid) and abs(time.time() - drawing.at) < COMING_UP
    if lock := free_lock(status_file(at)):
        lock.release()
    return lock is None and worker.alive(drawing.pid)


def noted(at: str) -> Drawing:
    """Return what this computer stored last about the picture."""
    content = sealed.kept(status_file(at))
    return Drawing(**orjson.loads(content)) if content else Drawing()


def note(at: str, drawing: Drawing) -> None:
    """Store how the picture stands."""
    sealed.keep(status_file(at), orjson.dumps(asdict(drawing)))


def status_file(at: str) -> Path:
    """Return the file that tells how the picture under an address stands."""
    return folder() / f"{at}.json"


def draw(texts: Sequence[str], method: str, seed: int) -> Projection:
    """Return the picture of the texts, from the cache if it is there; tell on the way how far it is. PCA is kept first: it takes no time."""
    at = address(texts, WHEEL, method, seed)
    begun = Drawing("running", STARTING, 0, len(texts), pid=os.getpid(), at=time.time())
    note(at, begun)
    with locked(status_file(at)):
        try:
            vectors = embedded(texts, at, replace(begun, step="Embedding the questions"))
            for each in dict.fromkeys(("pca", method)):
                note(at, replace(begun, step=f"Arranging the questions by {each.upper()}", done=len(texts)))
                made = drawn(texts, vectors, each, seed)
        except BaseException as error:
            note(at, replace(begun, state="failed", message=str(error) or "It was interrupted. Start it again."))
            raise
        note(at, replace(begun, state="finished", step="", done=len(texts)))
    return made


def drawn(texts: Sequence[str], vectors: Vectors, method: str, seed: int) -> Projection:
    """Return one picture, from the cache if it is there."""
    at = address(texts, WHEEL, method, seed)
    if (known := stored(at)) is not None:
        return known
    made = project(vectors, method, seed)
    store(at, made)
    return made


def embedded(texts: Sequence[str], at: str, begun: Drawing) -> Vectors:
    """Return unit vectors of the texts, a batch at a time, each told in the status."""
    if (known := stored_vectors(texts, WHEEL)) is not None:
        return known
    embed = Embedder(WHEEL)
    try:
        for first in range(0, len(texts), BATCH):
            note(at, replace(begun, done=first))
            embed.sentences_now(texts[first : first + BATCH])
        vectors = embed.sentences_now(texts)
    finally:
        embed.close()
    store_vectors(texts, WHEEL, vectors)
    return vectors
