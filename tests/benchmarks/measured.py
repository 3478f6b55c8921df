"""What the benchmarks run in processes of their own: `python -m tests.benchmarks.measured generate|litellm|page …`.

Each prints one JSON object: seconds of wall clock and of CPU, with all libraries loaded beforehand, so that only the work counts.
"""

import asyncio
import contextlib
import gc
import io
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from adaem_core.archive.study import Study
from adaem_core.chat import embed
from adaem_core.chat.endpoint import provider
from adaem_core.work.cli import main

WARM_UP = 64
HEAVY = ("litellm", "torch", "sentence_transformers", "plotly", "pandas", "sklearn")
Figures = dict[str, Any]


@contextlib.contextmanager
def clocked(figures: Figures) -> Any:
    """Fill `figures` with the wall clock and CPU seconds of what happens inside."""
    start, computing = time.perf_counter(), time.process_time()
    yield
    figures |= {"seconds": time.perf_counter() - start, "cpu": time.process_time() - computing}


def generate(words: Sequence[str]) -> Figures:
    """Run the command `generate`; `embedding` are the CPU seconds of the embedding threads alone."""
    provider.load()
    embed.load(embed.WHEEL)
    threads = noted_embedding()
    figures: Figures = {}
    out = io.StringIO()
    with clocked(figures), contextlib.redirect_stdout(out):
        status = main(["generate", *words, "--json"])
    assert status == 0, "see standard error"
    told = json.loads(out.getvalue().splitlines()[-1])
    return figures | {"embedding": sum(threads), "calls": sum(told["calls"].values()), "cached": told["cached_calls"]}


def noted_embedding() -> list[float]:
    """Return a list that gets the CPU seconds of every piece of embedding work."""
    threads: list[float] = []
    original = embed.Embedder._run

    async def noted(self: embed.Embedder, work: Callable[[], Any]) -> Any:
        def timed() -> Any:
            start = time.thread_time()
            try:
                return work()
            finally:
                threads.append(time.thread_time() - start)

        return await original(self, timed)

    embed.Embedder._run = noted  # type: ignore[method-assign]
    return threads


def litellm(words: Sequence[str]) -> Figures:
    """Send every request of the study `words[0]` to `words[1]` through LiteLLM alone, at most `words[2]` at once."""
    with Study.read(Path(words[0])) as study:
        calls = [json.loads(row["request"]) | {"model": row["model"]} for row in study.select("SELECT model, request FROM calls")]
    library = provider.load()
    # As in a program without us:
    gc.unfreeze()
    gc.set_threshold(700, 10, 10)
    os.environ.pop(provider.OWN_CLIENT)
    figures: Figures = {"calls": len(calls)}
    asyncio.run(sent(library, calls, words[1], int(words[2]), figures))
    return figures


async def sent(library: Any, calls: Sequence[Any], url: str, at_once: int, figures: Figures) -> None:
    gate = asyncio.Semaphore(at_once)

    async def send(call: Any, **changes: Any) -> None:
        params = {name: call["params"][name] for name in ("temperature", "top_p", "max_tokens")} | changes
        async with gate:
            await library.acompletion(
                model=f"openai/{call['model']}",
                messages=call["messages"],
                api_base=url,
                api_key="none",
                timeout=60,
                num_retries=0,
                max_retries=0,
                **params,
            )

    def together(work: Sequence[Awaitable[None]]) -> Awaitable[Any]:
        return asyncio.gather(*work)

    await together([send(call, max_tokens=7) for call in calls[:WARM_UP]])
    with clocked(figures):
        await together([send(call) for call in calls])
    await library.close_litellm_async_clients()


def page(_: Sequence[str]) -> Figures:
    """Show the first page of the app in a fresh process; `heavy` are the large libraries it has imported."""
    from streamlit.testing.v1 import AppTest

    before = set(sys.modules)
    figures: Figures = {}
    with clocked(figures):
        shown = AppTest.from_file(str(Path(__file__).resolve().parents[2] / "app.py"), default_timeout=60).run()
    assert not shown.exception
    return figures | {"modules": len(set(sys.modules) - before), "heavy": [name for name in HEAVY if name in set(sys.modules) - before]}


ACTS: dict[str, Callable[[Sequence[str]], Figures]] = {"generate": generate, "litellm": litellm, "page": page}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(ACTS[sys.argv[1]](sys.argv[2:])) + "\n")
