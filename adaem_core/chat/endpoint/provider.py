"""Send one request to one model through LiteLLM: the only file that knows LiteLLM, which is imported at the first request.

Data flow: `ModelSpec, Request → LiteLLM → Completion`, or Trouble. Retries, cache and limits are not its business.
"""

import asyncio
import gc
import logging
import os
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Any

from adaem_core.chat import consent
from adaem_core.chat.endpoint.arguments import chat_arguments, joined, judged
from adaem_core.chat.endpoint.concessions import CHANGING, Arguments, adapted, apply, concession
from adaem_core.chat.endpoint.keyed import NO_KEY, address, key_of
from adaem_core.chat.endpoint.reply import read_chat, read_likelihood, read_moderation
from adaem_core.chat.endpoint.trouble import CONTINUES, Kind, Trouble, trouble_of, unanswered
from adaem_core.chat.endpoint.wire import Heard, heard, listen
from adaem_core.chat.keys import provider_of
from adaem_core.chat.prices import list_entry, price_of
from adaem_core.errors import BadInput
from adaem_core.messages import Completion, Params, Request
from adaem_core.panels import ModelSpec

log = logging.getLogger(__name__)
OWN_CLIENT = "EXPERIMENTAL_OPENAI_BASE_LLM_HTTP_HANDLER"  # a switch of LiteLLM
HOOKS: dict[str, list[Callable[..., Any]]] = {"request": [], "response": [listen]}


class LiteLLMProvider:
    """Requests through LiteLLM within one event loop."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._conceded: dict[str, Arguments] = {}  # per model: what it turned out not to accept
        self._askable = set[ModelSpec]()

    async def send(self, spec: ModelSpec, request: Request) -> Completion:
        """Return the reply of one try, without key and cost; raises Trouble."""
        self._agreed(spec)
        key = key_of(spec)
        litellm = ready(spec)
        if spec.moderation:
            return await self._moderate(litellm, spec, request, key)
        if request.params.continuation is not None:
            return await self._likelihood(litellm, spec, request, key)
        return await self._chat(litellm, spec, request, key)

    def _agreed(self, spec: ModelSpec) -> None:
        """Raise Trouble, before any key is read, unless everything a model needs is there and its owner has agreed to where it goes."""
        if spec not in self._askable:
            try:
                consent.check([spec], looked_up=True)
            except BadInput as error:
                raise Trouble(Kind.FATAL, f"{spec.name} ({spec.model}) cannot be asked: {error} {CONTINUES}") from None
            self._askable.add(spec)

    async def aclose(self) -> None:
        """Close LiteLLM's connections, if any were opened."""
        if load.cache_info().currsize:
            litellm = load()
            await litellm.close_litellm_async_clients()
            # Clients kept for reuse hold the closed connections, under a loop id that a later loop may get again.
            litellm.in_memory_llm_clients_cache.flush_cache()
            if litellm.aclient_session is not None:
                await litellm.aclient_session.aclose()
                litellm.aclient_session = None

    async def _chat(self, litellm: Any, spec: ModelSpec, request: Request, key: str | None) -> Completion:
        wanted = chat_arguments(spec, request) | address(spec, key, self._timeout)
        while True:
            arguments = apply(wanted, self._conceded.get(spec.name, {}))
            try:
                return replace(
                    await self._read(spec, litellm, arguments), adapted=adapted(wanted, without(arguments, dropped(spec, request.params)))
                )
            except Trouble as trouble:
                conceded = concession(arguments, trouble)
                if conceded is None:
                    raise
                log.warning("%s does not accept %s: asking otherwise.", spec.name, ", ".join(conceded))
                self._conceded.setdefault(spec.name, {}).update(conceded)

    async def _read(self, spec: ModelSpec, litellm: Any, arguments: Arguments) -> Completion:
        """Return the reply of one try as it is; the Trouble of one that was broken off may have to be paid for all the same."""
        reply = await self._call(spec, litellm.acompletion, **arguments)
        ear = heard.get() or Heard()
        try:
            return read_chat(reply, spec, ear)
        except Trouble as trouble:
            raise priced(trouble, ear) from None

    async def _likelihood(self, litellm: Any, spec: ModelSpec, request: Request, key: str | None) -> Completion:
        prompt, continuation = joined(request.messages), request.params.continuation or ""
        unable = f"{spec.name} returns no log-probabilities of a given text."
        if not spec.logprobs:
            raise Trouble(Kind.REJECTED, unable)
        arguments = {"prompt": prompt + continuation, "echo": True, "logprobs": 1, "max_tokens": 1, "temperature": 0.0}
        try:
            reply = await self._call(spec, litellm.atext_completion, **arguments, **address(spec, key, self._timeout))
        except Trouble as trouble:
            if trouble.status in (400, 404, 405, 422, 501):
                raise Trouble(Kind.REJECTED, unable) from None
            raise
        found = read_likelihood(reply, prompt, continuation)
        return found if found.logprobs else replace(found, failure="failed", reason=unable)

    async def _moderate(self, litellm: Any, spec: ModelSpec, request: Request, key: str | None) -> Completion:
        from openai import AsyncOpenAI

        base = spec.api_base or "https://api.openai.com/v1"
        key = key or os.environ.get("OPENAI_API_KEY") or NO_KEY
        # A client of our own, because LiteLLM's for this endpoint has retries of its own that cannot be turned off.
        client = AsyncOpenAI(api_key=key, base_url=base, http_client=litellm.aclient_session, max_retries=0, timeout=self._timeout)
        return read_moderation(
            await self._call(spec, litellm.amoderation, model=spec.model, input=judged(request.messages), api_key=key, client=client)
        )

    async def _call(self, spec: ModelSpec, function: Callable[..., Awaitable[Any]], **arguments: Any) -> Any:
        ear = Heard()
        heard.set(ear)
        try:
            # LiteLLM's own time-out is per read: an endpoint that dribbles would never meet it.
            async with asyncio.timeout(self._timeout):
                return await function(**arguments)
        except Exception as error:
            trouble, lost = trouble_of(error, spec, self._timeout, ear), unanswered(error, ear.status)
        raise priced(trouble, ear, lost=lost)  # outside the handler, so that it does not carry the original, whose text may hold a key


def priced(trouble: Trouble, ear: Heard, *, lost: bool = False) -> Trouble:
    """Return a trouble that knows what the try may cost; `lost` where a reply may have been made that did not arrive."""
    trouble.billed, trouble.usage = ear.billed or lost, ear.usage
    return trouble


@cache
def load() -> Any:
    """Return LiteLLM, set up: no network at import, its retries, cache, callbacks and debug output off."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    # Its own HTTP client for OpenAI-compatible endpoints, as for all others, not OpenAI's: a quarter less time a call.
    os.environ[OWN_CLIENT] = "True"
    import litellm

    litellm.suppress_debug_info = True
    litellm.telemetry = False
    litellm.cache = None
    litellm.num_retries = 0
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # its lines may quote requests and headers
    # LiteLLM's 300,000 objects live as long as the process: sparing the collector from walking them saves a sixth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)  # a reply makes thousands of objects that soon go: looking less often saves a tenth
    return litellm


def ready(spec: ModelSpec) -> Any:
    """Return LiteLLM with a connection pool for the running loop and, where needed, the simulated panel."""
    litellm = load()
    if litellm.aclient_session is None or litellm.aclient_session.is_closed:
        from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler

        # One pool for all OpenAI-compatible endpoints, over aiohttp: httpx's own starves callers at 64 connections.
        litellm.aclient_session = AsyncHTTPHandler().client
        litellm.aclient_session.event_hooks = HOOKS
    if not spec.simulated:
        listen_to(litellm, spec)
    if spec.simulated:
        register_simulated()
    elif spec.api_base and spec.model.startswith("openai/"):
        register_price(spec)
    with suppress(ImportError):  # spares LiteLLM its own bookkeeping of costs after each reply; works without
        from litellm._internal_context import is_internal_call

        is_internal_call.set(True)
    return litellm


def listen_to(litellm: Any, spec: ModelSpec) -> None:
    """Have LiteLLM's own connections to a provider tell us first what came."""
    from litellm.llms.custom_httpx.http_handler import get_async_httpx_client

    with suppress(Exception):  # a provider LiteLLM does not know is told at the request itself
        handler = get_async_httpx_client(litellm.LlmProviders(provider_of(spec)), params={"ssl_verify": None})
        handler.event_hooks, handler.client.event_hooks = HOOKS, HOOKS


@cache
def register_simulated() -> None:
    """Make LiteLLM know the models `simulated/<name>`."""
    from adaem_core.chat.simulated.respond import register

    register()


@cache
def register_price(spec: ModelSpec) -> None:
    """Tell LiteLLM the panel's price of a model at the user's own address, which its list cannot know.

    It only spares LiteLLM a search under a dozen names at each reply, a sixth of its time. Not by `register_model`: LiteLLM would then
    take the model for OpenAI's, and send what is to be continued as a chat.
    """
    price = price_of(spec)
    if price is not None and not list_entry(spec.model):
        each = {"input_cost_per_token": price.input / 1e6, "output_cost_per_token": price.output / 1e6}
        load().model_cost[spec.model.removeprefix("openai/")] = {"litellm_provider": "openai", "mode": "chat"} | each


@cache
def dropped(spec: ModelSpec, params: Params) -> frozenset[str]:
    """Return the settings that LiteLLM leaves out for this model without a word: the request is the same with and without them."""
    if spec.simulated:
        return frozenset()
    wanted = {name: value for name, value in chat_arguments(spec, Request(spec.name, (), params)).items() if name in CHANGING}
    wanted.pop("messages")

    def sent(given: Arguments) -> Any:
        provider = provider_of(spec)
        bare = spec.model.removeprefix(f"{provider}/")
        return load().utils.get_optional_params(model=bare, custom_llm_provider=provider, drop_params=True, **given)

    with suppress(Exception):  # what LiteLLM cannot tell beforehand, the request itself will
        whole = sent(wanted)
        return frozenset(name for name in wanted if sent(without(wanted, {name})) == whole)
    return frozenset()


def without(arguments: Arguments, names: Collection[str]) -> Arguments:
    """Return the arguments that are not among the names."""
    return {name: value for name, value in arguments.items() if name not in names}
