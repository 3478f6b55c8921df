"""Replies in the shapes of other services, which some gateways pass on as they are, given the one of chat completions beside it.

Data flow: `body as sent → body with choices and usage`. What LiteLLM reads of the other shape stays as it was.
"""

from typing import Any

from adaem_core.chat.endpoint.fields import mapping

Body = dict[str, Any]


def chosen(body: Body) -> Body:
    """Return a reply with choices, where it tells an answer in any known shape; else, and with an error, as it is."""
    if body.get("error") or body.get("choices"):
        return body | ({"choices": [spoken(each) for each in body["choices"]]} if isinstance(body.get("choices"), list) else {})
    for shape in (responses, ollama, gemini, anthropic):
        if found := shape(body):
            content, finish, usage = found
            choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
            return body | {"choices": [choice], "usage": body.get("usage") or usage}
    return body


def spoken(choice: Any) -> Any:
    """Return a choice whose words stand in a message, also where an older service tells them as a text."""
    text = mapping(choice).get("text")
    if not isinstance(text, str) or mapping(choice).get("message") or mapping(choice).get("delta"):
        return choice
    return choice | {"message": {"role": "assistant", "content": text}}


Shape = tuple[Any, Any, Any]  # content, why it ended, usage


def responses(body: Body) -> Shape | None:
    """Return what OpenAI's responses tell: the messages among the outputs."""
    if not isinstance(body.get("output"), list):
        return None
    said = [each.get("content") for each in map(mapping, body["output"]) if each.get("type") == "message"]
    ended = mapping(body.get("incomplete_details")).get("reason") or body.get("status")
    return said, "stop" if ended in (None, "completed") else ended, None


def ollama(body: Body) -> Shape | None:
    """Return what Ollama's own addresses tell."""
    if "done" not in body:
        return None
    content = mapping(body.get("message")).get("content", body.get("response"))
    usage = {"prompt_tokens": body.get("prompt_eval_count"), "completion_tokens": body.get("eval_count")}
    return content, (body.get("done_reason") or "stop") if body["done"] else None, usage


def gemini(body: Body) -> Shape | None:
    """Return what Google's models tell: the parts of the first candidate."""
    candidates = body.get("candidates")
    if not isinstance(candidates, list) or not candidates:
        return None
    first, counts = mapping(candidates[0]), mapping(body.get("usageMetadata"))
    usage = {name: counts.get(theirs) for name, theirs in GEMINI_COUNTS.items()}
    return mapping(first.get("content")).get("parts"), first.get("finishReason") or "stop", usage


GEMINI_COUNTS = {
    "prompt_tokens": "promptTokenCount",
    "completion_tokens": "candidatesTokenCount",
    "reasoning_tokens": "thoughtsTokenCount",
    "total_tokens": "totalTokenCount",
}


def anthropic(body: Body) -> Shape | None:
    """Return what Anthropic's models tell: their blocks of text."""
    if body.get("type") != "message" or not isinstance(body.get("content"), list):
        return None
    return body["content"], body.get("stop_reason") or "stop", None
