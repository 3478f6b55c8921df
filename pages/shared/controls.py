"""Settings to widgets to settings: every knob is drawn from its own label, help and bounds, so none is written twice."""

from collections.abc import Collection
from dataclasses import Field, fields
from typing import Any, TypeVar

import streamlit as st

from adaem_core.settings import Settings

Kind = TypeVar("Kind", bound=Settings)


def knobs(kind: type[Settings], *, leave_out: Collection[str] = ()) -> dict[str, Any]:
    """Draw a widget per knob, two or three abreast; return the values by name. The engine checks them again."""
    drawn = [each for each in fields(kind) if each.name not in leave_out]  # type: ignore[arg-type]
    with st.grid(3, min_column_width=240):
        return {each.name: knob(each, f"{kind.__name__}_{each.name}") for each in drawn}


def one_knob(kind: type[Settings], name: str, **drawn: Any) -> Any:
    """Draw the widget of one knob; `drawn` overrides how it is shown, never its bounds."""
    return knob(next(each for each in fields(kind) if each.name == name), f"{kind.__name__}_{name}", **drawn)  # type: ignore[arg-type]


def knob(field: Field[Any], key: str, **drawn: Any) -> Any:
    """Draw one knob by the kind of its default: choice, switch, or number."""
    meta, default = field.metadata, drawn.pop("default", field.default)
    shared = {"help": meta["help"], "key": key, "persist_state": "session", **drawn}
    label = shared.pop("label", meta["label"])
    if meta["choices"]:
        options = list(meta["choices"])
        return st.selectbox(label, options, index=options.index(default), format_func=lambda each: each.replace("_", " "), **shared)
    if isinstance(default, bool):
        return st.toggle(label, default, **shared)
    return number(label, default, meta, whole="int" in str(field.type), **shared)


def number(label: str, default: float | None, meta: Any, *, whole: bool, **drawn: Any) -> float | int | None:
    """Draw a number within its bounds; an empty box means none where the default is none."""
    kind = int if whole else float
    low, high = (None if each is None else kind(each) for each in (meta["low"], meta["high"]))
    step = 1 if whole else 0.05 if (high or 0) <= 10 else 1.0
    return st.number_input(label, low, high, default, step, placeholder="no cap" if default is None else None, **drawn)
