"""One question to each model before anything larger is paid: does it answer from here, and what did that cost.

It is asked in a process of its own: a page never loads the network code.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st
import yaml

from adaem_core import panels
from adaem_core.chat.trial import cost
from adaem_core.errors import AdaemError
from adaem_core.folders import STUDIO
from adaem_core.panels import ModelSpec, Panel
from adaem_core.work.caps import Purse
from pages.shared import agree, member, show

TRIED = "trials"  # in the session: model → what its trial showed
PATIENCE = 120  # seconds a trial may take
SEEN = {
    "ok": "Answers",
    "seconds": "Seconds",
    "cost": "US dollars",
    "json": "JSON",
    "logprobs": "Log-probabilities",
    "served_by": "Served by",
}


def offer(panel: Panel, reasons: Sequence[str]) -> None:
    """Offer one question to each model of a panel, unless something stands against it; show what came of it."""
    real = [each for each in panel.models if not each.simulated]
    if not real:
        return
    most = math.fsum(cost(each) or 0.0 for each in real)
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button("Ask each model one question", icon=":material/network_check:", disabled=bool(reasons), key="try")
        st.caption(
            f"Shows that each answers, before more is paid: {len(real)} short requests, at most \\${most:.4f} together.", width="content"
        )
    if pressed and not reasons:  # a browser may press what has been greyed since
        ask(panel.name, real, most)
    show_tried(real)


def ask(panel: str, models: Sequence[ModelSpec], most: float) -> None:
    """Ask each model, within what is left of the visitor's day, and keep in the session what it showed."""
    try:
        member.trial(Purse(most, len(models)), panel=panel)
    except AdaemError as error:
        show.refuse(error)
        return
    with st.spinner("Waiting for the replies"):
        found = probe(Panel(panel, tuple(models)))
        st.session_state[TRIED] = {**st.session_state.get(TRIED, {}), **dict(zip(models, found, strict=True))}


def show_tried(models: Sequence[ModelSpec]) -> None:
    """Show what the trials of this session showed, as plain text."""
    tried = st.session_state.get(TRIED, {})
    rows = [{"Model": each.name, **{title: told(tried[each].get(key)) for key, title in SEEN.items()}} for each in models if each in tried]
    if not rows:
        return
    silent = [show.plain(tried[each]["sentence"]) for each in models if each in tried and not tried[each]["ok"]]
    if silent:
        st.warning("  \n".join(["Not every model answers.", *silent]), icon=":material/error:")
    else:
        st.success("Every model that was asked answers.", icon=":material/check_circle:")
    st.dataframe(rows, hide_index=True, alt="What one question to each model showed", height="content", key="tried_table")


def told(value: Any) -> str:
    """Return a field of a result in words; – where nothing was seen."""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return "yes" if value is True else "no" if value is False else str(value or "–")


def probe(panel: Panel) -> list[dict[str, Any]]:
    """Return what the command line's `probe` says about each model: its JSON, or the reason there is none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "panel.yaml"
        file.write_text(yaml.safe_dump(json.loads(json.dumps(panels.as_mapping(panel)))), encoding="utf-8")
        command = [sys.executable, "-m", "adaem_core", "probe", "--panel", str(file), "--json"]
        surroundings = {"cwd": STUDIO, "env": {**os.environ, **agree.in_hand()}, "stdin": subprocess.DEVNULL}
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False, **surroundings)
        except subprocess.TimeoutExpired:
            return failed(f"No reply within {PATIENCE} seconds. Check the address and the network, then try again.", panel)
    return read_probe(done.stdout) or failed((done.stderr.strip().splitlines() or ["The trial ended without a result."])[-1], panel)


def read_probe(out: str) -> list[dict[str, Any]]:
    """Return the last JSON line of what the command said; empty without one."""
    for line in reversed(out.splitlines()):
        try:
            found: list[dict[str, Any]] = json.loads(line)
        except json.JSONDecodeError:
            continue
        return found
    return []


def failed(sentence: str, panel: Panel) -> list[dict[str, Any]]:
    """Return a result for each model where there is none; what was billed is not known then, so the most is told."""
    return [{"ok": False, "sentence": f"{each.name}: {sentence}", "cost": cost(each)} for each in panel.models]
