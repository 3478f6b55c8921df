"""What people paste as a key is read rightly, or said to be none without being shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.chat.pasted import key_in
from adaem_core.errors import BadInput
from tests.rows import every_row

KEY = "sk-proj-4f9aVERYsecret_77-aaa"
NAME = "OPENAI_API_KEY"


@every_row(
    "pasted",
    [
        KEY,
        f"  {KEY}\n",
        f"\t{KEY}\r\n",
        f'"{KEY}"',
        f"'{KEY}'",
        f"`{KEY}`",
        f"“{KEY}”",
        f"«{KEY}»",
        f"\ufeff{KEY}\u200b",
        f"\u00a0{KEY}\u00a0",
        f"{NAME}={KEY}",
        f'{NAME}="{KEY}"',
        f"{NAME} = '{KEY}';",
        f"export {NAME}={KEY}",
        f'export {NAME}="{KEY}"\n',
        f"set {NAME}={KEY}",
        f'$env:{NAME} = "{KEY}"',
        f"{NAME}: {KEY}",
        f'"{NAME}": "{KEY}",',
        f"openai_api_key={KEY}",
        f"api_key = '{KEY}',",
        f"Bearer {KEY}",
        f"bearer  {KEY}",
        f"Authorization: Bearer {KEY}",
        f"x-api-key: {KEY}",
        f"{NAME}=Bearer {KEY}",
    ],
)
def test_read(pasted: str) -> None:
    assert key_in(pasted, NAME) == KEY


@every_row(
    "key",
    [
        "AB_CDEFGH==",
        "abc_def=",
        "eyJhbGciOi.J9_x.y-z",
        "0123456789abcdef",
        "hf_AbCdEfGhIj",
        "ID:secret_part-1",
        "sk_live_ab:cdefghijkl",
        "a_b=cdefghijkl",
        "AIzaSy_A:b=c",
    ],
)
def test_a_key_with_marks_of_its_own_stays_as_it_is(key: str) -> None:
    assert key_in(key, NAME) == key


@every_row(
    "pasted, told",
    [
        ("", "empty"),
        ("  ''  ", "empty"),
        ("Bearer ", "blank|empty|characters"),
        ("sk-…aaaa", "hidden"),
        ("sk-****************aaaa", "hidden"),
        ("sk-••••••••aaaa", "hidden"),
        ("sk-...aaaa", "hidden"),
        ("my secret key", "blank"),
        ("sk-abcdefgh\nsk-ijklmnop", "new line"),
        ("https://platform.openai.example/api-keys", "address"),
        ("sk-abcdefghß", "letters"),
        ("sk-1", "characters"),
        ("x" * 5000, "characters"),
        ("ANTHROPIC_API_KEY=sk-ant-abcdefgh", "another variable"),
        ("export ANTHROPIC_API_KEY=sk-ant-abcdefgh", "another variable"),
    ],
)
def test_what_cannot_be_a_key_is_told_and_not_shown(pasted: str, told: str) -> None:
    with pytest.raises(BadInput, match=told) as error:
        key_in(pasted, NAME)
    assert NAME in str(error.value)
    assert not any(part in str(error.value) for part in pasted.split() if len(part) > 7)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="\"'`,;:=*."), min_size=8, max_size=60))
def test_any_key_comes_through_whole(key: str) -> None:
    for pasted in (key, f" {key} ", f'{NAME}="{key}"', f"Bearer {key}"):
        assert key_in(pasted, NAME) == key
