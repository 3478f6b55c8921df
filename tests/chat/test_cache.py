"""The disk cache: what goes in comes out, and nothing in a cache file can run code."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from diskcache import Cache

from adaem_core.chat.cache import ReplyCache, cache_folder, packed, unpacked
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
    with Cache(str(tmp_path / "replies")) as raw:
        raw.set("k", stored)
    with closing(ReplyCache(tmp_path)) as cache:
        assert cache.get("k") is None


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path(tmp_path / "went off").touch, ())

    with Cache(str(tmp_path / "replies")) as raw:
        raw.set("k", Bomb())
    with closing(ReplyCache(tmp_path)) as cache:
        assert cache.get("k") is None
    assert not (tmp_path / "went off").exists()


def test_only_json_is_stored(tmp_path: Path) -> None:
    cache = ReplyCache(tmp_path)
    cache.set("k", REPLY)
    cache.close()
    with closing(sqlite3.connect(tmp_path / "replies" / "cache.db")) as file:
        [(mode, value)] = file.execute("SELECT mode, value FROM Cache").fetchall()
    assert unpacked("k", value).text == REPLY.text
    assert mode == 1  # diskcache's MODE_RAW


def test_the_variable_moves_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("ADAEM_CACHE_DIR")
    assert cache_folder() == Path(__file__).parents[2] / "cache"


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(AdaemError, match=r"cache in .*file cannot be used.*ADAEM_CACHE_DIR"):
        ReplyCache(tmp_path / "file")
