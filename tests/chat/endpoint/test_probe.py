"""Testing a connection: one request, and what it showed."""

import pytest

from adaem_core.chat.endpoint.probe import Probe, probe
from tests.chat.apparatus import KEY, KEY_VARIABLE, panel, run, spec
from tests.loopback import Loopback, Reply


def probed(reply: Reply, **more: object) -> tuple[Probe, Loopback]:
    with Loopback({"calm": reply}) as server:
        member = spec("calm", api_base=server.url, key_env=KEY_VARIABLE, **more)
        ticks = iter((10.0, 12.5))
        return run(probe(panel(member), member, lambda: next(ticks))), server


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)


def test_abilities_are_what_was_observed() -> None:
    able, server = probed(Reply('{"ready": true}', logprob=-0.1, served_by="calm-v2"))
    assert able == Probe("calm", True, "calm answered in 2.5 s, served by calm-v2.", 2.5, logprobs=True, json=True, served_by="calm-v2")
    assert server.count == 1
    plain, _ = probed(Reply("Sure! I am ready."))
    assert (plain.ok, plain.logprobs, plain.json) == (True, False, False)


def test_failure_is_a_sentence() -> None:
    found, server = probed(Reply(status=401, error={"message": f"wrong key {KEY}"}))
    assert not found.ok
    assert KEY_VARIABLE in found.sentence
    assert KEY not in found.sentence
    assert server.count == 1


def test_a_model_that_thinks_first_gets_its_room() -> None:
    _, server = probed(Reply("{}"), max_tokens=3000)
    assert server.requests[0]["max_tokens"] == 3000
