"""Models that are withdrawn: told in time, with a successor where the list has one."""

from datetime import date

import pytest

from adaem_core.chat import lifetime
from adaem_core.chat.lifetime import ending
from adaem_core.panels import ModelSpec, Role

LIST = {
    "a/old-2024-01-01": {"deprecation_date": "2026-06-01"},
    "a/old-2026-05-05": {},
    "a/lone": {"deprecation_date": "2026-06-01"},
    "a/kept": {"deprecation_date": "2029-01-01"},
}


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifetime, "price_list", lambda: LIST)
    monkeypatch.setattr(lifetime, "list_entry", lambda model: LIST.get(model, {"any": 1} if model in LIST else {}))


def told(model: str, today: date) -> str:
    return ending(ModelSpec("it", model, (Role.P1,)), today)


def test_the_day_and_the_successor() -> None:
    assert "will be withdrawn on 2026-06-01" in told("a/old-2024-01-01", date(2026, 4, 1))
    assert "was withdrawn on 2026-06-01" in told("a/lone", date(2026, 6, 1)) and "another model" in told("a/lone", date(2026, 6, 1))
    assert told("a/old-2024-01-01", date(2026, 1, 1)) == "", "more than 90 days away"
    assert told("a/kept", date(2026, 6, 1)) == told("a/unheard", date(2026, 6, 1)) == told("simulated/aurora", date(2026, 6, 1)) == ""
