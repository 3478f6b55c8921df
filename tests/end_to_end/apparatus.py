"""The command line as a user runs it: in this process, or in one of its own that is to be stopped or killed."""

import contextlib
import io
import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import yaml

from adaem_core.archive.opening import exists
from adaem_core.archive.study import Study
from adaem_core.chat.simulated.respond import respond
from adaem_core.work.cli import main
from tests import forks
from tests.loopback import Body, Loopback, Reply, Script

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """How a command ended and what it wrote."""

    status: int | None  # None: killed
    out: str
    said: str  # on standard error

    @property
    def told(self) -> dict[str, Any]:
        """The JSON object printed last on standard output."""
        found: dict[str, Any] = orjson.loads(self.out.splitlines()[-1])
        return found

    @property
    def sentence(self) -> str:
        """The last line on standard error: what the user is told."""
        return self.said.strip().splitlines()[-1]


def run(*words: object) -> Done:
    """Return how the command ended, run in this process."""
    out, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:  # the grammar's own refusal
            status = int(end.code or 0)
    return Done(status, out.getvalue(), said.getvalue())


class Forked:
    """A command in a process of its own, with `folder/cache` as its cache and `variables` in its environment."""

    def __init__(self, folder: Path, *words: object, **variables: str) -> None:
        self.files = folder / "out.txt", folder / "said.txt"
        self.process = forks.begin(words, *self.files, os.environ | {"ADAEM_CACHE_DIR": str(folder / "cache")} | variables)

    def tell(self, number: signal.Signals) -> None:
        """Send a signal, unless the command has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid or 0, number)

    def ended(self, patience: float = 240.0) -> Done:
        """Return how it ended."""
        self.process.join(patience)
        status = self.process.exitcode
        assert status is not None, "the command did not end"
        out, said = (file.read_text() for file in self.files)
        return Done(None if status < 0 else status, out, said)


def cache_in(folder: Path, embeddings: Path) -> Path:
    """Return a new cache `folder/cache` with no reply in it and the vectors of `embeddings`."""
    made = folder / "cache"
    made.mkdir(parents=True)
    (made / "embeddings").symlink_to(embeddings)
    return made


def wait_for(moment: Callable[[], bool], patience: float = 60.0) -> bool:
    """Return True once `moment` holds, False when it does not within so many seconds."""
    limit = time.monotonic() + patience
    while not moment():
        if time.monotonic() > limit:
            return False
        time.sleep(0.005)
    return True


def played(body: Body) -> Reply:
    """Return what the simulated model of that name says, with a usage as long as its texts."""
    text = respond(body["model"], body["messages"])
    asked = sum(len(each["content"]) for each in body["messages"])
    return Reply(text, usage=(asked // 4, len(text) // 4))


def remote_panel(latency: float = 0.0, **scripts: Script) -> Loopback:
    """Return a server that plays the simulated panel; `scripts` replace single models."""
    return Loopback({"*": played, **scripts}, latency=latency)


def panel_file(folder: Path, server: Loopback, changes: Mapping[str, Mapping[str, Any]] | None = None, **fields: Any) -> Path:
    """Return a panel file with the simulated panel's models behind the server; `fields` apply to all, `changes` to single ones."""
    content = yaml.safe_load((ROOT / "data" / "panels" / "simulated.yaml").read_text(encoding="utf-8"))
    for model in content["models"]:
        remote = {"model": f"openai/{model['name']}", "api_base": server.url, "input_price": 1.0, "output_price": 2.0}
        model.update(remote | fields | (changes or {}).get(model["name"], {}))
    path = folder / "remote.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def select(path: Path, query: str, *parameters: object) -> list[dict[str, Any]]:
    """Return the rows of a query on the study at `path`."""
    with Study.read(path) as study:
        return study.select(query, parameters)


def recorded(path: Path) -> int:
    """Return how many replies the study holds that were paid for; none if it was killed before it was made."""
    if not exists(path):
        return 0
    return int(select(path, "SELECT COUNT(*) AS n FROM calls WHERE NOT cached")[0]["n"])


def benchmark_of(path: Path) -> bytes:
    """Return the bytes of the benchmark file of the study at `path`."""
    out = path.with_suffix(".jsonl")
    done = run("benchmark", "--study", path, "--out", out)
    assert done.status == 0, done.said
    return out.read_bytes()
