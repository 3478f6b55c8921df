"""What all tests share: every database is closed; a seeded generator; the real embedding model, loaded once, with a cache of its own."""

import gc
from collections.abc import Iterator

import numpy as np
import pytest

from adaem_core.chat.embed import Embedder
from tests import databases


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
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedder]:
    """Return the studio's embedder on an empty cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADAEM_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        made = Embedder()
    yield made
    made.close()


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator with a fixed seed."""
    return np.random.default_rng(20)
