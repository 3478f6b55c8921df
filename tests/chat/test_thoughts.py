"""Thoughts and what stands before the final channel go; everything else stays."""

from adaem_core.chat.thoughts import without_thoughts
from tests.rows import every_row


@every_row(
    "raw, text",
    [
        ("<think>a</think>b", "b"),
        ("a</think>b", "b"),
        ("b<think>a", "b"),
        ("<THINK>a<think>b</think>c", "c"),
        ("a ◁think▷b◁/think▷ c", "a  c"),
        ("<reasoning>a</reasoning>b", "b"),
        ("<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b", "b"),
        ("Assistant: b", "b"),
        ("\n\na ", "a "),
        ("The assistant: a story", "The assistant: a story"),
        ("I think <b>so</b>", "I think <b>so</b>"),
    ],
)
def test_without_thoughts(raw: str, text: str) -> None:
    assert without_thoughts(raw) == text
