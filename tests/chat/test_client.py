"""The client's order of things, on a scripted provider: what is asked, what is kept, what is refused."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from adaem_core.chat.cache import ReplyCache
from adaem_core.chat.client import Client, open_client
from adaem_core.chat.endpoint.trouble import Kind, Trouble
from adaem_core.errors import BadInput, BudgetReached, CacheMiss, ModelStopped, Paused
from adaem_core.messages import Completion, Request
from adaem_core.panels import ModelSpec, Role
from adaem_core.settings import ChatSettings
from tests.chat.apparatus import Clock, Scripted, answer, ask, panel, run, scripted, spec, study


def test_a_reply_is_priced_recorded_and_never_asked_for_again(tmp_path: Path) -> None:
    provider = Scripted(answer)

    async def work() -> tuple[Completion, Completion, float]:
        with study(tmp_path) as held:
            async with scripted(tmp_path, provider, held=held) as client:
                first, second = await client.complete(ask()), await client.complete(ask())
                return first, second, client.spent.cost

    first, second, cost = run(work())
    # 10 prompt tokens at 1 and 5 reply tokens at 2 dollars a million
    assert first.cost == cost == pytest.approx(20e-6)
    assert second == first
    assert not first.cached
    assert len(provider.requests) == 1


def test_another_study_gets_the_cached_reply_for_nothing(tmp_path: Path) -> None:
    provider = Scripted(answer)

    async def work(name: str) -> tuple[Completion, int, dict[str, float]]:
        with study(tmp_path, name) as held:
            async with scripted(tmp_path, provider, held=held) as client:
                return await client.complete(ask()), client.cached, held.spent()

    first, _, _ = run(work("one.db"))
    second, cached, spent = run(work("two.db"))
    assert second == replace(first, cached=True)  # its cost is kept as information
    assert cached == 1
    assert spent == {"calls": 0, "tokens": 0, "cost": 0}
    assert len(provider.requests) == 1


def test_a_study_needs_no_cache_to_continue(tmp_path: Path) -> None:
    provider = Scripted(answer)

    async def work(cache: str) -> Completion:
        with study(tmp_path) as held:
            async with scripted(tmp_path / cache, provider, held=held) as client:
                return await client.complete(ask())

    assert run(work("one")) == run(work("two"))
    assert len(provider.requests) == 1


def test_identical_requests_in_flight_are_joined(tmp_path: Path) -> None:
    provider = Scripted(answer)

    async def work() -> list[Completion]:
        async with scripted(tmp_path, provider) as client:
            return await asyncio.gather(*(client.complete(ask()) for _ in range(20)), client.complete(ask(sample=1)))

    replies = run(work())
    assert len(provider.requests) == 2
    assert len({each.key for each in replies}) == 2


def test_a_reply_is_in_the_study_before_it_is_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = list[bool]()

    async def work() -> None:
        with study(tmp_path) as held:
            monkeypatch.setattr(ReplyCache, "set", lambda _, key, __: seen.append(held.recall(key) is not None))
            async with scripted(tmp_path, Scripted(answer), held=held) as client:
                await client.complete(ask())

    run(work())
    assert seen == [True]


def test_a_caller_that_gives_up_does_not_waste_the_reply(tmp_path: Path) -> None:
    started, given_up = asyncio.Event(), asyncio.Event()

    async def slow(request: Request) -> Completion:
        started.set()
        await given_up.wait()
        return await answer(request)

    async def work() -> int:
        with study(tmp_path) as held:
            async with scripted(tmp_path, Scripted(slow), held=held) as client:
                caller = asyncio.create_task(client.complete(ask()))
                await started.wait()
                caller.cancel()
                await asyncio.wait([caller])
                given_up.set()
            return int(held.spent()["calls"])

    assert run(work()) == 1


def test_replay_answers_from_what_is_known_and_names_what_is_missing(tmp_path: Path) -> None:
    provider = Scripted(answer)

    async def work(text: str, replay: bool) -> Completion:
        async with scripted(tmp_path, provider, replay=replay) as client:
            return await client.complete(ask(text))

    run(work("Is tea better?", replay=False))
    assert run(work("Is tea better?", replay=True)).cached
    with pytest.raises(CacheMiss, match=r"calm was never asked this \(answer\): “Is coffee better\?"):
        run(work("Is coffee better?", replay=True))
    assert len(provider.requests) == 1


def test_pause_lets_what_is_at_the_endpoint_finish_and_refuses_the_rest(tmp_path: Path) -> None:
    paused = asyncio.Event()

    async def slow(request: Request) -> Completion:
        await paused.wait()
        return await answer(request)

    async def work() -> tuple[list[object], float]:
        provider = Scripted(slow)
        with study(tmp_path) as held:
            async with scripted(tmp_path, provider, held=held, concurrency=2) as client:
                waiting = [asyncio.create_task(client.complete(ask(sample=number))) for number in range(5)]
                while provider.now < 2:
                    await asyncio.sleep(0)
                client.pause()
                with pytest.raises(Paused):
                    await client.complete(ask("new"))
                paused.set()
                return list(await asyncio.gather(*waiting, return_exceptions=True)), held.spent()["calls"]

    results, calls = run(work())
    assert [isinstance(each, Completion) for each in results] == [True, True, False, False, False]
    assert all(isinstance(each, Paused) for each in results[2:])
    assert calls == 2


def test_pause_ends_a_long_back_off(tmp_path: Path) -> None:
    async def busy(_: Request) -> Completion:
        raise Trouble(Kind.TRANSIENT, "busy", retry_after=500.0)

    async def forever(_: float) -> None:
        await asyncio.Event().wait()

    async def work() -> None:
        provider, timer = Scripted(busy), replace(Clock().timer, sleep=forever)
        async with Client(panel(), ChatSettings(), None, ReplyCache(tmp_path), provider, timer) as client:
            waiting = asyncio.create_task(client.complete(ask()))
            while not provider.requests:
                await asyncio.sleep(0)
            client.pause()
            with pytest.raises(Paused):
                await asyncio.wait_for(waiting, 5)

    run(work())


def test_overall_and_per_model_concurrency_hold(tmp_path: Path) -> None:
    async def work(*specs: ModelSpec, concurrency: int) -> int:
        provider = Scripted(answer)
        async with scripted(tmp_path, provider, *specs, concurrency=concurrency) as client:
            names = [each.name for each in specs]
            await asyncio.gather(*(client.complete(ask(str(concurrency), name, number)) for name in names for number in range(20)))
        return provider.peak

    assert run(work(spec("a"), spec("b"), concurrency=6)) == 6
    assert run(work(spec("c", concurrency=2), spec("d", concurrency=1), concurrency=7)) == 3


def test_requests_per_minute_are_spaced(tmp_path: Path) -> None:
    clock, sent = Clock(), list[float]()

    async def noted(request: Request) -> Completion:
        sent.append(clock.time)
        return await answer(request)

    async def work() -> None:
        specs = panel(spec(requests_per_minute=30))
        async with Client(specs, ChatSettings(concurrency=1), None, ReplyCache(tmp_path), Scripted(noted), clock.timer) as client:
            for number in range(4):
                await client.complete(ask(sample=number))

    run(work())
    assert sent == [0.0, 2.0, 4.0, 6.0]


def test_retry_after_slows_the_whole_model_down(tmp_path: Path) -> None:
    clock, sent = Clock(), list[float]()

    async def busy_once(request: Request) -> Completion:
        sent.append(clock.time)
        if len(sent) == 1:
            raise Trouble(Kind.TRANSIENT, "busy", retry_after=30.0)
        return await answer(request)

    async def work() -> None:
        async with Client(panel(), ChatSettings(concurrency=1), None, ReplyCache(tmp_path), Scripted(busy_once), clock.timer) as client:
            await asyncio.gather(*(client.complete(ask(sample=number)) for number in range(3)))

    run(work())
    assert sent[0] == 0.0
    assert min(sent[1:]) >= 30.0


def test_a_fatal_error_stops_that_model_alone(tmp_path: Path) -> None:
    async def mixed(request: Request) -> Completion:
        if request.model == "b":
            raise Trouble(Kind.FATAL, "b cannot go on: check the variable B_KEY.")
        return await answer(request)

    async def work() -> int:
        provider = Scripted(mixed)
        async with scripted(tmp_path, provider, spec("a"), spec("b")) as client:
            for _ in range(2):
                with pytest.raises(ModelStopped, match="B_KEY"):
                    await client.complete(ask(model="b"))
            assert (await client.complete(ask(model="a"))).failure == ""
        return len(provider.requests)

    assert run(work()) == 2


def test_a_model_that_has_answered_is_not_stopped_by_one_request_it_forbids_but_by_five_in_a_row(tmp_path: Path) -> None:
    async def some(request: Request) -> Completion:
        if "forbidden" in request.messages[-1]["content"]:
            raise Trouble(Kind.FATAL, "It is not allowed.", status=403)
        return await answer(request)

    async def work(*texts: str) -> list[object]:
        async with scripted(tmp_path, Scripted(some)) as client:
            return [await asyncio.gather(client.complete(ask(text)), return_exceptions=True) for text in texts]

    (one,), (two,), (three,) = run(work("first", "forbidden", "third"))  # type: ignore[misc]
    assert (one.failure, two.failure, three.failure) == ("", "failed", "") and two.reason == "It is not allowed."
    (other,) = run(work("forbidden too"))[0]  # type: ignore[misc]
    assert isinstance(other, ModelStopped), "before any answer it is the key"
    found = run(work("fine", *(f"forbidden {number}" for number in range(6))))
    assert isinstance(found[-1][0], ModelStopped)  # type: ignore[index]


def test_five_requests_in_a_row_without_any_reply_stop_the_model(tmp_path: Path) -> None:
    async def dead(_: Request) -> Completion:
        raise Trouble(Kind.TRANSIENT, "the connection failed")

    async def work() -> list[object]:
        provider = Scripted(dead)
        with study(tmp_path) as held:
            async with scripted(tmp_path, provider, held=held, retries=2, concurrency=1) as client:
                found = await asyncio.gather(*(client.complete(ask(sample=each)) for each in range(7)), return_exceptions=True)
            assert len(provider.requests) == 10
            assert [each["failed"] for each in held.tally()] == [4]
        return list(found)

    found = run(work())
    assert [getattr(each, "failure", None) for each in found[:4]] == ["failed"] * 4
    assert all(isinstance(each, ModelStopped) and "5 times in a row" in str(each) for each in found[4:])


def test_failures_are_kept_in_the_study_and_asked_again_by_the_next_session(tmp_path: Path) -> None:
    async def rejected(_: Request) -> Completion:
        raise Trouble(Kind.REJECTED, "calm did not accept this request: too long.")

    provider = Scripted(rejected)

    async def work(name: str) -> Completion:
        with study(tmp_path, name) as held:
            async with scripted(tmp_path, provider, held=held) as client:
                return await client.complete(ask())

    assert run(work("one.db")) == run(work("one.db"))
    assert len(provider.requests) == 2
    provider.play = answer
    assert run(work("two.db")).failure == ""


def test_usage_that_is_not_reported_is_charged_at_its_upper_bound(tmp_path: Path) -> None:
    async def silent(_: Request) -> Completion:
        return Completion("yes")

    async def work() -> Completion:
        async with scripted(tmp_path, Scripted(silent)) as client:
            return await client.complete(ask("é" * 10, max_tokens=40))

    reply = run(work())
    assert (reply.prompt_tokens, reply.completion_tokens) == (20 + 16, 40)
    assert reply.cost == pytest.approx((36 + 2 * 40) / 1e6)


def test_the_call_cap_counts_earlier_sessions(tmp_path: Path) -> None:
    async def work(calls: range) -> None:
        with study(tmp_path) as held:
            async with scripted(tmp_path, Scripted(answer), held=held, max_calls=3) as client:
                for number in calls:
                    await client.complete(ask(sample=number))

    run(work(range(2)))
    with pytest.raises(BudgetReached, match="call cap of 3 calls: 3 are made"):
        run(work(range(2, 5)))
    with study(tmp_path) as held:
        assert held.spent()["calls"] == 3


def test_the_models_own_reply_limit_and_abilities_decide_what_is_sent(tmp_path: Path) -> None:
    provider = Scripted(answer)

    async def work() -> None:
        async with scripted(tmp_path, provider, spec("a", max_tokens=4000), spec("b", json=True)) as client:
            for name in "ab":
                await client.complete(ask(model=name, json=True, max_tokens=100))

    run(work())
    assert [(each.params.max_tokens, each.params.json) for each in provider.requests] == [(4000, False), (100, True)]


def test_a_model_without_a_price_is_a_question_unless_nothing_can_be_spent(tmp_path: Path) -> None:
    specs = panel(ModelSpec("Local", "openai/own", (Role.P1,), api_base="http://127.0.0.1:1/v1"))
    with pytest.raises(BadInput, match=r"What do these models cost: Local \(openai/own\)\?.*input_price"):
        open_client(specs, ChatSettings(), None, tmp_path)

    async def work() -> None:
        async with open_client(specs, ChatSettings(replay=True), None, tmp_path) as client:
            with pytest.raises(CacheMiss):
                await client.complete(ask(model="Local"))

    run(work())


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    async def work() -> None:
        async with scripted(tmp_path, Scripted(answer)) as client:
            await client.complete(ask(model="nobody"))

    with pytest.raises(BadInput, match="No model 'nobody'"):
        run(work())
