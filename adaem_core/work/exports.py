"""Write a study's tables as files that open safely in a spreadsheet.

Data flow: `study file → one CSV per table, and the benchmark as JSON lines and CSV`.
"""

from pathlib import Path

from adaem_core.archive.study import Study
from adaem_core.archive.writing import to_csv, write_whole
from adaem_core.generate.edition import edition, table, to_jsonl

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
