"""The command `probe`: a first contact with each model of a panel.

Data flow: `panel → one short request per model → what came back`.
"""

import asyncio
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Any

from adaem_core import panels
from adaem_core.chat.endpoint import probe as endpoint
from adaem_core.errors import BadInput
from adaem_core.work.command import Command


def probe(options: Namespace) -> list[dict[str, Any]]:
    """Return what a first contact with each model of the panel showed."""
    panel = panels.panel(options.panel)
    chosen = [spec for spec in panel.models if options.model in (None, spec.name)]
    if not chosen:
        raise BadInput(f"No model {options.model!r} in panel {panel.name!r}. It has: {', '.join(each.name for each in panel.models)}.")
    return list(map(asdict, asyncio.run(endpoint.probed(chosen))))


def add_options(act: ArgumentParser) -> None:
    """Add panel and model."""
    act.add_argument("--panel", required=True, help="name or file of the panel")
    act.add_argument("--model", help="display name of one model (all by default)")


PROBE = Command("probe", "test the connection to the models of a panel", probe, add_options)
