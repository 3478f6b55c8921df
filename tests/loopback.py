"""An OpenAI-compatible server of our own on loopback: plays answers, faults and whole panels, and counts what it receives.

    with Loopback({"calm": "Stance: Yes", "busy": [Reply(status=429, headers={"Retry-After": "7"}), "at last"]}) as server:
        spec = ModelSpec("Calm", "openai/calm", roles, api_base=server.url)

A script is a text, a `Reply`, a list of them (one per request, the last one repeats) or a function of the request's body.
`python -m tests.loopback --latency 0.2 --brain package.module:function` runs it alone; `function(messages) -> text`.
`GET /stats` returns the counts, so that a test can count across processes.
"""

import argparse
import asyncio
import importlib
import json
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from adaem_core.chat import consent

Body = dict[str, Any]
AGREED = ("", "LOOPBACK_SECRET_KEY", "LOOPBACK_KEY_OF_BOREAL", "BOREAL_TEST_KEY")  # variables whose values tests send here


@dataclass(frozen=True)
class Reply:
    """What the server does with one request."""

    text: str = "Stance: Yes"
    status: int = 200
    latency: float = 0.0  # seconds
    headers: Mapping[str, str] = field(default_factory=dict)
    usage: tuple[int, int] | None = (10, 5)  # prompt and completion tokens; None: the endpoint reports none
    finish: str = "stop"
    error: Mapping[str, Any] | None = None  # body of the error; None: a plain one for `status`
    raw: str | None = None  # the body as it is, readable or not
    drop: bool = False  # close the connection without a reply
    served_by: str | None = None  # model id reported; None: the one asked for
    logprob: float | None = None  # log-probability of every token; None: the endpoint returns none


Step = str | Reply
Script = Step | Sequence[Step] | Callable[[Body], Step]


class Loopback:
    """The server, in a thread with an event loop of its own. `scripts` maps model names to scripts; "*" plays all others."""

    def __init__(self, scripts: Mapping[str, Script] | Script, *, latency: float = 0.0, port: int = 0) -> None:
        self.scripts: Mapping[str, Script] = scripts if isinstance(scripts, Mapping) else {"*": scripts}
        self.latency, self.port = latency, port
        self.requests: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.counts: Counter[str] = Counter()
        self.now, self.peak = 0, 0  # requests under way, and the most there ever were
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def count(self) -> int:
        """Requests received, all models together."""
        return self.counts.total()

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        for variable in AGREED:
            consent.allow(consent.Sending(variable, f"http://127.0.0.1:{self.port}"))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> None:
        app = web.Application(client_max_size=2**26)
        for path in ("chat/completions", "completions", "moderations"):
            app.router.add_post(f"/v1/{path}", self._serve)
        app.router.add_get("/stats", self._stats)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, backlog=512)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _stats(self, _: web.Request) -> web.Response:
        return web.json_response({"count": self.count, "models": self.counts, "peak": self.peak})

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        self.counts[body["model"]] += 1
        self.now += 1
        self.peak = max(self.peak, self.now)
        try:
            return await self._play(request, body, self._step(body))
        finally:
            self.now -= 1

    def _step(self, body: Body) -> Reply:
        script = self.scripts.get(body["model"], self.scripts.get("*"))
        if script is None:
            return Reply(status=404, error={"message": f"The model `{body['model']}` does not exist", "code": "model_not_found"})
        if callable(script):
            script = script(body)
        if isinstance(script, Sequence) and not isinstance(script, str):
            script = script[min(self.counts[body["model"]], len(script)) - 1]
        return Reply(script) if isinstance(script, str) else script

    async def _play(self, request: web.Request, body: Body, reply: Reply) -> web.StreamResponse:
        if latency := reply.latency or self.latency:
            await asyncio.sleep(latency)
        if reply.drop:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if reply.raw is not None:
            return web.Response(text=reply.raw, status=reply.status, content_type="application/json", headers=reply.headers)
        return web.json_response(self._content(request.path, body, reply), status=reply.status, headers=reply.headers)

    def _content(self, path: str, body: Body, reply: Reply) -> Body:
        if reply.status != 200:
            return {"error": dict(reply.error or {"message": f"status {reply.status}", "type": "error", "code": None})}
        if path.endswith("moderations"):
            flagged = reply.text != "SAFE"
            categories = {"violence": flagged, "hate": False}
            return {"id": "m", "model": body["model"], "results": [{"flagged": flagged, "categories": categories, "category_scores": {}}]}
        made = {"id": "x", "created": 1, "model": reply.served_by or body["model"], "choices": [self._choice(path, body, reply)]}
        if reply.usage is not None:
            made["usage"] = dict(zip(("prompt_tokens", "completion_tokens", "total_tokens"), (*reply.usage, sum(reply.usage)), strict=True))
        return made | {"object": "chat.completion" if "chat" in path else "text_completion"}

    def _choice(self, path: str, body: Body, reply: Reply) -> Body:
        choice: Body = {"index": 0, "finish_reason": reply.finish, "logprobs": None}
        if "chat" in path:
            if body.get("logprobs") and reply.logprob is not None:
                choice["logprobs"] = {"content": [scored(token, reply.logprob) for token in tokens(reply.text)]}
            return choice | {"message": {"role": "assistant", "content": reply.text}}
        text = body["prompt"] + "!" if body.get("echo") else reply.text
        if body.get("logprobs") is not None and reply.logprob is not None:
            choice["logprobs"] = echoed(text, reply.logprob)
        return choice | {"text": text}


def tokens(text: str) -> list[str]:
    """Return the text in pieces of at most four characters: a toy tokenizer whose pieces cross word boundaries."""
    return [text[start : start + 4] for start in range(0, len(text), 4)]


def scored(token: str, logprob: float) -> Body:
    return {"token": token, "logprob": logprob, "bytes": None, "top_logprobs": [{"token": token, "logprob": logprob, "bytes": None}]}


def echoed(text: str, logprob: float) -> Body:
    """Return the legacy form: parallel lists, the first token without a log-probability; later tokens differ by 0.01."""
    pieces = [*tokens(text[:-1]), text[-1]]
    numbers = [None, *(logprob - number / 100 for number in range(1, len(pieces)))]
    offsets = [4 * number for number in range(len(pieces) - 1)] + [len(text) - 1]
    return {"tokens": pieces, "token_logprobs": numbers, "text_offset": offsets, "top_logprobs": None}


def played_by(brain: Callable[[list[dict[str, str]]], str]) -> Script:
    """Return a script that lets `brain(messages) -> text` answer for every model of a panel."""
    return lambda body: brain(body["messages"])


def found(name: str) -> Callable[..., str]:
    """Return the function named `package.module:function`."""
    module, _, function = name.partition(":")
    made: Callable[..., str] = getattr(importlib.import_module(module), function)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--brain", default="", help="package.module:function, called with the messages")
    options = parser.parse_args()
    script: Script = played_by(found(options.brain)) if options.brain else "Stance: Yes"
    with Loopback(script, latency=options.latency, port=options.port) as server:
        sys.stdout.write(json.dumps({"url": server.url}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()  # until the parent closes our input or dies


if __name__ == "__main__":
    main()
