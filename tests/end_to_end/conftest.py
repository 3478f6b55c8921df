"""A cache of its own for every test here, save the embeddings: the same sentences need not be embedded for each."""

from pathlib import Path

import pytest

from tests.end_to_end.apparatus import cache_in, run
from tests.shared import made_once

BUDGET = 20


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, embeddings: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the cache of this test, with no reply in it."""
    folder = cache_in(tmp_path, embeddings)
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(folder))
    monkeypatch.chdir(tmp_path)  # nothing may be written where the tests were started
    return folder


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory: pytest.TempPathFactory, embeddings: Path) -> Path:
    """Return the study of a run with the simulated panel and default settings: a minute, so once; no test writes to it.

    Twenty pulls: already then the gains that are asserted lie more than nine standard errors above their bounds.
    """

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ADAEM_CACHE_DIR", str(cache_in(folder, embeddings)))
            done = run("generate", "--study", folder / "whole.db", "--budget", BUDGET, "--json")
        assert done.status == 0, done.said

    return made_once(tmp_path_factory, "whole", make) / "whole.db"
