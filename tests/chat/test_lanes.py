"""Slots: who goes first when many wait, and that a cancelled waiter loses no slot."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.chat.lanes import Slots, in_turn


async def order_of(patiences: Sequence[int], free: int) -> list[int]:
    """Return the indices of tasks in the order in which they got one of `free` slots, all held until everybody waits."""
    slots, gate, entered = Slots(free), asyncio.Event(), []

    async def work(index: int) -> None:
        async with slots:
            entered.append(index)
            await gate.wait()

    tasks = [asyncio.create_task(in_turn(patient, work(index))) for index, patient in enumerate(patiences)]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*tasks)
    return entered


@given(st.lists(st.integers(0, 2), min_size=1, max_size=12), st.integers(1, 4))
def test_the_least_patient_go_first_and_equals_in_order_of_arrival(patiences: list[int], free: int) -> None:
    first, later = range(len(patiences))[:free], range(len(patiences))[free:]
    assert asyncio.run(order_of(patiences, free)) == [*first, *sorted(later, key=lambda index: patiences[index])]


@pytest.mark.parametrize("freed_first", [True, False])
def test_a_cancelled_waiter_gives_its_slot_to_the_next(freed_first: bool) -> None:
    async def scene() -> None:
        slots = Slots(1)
        await slots.__aenter__()
        waiting = asyncio.create_task(slots.__aenter__())
        await asyncio.sleep(0)
        if freed_first:  # the slot and the cancellation arrive in the same turn of the loop
            await slots.__aexit__()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        if not freed_first:
            await slots.__aexit__()
        await asyncio.wait_for(slots.__aenter__(), 1)

    asyncio.run(scene())
