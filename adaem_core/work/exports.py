"""The commands `export`, which writes a study's tables as files that open safely in a spreadsheet, and `benchmark`, its best questions.

Data flow: `study file → one CSV per table, and the benchmark as JSON lines and CSV`.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from adaem_core.archive.origin import Origin, csv_file, joined, json_lines, workbook
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.archive.writing import write_whole
from adaem_core.errors import BadInput
from adaem_core.generate.edition import edition, edition_id, table
from adaem_core.work.command import Command, add_study

TABLES = ("topics", "pulls", "questions", "attempts", "examinations", "asked", "responses", "recognitions", "judgements", "calls")

# Whether an answer came only when its model was asked once more is known by what its request was for.
ROWS = {"responses": "SELECT r.*, COALESCE(c.purpose = 'repair', 0) AS pressed FROM responses r LEFT JOIN calls c ON c.key = r.request"}


FORMS: dict[str, Callable[[Iterable[dict[str, Any]], Origin], bytes]] = {".csv": csv_file, ".xlsx": workbook}


def export_tables(study: Study, folder: Path) -> list[str]:
    """Write every table to `folder` and return the file names; each file is written whole or not at all."""
    files = {}
    for name in TABLES:
        rows = study.select(ROWS.get(name, f"SELECT * FROM {name}"))
        files[f"{name}.csv"] = csv_file(rows, origin(study, f"{len(rows):,} {name}"))
    best = edition(study)
    if best.items:
        of = origin(study, f"{len(best.items):,} questions")
        files |= {"benchmark.csv": csv_file(table(best), of), "benchmark.jsonl": json_lines(table(best), of)}
    for name, content in files.items():
        write_whole(folder / name, content)
    return sorted(files)


def origin(study: Study, n: str) -> Origin:
    """Return what a table of a study is of: by its edition, and the title that a person gave it. Where its file lies is no part of it,
    so that the same settings, seed and answers give the same bytes.
    """
    made = settings_of(study)
    called = joined(made.title if made.title != study.path.stem else "", f"edition {edition_id(study)}")
    return Origin(made.simulated, called, n, f"AdAEM Studio {made.engine}", f"panel {made.panel.name}", made.date)


def export(options: Namespace) -> dict[str, Any]:
    """Write every table of a study as files and return their names."""
    with Study.read(options.study) as study:
        return {"out": str(options.out), "files": export_tables(study, options.out)}


def benchmark(options: Namespace) -> dict[str, Any]:
    """Write the best questions of a study and return how many, and of which edition."""
    with Study.read(options.study) as study:
        best = edition(study, options.top)
        of = origin(study, f"{'the best ' * bool(options.top)}{len(best.items):,} questions")
    if not best.items:
        raise BadInput("The study has no scored question yet. Let it finish at least one pull, then export.")
    write_whole(options.out, FORMS.get(options.out.suffix.lower(), json_lines)(table(best), of))
    return {"out": str(options.out), "questions": len(best.items), "edition": best.id, "date": best.date, "simulated": best.simulated}


def add_export(act: ArgumentParser) -> None:
    """Add study and folder."""
    add_study(act)
    act.add_argument("--out", type=Path, required=True, help="folder for the files")


def add_benchmark(act: ArgumentParser) -> None:
    """Add study, number and file."""
    add_study(act)
    act.add_argument("--top", type=int, help="how many questions (all by default)")
    act.add_argument("--out", type=Path, required=True, help="file to write: .jsonl, or .csv or .xlsx by its ending")


EXPORT = Command("export", "write all tables of a study as files", export, add_export)
BENCHMARK = Command("benchmark", "write the best questions of a study as JSON lines or a table", benchmark, add_benchmark)
