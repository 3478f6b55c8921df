"""Reserve and settle: the cap holds under concurrency, and nobody waits for ever."""

import asyncio
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adaem_core.chat.budget import Amount, Budget, bound_tokens
from adaem_core.chat.prices import Price
from adaem_core.chat.usage import charge
from adaem_core.errors import BudgetReached
from adaem_core.settings import ChatSettings
from tests.chat.apparatus import ask, run, spec

FRACTIONS = st.floats(0, 1, allow_subnormal=False)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.001, 1.0), FRACTIONS, st.integers(0, 3)), min_size=64, max_size=64),
    st.floats(0.0, 40.0),
    st.integers(0, 64),
)
def test_64_concurrent_calls_never_exceed_a_cap_and_all_end(calls: list[tuple[float, float, int]], cap: float, most: int) -> None:
    async def one(budget: Budget, bound: float, used: float, turns: int) -> bool:
        try:
            ticket = await budget.reserve(Amount(1, 100, bound))
        except BudgetReached:
            return False
        for _ in range(turns):
            await asyncio.sleep(0)
        budget.settle(ticket, Amount(1, int(100 * used), bound * used))
        return True

    async def work() -> tuple[Amount, list[bool]]:
        budget = Budget(ChatSettings(max_cost=cap, max_calls=most, max_tokens=4000), Amount())
        done = await asyncio.wait_for(asyncio.gather(*(one(budget, *call) for call in calls)), 20)
        return budget.spent, list(done)

    spent, done = run(work())
    assert spent.cost <= cap + 1e-9
    assert spent.calls == sum(done) <= most
    assert spent.tokens <= 4000
    actual = math.fsum(bound * used for (bound, used, _), paid in zip(calls, done, strict=True) if paid)
    assert spent.cost == pytest.approx(actual)


def test_a_call_waits_for_what_others_give_back() -> None:
    async def work() -> list[str]:
        budget, order = Budget(ChatSettings(max_cost=1.0), Amount()), list[str]()
        first = await budget.reserve(Amount(1, 0, 0.9))

        async def second() -> None:
            await budget.reserve(Amount(1, 0, 0.5))
            order.append("second")

        waiting = asyncio.create_task(second())
        await asyncio.sleep(0)
        order.append("first settles")
        budget.settle(first, Amount(1, 0, 0.1))
        await waiting
        return order

    assert run(work()) == ["first settles", "second"]


def test_the_sentence_names_the_cap_and_what_to_do() -> None:
    budget = Budget(ChatSettings(max_cost=0.5), Amount(7, 100, 0.4987))
    with pytest.raises(BudgetReached, match=r"cost cap of 0\.50 US dollars: 0\.4987 are spent.*raise the cost cap"):
        run(budget.reserve(Amount(1, 10, 0.01)))


def test_bounds_cover_any_tokenizer() -> None:
    assert bound_tokens(ask("né", max_tokens=9), spec()) == (3 + 16, 9)
    assert bound_tokens(ask("né", continuation="oui"), spec()) == (3 + 16 + 3, 1)
    assert bound_tokens(ask("né"), spec(moderation=True)) == (3 + 16, 0)


def test_charge_is_per_million() -> None:
    assert charge(Price(3.0, 15.0), 1_000_000, 100_000) == pytest.approx(4.5)
