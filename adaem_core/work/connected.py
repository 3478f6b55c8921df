"""Work that talks to models for a study: from first to last request, a client; however it ends, the job says why.

Data flow: `study, panel → client`; `work → what stopped it, stored`.
"""

import asyncio
import signal
import sys
import threading
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.chat.client import Client, open_client
from adaem_core.errors import AdaemError
from adaem_core.panels import Panel
from adaem_core.work import caps, jobs, loops
from adaem_core.work.telling import unrecorded


def to_the_end(study: Study, work: Coroutine[Any, Any, None]) -> None:
    """Do a long piece of work to its end, told first what an earlier worker left unrecorded; why it stopped before is stored, then raised."""
    if told := unrecorded(study.lost()):
        sys.stderr.write(told + "\n")
    try:
        loops.finish(work, lambda: jobs.pause(study.path))
    except AdaemError as error:
        jobs.stopped(study, error)
        raise


@asynccontextmanager
async def connected(study: Study, panel: Panel) -> AsyncIterator[Client]:
    """Give a client of the panel that works for the study; Ctrl-C and SIGTERM pause it where they can be heard: in the main thread."""
    async with open_client(panel, caps.held(settings_of(study).chat, study.path), study) as client:
        for stop in (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ():
            asyncio.get_running_loop().add_signal_handler(stop, client.pause)
        yield client
