"""A cache of its own for every test here, save the embeddings: the same sentences need not be embedded for each."""

import os
from pathlib import Path

import pytest

from tests.end_to_end.apparatus import Done, run

BUDGET = 60


@pytest.fixture(scope="session")
def embeddings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the embeddings that the tests share."""
    return tmp_path_factory.mktemp("embeddings")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, embeddings: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the cache of this test, with no reply in it."""
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "embeddings").symlink_to(embeddings)
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(folder))
    monkeypatch.chdir(tmp_path)  # nothing may be written where the tests were started
    return folder


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """Return the study of a run with the simulated panel and default settings, and what the command said: minutes, so once."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADAEM_CACHE_DIR", str(folder / "cache"))
        os.makedirs(folder / "cache")
        done = run("generate", "--study", folder / "whole.db", "--budget", BUDGET, "--json")
    assert done.status == 0, done.said
    return folder / "whole.db", done
