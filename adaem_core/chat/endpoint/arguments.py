"""A request in the words LiteLLM has for it.

Data flow: `ModelSpec, Request → arguments | text`.
"""

from adaem_core.chat.blocks import read_blocks
from adaem_core.chat.endpoint.concessions import Arguments
from adaem_core.messages import Message, Request
from adaem_core.panels import ModelSpec

ALTERNATIVES = 20  # token alternatives asked for with log-probabilities


def chat_arguments(spec: ModelSpec, request: Request) -> Arguments:
    """Return messages and sampling parameters as LiteLLM names them; `metadata` is for the simulated panel and goes no further."""
    params = request.params
    found: Arguments = {"messages": list(request.messages), "metadata": {"purpose": str(request.purpose), "sample": request.sample}}
    found |= {"temperature": params.temperature, "top_p": params.top_p, "max_tokens": params.max_tokens}
    if params.json and spec.json:
        found["response_format"] = {"type": "json_object"}
    if params.logprobs:
        found |= {"logprobs": True, "top_logprobs": ALTERNATIVES}
    return found


def joined(messages: tuple[Message, ...]) -> str:
    """Return a conversation as plain text, for endpoints that continue a text."""
    return "".join(f"{message['content']}\n\n" for message in messages)


def judged(messages: tuple[Message, ...]) -> str:
    """Return the text a moderation endpoint is to judge: the fenced question, else the last message."""
    return next(reversed(read_blocks(messages, "question")), messages[-1]["content"])
