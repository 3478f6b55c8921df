"""A table of cases in one test: no row is passed over, and every one that fails is named."""

import pytest

from tests.rows import every_row

SEEN: list[tuple[int, str]] = []


@every_row("number", [1, 2, 3])
@every_row("word, length", [("one", 3), ("two", 4)])
def table(number: int, word: str, length: int, tmp_path: object) -> None:
    SEEN.append((number, word))
    assert len(word) == length


def test_every_row_is_tried_and_each_that_fails_is_told() -> None:
    with pytest.raises(AssertionError, match=r"^3 of 3 rows fail:") as told:
        table(tmp_path=None)
    assert [(number, word) for number in (1, 2, 3) for word in ("one", "two")] == SEEN
    assert str(told.value).count("1 of 2 rows fail:\n\n[('two', 4)] AssertionError: assert 3 == 4") == 3


def test_a_table_that_holds_passes_and_one_without_rows_is_refused() -> None:
    every_row("number", [1, 2], ids=["one", "two"])(lambda number: None)()
    with pytest.raises(AssertionError, match="a table has rows"):
        every_row("number", [])
