"""Killed at any moment, a study asks again for nothing it already has an answer to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.chat.apparatus import KEY, KEY_VARIABLE, study
from tests.loopback import Loopback, Reply

ROOT = Path(__file__).resolve().parents[2]
CALLS, AT_ONCE = 60, 4
WORKER = f"""
import asyncio, sys
from pathlib import Path
from adaem_core.chat.client import open_client
from adaem_core.settings import ChatSettings
from tests.chat.apparatus import ask, panel, spec, study

async def work(folder, url):
    with study(folder) as held:
        settings = ChatSettings(concurrency={AT_ONCE})
        member = spec(api_base=url, key_env="{KEY_VARIABLE}")
        async with open_client(panel(member), settings, held, folder / sys.argv[3]) as client:
            await asyncio.gather(*(client.complete(ask(sample=number)) for number in range({CALLS})))

asyncio.run(work(Path(sys.argv[1]), sys.argv[2]))
"""


def worker(folder: Path, url: str, cache: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), url, cache], cwd=ROOT, env={**os.environ, KEY_VARIABLE: KEY}, stderr=subprocess.DEVNULL
    )


def test_a_killed_worker_continues_where_it_stopped(tmp_path: Path) -> None:
    with Loopback(Reply("yes", latency=0.02)) as server:
        killed = worker(tmp_path, server.url, "cache")
        deadline = time.monotonic() + 60
        while server.count < CALLS // 3 and time.monotonic() < deadline:
            time.sleep(0.002)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert server.count < CALLS, "the worker was to be killed on its way"
        # Another cache: the study alone must know what was answered.
        assert worker(tmp_path, server.url, "other").wait(60) == 0
        assert server.peak <= AT_ONCE
    with study(tmp_path) as held:
        lost = held.lost()
        assert CALLS <= server.count <= CALLS + lost["calls"] <= CALLS + AT_ONCE
        assert held.spent()["calls"] == CALLS + lost["calls"]
        assert held.spent()["tokens"] == CALLS * 15 + lost["tokens"]
