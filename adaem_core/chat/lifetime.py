"""Models that are or will soon be withdrawn by their providers, as LiteLLM's list tells it.

Data flow: `ModelSpec, today → one sentence`, "" for a model that stays.
"""

import re
from datetime import date, timedelta

from adaem_core.chat.prices import list_entry, price_list
from adaem_core.panels import ModelSpec

NEAR = timedelta(days=90)
DATED = re.compile(r"[-@](?:\d{4}-?\d\d-?\d\d|\d{4}|\d{3})$|-preview(?:-\d\d-\d{2,4})?$")


def ending(spec: ModelSpec, today: date) -> str:
    """Return the sentence about a model that is past its last day, or within 90 days of it; "" otherwise and where nobody knows."""
    last = last_day(spec.model)
    if last is None or spec.simulated or (spec.api_base and spec.model.startswith("openai/")) or last > today + NEAR:
        return ""
    when = f"was withdrawn on {last}" if last <= today else f"will be withdrawn on {last}"
    instead = successor(spec.model, today)
    advice = (
        f"For {instead}, its successor by name, the list has no such date."
        if instead
        else "Choose another model for what is to be repeated later."
    )
    return f"{spec.name} ({spec.model}) {when}, says LiteLLM's list. {advice}"


def last_day(model: str) -> date | None:
    """Return the day a model is withdrawn; None where the list names none."""
    try:
        return date.fromisoformat(str(list_entry(model).get("deprecation_date", "")))
    except ValueError:
        return None


def successor(model: str, today: date) -> str:
    """Return the same model under a name without its date, or the newest dated one that stays; "" where the list has neither."""
    stem = DATED.sub("", model)
    bare = stem.partition("/")[2] or stem
    prefix = stem.removesuffix(bare)
    names = {name.removeprefix(prefix) for name in price_list() if DATED.sub("", name.removeprefix(prefix)) == bare}
    staying = sorted(name for name in names if prefix + name != model and stays(prefix + name, today))
    return prefix + (bare if bare in staying else staying[-1]) if staying else ""


def stays(model: str, today: date) -> bool:
    """Return True for a listed model that is not about to be withdrawn."""
    last = last_day(model)
    return bool(list_entry(model)) and (last is None or last > today + NEAR)
