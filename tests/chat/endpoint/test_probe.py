"""Testing a connection: one request, and what it showed."""

import pytest

from adaem_core.chat import trial
from adaem_core.chat.endpoint.probe import Probe, probed
from tests.chat.apparatus import KEY, KEY_VARIABLE, run, spec
from tests.loopback import Loopback, Reply


def asked(reply: Reply, **more: object) -> tuple[Probe, Loopback]:
    with Loopback({"calm": reply}) as server:
        member = spec("calm", api_base=server.url, key_env=KEY_VARIABLE, **more)
        ticks = iter((10.0, 12.5))
        return run(probed([member], lambda: next(ticks)))[0], server


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)


def test_abilities_are_what_was_observed() -> None:
    able, server = asked(Reply('{"ready": true}', logprob=-0.1, served_by="calm-v2"))
    told = "calm answered in 2.5 s, served by calm-v2."
    assert able == Probe("calm", True, told, 2.5, logprobs=True, json=True, served_by="calm-v2", cost=(10 * 1 + 5 * 2) / 1e6)
    assert server.count == 1
    plain, _ = asked(Reply("Sure! I am ready."))
    assert (plain.ok, plain.logprobs, plain.json) == (True, False, False)


def test_failure_is_a_sentence() -> None:
    found, server = asked(Reply(status=401, error={"message": f"wrong key {KEY}"}))
    assert not found.ok
    assert KEY_VARIABLE in found.sentence
    assert KEY not in found.sentence
    assert server.count == 1


def test_a_model_that_thinks_first_gets_its_room() -> None:
    _, server = asked(Reply("{}"), max_tokens=3000)
    assert server.requests[0]["max_tokens"] == 3000


def test_all_are_asked_and_one_that_fails_spoils_no_other() -> None:
    with Loopback({"calm": Reply("{}", latency=0.3), "busy": Reply(status=401)}) as server:
        members = [spec(name, api_base=server.url, key_env=KEY_VARIABLE) for name in ("busy", "calm")]
        found = run(probed(members))
    assert [(each.model, each.ok, each.cost) for each in found] == [("busy", False, 0.0), ("calm", True, 20e-6)]
    assert server.count == 2


def test_what_may_have_been_billed_without_a_reply_is_told_at_its_most() -> None:
    lost, _ = asked(Reply(drop=True))
    assert not lost.ok and lost.cost == trial.cost(spec("calm")) == pytest.approx((len(trial.QUESTION) + 16 + 2 * 20) / 1e6)
    free, _ = asked(Reply(), input_price=None, output_price=None)
    assert free.cost is None, "nobody knows its price"
