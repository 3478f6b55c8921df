"""Model cards: who takes part in a panel, at what price, and which key each needs."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from adaem_core.chat.keys import missing_variables, needs_of
from adaem_core.chat.prices import price_of
from adaem_core.panels import ModelSpec, Panel
from pages.shared import agree

if TYPE_CHECKING:
    import pandas as pd

NUMBER = st.column_config.NumberColumn
COLUMNS = {
    "Model": st.column_config.TextColumn(pinned=True),
    "Price in": NUMBER(format="$%.2f", help="US dollars per million prompt tokens; empty: unknown."),
    "Price out": NUMBER(format="$%.2f", help="US dollars per million reply tokens; empty: unknown."),
    "Key": st.column_config.TextColumn(help="The environment variable that should hold the key, and whether there is one."),
}


def card_table(panel: Panel) -> "pd.DataFrame":
    """Return one row per model."""
    import pandas as pd

    return pd.DataFrame([card(each) for each in panel.models])


def card(spec: ModelSpec) -> dict[str, Any]:
    """Return the card of one model."""
    price = price_of(spec)
    return {
        "Model": spec.name,
        "Roles": ", ".join(role.upper() if len(role) == 2 else role.value for role in spec.roles),
        "Developer": spec.developer,
        "Country": spec.country,
        "Kind": spec.kind,
        "Says it can": ", ".join(["JSON"] * spec.json + ["log-probabilities"] * spec.logprobs) or "–",
        "Released": spec.released,
        "Knowledge until": spec.knowledge_cutoff,
        "Price in": price.input if price else None,
        "Price out": price.output if price else None,
        "Key": key_state(spec),
        "LiteLLM id": spec.model,
        "Address": spec.api_base or "",
    }


def key_state(spec: ModelSpec) -> str:
    """Return which variable should hold the key and whether it is there; never its value."""
    usual, missing = [each[0] for each in needs_of(spec)], missing_variables(spec, agree.in_hand())
    return ", ".join(f"{name}: {'missing' if name in missing else 'there'}" for name in usual) or "none needed"
