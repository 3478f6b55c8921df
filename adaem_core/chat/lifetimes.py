"""Until when a model can be asked, as far as LiteLLM's list knows: a study that is to be repeated should not rest on one that goes.

Data flow: `panel, day → a sentence per model that is gone or going`.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from adaem_core.chat.prices import list_entry, price_list
from adaem_core.panels import ModelSpec

SOON = timedelta(days=120)
DATED = re.compile(r"[-@](?:20\d\d-?\d\d-?\d\d|\d{4})$")


def last_day(model: str) -> date | None:
    """Return the day on which a LiteLLM id stops answering, None where the list names none."""
    try:
        return date.fromisoformat(str(list_entry(model).get("deprecation_date", "")))
    except ValueError:
        return None


def successor(model: str, today: date) -> str:
    """Return the same model's name without its date, if the list has one that outlives it; "" if not."""
    undated = DATED.sub("", model)
    bare = undated.partition("/")[2]
    if undated == model or not (undated in price_list() or bare in price_list()):
        return ""
    end, its_own = last_day(undated), last_day(model)
    return undated if end is None or (end > today and (its_own is None or end > its_own)) else ""


def retiring(models: Iterable[ModelSpec], today: date) -> list[str]:
    """Return a sentence for each model that is switched off, or will be soon, in file order; an address of one's own has its own days."""
    told = []
    for spec in models:
        end = None if spec.api_base or spec.simulated else last_day(spec.model)
        if end and end - today <= SOON:
            was = "was to be switched off" if end <= today else "will be switched off"
            other = successor(spec.model, today)
            instead = f" {other}, its name without a date, goes on." if other else " Ask its provider for the successor."
            told.append(f"{spec.name} ({spec.model}) {was} on {end.isoformat()}.{instead}")
    return told
