"""Same settings and seed, same benchmark, byte for byte: at any number of requests at once, in one go or killed and resumed."""

import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from adaem_core.archive.study import Study
from tests.end_to_end.apparatus import Forked, benchmark_of, cache_in, panel_file, recorded, remote_panel, wait_for
from tests.loopback import Loopback

KILLS, AT_ONCE, LATENCY = 10, 16, 0.02
SIZE = ("--budget", "4", "--max-topics", "2", "--wave", "2", "--kept", "2")  # every arm is pulled twice


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    """Return one server for all runs: its address is part of the panel, and so of the edition."""
    with remote_panel(LATENCY) as made:
        yield made


@pytest.fixture(scope="module")
def uninterrupted(server: Loopback, embeddings: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, int]:
    """Return the benchmark of a run in one go, 64 requests at once, and how many requests it took."""
    folder = tmp_path_factory.mktemp("whole")
    cache_in(folder, embeddings)
    return whole(server, folder, "--concurrency", 64)


def whole(server: Loopback, folder: Path, *words: object) -> tuple[bytes, int]:
    """Return the benchmark of a run in one go without a reply in `folder/cache`, and how many requests the server got."""
    before = server.count
    done = Forked(folder, "generate", "--study", folder / "s.db", "--panel", panel_file(folder, server), *SIZE, *words).ended()
    assert done.status == 0, done.said
    return benchmark_of(folder / "s.db"), server.count - before


def test_one_request_at_a_time_gives_the_same_benchmark(server: Loopback, tmp_path: Path, uninterrupted: tuple[bytes, int]) -> None:
    assert server.peak > AT_ONCE, "the other run was to send many at once"
    server.peak, server.latency = 0, 0.0
    own = tmp_path / "own"  # where the vectors are made anew, too
    own.mkdir()
    assert whole(server, own, "--concurrency", 1) == uninterrupted
    assert server.peak == 1
    server.latency = LATENCY


def test_another_seed_gives_another_benchmark(server: Loopback, tmp_path: Path, uninterrupted: tuple[bytes, int]) -> None:
    assert whole(server, tmp_path, "--seed", 2)[0] != uninterrupted[0]


def test_killed_at_ten_random_moments_it_ends_the_same_and_asks_nothing_twice(
    server: Loopback, tmp_path: Path, embeddings: Path, uninterrupted: tuple[bytes, int]
) -> None:
    """A kill loses the requests in flight and no other. Every third time the cache is deleted, too: the study answers for itself.

    The last time its vectors go as well; before, they are those of the run in one go, as making them again is most of the time.
    """
    reference, needed = uninterrupted
    study, began = tmp_path / "s.db", server.count
    words = ("generate", "--study", study, "--panel", panel_file(tmp_path, server), "--concurrency", AT_ONCE, *SIZE)
    rng = np.random.default_rng(20)
    moments = np.sort(rng.choice(np.arange(1, needed), KILLS, replace=False))
    server.peak = 0
    lost = 0
    for number, moment in enumerate(moments):
        killed = Forked(tmp_path, *words)
        wait_for(lambda process=killed.process, moment=moment: server.count - began >= moment or not process.is_alive())
        time.sleep(rng.uniform(0, LATENCY))
        killed.tell(signal.SIGKILL)
        assert killed.ended().status is None, "it was to be killed on its way"
        assert wait_for(lambda: server.now == 0)
        in_flight = server.count - began - recorded(study) - lost
        assert 0 <= in_flight <= AT_ONCE
        lost += in_flight
        if number % 3 == 2:
            shutil.rmtree(tmp_path / "cache")
            if number < KILLS - 3:
                cache_in(tmp_path, embeddings)
    done = Forked(tmp_path, *words).ended()
    assert done.status == 0, done.said
    assert server.peak <= AT_ONCE
    assert server.count - began == needed + lost
    with Study.read(study) as found:
        assert lost <= found.lost()["calls"] <= KILLS * AT_ONCE, "what was paid and not recorded is counted"
    assert benchmark_of(study) == reference
