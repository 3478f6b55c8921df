"""A service that bills more than it was asked for is stopped at once, however many requests are under way."""

import asyncio
from pathlib import Path

import pytest

from adaem_core.archive.study import Study
from adaem_core.chat.budget import bound_tokens
from adaem_core.chat.cache import ReplyCache
from adaem_core.chat.client import Client
from adaem_core.chat.endpoint.provider import LiteLLMProvider
from adaem_core.chat.prices import Price
from adaem_core.chat.usage import charge
from adaem_core.settings import ChatSettings
from tests.chat.apparatus import KEY, KEY_VARIABLE, Clock, ask, panel, run, spec, study
from tests.loopback import Body, Loopback, Reply, Script


def spent(folder: Path, script: Script, requests: int, *, cap: float | None) -> tuple[float, list[str], int]:
    """Return what so many requests at once cost, why those without a reply have none, and how many reached the server."""

    async def work(server: Loopback, held: Study) -> list[str]:
        calm = spec(api_base=server.url, key_env=KEY_VARIABLE)
        chat = ChatSettings(concurrency=requests, max_cost=cap, retries=2)
        async with Client(panel(calm), chat, held, ReplyCache(folder / "cache"), LiteLLMProvider(30), Clock().timer) as client:
            ended = await asyncio.gather(*(client.complete(ask(sample=number)) for number in range(requests)), return_exceptions=True)
            assert client.spent.cost == pytest.approx(held.spent()["cost"]), "what is charged is what is recorded"
        return [str(each) for each in ended if isinstance(each, Exception)]

    with Loopback(script) as server, study(folder) as held:
        reasons = run(work(server, held))
        return held.spent()["cost"], reasons, server.count


BOUND = charge(Price(1.0, 2.0), *bound_tokens(ask(), spec()))
GREEDY = (bound_tokens(ask(), spec())[0], 3 * 50)  # three times max_tokens
FIRST = charge(Price(1.0, 2.0), *GREEDY)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)


@pytest.mark.parametrize("requests", [64, 256])
def test_three_times_max_tokens_stops_at_the_first(tmp_path: Path, requests: int) -> None:
    cap = 1.5 * BOUND
    cost, reasons, count = spent(tmp_path, Reply("Yes", usage=GREEDY), requests, cap=cap)
    assert count == 1 and cost == pytest.approx(FIRST) and cost <= cap + FIRST - BOUND
    assert len(reasons) == requests - 1 and "billed 175 tokens for a request of at most 75" in reasons[0]


@pytest.mark.parametrize("requests", [64, 256])
def test_one_that_begins_to_overrun_later_passes_the_cap_by_that_one_at_most(tmp_path: Path, requests: int) -> None:
    seen: list[int] = []

    def later(_: Body) -> Reply:
        seen.append(1)
        return Reply("Yes", usage=(25, 50) if len(seen) < 10 else GREEDY, latency=0.05)

    cap = requests * BOUND
    cost, reasons, _ = spent(tmp_path, later, requests, cap=cap)
    assert cost <= cap + FIRST - BOUND and "was stopped" in reasons[0]


def test_without_a_cap_a_little_more_than_asked_for_is_charged_and_goes_on(tmp_path: Path) -> None:
    cost, reasons, count = spent(tmp_path, Reply("Yes", usage=(25, 60)), 8, cap=None)
    assert (reasons, count) == ([], 8) and cost == pytest.approx(8 * charge(Price(1.0, 2.0), 25, 60))


def test_what_cannot_be_read_is_charged_at_its_bound_each_time(tmp_path: Path) -> None:
    cost, _, count = spent(tmp_path, Reply(raw='{"id": "x", "choices": ['), 1, cap=None)
    assert count == 2 and cost == pytest.approx(2 * BOUND)


def test_each_try_whose_reply_was_lost_on_the_way_is_charged_its_bound(tmp_path: Path) -> None:
    cost, _, count = spent(tmp_path, Reply(drop=True), 1, cap=None)
    assert count == 2 and cost == pytest.approx(2 * BOUND)


def test_an_error_in_words_costs_nothing(tmp_path: Path) -> None:
    assert spent(tmp_path, Reply(status=503), 1, cap=None)[::2] == (0.0, 2)
