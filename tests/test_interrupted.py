"""Same settings and seed, same benchmark, byte for byte: at any number of requests at once, in one go or killed and resumed."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from adaem_core.store import Study
from adaem_core.study_file import exists
from tests.runs import SMALL, begin, benchmark_of, finish, kill_when, panel_file, remote_panel

KILLS, AT_ONCE = 10, 16


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, int]:
    """Return the benchmark of a run in one go, 64 requests at once, and the requests the server got."""
    folder = tmp_path_factory.mktemp("whole")
    with remote_panel() as server:
        status, told, said = finish(
            begin(folder, "--panel", str(panel_file(folder, server, api_base=server.url)), "--concurrency", "64", *SMALL)
        )
        assert status == 0 and told["pulls"] == 3, said
        return benchmark_without_address(folder), server.count


def benchmark_without_address(folder: Path) -> bytes:
    """Return the benchmark; its edition id covers the panel, whose address differs from server to server here."""
    lines = benchmark_of(folder).splitlines()
    return b"\n".join(line.split(b',"edition"')[0] for line in lines)


def test_one_request_at_a_time_gives_the_same_benchmark(tmp_path: Path, uninterrupted: tuple[bytes, int]) -> None:
    with remote_panel() as server:
        status, _, said = finish(begin(tmp_path, "--panel", str(panel_file(tmp_path, server)), "--concurrency", "1", *SMALL))
        assert status == 0, said
        assert server.peak == 1
        assert server.count == uninterrupted[1]
    assert benchmark_without_address(tmp_path) == uninterrupted[0]


def test_another_seed_gives_another_benchmark(tmp_path: Path, uninterrupted: tuple[bytes, int]) -> None:
    with remote_panel() as server:
        assert finish(begin(tmp_path, "--panel", str(panel_file(tmp_path, server)), "--seed", "2", *SMALL))[0] == 0
    assert benchmark_without_address(tmp_path) != uninterrupted[0]


def test_killed_at_ten_random_moments_it_ends_the_same_and_asks_nothing_twice(tmp_path: Path, uninterrupted: tuple[bytes, int]) -> None:
    """Each kill loses the requests in flight and no other. After some kills the cache is deleted, too: the study answers for itself."""
    reference, needed = uninterrupted
    moments = np.sort(np.random.default_rng(20).choice(np.arange(1, needed), KILLS, replace=False))
    lost = 0
    with remote_panel(latency=0.01) as server:
        arguments = ("--panel", str(panel_file(tmp_path, server)), "--concurrency", str(AT_ONCE), *SMALL)
        for number, moment in enumerate(moments):
            before = lost
            kill_when(begin(tmp_path, *arguments), lambda moment=moment: server.count >= moment)
            lost = server.count - recorded(tmp_path)
            assert 0 <= lost - before <= AT_ONCE
            if number % 3 == 2:
                shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        status, told, said = finish(begin(tmp_path, *arguments))
        assert status == 0 and told["pulls"] == 3, said
        assert server.count == needed + lost
    assert benchmark_without_address(tmp_path) == reference


def recorded(folder: Path) -> int:
    """Return how many replies the study holds; none if it was killed before it was made."""
    path = folder / "study.db"
    if not exists(path):
        return 0
    with Study.read(path) as study:
        return int(study.spent()["calls"])
