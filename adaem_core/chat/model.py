"""What the studio needs of a language model: one method. Providers, cache, simulation and test fakes satisfy it.

Data flow: `Request → Model.complete → Completion`.
"""

import hashlib
from typing import Protocol

import orjson

from adaem_core.messages import Completion, Request
from adaem_core.panels import ModelSpec


class Model(Protocol):
    """Anything that can complete a request."""

    async def complete(self, request: Request) -> Completion:
        """Return the reply to `request`.

        Never raises for this one request's failure: the Completion then says `failure` and `reason`.
        Raises a kind of `errors.Paused` when no further request can be made (budget, bad key, replay miss).
        """
        ...


def request_key(request: Request, endpoint: str) -> str:
    """Return the content address of a request: SHA-256 of the canonical JSON of all that changes its answer.

    `endpoint` is the LiteLLM model id with its base URL: two display names of one model share their answers.
    """
    # vars, not asdict: this runs for every request of a replay, and the fields are plain values.
    canonical = {"endpoint": endpoint, "messages": request.messages, "params": vars(request.params), "sample": request.sample}
    return hashlib.sha256(orjson.dumps(canonical, option=orjson.OPT_SORT_KEYS)).hexdigest()


class Provider(Protocol):
    """Whatever carries one try of one request to a model."""

    async def send(self, spec: ModelSpec, request: Request) -> Completion:
        """Return the reply, without key and cost; raises Trouble."""
        ...

    async def aclose(self) -> None:
        """Free connections."""
        ...
