"""Model cards and connection tests. The test runs in a process of its own: the page never loads the network code, nor sees a key."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
import yaml

from adaem_core.chat.keys import missing_variables, needs_of
from adaem_core.chat.prices import price_of
from adaem_core.folders import STUDIO
from adaem_core.panels import ModelSpec, Panel

if TYPE_CHECKING:
    import pandas as pd

PATIENCE = 120  # seconds a connection test may take
NUMBER = st.column_config.NumberColumn
COLUMNS = {
    "Model": st.column_config.TextColumn(pinned=True, width="small"),
    "Price in": NUMBER(format="$%.2f", help="US dollars per million prompt tokens; empty: unknown."),
    "Price out": NUMBER(format="$%.2f", help="US dollars per million reply tokens; empty: unknown."),
    "Key": st.column_config.TextColumn(help="The environment variable that should hold the key, and whether it is set."),
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
    usual, missing = [each[0] for each in needs_of(spec)], missing_variables(spec)
    return ", ".join(f"{name}: {'missing' if name in missing else 'set'}" for name in usual) or "none needed"


def probe(panel: dict[str, Any], name: str) -> dict[str, Any]:
    """Return what the command line's `probe` says about one model: its JSON, or the reason there is none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "panel.yaml"
        file.write_text(yaml.safe_dump(json.loads(json.dumps(panel))), encoding="utf-8")
        command = [sys.executable, "-m", "adaem_core", "probe", "--panel", str(file), "--model", name, "--json"]
        try:
            done = subprocess.run(
                command, cwd=STUDIO, capture_output=True, text=True, timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired:
            return {"ok": False, "sentence": f"No reply within {PATIENCE} seconds. Check the address and the network, then test again."}
    return read_probe(done.stdout, done.stderr)


def read_probe(out: str, err: str) -> dict[str, Any]:
    """Return the last JSON line of `out`; without one, the last line of `err` as the reason."""
    for line in reversed(out.splitlines()):
        try:
            found = json.loads(line)
        except json.JSONDecodeError:
            continue
        return found[0] if isinstance(found, list) and found else found
    return {"ok": False, "sentence": (err.strip().splitlines() or ["The test ended without a result."])[-1]}


def show_probes(panel: str, probed: dict[tuple[str, str], dict[str, Any]]) -> None:
    """Show the tests of this session for one panel, as plain text."""
    rows = [
        {"Model": name, **{title: told(result.get(key)) for key, title in SEEN.items()}}
        for (of, name), result in probed.items()
        if of == panel
    ]
    if rows:
        st.dataframe(rows, hide_index=True, alt="What the connection tests observed", height="content", key="probes")


SEEN = {"ok": "Works", "sentence": "What happened", "json": "JSON", "logprobs": "Log-probabilities", "served_by": "Served by"}


def told(value: Any) -> str:
    """Return a field of a result in words; – where nothing was seen."""
    return "yes" if value is True else "no" if value is False else str(value or "–")
