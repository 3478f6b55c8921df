"""The command that states the studio's own accuracy: `calibrate`. Options in, one table out.

Data flow: `repeats, seed → calibrate → rows → CSV, summary`.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adaem_core.archive.origin import Origin, csv_file
from adaem_core.archive.writing import write_whole
from adaem_core.work.command import Command

if TYPE_CHECKING:
    from adaem_core.infer.estimate import Estimate
    from adaem_core.validate.calibration import Condition, Record


def calibration(options: Namespace) -> dict[str, Any]:
    """Simulate examinations of the planted panel, write how well each was recovered, and return the summary."""
    from adaem_core.validate.calibration import GRID, METHODS, calibrate, gain, rows

    records: tuple[Record, ...] = ()
    for number, condition in enumerate(GRID, 1):
        records += calibrate([condition], repeats=options.repeats, seed=options.seed)
        sys.stderr.write(f"{number} of {len(GRID)} conditions simulated\n")
    of = Origin(True, "simulated respondents with planted values", f"{options.repeats} examinations per row", f"seed {options.seed}")
    write_whole(options.out, csv_file(rows(records), of))
    return {
        "file": str(options.out),
        "simulated": True,
        "repeats": options.repeats,
        "seed": options.seed,
        "rows": len(records),
        "methods": list(METHODS),
        **gains_found(gain(records)),
    }


def gains_found(gains: "Mapping[Condition, Estimate]") -> dict[str, Any]:
    """Return by how much the first method recovers the planted order better than the second, and where that is beyond chance."""
    return {
        "conditions": len(gains),
        "first_better_in": sum(each.low > 0 for each in gains.values()),
        "first_worse_in": sum(each.high < 0 for each in gains.values()),
        "gains_in_spearman": [{**asdict(condition), **with_ends(each)} for condition, each in gains.items()],
    }


def with_ends(found: "Estimate") -> dict[str, float | None]:
    """Return an estimate for JSON: None where there is no number."""
    ends = {"gain": found.value, "low": found.low, "high": found.high}
    return {name: None if isnan(number) else round(number, 4) for name, number in ends.items()}


def add_calibrate(act: ArgumentParser) -> None:
    """Add the options of `calibrate`."""
    act.add_argument("--out", type=Path, required=True, help="file to write (.csv)")
    act.add_argument("--repeats", type=int, default=40, help="simulated examinations per row. Default: 40.")
    act.add_argument("--seed", type=int, default=1, help="same seed, same table. Default: 1.")


HELP = "simulate examinations with a planted truth and say how well they recover it"
CALIBRATE = Command("calibrate", HELP, calibration, add_calibrate)
