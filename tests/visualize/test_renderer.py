"""One browser draws all pictures of a process: for several visitors at once, again where it died, and it leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import plotly.graph_objects as go
import pytest

from adaem_core.archive.origin import Origin
from adaem_core.errors import AdaemError
from adaem_core.visualize.picture import picture
from adaem_core.visualize.renderer import renderer

OF = Origin(simulated=False)


def figure(word: str) -> go.Figure:
    return go.Figure(go.Bar(x=[word], y=[1]), layout={"height": 200})


def browser() -> int:
    """Return the process id of the browser in use."""
    assert renderer().browser is not None
    return int(renderer().browser.subprocess.pid)  # type: ignore[union-attr]


def test_all_pictures_come_from_one_browser_whatever_it_could_not_draw() -> None:
    picture(figure("a"), "svg", OF)
    first = browser()
    with pytest.raises(AdaemError, match="HTML"):
        picture(figure("b"), "gif", OF)
    picture(figure("c"), "png", OF)
    assert browser() == first


def test_everybody_gets_their_own_picture() -> None:
    words = [f"visitor{number}" for number in range(6)]
    with ThreadPoolExecutor(6) as visitors:
        drawn = list(visitors.map(lambda word: picture(figure(word), "svg", OF).decode(), words))
    assert [[word for word in words if word in each] for each in drawn] == [[word] for word in words]


def test_a_browser_that_died_is_begun_anew() -> None:
    picture(figure("a"), "svg", OF)
    dead = browser()
    os.killpg(dead, signal.SIGKILL)
    assert "after" in picture(figure("after"), "svg", OF).decode()
    assert browser() != dead


def test_a_browser_that_dies_while_it_draws_is_begun_anew() -> None:
    picture(figure("a"), "svg", OF)
    points = go.Figure(go.Scatter(x=list(range(5000)), y=list(range(5000)), mode="markers"))
    threading.Timer(0.1, os.killpg, (browser(), signal.SIGKILL)).start()
    assert picture(points, "svg", OF).startswith(b"<svg")


def test_the_browser_ends_with_its_process() -> None:
    script = (
        "import plotly.graph_objects as go; from adaem_core.archive.origin import Origin; from adaem_core.visualize.picture import picture; "
        "from adaem_core.visualize.renderer import renderer; picture(go.Figure(), 'svg', Origin(False)); print(renderer().browser.subprocess.pid)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)
