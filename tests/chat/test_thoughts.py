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
        ("The tag <think> is public.", "The tag <think> is public."),
        ("Both <think> and </think> are words here.", "Both <think> and </think> are words here."),
        ("a<|im_end|>\n<|im_start|>user\nb", "a"),
        ("<s>[INST] a [/INST] b</s>", "b"),
        ("b [/INST] a", "b "),
        ("analysisa.assistantfinalb", "analysisa.assistantfinalb"),
        ("analysisWe see.assistantfinalb", "b"),
        ("analysisWe see", ""),
        ("<details><summary>Thoughts</summary>a</details>b", "b"),
        ("<details><summary>Points</summary>a</details>b", "<details><summary>Points</summary>a</details>b"),
        ("a\nUser: b\nAssistant: c", "a\n"),
        ("no <s>yes</s> no</s>", "no <s>yes</s> no"),
    ],
)
def test_without_thoughts(raw: str, text: str) -> None:
    assert without_thoughts(raw) == text
