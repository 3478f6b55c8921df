"""The disk cache: what goes in comes out. What others put into it is tried in tests/hostile/test_cache.py."""

import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from diskcache import Cache

from adaem_core.chat.cache import ReplyCache, cache_folder, packed, unpacked
from adaem_core.chat.store import NAME, SEAL_BYTES, SealedStore
from adaem_core.errors import AdaemError
from adaem_core.messages import Completion, TokenProbability

REPLY = Completion(
    "Ja, natürlich ✓",
    "k",
    logprobs=(TokenProbability("Ja", -0.1, {"Ja": -0.1, "Nein": -2.5}),),
    prompt_tokens=3,
    cost=0.25,
    adapted=("top_p",),
    served_by="m",
)


def test_a_reply_survives_a_new_process(tmp_path: Path) -> None:
    first = ReplyCache(tmp_path)
    first.set("k", REPLY)
    first.close()
    with closing(ReplyCache(tmp_path)) as second:
        found = second.get("k")
    assert found is not None
    assert found.cached
    assert packed(found) == packed(REPLY)
    assert (found.key, found.logprobs, found.adapted) == ("k", REPLY.logprobs, ("top_p",))


def test_large_replies_survive_too(tmp_path: Path) -> None:
    with closing(ReplyCache(tmp_path)) as cache:
        cache.set("big", Completion("x" * 200_000))
        found = cache.get("big")
    assert found is not None
    assert len(found.text) == 200_000


@pytest.mark.parametrize("stored", [b"{cut off", b"[]", b'{"unknown_field": 1}'])
def test_an_unreadable_entry_counts_as_absent(tmp_path: Path, stored: bytes) -> None:
    with closing(SealedStore(tmp_path / "replies", "cached reply")) as raw:
        raw.set("k", stored)
    with closing(ReplyCache(tmp_path)) as cache:
        assert cache.get("k") is None


def test_a_cache_from_before_seals_goes_on_without_its_replies(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Cache(str(tmp_path / "replies"), eviction_policy="none") as old:
        old.set("k", packed(REPLY))
        old.set("big", packed(Completion("x" * 200_000)))
    [beside] = (tmp_path / "replies").rglob("*.val")
    with closing(ReplyCache(tmp_path)) as cache:
        assert (cache.get("k"), cache.get("big")) == (None, None)
        for key in ("k", "big"):
            cache.set(key, REPLY)
            assert cache.get(key) is not None
    assert not caplog.messages
    assert beside.exists()


def test_only_json_is_stored(tmp_path: Path) -> None:
    cache = ReplyCache(tmp_path)
    cache.set("k", REPLY)
    cache.close()
    with closing(sqlite3.connect(tmp_path / "replies" / NAME)) as file:
        [(mode, value)] = file.execute("SELECT mode, value FROM Cache").fetchall()
    assert unpacked("k", value[SEAL_BYTES:]).text == REPLY.text
    assert mode == 1  # diskcache's MODE_RAW


def test_the_variable_moves_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("ADAEM_CACHE_DIR")
    assert cache_folder() == Path(__file__).parents[2] / "cache"


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(AdaemError, match=r"cache in .*file/replies cannot be used.*ADAEM_CACHE_DIR"):
        ReplyCache(tmp_path / "file")


def begin(folder: str) -> int:
    """Open a cache, keep a reply under the number of this process and return the number."""
    with closing(ReplyCache(Path(folder))) as cache:
        cache.set(str(os.getpid()), REPLY)
    return os.getpid()


def test_processes_that_begin_a_cache_at_once_share_it(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as many:
        found = set(many.map(begin, [str(tmp_path)] * 16))
    with closing(ReplyCache(tmp_path)) as cache:
        assert all(cache.get(str(each)) for each in found)
    assert {each.name for each in (tmp_path / "replies").iterdir()} == {NAME}
