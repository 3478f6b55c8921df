"""Work begun where no loop runs, where one runs, in a thread, and interrupted: it ends, or is paused, and its errors arrive."""

import asyncio
import signal
import threading
from concurrent import futures
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from adaem_core.errors import Paused
from adaem_core.work import loops
from adaem_core.work.loops import finish


def ignored() -> None:
    pytest.fail("nobody interrupted")


async def failing() -> None:
    await asyncio.sleep(0)
    raise Paused("Enough.")


def test_work_ends_with_and_without_a_running_loop_and_in_a_thread() -> None:
    seen: list[str] = []

    async def work(name: str) -> None:
        await asyncio.sleep(0)
        seen.append(name)

    async def notebook() -> None:
        finish(work("notebook"), ignored)

    finish(work("script"), ignored)
    asyncio.run(notebook())
    with ThreadPoolExecutor(1) as pool:
        pool.submit(finish, work("thread"), ignored).result()
    assert seen == ["script", "notebook", "thread"]


def test_errors_arrive_as_they_are() -> None:
    async def notebook() -> None:
        finish(failing(), ignored)

    with pytest.raises(Paused, match="Enough"):
        finish(failing(), ignored)
    with pytest.raises(Paused, match="Enough"):
        asyncio.run(notebook())


def test_an_interrupted_notebook_pauses_the_work_even_if_it_is_only_coming_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first request to pause is lost here, as work that starts forgets what was asked of the one before."""
    asked, waiting, main = threading.Semaphore(0), threading.Event(), threading.main_thread().ident

    def wait(*words: Any, **more: Any) -> Any:
        waiting.set()
        return futures.wait(*words, **more)

    async def work() -> None:
        assert main and waiting.wait(10)
        signal.pthread_kill(main, signal.SIGINT)
        assert all(asked.acquire(timeout=10) for _ in range(2))
        raise Paused("Paused.")

    async def notebook() -> None:
        # A notebook's own loop leaves Ctrl-C to Python; `asyncio.run` would take it.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            finish(work(), asked.release)
        finally:
            signal.signal(signal.SIGINT, before)

    monkeypatch.setattr(loops, "wait", wait)
    with pytest.raises(Paused):
        asyncio.run(notebook())
