"""What all tests share: a seeded generator; the real embedding model, loaded once, with a cache of its own."""

from collections.abc import Iterator

import numpy as np
import pytest

from adaem_core.chat.embed import Embedder


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
