"""Where tests begin: none is lost, and each worker's share begins with long ones."""

from pathlib import Path
from types import SimpleNamespace

from tests.order import LONGEST, dealt, rank

ROOT = Path(__file__).resolve().parent.parent


def test_every_test_is_dealt_once_and_each_share_begins_with_long_ones() -> None:
    names = [*(f"tests/a/test_short.py::test_{number}" for number in range(50)), *(f"{begin}.py::test" for begin in reversed(LONGEST))]
    for workers in (1, 2, 3, 8):
        order = [item.nodeid for item in dealt([SimpleNamespace(nodeid=name) for name in names], workers)]  # type: ignore[misc]
        assert sorted(order) == sorted(names)
        assert {order[len(names) * worker // workers] for worker in range(workers)} == {f"{begin}.py::test" for begin in LONGEST[:workers]}
    assert dealt([], 2) == []


def test_what_begins_first_is_there() -> None:
    assert [begin for begin in LONGEST if not list(ROOT.glob(f"{begin}*.py"))] == []
    assert rank(LONGEST[1]) == 1 and rank("tests/a/test_short.py::test") == len(LONGEST)
