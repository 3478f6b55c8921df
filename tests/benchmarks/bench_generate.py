"""How much the studio adds to the models' own time: `python -m pytest -m benchmark -s tests/benchmarks/bench_generate.py`.

Prints figures and asserts none about time. The ideal of a run is the longer of two: its longest chain of requests that
must wait for each other, and its requests divided by how many may be under way, each times the latency.
"""

import time
from pathlib import Path

import pytest

from adaem_core.store import Study
from tests.runs import begin, finish, panel_file, remote_panel

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(900)]
AT_ONCE = 64


def longest_chain(path: Path) -> int:
    """Return the requests that wait for each other in a study of one wave: write (2), then per question answer and recognise (2),
    four per rewrite, guard (1), answer and recognise again with P2 (2)."""
    with Study.read(path) as study:
        tried = study.select("SELECT COUNT(*) AS n FROM attempts GROUP BY question_id")
    return 2 + max(2 + 4 * (each["n"] - 1) + 1 + 2 for each in tried)


@pytest.mark.parametrize(("latency", "pulls"), [(1.0, 48), (0.2, 24)])
def test_wall_clock_against_the_ideal(tmp_path: Path, latency: float, pulls: int) -> None:
    with remote_panel(latency=latency) as server:
        began = time.monotonic()
        run = begin(
            tmp_path,
            "--panel",
            str(panel_file(tmp_path, server)),
            "--budget",
            str(pulls),
            "--wave",
            str(pulls),
            "--concurrency",
            str(AT_ONCE),
        )
        status, told, said = finish(run, patience=900)
        seconds = time.monotonic() - began
    assert status == 0, said
    calls, chain = sum(told["calls"].values()), longest_chain(tmp_path / "study.db")
    ideal = latency * max(chain, calls / AT_ONCE)
    print(f"\nlatency {latency} s, {AT_ONCE} at once: {calls} calls in {told['seconds']:.1f} s ({calls / told['seconds']:.0f} a second), "
          f"process {seconds:.1f} s; ideal {ideal:.1f} s (chain of {chain}); ratio {told['seconds'] / ideal:.3f}, with start-up {seconds / ideal:.3f}")  # fmt: skip


def test_warm_re_run_into_a_new_study(tmp_path: Path) -> None:
    with remote_panel() as server:
        arguments = ("--panel", str(panel_file(tmp_path, server)), "--budget", "12", "--wave", "12", "--concurrency", "64")
        assert finish(begin(tmp_path, *arguments))[0] == 0
        (tmp_path / "study.db").unlink()
        asked = server.count
        status, told, said = finish(begin(tmp_path, *arguments))
        assert status == 0 and server.count == asked, said
    calls = sum(told["calls"].values())
    print(f"\nwarm re-run: {calls} calls replayed in {told['seconds']:.2f} s ({calls / told['seconds']:.0f} a second), none made")


def test_simulated_demo_run(tmp_path: Path) -> None:
    began = time.monotonic()
    status, told, said = finish(begin(tmp_path, "--budget", "10"))
    assert status == 0, said
    print(f"\nsimulated run, budget 10: {time.monotonic() - began:.1f} s for {sum(told['calls'].values())} calls")
