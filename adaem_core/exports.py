"""Write a study's tables as files that open safely in a spreadsheet.

Data flow: `study file → one CSV per table, and the benchmark as JSON lines and CSV`.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from adaem_core.generate.benchmark import edition, table, to_jsonl, write_whole
from adaem_core.store import Study

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take a cell that begins so for a formula
TABLES = ("topics", "pulls", "questions", "attempts", "examinations", "asked", "responses", "recognitions", "judgements", "calls")


def export_tables(study: Study, folder: Path) -> list[str]:
    """Write every table to `folder` and return the file names; each file is written whole or not at all."""
    files = {f"{name}.csv": to_csv(study.select(f"SELECT * FROM {name}")) for name in TABLES}
    best = edition(study)
    if best.items:
        files |= {"benchmark.csv": to_csv(table(best)), "benchmark.jsonl": to_jsonl(best)}
    for name, content in files.items():
        write_whole(folder / name, content)
    return sorted(files)


def to_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV in UTF-8 with a mark that spreadsheets understand; text cells are neutralised."""
    rows = list(rows)
    text = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(text, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({name: neutralised(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def neutralised(value: Any) -> Any:
    """Return `value`, with an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
