"""Models that go: told in time, with the name that stays where the list has one."""

from datetime import date

import pytest

from adaem_core.chat import lifetimes, prices
from adaem_core.chat.lifetimes import retiring
from adaem_core.panels import ModelSpec, Role

TODAY = date(2026, 11, 26)
LISTED = {
    "openai/old-2024-11-20": {"deprecation_date": "2026-10-01"},
    "openai/old": {},
    "openai/near-0613": {"deprecation_date": "2027-01-14"},
    "openai/near": {"deprecation_date": "2026-11-01"},
    "openai/far": {"deprecation_date": "2028-01-01"},
    "openai/odd": {"deprecation_date": "soon"},
}


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (prices, lifetimes):
        monkeypatch.setattr(module, "price_list", lambda: LISTED)


def spec(model: str, api_base: str | None = None) -> ModelSpec:
    return ModelSpec("oak", model, (Role.P1,), api_base=api_base)


def test_what_is_gone_or_going_is_told_with_the_name_that_stays() -> None:
    told = retiring(map(spec, LISTED), TODAY)
    assert told == [
        "oak (openai/old-2024-11-20) was to be switched off on 2026-10-01. openai/old, its name without a date, goes on.",
        "oak (openai/near-0613) will be switched off on 2027-01-14. Ask its provider for the successor.",
        "oak (openai/near) was to be switched off on 2026-11-01. Ask its provider for the successor.",
    ]


def test_an_address_of_ones_own_and_simulated_models_have_no_such_day() -> None:
    assert retiring([spec("openai/near", "http://localhost:1"), spec("simulated/aurora")], TODAY) == []
