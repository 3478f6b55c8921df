"""One repair turn, and only for what could not be read."""

import asyncio

import pytest

from adaem_core.elicit.turns import CUT_OFF, ROOM, Cut, Unread, ask_and_read, numbered_lines, repair_request, together
from adaem_core.errors import BudgetReached
from adaem_core.messages import Completion, Params, Purpose, Request
from adaem_core.records import Outcome
from tests.elicit.fakes import ScriptedModel

REQUEST = Request("m", ({"role": "user", "content": "Say five."},), Params(temperature=0.3), sample=4)


def read(text: str) -> int | Unread:
    return int(text) if text.isdigit() else Unread(Outcome.UNREADABLE, "It is no number.")


def ask(model: ScriptedModel) -> tuple[int | Unread, tuple[str, ...]]:
    reading = asyncio.run(ask_and_read(model, REQUEST, read))
    return reading.found, reading.keys


def test_a_readable_reply_needs_no_second_request() -> None:
    assert ask(ScriptedModel(["5"])) == (5, ("r1",))


def test_an_unreadable_reply_gets_one_repair_turn() -> None:
    model = ScriptedModel(["five", "5"])
    assert ask(model) == (5, ("r1", "r2"))
    repair = model.history[1]
    assert (repair.purpose, repair.sample, repair.params) == (Purpose.REPAIR, 4, REQUEST.params)
    assert repair.messages[:2] == (*REQUEST.messages, {"role": "assistant", "content": "five"})
    assert "It is no number." in repair.messages[2]["content"]


def test_after_the_repair_turn_it_is_unreadable() -> None:
    assert ask(ScriptedModel(["five", "six"])) == (Unread(Outcome.UNREADABLE, "It is no number."), ("r1", "r2"))


@pytest.mark.parametrize("finish", ["length", "MAX_TOKENS", "error"])
def test_a_reply_that_was_cut_off_is_asked_for_with_more_room_and_never_read_as_whole(finish: str) -> None:
    model = ScriptedModel([Completion("5", "k1", finish=finish), Completion("55", "k2")])
    assert ask(model) == (55, ("k1", "k2"))
    assert model.history[1].params.max_tokens == ROOM * REQUEST.params.max_tokens and model.history[1].purpose is REQUEST.purpose
    found, keys = ask(ScriptedModel([Completion("5 or six", "k1", finish=finish), Completion("5 or six", "k2", finish=finish)]))
    assert found == Cut(Outcome.UNREADABLE, CUT_OFF.format(words=3)) and keys == ("k1", "k2"), "no repair turn: it was asked twice"


def test_where_there_is_no_more_room_the_same_reply_comes_back_and_is_cut() -> None:
    found, keys = ask(ScriptedModel([Completion("5", "k", finish="length")] * 2))
    assert isinstance(found, Cut) and keys == ("k",)


def test_the_beginning_of_a_reply_may_be_all_that_is_wanted() -> None:
    model = ScriptedModel([Completion("5", "k", finish="length")])
    assert asyncio.run(ask_and_read(model, REQUEST, read, whole=False)).found == 5


def test_a_refusal_is_a_refusal_however_it_ends() -> None:
    refusal = Unread(Outcome.REFUSED, "No.")
    reading = asyncio.run(ask_and_read(ScriptedModel([Completion("no", "k", finish="length")]), REQUEST, lambda _: refusal))
    assert reading.found == refusal and len(reading.replies) == 1


def test_what_is_read_only_after_a_repair_turn_is_marked() -> None:
    assert asyncio.run(ask_and_read(ScriptedModel(["five", "5"]), REQUEST, read)).pressed
    assert not asyncio.run(ask_and_read(ScriptedModel(["5"]), REQUEST, read)).pressed


@pytest.mark.parametrize(("failure", "outcome"), [("failed", Outcome.FAILED), ("filtered", Outcome.REFUSED)])
def test_failures_are_recorded_not_read(failure: str, outcome: Outcome) -> None:
    model = ScriptedModel([Completion("5", "k", failure, "It took too long.")])
    assert ask(model) == (Unread(outcome, "It took too long."), ("k",))


def test_a_long_or_empty_reply_is_shown_short_but_never_empty() -> None:
    assert len(repair_request(REQUEST, "x" * 200_000, "p").messages[1]["content"]) == 4_000
    assert repair_request(REQUEST, " ", "p").messages[1]["content"] == "(empty reply)"


def test_texts_keep_to_one_line_each() -> None:
    assert numbered_lines(["a\n2. b", "c\r\n\td"]) == "1. a 2. b\n2. c d"


def test_together_lets_requests_under_way_end_before_it_raises() -> None:
    ended = []

    async def work(number: int) -> int:
        if number == 0:
            raise BudgetReached("stop")
        await asyncio.sleep(0)
        ended.append(number)
        return number

    with pytest.raises(BudgetReached):
        asyncio.run(together(work(number) for number in range(3)))
    assert ended == [1, 2]
