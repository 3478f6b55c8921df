"""Markdown, thoughts and wide characters go; words stay."""

from adaem_core.elicit.plain import plain, prepare, unwrap
from tests.rows import every_row


@every_row(
    "raw, text",
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("１．Point：x", "1. Point: x"),
        ("```json\n{}\n```", "\n{}\n"),
        ("a<br/>b <b>c</b><|im_end|>", "a\nb c"),
        ("one\\ntwo", "one\ntwo"),
        ("a\x00b\ud800", "ab?"),
    ],
)
def test_prepare(raw: str, text: str) -> None:
    assert prepare(raw) == text


@every_row(
    "marked, text",
    [
        ("**Bold** and *italic* and __both__ _too_ and `code`", "Bold and italic and both too and code"),
        ("snake_case_word, 2 * 3 * 4, 5*6", "snake_case_word, 2 * 3 * 4, 5*6"),
        ("see [the law](https://x.org/a_b) ![](x.png)!", "see the law !"),
        ("  two\n lines  ", "two lines"),
        ("** Loose bold**", "Loose bold"),
    ],
)
def test_plain(marked: str, text: str) -> None:
    assert plain(marked) == text


@every_row(
    "wrapped, text",
    [('"all"', "all"), ("“all”.", "all"), ("<all>", "all"), ('"one" and "two"', '"one" and "two"'), ('the "wa"', 'the "wa"'), ("[", "[")],
)
def test_unwrap(wrapped: str, text: str) -> None:
    assert unwrap(wrapped) == text
