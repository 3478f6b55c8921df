"""Runs of the command line against a loopback server that plays the simulated panel, for tests of whole studies."""

from pathlib import Path
from typing import Any

import yaml

from adaem_core.chat.simulated.respond import respond
from tests.loopback import Body, Loopback, Script

ROOT = Path(__file__).resolve().parent.parent


def panel_brain(body: Body) -> str:
    """Return what the simulated model of that name says."""
    return respond(body["model"], body["messages"])


def panel_file(folder: Path, server: Loopback, **fields: Any) -> Path:
    """Return a panel file with the simulated panel's models as remote ones; `fields` apply to all of them."""
    content = yaml.safe_load((ROOT / "data" / "panels" / "simulated.yaml").read_text(encoding="utf-8"))
    for model in content["models"]:
        model.update({"model": f"openai/{model['name']}", "api_base": server.url, "input_price": 1.0, "output_price": 2.0} | fields)
    path = folder / "remote.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def remote_panel(latency: float = 0.0, **scripts: Script) -> Loopback:
    """Return a server that plays the whole panel; `scripts` replace single models."""
    return Loopback({"*": panel_brain, **scripts}, latency=latency)
