"""What all tests share: workers that leave each other the cores; every database closed; a seeded generator; the real embedding model and its vectors."""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import settings

from adaem_core.chat.embed import Embedder
from tests import databases
from tests.order import dealt
from tests.shared import common

MOST = 8  # workers: each takes a gigabyte
settings.register_profile("no clock", deadline=None)  # none decides in a test: a busy machine is no fault
settings.load_profile("no clock")


def pytest_configure(config: pytest.Config) -> None:
    """Give the tests a computer of their own to trust, whose folder all workers and whatever they start share, and no keyring: none is theirs."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    if "ADAEM_MACHINE_DIR" not in os.environ:
        own = TemporaryDirectory(prefix="machine-")
        config.add_cleanup(own.cleanup)
        os.environ["ADAEM_MACHINE_DIR"] = own.name


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Generator[None, int, int]:
    """Return one worker a core, none where somebody watches what is printed (`-s`), as benchmarks want it.

    Workers inherit the variables: each library's arithmetic keeps to one thread, as all cores are taken.
    """
    cores = yield
    if config.option.capture == "no":
        return 0
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"))
    return min(cores, MOST)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests."""
    items[:] = dealt(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


@pytest.fixture(scope="session", autouse=True)
def connections() -> Iterator[list[str]]:
    """Watch every SQLite connection of this process; those in circles of objects are found at the end."""
    with databases.watched() as forgotten:
        yield forgotten
        gc.collect()
        told(forgotten)


@pytest.fixture(autouse=True)
def every_database_is_closed(connections: list[str]) -> Iterator[None]:
    """Fail the test after which a connection ended unclosed."""
    yield
    told(connections)


def told(forgotten: list[str]) -> None:
    """Fail if a connection was forgotten; tell each once."""
    found, forgotten[:] = forgotten[:], []
    assert not found, "a database was left open; it was opened here:\n" + "\n".join(found)


@pytest.fixture(scope="session")
def embeddings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the vectors that all tests share, empty when they begin: no text is embedded twice."""
    folder = common(tmp_path_factory) / "embeddings"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def embedder(embeddings: Path) -> Iterator[Embedder]:
    """Return the studio's embedder, which remembers in the shared folder."""
    made = Embedder(folder=embeddings.parent)
    yield made
    made.close()


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator with a fixed seed."""
    return np.random.default_rng(20)
