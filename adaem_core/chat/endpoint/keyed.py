"""Where a request goes and which key it carries: only what the owner has agreed to (`consent`) is read from the environment.

Data flow: `ModelSpec → key, address` as LiteLLM takes them.
"""

import os

from adaem_core.chat.endpoint.concessions import Arguments
from adaem_core.chat.endpoint.scrub import keep_out
from adaem_core.panels import ModelSpec

NO_KEY = "none"  # sent to servers that need no key, so that LiteLLM never sends them the user's OpenAI key instead


def key_of(spec: ModelSpec) -> str | None:
    """Return the key to send, None to let LiteLLM find the provider's usual variable."""
    if spec.key_env is None:
        return NO_KEY if spec.api_base else None
    key = os.environ.get(spec.key_env, "").strip() or NO_KEY
    keep_out(key)
    return key


def address(spec: ModelSpec, key: str | None, timeout: float) -> Arguments:
    """Return how to reach a model: everything of a call that does not change the answer."""
    found: Arguments = {"model": spec.model, "timeout": timeout, "num_retries": 0, "max_retries": 0, "drop_params": True}
    given = {"api_key": key, "api_base": spec.api_base}
    return found | {name: value for name, value in given.items() if value is not None}
