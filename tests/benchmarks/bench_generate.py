"""How much the studio adds to the models' own time: `python -m tests.benchmarks.bench_generate`, or `pytest -m benchmark -s` on this file.

A loopback server plays the panel; the engine runs in another process. Prints figures and asserts none about time.
The ideal of a run is the longer of two: the longest chain of requests that wait for each other, and all requests divided by how many
may be under way, each times the latency. With INSPECT_PYTHON naming an interpreter that has inspect_ai, that is measured beside.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from tests.runs import ROOT, panel_file, remote_panel

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]
AT_ONCE = 64
Figures = dict[str, Any]


def measured(folder: Path, *words: object, module: str = "measured", python: str = sys.executable) -> Figures:
    """Return the figures that a process of its own printed."""
    command = [python, "-m", f"tests.benchmarks.{module}", *map(str, words)]
    environment = os.environ | {"ADAEM_CACHE_DIR": str(folder / "cache")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def longest_chain(path: Path) -> int:
    """Return the requests that wait for each other, added up over the waves of the study at `path` (all of one size).

    In a wave: fact and question (2), then for each question answer and recognise (2), four per rewrite (reflect, rewrite, answer,
    recognise), guard (1), answer and recognise with P2 (2). Repair turns, which the simulated panel never needs, are not counted.
    """
    query = """SELECT questions.pull, COUNT(*) AS tried FROM attempts JOIN questions ON questions.id = question_id GROUP BY question_id"""
    with Study.read(path) as study:
        tried, wave = study.select(query), settings_of(study).generate.wave
    waves: dict[int, int] = {}
    for each in tried:
        number = (each["pull"] - 1) // wave
        waves[number] = max(waves.get(number, 0), 2 + 2 + 4 * (each["tried"] - 1) + 1 + 2)
    return sum(waves.values())


def against_the_ideal(folder: Path, latency: float, pulls: int) -> None:
    """Say how long one wave of `pulls` takes, libraries loaded, beside the ideal; at 200 ms also beside others."""
    path = folder / "study.db"
    with remote_panel(latency=latency) as server:
        panel = panel_file(folder, server)
        size = ("--budget", pulls, "--wave", pulls, "--concurrency", AT_ONCE)
        ours = measured(folder, "generate", "--study", path, "--panel", panel, *size)
        calls, chain = ours["calls"], longest_chain(path)
        ideal = latency * max(chain, calls / AT_ONCE)
        say(
            f"generate, {latency:g} s latency, {AT_ONCE} at once, wave of {pulls}: {calls} calls in {ours['seconds']:.1f} s = "
            f"{calls / ours['seconds']:.0f} a second; ideal {ideal:.1f} s (chain {chain}); ratio {ours['seconds'] / ideal:.3f}"
        )
        if latency < 1:
            shutil.rmtree(folder / "cache" / "replies")
            again = measured(folder, "generate", "--study", folder / "again.db", "--panel", panel, *size)
            beside(folder, ours, again, server.url)


def beside(folder: Path, ours: Figures, again: Figures, url: str) -> None:
    """Say how LiteLLM alone and inspect_ai fare with as many calls, and what the engine computes on top of LiteLLM.

    `again` is the same run once more, all calls made anew, but with the opinions' vectors from the cache: computing those belongs
    to the score and not to the calls.
    """
    calls = ours["calls"]
    assert not again["cached"]
    say(f"the same, all calls made anew but the opinions' vectors known: {again['calls'] / again['seconds']:.0f} a second")
    alone = measured(folder, "litellm", folder / "study.db", url, AT_ONCE)
    say(f"LiteLLM alone, the same calls: {calls / alone['seconds']:.0f} a second, {1000 * alone['cpu'] / calls:.2f} ms CPU a call")
    engine = 1000 * (again["cpu"] - again["embedding"]) / calls
    say(
        f"generate: {engine:.2f} ms CPU a call, {engine - 1000 * alone['cpu'] / calls:.2f} on top of LiteLLM; "
        f"and {1000 * ours['embedding'] / calls:.2f} of embedding"
    )
    python = os.environ.get("INSPECT_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import inspect_ai"], capture_output=True, check=False).returncode:
        say("inspect_ai: not installed (INSPECT_PYTHON may name an interpreter that has it)")
        return
    other = measured(folder, url, calls, AT_ONCE, module="inspect_alone", python=python)
    say(f"inspect_ai, as many samples: {calls / other['seconds']:.0f} a second, {1000 * other['cpu'] / calls:.2f} ms CPU a sample")


def warm(folder: Path) -> None:
    """Say how fast a study is made again from a warm cache; no call may be made."""
    with remote_panel() as server:
        words = ("--panel", panel_file(folder, server), "--budget", 24, "--wave", 24, "--concurrency", AT_ONCE)
        measured(folder, "generate", "--study", folder / "first.db", *words)
        asked = server.count
        again = measured(folder, "generate", "--study", folder / "second.db", *words)
        assert server.count == asked and again["cached"] == again["calls"]
    say(f"warm re-run into a new study: {again['calls']} calls, none made, {again['calls'] / again['seconds']:.0f} a second replayed")


def demo(folder: Path) -> None:
    """Say how long the simulated demo run takes, from the command to its end."""
    command = [sys.executable, "-m", "adaem_core", "generate", "--study", str(folder / "demo.db"), "--budget", "10"]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=os.environ | {"ADAEM_CACHE_DIR": str(folder / "cache")}, capture_output=True, check=True)
    say(f"simulated demo run, budget 10, empty cache: {time.perf_counter() - start:.1f} s from command to end")


def first_page(folder: Path) -> None:
    """Say how long the first page takes in a fresh process, and which large libraries it imports."""
    found = measured(folder, "page")
    say(f"first page: {found['seconds']:.2f} s, {found['modules']} modules, large ones: {', '.join(found['heavy']) or 'none'}")


def test_wall_clock_at_one_second(tmp_path: Path) -> None:
    against_the_ideal(tmp_path, 1.0, 48)


def test_wall_clock_and_computing_at_200_ms(tmp_path: Path) -> None:
    against_the_ideal(tmp_path, 0.2, 48)


def test_warm_re_run(tmp_path: Path) -> None:
    warm(tmp_path)


def test_demo_run(tmp_path: Path) -> None:
    demo(tmp_path)


def test_first_page(tmp_path: Path) -> None:
    first_page(tmp_path)


if __name__ == "__main__":
    for work in (
        demo,
        first_page,
        warm,
        lambda folder: against_the_ideal(folder, 0.2, 24),
        lambda folder: against_the_ideal(folder, 1.0, 48),
    ):
        with tempfile.TemporaryDirectory() as made:
            work(Path(made))
