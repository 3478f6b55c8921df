"""The one door to models: study ledger → shared cache → network, within budget and limits. Nothing is ever asked twice.

Data flow: `Request → key → recalled | cached | sent (lane, budget, tries) → recorded → Completion`.
"""

import asyncio
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from adaem_core.archive import foreign
from adaem_core.archive.study import Study
from adaem_core.chat.addressed import effective, endpoint_of, miss
from adaem_core.chat.budget import Amount, Budget, amount_of, bound_tokens, spent_by
from adaem_core.chat.cache import ReplyCache, cache_folder
from adaem_core.chat.endpoint.provider import LiteLLMProvider
from adaem_core.chat.endpoint.trouble import Kind, Trouble
from adaem_core.chat.keys import bring
from adaem_core.chat.lanes import Lane, Slots
from adaem_core.chat.model import Provider, request_key
from adaem_core.chat.prices import Price, check_prices, price_of
from adaem_core.chat.retry import Timer, persist
from adaem_core.chat.under_way import Noting
from adaem_core.chat.usage import bill, charge, usage_of
from adaem_core.errors import BadInput, CacheMiss, Paused
from adaem_core.messages import Completion, Request
from adaem_core.panels import ModelSpec, Panel
from adaem_core.settings import ChatSettings

FREE = Price(0.0, 0.0)
PAUSED = "The study is paused. Start it again to go on where it stopped."


def open_client(panel: Panel, settings: ChatSettings, study: Study | None, cache_dir: Path | None = None) -> "Client":
    """Return a client for the panel, to be used within one event loop and closed with `aclose` (or `async with`).

    Where requests may be sent, raises BadInput, as a question to the user, for a model without a known price and for a foreign study; AdaemError
    for a key that the keyring does not give.
    """
    if not settings.replay:
        check_prices(panel)
        foreign.check(study.path if study else None)
        bring(panel.models)
    return Client(panel, settings, study, ReplyCache(cache_dir or cache_folder()), LiteLLMProvider(settings.timeout), Timer())


class Client:
    """A `Model` over all models of a panel."""

    def __init__(
        self, panel: Panel, settings: ChatSettings, study: Study | None, cache: ReplyCache, provider: Provider, timer: Timer
    ) -> None:
        self._settings, self._study, self._cache, self._timer = settings, study, cache, timer
        self._lanes = {spec.name: Lane(spec, settings.concurrency, timer) for spec in panel.models}
        self._prices = {spec.name: price_of(spec) or FREE for spec in panel.models}
        self._provider = Noting(provider, study, self._prices) if study else provider
        self._endpoints = {spec.name: endpoint_of(spec) for spec in panel.models}
        self._slots = Slots(settings.concurrency)
        self._flying: dict[str, asyncio.Task[Completion]] = {}
        self._given_up: dict[str, Completion] = {}  # what failed since opening: asked again by the next session, not by this one
        self._pausing = asyncio.Event()
        self._budget = Budget(settings, spent_by(study))
        self.in_flight = 0  # requests at the endpoints at this moment
        self.recalled, self.cached = 0, 0  # replies from this study's ledger and from the shared cache, since opening

    @property
    def spent(self) -> Amount:
        """What this study has paid for."""
        return self._budget.spent

    async def complete(self, request: Request) -> Completion:
        """Return the reply to `request`: see `Model.complete`."""
        if self._pausing.is_set():
            raise Paused(PAUSED)
        request, key = self._addressed(request)
        if known := self._known(key, request):
            return known
        if self._settings.replay:
            raise CacheMiss(miss(request))
        task = self._flying.get(key) or self._launch(key, request)
        # Shielded: a caller that gives up must not waste a reply that is being paid for.
        return await asyncio.shield(task)

    def pause(self) -> None:
        """Let requests at the endpoints finish and be recorded; everything else, queued or new, raises Paused."""
        self._pausing.set()

    async def aclose(self) -> None:
        """Wait for the requests at the endpoints, then free connections and cache."""
        self.pause()
        await asyncio.gather(*self._flying.values(), return_exceptions=True)
        await self._provider.aclose()
        self._cache.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.aclose()

    def _addressed(self, request: Request) -> tuple[Request, str]:
        """Return the request as this model will get it, and its key."""
        lane = self._lanes.get(request.model)
        if lane is None:
            raise BadInput(f"No model {request.model!r} in the panel. Its models: {', '.join(self._lanes)}.")
        request = effective(request, lane.spec)
        return request, request_key(request, self._endpoints[request.model])

    def _known(self, key: str, request: Request) -> Completion | None:
        """Return a reply the study or the shared cache holds; one that is new to the study is recorded in it.

        A request that failed in an earlier session has no reply: it is sent again, unless nothing may be sent.
        """
        if failed := self._given_up.get(key):
            return failed
        recalled = self._study.recall(key) if self._study else None
        if recalled and (recalled.failure != "failed" or self._settings.replay):
            self.recalled += 1
            return recalled
        if found := self._cache.get(key):
            self.cached += 1
            self._record(request, found)
            return found
        return None

    def _launch(self, key: str, request: Request) -> asyncio.Task[Completion]:
        task = asyncio.create_task(self._fetch(key, request))
        self._flying[key] = task
        task.add_done_callback(lambda done: self._landed(key, done))
        return task

    def _landed(self, key: str, task: asyncio.Task[Completion]) -> None:
        del self._flying[key]
        if not task.cancelled():
            task.exception()  # seen: its callers may all have gone, and asyncio would complain

    async def _fetch(self, key: str, request: Request) -> Completion:
        """Return the reply from the network, recorded before anyone uses it."""
        lane = self._lanes[request.model]
        async with lane.slots:
            reply = replace(await self._ask(lane, request), key=key)
        # The study first: it alone is what a killed run continues from.
        self._record(request, reply)
        if reply.failure == "failed":
            self._given_up[key] = reply
        else:
            self._cache.set(key, reply)
        return reply

    async def _ask(self, lane: Lane, request: Request) -> Completion:
        """Return the priced reply after as many tries as allowed, or the record of its failure; raises ModelStopped."""
        try:
            reply = await persist(lambda: self._try(lane, request), self._settings.retries, replace(self._timer, sleep=self._nap))
        except Trouble as trouble:
            failed = self._failed(lane, trouble)
            self._budget.add(Amount(1))
            return failed
        lane.answered()
        lane.served = True
        return reply

    def _failed(self, lane: Lane, trouble: Trouble) -> Completion:
        """Return what to record for a request that cannot be answered; ModelStopped where no request can be."""
        if trouble.kind is Kind.FATAL and not (trouble.status == 403 and lane.served):
            raise lane.stop(trouble.reason) from None
        if trouble.kind is Kind.FATAL:  # a model that has answered forbids this request: no single one may stop a run, five in a row do
            lane.exhausted(trouble.reason)
            return Completion("", failure="failed", reason=trouble.reason, finish="")
        if trouble.kind is Kind.TRANSIENT:
            lane.exhausted(trouble.reason)
            tries = "one try" if self._settings.retries == 1 else f"{self._settings.retries} tries"
            reason = f"{lane.spec.name} gave no answer in {tries}: {trouble.reason}."
            return Completion("", failure="failed", reason=reason, finish="")
        lane.answered()
        return Completion("", failure="filtered" if trouble.kind is Kind.FILTERED else "failed", reason=trouble.reason, finish="")

    async def _try(self, lane: Lane, request: Request) -> Completion:
        """Return the priced reply of one try, sent when the lane and all limits allow; raises Trouble. Either way its cost is settled."""
        self._check(lane)
        if (wait := lane.turn()) > 0:
            await self._nap(wait)
        while (wait := lane.cooling()) > 0:
            await self._nap(wait)
        async with lane.trial(wanted=self._budget.capped):
            self._check(lane)
            bound = self._bound(request, lane)
            ticket, paid = await self._budget.reserve(bound), Amount()
            try:
                reply = self._priced(await self._sent(lane, request), request, lane.spec)
                paid = amount_of(reply)
            except Trouble as trouble:
                lane.hold(trouble.retry_after)
                if trouble.billed:
                    paid = self._lost(request, lane, trouble)
                raise
            finally:
                self._budget.settle(ticket, paid)
                lane.overrun(bound, paid, capped=self._budget.overshot)
        return reply

    async def _sent(self, lane: Lane, request: Request) -> Completion:
        """Return what the provider brings, sent as soon as a slot is free; a stop of the model ends the waiting for it, too."""
        async with self._slots:
            self._check(lane)
            self.in_flight += 1
            try:
                return await lane.until_stopped(self._provider.send(lane.spec, request))
            finally:
                self.in_flight -= 1

    def _lost(self, request: Request, lane: Lane, trouble: Trouble) -> Amount:
        """Return what a try costs that brought no reply, recorded on its own: the request may still be answered."""
        # No failure: the request's own record says so, once, should it never be answered.
        why = f"{lane.spec.name} may bill this, but did not answer: {trouble.reason}"
        lost = self._priced(Completion("", uuid4().hex, "", why, "", usage=trouble.usage), request, lane.spec)
        self._record(request, lost)
        return amount_of(lost)

    def _check(self, lane: Lane) -> None:
        """Raise Paused or ModelStopped when nothing more may be sent."""
        if self._pausing.is_set():
            raise Paused(PAUSED)
        lane.check()

    async def _nap(self, seconds: float) -> None:
        """Sleep, but wake and raise Paused as soon as the client is paused: a back-off may last minutes."""
        waits = [asyncio.ensure_future(self._timer.sleep(seconds)), asyncio.ensure_future(self._pausing.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()
        if self._pausing.is_set():
            raise Paused(PAUSED)

    def _bound(self, request: Request, lane: Lane) -> Amount:
        """Return the most this request can use, as far as the model is known to keep to it."""
        prompt, reply = bound_tokens(request, lane.spec)
        return Amount(1, prompt + reply, charge(self._prices[lane.spec.name], prompt, reply)) * lane.excess

    def _priced(self, reply: Completion, request: Request, spec: ModelSpec) -> Completion:
        """Return the reply with its cost; usage that was not reported is charged at its upper bound, never at 0."""
        charged = bill(usage_of(reply), bound_tokens(request, spec), self._prices[spec.name])
        return replace(reply, **vars(charged), usage=None)

    def _record(self, request: Request, reply: Completion) -> None:
        if self._study:
            self._study.record(self._endpoints[request.model], request, reply)
