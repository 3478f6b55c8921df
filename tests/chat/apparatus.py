"""What the tests of this folder share: a clock that only moves when slept on, a scripted provider, and clients on both."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from adaem_core.archive.study import Study
from adaem_core.chat.cache import ReplyCache
from adaem_core.chat.client import Client
from adaem_core.chat.endpoint.provider import LiteLLMProvider
from adaem_core.chat.retry import Timer
from adaem_core.messages import Completion, Params, Request
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.records import Topic
from adaem_core.settings import ChatSettings
from tests.loopback import Loopback

Found = TypeVar("Found")
KEY = "sk-proj-4f9aVERYsecret77"
KEY_VARIABLE = "LOOPBACK_SECRET_KEY"


class Clock:
    """Time that passes only by sleeping; remembers every sleep."""

    def __init__(self) -> None:
        self.time, self.sleeps = 0.0, list[float]()

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    @property
    def timer(self) -> Timer:
        return Timer(now=lambda: self.time, sleep=self.sleep, jitter=lambda: 0.0)


class Scripted:
    """A provider that asks a function for each reply and remembers every request."""

    def __init__(self, play: Callable[[Request], Awaitable[Completion]]) -> None:
        self.play, self.requests, self.now, self.peak = play, list[Request](), 0, 0

    async def send(self, spec: ModelSpec, request: Request) -> Completion:
        self.requests.append(request)
        self.now += 1
        self.peak = max(self.peak, self.now)
        try:
            return await self.play(request)
        finally:
            self.now -= 1

    async def aclose(self) -> None:
        """Nothing to free."""


async def answer(request: Request) -> Completion:
    """Return an echo after one turn of the loop, using 10 and 5 tokens."""
    await asyncio.sleep(0)
    return Completion(f"answer to {request.messages[-1]['content']}", prompt_tokens=10, completion_tokens=5)


def spec(name: str = "calm", **more: Any) -> ModelSpec:
    return ModelSpec(name, f"openai/{name}", (Role.P1,), **{"input_price": 1.0, "output_price": 2.0, **more})


def panel(*specs: ModelSpec) -> Panel:
    return Panel("test", specs or (spec(),))


def ask(text: str = "Is it so?", model: str = "calm", sample: int = 0, **params: Any) -> Request:
    return Request(model, ({"role": "user", "content": text},), Params(**{"max_tokens": 50, **params}), sample)


def study(folder: Path, name: str = "study.db") -> Study:
    path = folder / name
    return Study.write(path) if path.exists() else Study.create(path, {"title": "t"}, [Topic("T001", "Topic?")])


def scripted(folder: Path, provider: Scripted, *specs: ModelSpec, held: Study | None = None, **settings: Any) -> Client:
    """Return a client on a scripted provider and a clock of its own; must be made within a running loop."""
    return Client(panel(*specs), ChatSettings(**settings), held, ReplyCache(folder / "cache"), provider, Clock().timer)


def real(folder: Path, server: Loopback, clock: Clock, *names: str, held: Study | None = None, timeout: float = 30, **more: Any) -> Client:
    """Return a client that goes through LiteLLM to the loopback server."""
    settings = ChatSettings(timeout=max(timeout, 1), retries=3)
    specs = [spec(name, **{"api_base": server.url, "key_env": KEY_VARIABLE, **more}) for name in names]
    return Client(panel(*specs), settings, held, ReplyCache(folder / "cache"), LiteLLMProvider(timeout), clock.timer)


def run(work: Awaitable[Found]) -> Found:
    """Return the result of a coroutine run in a loop of its own."""

    async def whole() -> Found:
        return await work

    return asyncio.run(whole())
