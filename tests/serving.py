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
from websockets.typing import Subprotocol

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


def asked(port: int, path: str, headers: Mapping[str, str], method: str = "GET", body: str = "") -> Answered:
    """Send one request with exactly these headers, Host included, and return the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(body.encode())
    answer = connection.getresponse()
    told = {name.lower(): value for name, value in answer.getheaders()}
    text = "" if answer.status == 101 else answer.read().decode("utf-8", "replace")
    connection.close()
    return Answered(answer.status, told, text)


class Visit:
    """One browser session without a browser."""

    def __init__(self, port: int, **headers: str) -> None:
        self.socket: ClientConnection = connect(
            f"ws://127.0.0.1:{port}{STREAM}",
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=headers,
            max_size=None,
            open_timeout=60,
            ping_interval=None,
        )
        self.page = self.query = self.session = ""
        self.widgets: dict[str, str] = {}  # label of a text field or button → its id, as the page last sent it

    def open(self, page: str = "", query: str = "") -> str:
        """Open a page at its address and return everything the server sends until its script has ended, as text."""
        self.page, self.query = page, query
        return self.run()

    def press(self, button: str, **typed: str) -> str:
        """Type into text fields, press a button, all by their labels, and return what the server sends."""
        told = BackMsg()
        for label, value in typed.items():
            told.rerun_script.widget_states.widgets.add(id=self.widgets[label], string_value=value)
        told.rerun_script.widget_states.widgets.add(id=self.widgets.get(button, button), trigger_value=True)
        return self.run(told)

    def run(self, told: BackMsg | None = None) -> str:
        """Have the page's script run and return everything the server sends until it has ended, as text."""
        told = told or BackMsg()
        told.rerun_script.page_name, told.rerun_script.query_string = self.page, self.query
        self.socket.send(told.SerializeToString())
        self.widgets = {}
        return "\n".join(map(self.noted, self.sent()))

    def noted(self, message: ForwardMsg) -> str:
        """Return a message as text, and note the widgets it brings."""
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
        if message.WhichOneof("type") != "delta":
            return str(message)
        kind = message.delta.new_element.WhichOneof("type")
        if kind in ("text_input", "button"):
            widget = getattr(message.delta.new_element, kind)
            self.widgets[widget.label] = widget.id
        return message.SerializeToString().decode("utf-8", "replace")  # its texts stand in it as they are

    def sent(self) -> Iterator[ForwardMsg]:
        """Yield messages until the script has ended for good; one that starts anew has only begun."""
        while True:
            message = ForwardMsg()
            message.ParseFromString(bytes(self.socket.recv(timeout=60, decode=False)))
            yield message
            if message.WhichOneof("type") == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return

    def close(self) -> None:
        """End the visit."""
        self.socket.close()
