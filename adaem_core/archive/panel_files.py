"""A panel that somebody has put together, as a file: beside the user's other panels, where it is a choice everywhere, or to be taken along.

Data flow: `models as a file holds them → YAML → the folder of the user's own panels`.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from adaem_core.archive.opening import now
from adaem_core.errors import AdaemError, BadInput
from adaem_core.folders import own
from adaem_core.panels import Panel, panels, parse_panel

Members = Sequence[Mapping[str, Any]]


def stem_of(name: str) -> str:
    """Return what the file of a panel of this name is called, without its ending; "" where nothing of the name can be used."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:60]


def panel(members: Members) -> Panel:
    """Return the panel of these models; BadInput tells its faults."""
    return parse_panel("new", {"models": list(members)}, "This panel")


def text(members: Members) -> str:
    """Return a panel's file, which says first what it is; BadInput tells its faults."""
    panel(members)
    head = f"# A panel put together in AdAEM Studio · {len(members)} models · {now()[:10]}. It names variables of keys, and holds no key.\n"
    content = {"models": [{**each, "roles": list(each["roles"])} for each in members]}  # lists of their own: a file may hold no alias
    return head + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=200)


def save(name: str, members: Members) -> Path:
    """Write a panel among the user's own and return its file; BadInput where there is one of this name, which is never written over."""
    stem, written = stem_of(name), text(members)
    if not stem:
        raise BadInput("Give the panel a name with letters or digits.")
    if stem in panels():
        raise BadInput(f"There is a panel {stem!r} already, and none is written over. Choose another name.")
    path = own() / "panels" / f"{stem}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(written)
    except OSError as error:
        raise AdaemError(f"{path} cannot be written ({error.strerror}). Make its folder writable, or download the panel.") from error
    return path
