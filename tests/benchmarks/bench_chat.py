"""Speed of the way to models: `python -m tests.benchmarks.bench_chat`, or `pytest tests/benchmarks/bench_chat.py -m benchmark -s`.

A loopback server in a process of its own answers after 200 ms; 64 requests at a time go through LiteLLM alone, then through
our client with study and cache. Then the same requests are replayed from a warm cache into a new study, and from the study.
"""

import asyncio
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from adaem_core.archive.study import Study
from adaem_core.chat.client import Client, open_client
from adaem_core.chat.endpoint.provider import load
from adaem_core.messages import Params, Request
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.records import Topic
from adaem_core.settings import ChatSettings

ROOT = Path(__file__).resolve().parents[2]
CALLS, AT_ONCE, LATENCY = 1500, 64, 0.2
WARM_UP = 128
PROMPT = "Answer the question with exactly 3 key points. " * 12


@dataclass(frozen=True)
class Speed:
    """How fast so many calls went."""

    name: str
    calls: int
    seconds: float  # wall clock
    computing: float  # seconds of this process's CPU

    def __str__(self) -> str:
        return f"{self.name:<44}{self.calls / self.seconds:>10,.0f} calls/s{1000 * self.computing / self.calls:>10.2f} ms CPU a call"


@contextmanager
def server(latency: float) -> Iterator[str]:
    """Yield the address of a loopback server in another process."""
    command = [sys.executable, "-m", "tests.loopback", "--latency", str(latency)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["url"]
        process.stdin.close()


def requests(count: int) -> list[Request]:
    return [Request("calm", ({"role": "user", "content": f"{PROMPT}{number}"},), Params(max_tokens=200)) for number in range(count)]


async def timed(name: str, complete: Callable[[Request], Awaitable[object]], asked: Sequence[Request]) -> Speed:
    """Return the speed of completing all requests, started together; how many run at once is up to `complete`."""
    start, computing = time.perf_counter(), time.process_time()
    await asyncio.gather(*(complete(each) for each in asked))
    return Speed(name, len(asked), time.perf_counter() - start, time.process_time() - computing)


async def alone(url: str, name: str) -> Speed:
    """Return the speed of LiteLLM without us."""
    litellm, gate = load(), asyncio.Semaphore(AT_ONCE)

    async def complete(request: Request) -> object:
        async with gate:
            return await send(request)

    def send(request: Request) -> Awaitable[object]:
        return litellm.acompletion(
            model="openai/calm",
            messages=list(request.messages),
            api_base=url,
            api_key="none",
            temperature=1.0,
            top_p=0.95,
            max_tokens=200,
            timeout=60,
            num_retries=0,
            max_retries=0,
            drop_params=True,
        )

    await timed("", complete, requests(WARM_UP))
    found = await timed(name, complete, requests(CALLS))
    await litellm.close_litellm_async_clients()
    litellm.in_memory_llm_clients_cache.flush_cache()
    return found


@asynccontextmanager
async def ours(folder: Path, url: str, study: str) -> AsyncIterator[Client]:
    spec = ModelSpec("calm", "openai/calm", (Role.P1,), api_base=url, input_price=1.0, output_price=2.0)
    settings = ChatSettings(concurrency=AT_ONCE, max_cost=1000.0)
    path = folder / study
    held = Study.write(path) if path.exists() else Study.create(path, {"title": study}, [Topic("T001", "Topic?")])
    with held:
        async with open_client(Panel("bench", (spec,)), settings, held, folder / "cache") as client:
            yield client


async def first_time(folder: Path, url: str) -> Speed:
    """Return the speed of our client on requests never made before."""
    async with ours(folder, url, "first.db") as client:
        await timed("", client.complete, [Request("calm", each.messages, each.params, 1) for each in requests(WARM_UP)])
        return await timed("our client, with study and cache", client.complete, requests(CALLS))


async def again(folder: Path, url: str, study: str, name: str) -> Speed:
    """Return the speed of our client when everything is known."""
    async with ours(folder, url, study) as client:
        found = await timed(name, client.complete, requests(CALLS))
        assert client.cached + client.recalled == CALLS
        return found


def measure() -> list[Speed]:
    """Return all speeds; LiteLLM alone is measured before and after, because the machine's speed drifts."""
    with tempfile.TemporaryDirectory() as made, server(LATENCY) as url:
        folder = Path(made)
        load()
        gc.unfreeze()  # LiteLLM alone as a program without us would run it
        plain = asyncio.run(alone(url, "LiteLLM alone"))
        gc.collect()
        gc.freeze()
        return [
            plain,
            asyncio.run(alone(url, "LiteLLM alone, our collector setting")),
            asyncio.run(first_time(folder, url)),
            asyncio.run(again(folder, url, "second.db", "replay: cache to a new study")),
            asyncio.run(again(folder, url, "first.db", "replay: from the study")),
        ]


def report(speeds: Sequence[Speed]) -> str:
    plain, frozen, client = speeds[:3]
    extra = [1000 * (client.computing / CALLS - each.computing / CALLS) for each in (plain, frozen)]
    ideal = f"ideal: {AT_ONCE / LATENCY:,.0f} calls/s at {AT_ONCE} at once and {1000 * LATENCY:.0f} ms"
    return "\n".join([*map(str, speeds), ideal, f"ours on top of LiteLLM: {extra[0]:.2f} ms CPU a call ({extra[1]:.2f} at equal setting)"])


@pytest.mark.benchmark
def test_speed_of_the_client() -> None:
    sys.stdout.write("\n" + report(measure()) + "\n")


if __name__ == "__main__":
    sys.stdout.write(report(measure()) + "\n")
