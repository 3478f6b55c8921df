"""Back-off: how long, how often, and when not at all."""

import pytest

from adaem_core.chat.endpoint.trouble import Kind, Trouble
from adaem_core.chat.retry import backoff, persist
from tests.chat.apparatus import Clock, run
from tests.rows import every_row


def test_waits_double_up_to_a_limit_and_spread_over_their_upper_half() -> None:
    assert [backoff(number, None, 0.0) for number in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert backoff(3, None, 1.0) == 4.0


def test_what_the_endpoint_asks_for_is_never_cut_short() -> None:
    assert backoff(1, 42.0, 0.0) == 42.0
    assert backoff(9, 0.0, 0.5) == 0.5


@every_row("kind, sent", [(Kind.TRANSIENT, 4), (Kind.FATAL, 1), (Kind.FILTERED, 1), (Kind.REJECTED, 1)])
def test_only_passing_trouble_is_tried_again(kind: Kind, sent: int) -> None:
    clock, tries = Clock(), list[int]()

    async def send() -> str:
        tries.append(1)
        raise Trouble(kind, "no")

    with pytest.raises(Trouble):
        run(persist(send, 4, clock.timer))
    assert len(tries) == sent
    assert len(clock.sleeps) == sent - 1
