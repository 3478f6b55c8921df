"""The real server, started as the README says, and visitors that need no browser: requests as raw as an attacker's, and whole visits."""

import http.client
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parent.parent
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "MTIzNDU2Nzg5MDEyMzQ1Ng=="}
STREAM = "/_stcore/stream"
OTHER_ADDRESS = "127.0.0.2"  # this computer as well, but not the address the studio keeps to


@contextmanager
def served(log: Path, environment: Mapping[str, str], root: Path = ROOT) -> Iterator[int]:
    """Serve the app in `root` as the README says, and give its port; what it says goes to the file `log`."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    with (
        log.open("wb") as said,
        subprocess.Popen(command, cwd=root, env={**os.environ, **environment}, stdout=said, stderr=said) as server,
    ):
        try:
            wait_until_healthy(port)
            yield port
        finally:
            server.terminate()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_healthy(port: int) -> None:
    """Return when the server answers; fail after a minute."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the app did not start within a minute")


def reached(address: str, port: int) -> bool:
    """Return whether somebody listens there."""
    try:
        socket.create_connection((address, port), timeout=2).close()
    except OSError:
        return False
    return True


@dataclass(frozen=True)
class Answered:
    """What the server says to one request."""

    status: int
    headers: Mapping[str, str]  # names in small letters
    text: str  # empty where a WebSocket was opened


def asked(port: int, path: str, headers: Mapping[str, str], method: str = "GET") -> Answered:
    """Send one request with exactly these headers, Host included, and return the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    told = {name.lower(): value for name, value in answer.getheaders()}
    text = "" if answer.status == 101 else answer.read().decode("utf-8", "replace")
    connection.close()
    return Answered(answer.status, told, text)


class Visit:
    """One browser session without a browser."""

    def __init__(self, port: int) -> None:
        self.socket: ClientConnection = connect(f"ws://127.0.0.1:{port}{STREAM}", subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]

    def open(self, page: str = "", query: str = "") -> str:
        """Open a page at its address and return everything the server sends until its script has ended, as text."""
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = page, query
        self.socket.send(message.SerializeToString())
        return "\n".join(map(str, self.sent()))

    def sent(self) -> Iterator[ForwardMsg]:
        """Yield messages until the script has ended for good; one that starts anew has only begun."""
        while True:
            message = ForwardMsg()
            message.ParseFromString(bytes(self.socket.recv(timeout=60)))  # type: ignore[arg-type]
            yield message
            if message.WhichOneof("type") == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return

    def close(self) -> None:
        """End the visit."""
        self.socket.close()
