"""How long a picture takes, the first and the next ones, at three sizes: `python -m pytest -m benchmark -s tests/benchmarks/bench_pictures.py`.

The sizes: win rates of nine models, 300 points, and the question map at 12,310 points. The first of all starts the browser.
"""

import sys
import time

import numpy as np
import plotly.graph_objects as go
import pytest

from adaem_core.archive.origin import Origin
from adaem_core.visualize.picture import picture
from adaem_core.visualize.question_map import map_figure

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]


def cloud(count: int) -> go.Figure:
    """Return a map of `count` points in nine kinds."""
    points = np.random.default_rng(0).normal(size=(count, 2))
    return map_figure(points, [f"question {each}" for each in range(count)], kinds=[f"kind {each % 9}" for each in range(count)])


def test_pictures_at_three_sizes() -> None:
    sizes = {"9 bars": go.Figure(go.Bar(x=list("abcdefghi"), y=list(range(9)))), "300 points": cloud(300), "12,310 points": cloud(12_310)}
    for name, figure in sizes.items():
        for kind in ("png", "svg"):
            times = [timed(figure, kind) for _ in range(4)]
            sys.stdout.write(f"{name}, {kind}: first {times[0]:.2f} s, next {min(times[1:]):.2f} to {max(times[1:]):.2f} s\n")


def timed(figure: go.Figure, kind: str) -> float:
    """Return the seconds one picture takes."""
    start = time.perf_counter()
    picture(figure, kind, Origin(True, "study", "n", "method", "panel", "2026-11-27", "http://127.0.0.1/"))
    return time.perf_counter() - start
