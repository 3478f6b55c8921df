"""An endpoint that bills more than could be asked for is stopped at its first reply, and a reply that cannot be read is paid for."""

import asyncio
from pathlib import Path

import pytest

from adaem_core.chat.endpoint.trouble import Kind, Trouble
from adaem_core.errors import BudgetReached, ModelStopped
from adaem_core.messages import Completion, Request
from tests.chat.apparatus import Scripted, answer, ask, run, scripted, study


async def dear(request: Request) -> Completion:
    """Bill three times what may be written."""
    await asyncio.sleep(0)
    return Completion("an answer", prompt_tokens=10, completion_tokens=3 * request.params.max_tokens)


@pytest.mark.parametrize("at_once", [1, 64, 256])
def test_the_cap_is_passed_by_no_more_than_the_first_overrun(tmp_path: Path, at_once: int) -> None:
    async def work() -> tuple[list[object], float, Scripted]:
        provider = Scripted(dear)
        with study(tmp_path) as held:
            # A reply of at most 50 tokens at 2 dollars a million, after 20 letters at 1: the cap holds about three.
            async with scripted(tmp_path, provider, held=held, concurrency=at_once, max_cost=0.0004) as client:
                found = await asyncio.gather(*(client.complete(ask(sample=number)) for number in range(300)), return_exceptions=True)
            return list(found), held.spent()["cost"], provider

    found, cost, provider = run(work())
    first = (10 + 2 * 150) / 1e6
    assert len(provider.requests) == 1 and cost == pytest.approx(first)
    assert isinstance(found[0], Completion) and all(isinstance(each, ModelStopped) for each in found[1:])
    assert "billed 160 tokens" in str(found[1]) and "raise max_tokens" in str(found[1])


def test_an_endpoint_that_keeps_to_its_bounds_is_asked_at_full_speed_after_its_first_reply(tmp_path: Path) -> None:
    async def slow(request: Request) -> Completion:
        await asyncio.sleep(0.01)
        return await answer(request)

    async def work() -> int:
        provider = Scripted(slow)
        async with scripted(tmp_path, provider, concurrency=64, max_cost=10.0) as client:
            await asyncio.gather(*(client.complete(ask(sample=number)) for number in range(200)))
        return provider.peak

    assert run(work()) == 64


def test_a_reply_that_cannot_be_read_is_charged_its_bound_each_time(tmp_path: Path) -> None:
    async def junk(request: Request) -> Completion:
        raise Trouble(Kind.TRANSIENT, "the service sent a reply that could not be read", replied=True)

    async def work(name: str, **caps: float) -> tuple[object, dict[str, float], float]:
        with study(tmp_path, name) as held:
            async with scripted(tmp_path, Scripted(junk), held=held, retries=3, **caps) as client:
                found = (await asyncio.gather(client.complete(ask()), return_exceptions=True))[0]
                return found, held.spent(), client.spent.cost

    bound = (len("Is it so?") + 16 + 2 * 50) / 1e6
    found, spent, charged = run(work("all.db"))
    assert isinstance(found, Completion) and found.failure == "failed" and "could not be read" in found.reason
    assert spent["cost"] == pytest.approx(3 * bound) == pytest.approx(charged)
    found, spent, charged = run(work("capped.db", max_cost=2.5 * bound))
    assert isinstance(found, BudgetReached) and spent["cost"] == pytest.approx(2 * bound) == pytest.approx(charged), (
        "the cap holds for tries"
    )
