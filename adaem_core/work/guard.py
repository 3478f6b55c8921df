"""Who may speak to the server: only pages it has served itself, under the names of this computer. Others are turned away before anything runs.

A name that is resolved to this computer by somebody else (DNS rebinding) is no name of it, and another site's page is no page of ours,
whether it asks for a page, a file, an upload or the WebSocket. Nobody else may show the studio in a frame, and nobody is told where it lies.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from adaem_core.folders import STUDIO
from adaem_core.work.lab import lab

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ADDED = (
    (b"content-security-policy", b"frame-ancestors 'self'"),
    (b"x-frame-options", b"SAMEORIGIN"),  # for browsers that do not know the line above
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
PLACE = str(STUDIO / "app.py").encode()  # Streamlit tells every visitor where its script lies
OTHER_NAME = "The studio is not known under this name. On its own computer it is http://localhost; a lab names others in its lab file."
UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/")
KNOWN = 10_000  # visits, whose uploads are taken
OTHER_SITE = "This request comes from a page of another site, and the studio answers its own pages alone."
STRANGER = "Files are taken from who has signed in."
let_in: dict[str, None] = {}  # sessions whose visitor may bring files, the newest last


@dataclass(frozen=True)
class Guard:
    """The application behind it answers what is let through; every answer says that others may not frame it."""

    app: Asgi
    hosts: frozenset[str]  # names without a port, in small letters

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or open one WebSocket."""
        reason = "" if scope["type"] == "lifespan" else refusal(scope["headers"], self.hosts) or strange(scope["path"])
        if not reason:
            await self.app(scope, receive, protecting(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": reason})
        else:
            await turn_away(protecting(send), reason)


def hosts() -> frozenset[str]:
    """Return the names this server is known under: the computer's own, and those in the lab file."""
    shared = lab()
    return LOOPBACK.union(shared.hosts if shared else ())


def refusal(headers: Iterable[tuple[bytes, bytes]], hosts: frozenset[str]) -> str:
    """Return why a request is not answered; empty if it is. One that comes from no page at all (a program) names no origin."""
    told = list(headers)
    named, origins = (
        [value.decode("latin-1").lower() for name, value in told if name.lower() == wanted] for wanted in (b"host", b"origin")
    )
    if len(named) != 1 or host_name(named[0]) not in hosts:
        return OTHER_NAME
    return OTHER_SITE if any(urlsplit(each).netloc != named[0] for each in origins) else ""


def strange(path: str) -> str:
    """Return why a file is not taken: in a lab, from a visit whose visitor has not been let in; empty for all else."""
    found = UPLOAD.search(path)
    return STRANGER if found and found[1] not in let_in and lab() else ""


def let(session: str, *, bring: bool) -> None:
    """Note whether a visit may bring files."""
    let_in.pop(session, None)
    if bring:
        let_in[session] = None
    if len(let_in) > KNOWN:
        del let_in[next(iter(let_in))]


def host_name(host: str) -> str:
    """Return the name in a Host header, without its port; empty for what is none."""
    try:
        parts = urlsplit(f"//{host}")
        whole = host in (f"{parts.hostname}", f"{parts.hostname}:{parts.port}", f"[{parts.hostname}]", f"[{parts.hostname}]:{parts.port}")
    except ValueError:
        return ""
    return parts.hostname or "" if whole else ""


def protecting(send: Send) -> Send:
    """Return what sends an answer on: with the headers that protect its reader, and without the place of the studio."""
    ours = {name for name, _ in ADDED}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in ours]
            message = {**message, "headers": [*kept, *ADDED]}
        elif message["type"] == "websocket.send" and PLACE in (frame := message.get("bytes") or b""):
            message = {**message, "bytes": frame.replace(PLACE, b"." * len(PLACE))}  # as long as before: lengths stand in the frame, too
        await send(message)

    return sending


async def turn_away(send: Send, reason: str) -> None:
    """Answer with the reason alone."""
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain; charset=utf-8")]})
    await send({"type": "http.response.body", "body": reason.encode()})
