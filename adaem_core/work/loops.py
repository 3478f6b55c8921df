"""Run asynchronous work to its end wherever it was asked for: a command, a script, a thread, or a notebook, whose own loop is running."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any


def finish(work: Coroutine[Any, Any, None], pause: Callable[[], None]) -> None:
    """Return when the work has ended; its errors pass through. A notebook's interruption calls `pause`, and waits for what that brings."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(work)
        return
    with ThreadPoolExecutor(1) as beside:  # a thread has one loop at a time
        future = beside.submit(asyncio.run, work)
        try:
            wait([future])
        except KeyboardInterrupt:
            while not future.done():  # repeated: work that is only coming up forgets what was asked before
                pause()
                wait([future], timeout=1)
        future.result()
