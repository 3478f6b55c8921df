"""The commands `verify`, which looks whether a study is whole and saves what is left of one that is not, and `copy`, one whole file of it.

Data flow: `study file → findings`; `damaged file → new study`; `study being written → one file`.
"""

from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from adaem_core.archive.copying import copy_whole
from adaem_core.archive.salvage import salvage
from adaem_core.archive.verify import verified
from adaem_core.work.command import Command, add_study

SHOWN = 50  # findings told; all are counted


def verify(options: Namespace) -> dict[str, Any]:
    """Return whether a study is whole and what is not as it was recorded; with `salvage`, what was saved into a new study, and what was lost."""
    found = verified(options.study)
    told = {
        "study": str(options.study),
        "whole": not found.findings,
        "replies": found.replies,
        "before_the_chain": found.chained_from,
        "last_link": found.head,
        "found": dict(Counter(each.kind for each in found.findings)),
        "findings": [asdict(each) for each in found.findings[:SHOWN]],
    }
    if options.salvage:
        told["salvaged"] = {table: asdict(each) for table, each in salvage(options.study, options.salvage).items()}
    return told


def copy(options: Namespace) -> dict[str, Any]:
    """Write a study as one whole file and return where; it may be worked on meanwhile."""
    copy_whole(options.study, options.out)
    return {"out": str(options.out), "bytes": options.out.stat().st_size}


def add_verify(act: ArgumentParser) -> None:
    """Add study and the file for what is saved."""
    add_study(act)
    act.add_argument("--salvage", type=Path, help="new study file (.db) for all that survives in a damaged one")


def add_copy(act: ArgumentParser) -> None:
    """Add study and file."""
    add_study(act)
    act.add_argument("--out", type=Path, required=True, help="file to write (.db)")


VERIFY = Command("verify", "look whether a study is whole and its replies are as recorded; save what survives", verify, add_verify)
COPY = Command("copy", "write a study as one whole file, also while it is worked on", copy, add_copy)
