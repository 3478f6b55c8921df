"""A request as the model really gets it, where it goes, and how to tell a user which one it was.

Data flow: `Request, ModelSpec → the effective request, its endpoint` — the two things its key is made of.
"""

from dataclasses import replace

from adaem_core.chat.endpoint.scrub import plain_address
from adaem_core.messages import Request
from adaem_core.panels import ModelSpec

SHOWN = 120  # characters of a prompt quoted when a replay misses it


def effective(request: Request, spec: ModelSpec) -> Request:
    """Return the request as the model gets it: its own reply limit if higher, a JSON format only where it is honoured."""
    params = request.params
    limit = max(params.max_tokens, spec.max_tokens or 0)
    json = params.json and spec.json
    if (limit, json) == (params.max_tokens, params.json):
        return request
    return replace(request, params=replace(params, max_tokens=limit, json=json))


def endpoint_of(spec: ModelSpec) -> str:
    """Return where requests go, as part of their key: LiteLLM id and address, without anything private."""
    return f"{spec.model} {plain_address(spec.api_base)}" if spec.api_base else spec.model


def miss(request: Request) -> str:
    """Return the sentence about a request that a replay cannot answer."""
    prompt = " ".join(request.messages[-1]["content"].split())
    return (
        f"Replay only: {request.model} was never asked this ({request.purpose}): “{prompt[:SHOWN]}…”. "
        "Run without replay to ask it, or restore the cache this study was made with."
    )
