"""One test over a whole table of cases: every row is tried, and those that fail are told together.

    @every_row("text, words", [("one", 1), ("one two", 2)])
    def test_words(text: str, words: int) -> None: ...

reads like `pytest.mark.parametrize`, but counts as the one claim it is. Tests whose rows want a folder of their own, or are
long, stay parametrised.
"""

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Test = Callable[..., None]


def every_row(names: str, rows: Iterable[Any], ids: Callable[[Any], str] | Iterable[str] | None = None) -> Callable[[Test], Test]:
    """Return a decorator that makes one test of all `rows`: values of the arguments `names`, a tuple each where there are several.

    `ids` are the rows' names in the message, or a function that gives them; without it a row is shown as it is.
    """
    arguments = [name.strip() for name in names.split(",")]
    listed = list(rows)
    labels = [shown(row, ids) for row in listed] if ids is None or callable(ids) else list(ids)
    assert listed and len(labels) == len(listed), "a table has rows, and a name for each"

    def whole(test: Test) -> Test:
        @functools.wraps(test)
        def tried(**fixtures: Any) -> None:
            failures: list[tuple[str, BaseException]] = []
            for label, row in zip(labels, listed, strict=True):
                try:
                    test(**fixtures, **dict(zip(arguments, row if len(arguments) > 1 else (row,), strict=True)))
                except Exception as failure:
                    failures.append((label, failure))
            if failures:
                raise AssertionError(told(failures, len(listed))) from failures[0][1]

        parameters = inspect.signature(test).parameters.values()
        tried.__signature__ = inspect.Signature([each for each in parameters if each.name not in arguments])  # type: ignore[attr-defined]
        return tried

    return whole


def shown(row: Any, ids: Callable[[Any], str] | None) -> str:
    """Return a row's name: what `ids` says, else the row itself, cut at a line's length."""
    return ids(row) if ids else repr(row)[:100]


def told(failures: Sequence[tuple[str, BaseException]], rows: int) -> str:
    """Return the message: how many rows failed, and which, and why."""
    lines = [f"[{label}] {type(failure).__name__}: {failure}" for label, failure in failures]
    return "\n\n".join([f"{len(failures)} of {rows} rows fail:", *lines])
