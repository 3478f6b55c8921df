"""The simulated panel: respondents with known values, behind the same LiteLLM path as real models.

`respond` is the pure core, without LiteLLM; `register` makes it the custom provider `simulated/<name>`. Its numbers are always
marked (docs/decisions/simulated-is-labelled.md).
Data flow: `messages → purpose → Turn → text → ModelResponse`.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from adaem_core.chat.blocks import read_blocks
from adaem_core.chat.simulated.answers import answer
from adaem_core.chat.simulated.authors import fact, question
from adaem_core.chat.simulated.profiles import latent_profile, respondent, respondents
from adaem_core.chat.simulated.recogniser import guard, recognise, verdict_probability
from adaem_core.chat.simulated.refiners import reflect, rewrite
from adaem_core.chat.simulated.turn import Turn, turn
from adaem_core.errors import BadInput
from adaem_core.messages import Message, Params, Purpose

__all__ = ["latent_profile", "register", "respond", "respondents"]

PROVIDER = "simulated"
TASKS: Mapping[Purpose, Callable[[Turn], str]] = MappingProxyType(
    {
        Purpose.ANSWER: answer,
        Purpose.RECOGNISE: recognise,
        Purpose.LABEL_QUESTION: recognise,
        Purpose.FACT: fact,
        Purpose.QUESTION: question,
        Purpose.REFLECT: reflect,
        Purpose.REWRITE: rewrite,
        Purpose.GUARD: guard,
        Purpose.PROBE: lambda _: "OK",
        Purpose.TRANSLATE: lambda _: "(Simulated: no translation.)",  # refused beforehand (generate/translate.py); of no use in any case
        Purpose.LIKELIHOOD: lambda _: "",  # simulated respondents have no log-probabilities of texts
    }
)


def respond(
    name: str, messages: Sequence[Message], purpose: Purpose | str | None = None, sample: int = 0, params: Params | None = None
) -> str:
    """Return what respondent `name` (with or without `simulated/`) replies; the same for the same arguments, on any machine.

    Without a purpose the task is told from the prompt's blocks. At temperature 0 every sample is the same. Any text can be answered;
    BadInput for an unknown name.
    """
    who, task = respondent(name), Purpose(purpose) if purpose else infer(messages)
    if task is Purpose.REPAIR:
        messages = messages[:-2] or messages
        task = infer(messages)
    return TASKS[task](turn(who, messages, 0 if params and params.temperature == 0 else sample))


def infer(messages: Sequence[Message]) -> Purpose:
    """Return what a prompt asks for, told from its blocks."""
    has = {name for name in ("value", "values", "answers", "topic", "question") if read_blocks(messages, name)}
    followed = any(each["role"] == "assistant" for each in messages)
    if has & {"value", "values"}:
        return Purpose.RECOGNISE
    if "answers" in has:
        return Purpose.REWRITE if followed else Purpose.REFLECT
    if "topic" in has:
        return Purpose.QUESTION if followed else Purpose.FACT
    if "question" in has:
        return Purpose.ANSWER if any("key point" in each["content"] for each in messages) else Purpose.GUARD
    return Purpose.PROBE


def register() -> None:
    """Make `simulated/<name>` known to LiteLLM, at no cost per token. Calling it again changes nothing."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # else importing LiteLLM asks the network for prices
    import litellm

    if any(each["provider"] == PROVIDER for each in litellm.custom_provider_map):
        return
    litellm.custom_provider_map.append({"provider": PROVIDER, "custom_handler": provider()})
    free = {"input_cost_per_token": 0.0, "output_cost_per_token": 0.0, "litellm_provider": PROVIDER, "mode": "chat"}
    litellm.register_model({f"{PROVIDER}/{name}": dict(free) for name in respondents()})


@cache
def provider() -> Any:
    """Return the LiteLLM provider. Its class is made here because LiteLLM is slow to import."""
    from litellm.llms.custom_llm import CustomLLM

    class Simulated(CustomLLM):
        """Answers every request in-process with `respond`."""

        async def acompletion(self, *args: Any, **told: Any) -> Any:
            return completed(told["model"], told["messages"], told["model_response"], told["optional_params"], told["litellm_params"])

    return Simulated()


def completed(name: str, messages: Sequence[Any], response: Any, optional: Mapping[str, Any], about: Mapping[str, Any]) -> Any:
    """Return LiteLLM's `response`, filled: text, model, usage in words, and the verdict's log-probabilities where they are asked for."""
    from litellm import Usage
    from litellm.exceptions import NotFoundError

    asked, metadata = [plain(each) for each in messages], about.get("metadata") or {}
    params = Params(temperature=float(optional.get("temperature", 1.0)), logprobs=bool(optional.get("logprobs")))
    try:
        text = respond(name, asked, metadata.get("purpose"), int(metadata.get("sample") or 0), params)
    except BadInput as error:
        raise NotFoundError(str(error), f"{PROVIDER}/{name}", PROVIDER) from None
    choice = response.choices[0]
    choice.message.content = text
    if params.logprobs and text in ("Yes", "No"):
        choice.logprobs = verdict_logprobs(text)
    words, written = sum(len(each["content"].split()) for each in asked), len(text.split())
    response.model = f"{PROVIDER}/{name}"
    response.usage = Usage(prompt_tokens=words, completion_tokens=written, total_tokens=words + written)
    return response


def plain(message: Mapping[str, Any]) -> Message:
    """Return a message with its content as one text: some callers send a list of parts, or none."""
    content = message.get("content") or ""
    if not isinstance(content, str):
        content = "\n".join(str(part.get("text", "")) for part in content if isinstance(part, Mapping))
    return {"role": str(message.get("role", "user")), "content": content}


def verdict_logprobs(verdict: str) -> Any:
    """Return the log-probabilities of a verdict in LiteLLM's form."""
    from litellm.types.utils import ChatCompletionTokenLogprob, ChoiceLogprobs, TopLogprob

    told = verdict_probability(verdict)
    top = [TopLogprob(token=token, logprob=number) for token, number in told.alternatives.items()]
    return ChoiceLogprobs(content=[ChatCompletionTokenLogprob(token=told.token, logprob=told.logprob, top_logprobs=top)])
