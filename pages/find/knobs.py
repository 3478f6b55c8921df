"""Settings to controls to settings: every knob is drawn from its own label, help and bounds, so none is written twice."""

from collections.abc import Collection
from dataclasses import Field, fields
from typing import Any

import streamlit as st

from adaem_core.settings import Settings
from pages.shared import controls


def knobs(kind: type[Settings], *, leave_out: Collection[str] = ()) -> dict[str, Any]:
    """Draw a control per knob, two or three abreast; return the values by name. The engine checks them again."""
    drawn = [each for each in fields(kind) if each.name not in leave_out]  # type: ignore[arg-type]
    with st.grid(3, min_column_width=240):
        return {each.name: knob(each) for each in drawn}


def one_knob(kind: type[Settings], name: str, **drawn: Any) -> Any:
    """Draw the control of one knob; `drawn` overrides how it is shown, never its bounds."""
    return knob(field_of(kind, name), **drawn)


def standing(kind: type[Settings], name: str) -> Any:
    """Return the value of a number's knob that the page draws further down."""
    return controls.numeric(*bounded(field_of(kind, name)), silent=True).value()


def field_of(kind: type[Settings], name: str) -> Field[Any]:
    """Return one field of the settings."""
    return next(each for each in fields(kind) if each.name == name)  # type: ignore[arg-type]


def knob(field: Field[Any], **drawn: Any) -> Any:
    """Draw one knob by the kind of its default: choice, switch, or number. The address says what differs from the default."""
    meta, default = field.metadata, field.default
    shared = {"help": meta["help"], **drawn}
    if meta["choices"]:
        worded = {"shown": lambda each: each.replace("_", " "), "default": default, "silent": True}
        return controls.from_address(meta["label"], field.name, list(meta["choices"]), **worded, **shared)
    if isinstance(default, bool):
        return controls.switch(meta["label"], field.name, default=default, **shared)
    return controls.number(*bounded(field), silent=True, placeholder="no cap" if default is None else None, **shared)


def bounded(field: Field[Any]) -> tuple[str, str, float, float, float | None, float]:
    """Return a knob's label, name, bounds, default and step."""
    meta, kind = field.metadata, int if "int" in str(field.type) else float
    low, high, default = (None if each is None else kind(each) for each in (meta["low"], meta["high"], field.default))
    assert low is not None and high is not None
    step = 1 if kind is int else 0.05 if high <= 10 else 1.0
    return meta["label"], field.name, low, high, default, step
