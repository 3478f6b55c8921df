"""The commands that describe questions: `quality`, `places` and `project`. Options in, one result out.

Data flow: `file → texts → vectors → figures of quality, coordinates`.
"""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from adaem_core.archive.origin import Origin, csv_file, says_simulated, signed
from adaem_core.archive.table import FOUND_OUT, How, Table, asked_for, read_table
from adaem_core.archive.writing import write_whole
from adaem_core.errors import BadInput
from adaem_core.generate.topics import text_column
from adaem_core.landscape.project import METHODS
from adaem_core.work.command import Command, add_reading, number, reading, tell_of_file

if TYPE_CHECKING:
    from adaem_core.chat.embed import Embedder, Vectors


def table_in(path: Path, how: How = FOUND_OUT) -> Table:
    """Return a file as a table, having told how it was read."""
    table = read_table(path, how)
    tell_of_file(path, table.notes)
    return table


def texts_of(table: Table, chosen: str) -> list[str]:
    """Return the texts in a column, each on one line, empty ones left out."""
    from adaem_core.landscape.words import one_line

    lines = (one_line(row[chosen]) for _, row in table.rows)
    return [line for line in lines if line]


def column_in(table: Table, column: str | None, path: Path) -> str:
    """Return the column that was named, or the one that looks like questions; BadInput names those there are."""
    chosen = asked_for(table, column) if column else text_column(table)
    if chosen is None:
        raise BadInput(f"{path}: no column looks like questions. Its columns: {', '.join(table.columns)}. Name one of them with --column.")
    return chosen


def places(options: Namespace) -> list[dict[str, Any]]:
    """Return the countries (ISO 3166 alpha-2, and EU) that each row of a file mentions, row by row, empty ones included."""
    from adaem_core.landscape.regions import places as found_in

    table = table_in(options.input, reading(options))
    column = column_in(table, options.column, options.input)
    found = [{"text": row[column], "places": list(found_in(row[column]))} for _, row in table.rows]
    return list(signed(found, of_file(options.input, table, f"{len(found):,} rows", "places by gazetteer")))


def of_file(path: Path, table: Table, n: str, method: str) -> Origin:
    """Return what is found about the questions of a file."""
    return Origin(says_simulated(row for _, row in table.rows), f"file {path.name}", n, method)


def quality(options: Namespace) -> dict[str, Any]:
    """Return the figures of quality of the questions in a file, each with its interval and definition; None says why in `why`."""
    from adaem_core.chat.embed import Embedder
    from adaem_core.landscape.quality import DEFINITIONS
    from adaem_core.landscape.quality import quality as measured

    references = reference_count(options.references)
    table = table_in(options.input, reading(options))
    texts = texts_of(table, column_in(table, options.column, options.input))
    others = {name: against(Path(name), options.column) for name in options.against or []}
    embed = Embedder()
    try:
        vectors = {name: embedded(embed, each) for name, each in others.items()}
        found = measured(texts, embedded(embed, texts), vectors, references=references, seed=options.seed)
    finally:
        embed.close()
    method = f"{embed.model} embeddings, reference sample of {found.references:,}, seed {options.seed}"
    return {
        "file": str(options.input),
        "references": found.references,
        "seed": options.seed,
        "embedding": embed.model,
        **flat(asdict(found)),
        "definitions": DEFINITIONS,
        "about": of_file(options.input, table, f"{len(texts):,} questions", method).told,
    }


def embedded(embed: "Embedder", texts: list[str]) -> "Vectors":
    """Return unit vectors of the texts, shape (texts, dimensions); of none, an empty matrix."""
    return embed.sentences_now(texts) if texts else np.empty((0, 1), dtype=np.float32)


def against(path: Path, column: str | None) -> list[str]:
    """Return the texts of a file to compare with: its column of the same name, else the one that looks like questions."""
    table = table_in(path)
    return texts_of(table, column_in(table, column if column in table.columns else None, path))


def flat(found: dict[str, Any]) -> dict[str, Any]:
    """Return figures as plain numbers, with their intervals and what stands in the way of a value beside them."""
    values: dict[str, Any] = {}
    intervals: dict[str, Any] = {}
    why: dict[str, Any] = {}
    for name, each in found.items():
        if not isinstance(each, dict):
            values[name] = each
            continue
        single = "value" in each
        rows = {"": each} if single else each
        figures = {key: number(row["value"]) for key, row in rows.items()}
        ends = {key: [number(row["low"]), number(row["high"])] for key, row in rows.items()}
        reasons = {key: row["why"] for key, row in rows.items() if row["why"]}
        values[name] = figures[""] if single else figures
        intervals[name] = ends[""] if single else ends
        if reasons:
            why[name] = reasons[""] if single else reasons
    return {**values, "intervals": intervals, "why": why}


def reference_count(given: str) -> int | None:
    """Return the size of the reference sample; None for all questions."""
    if given == "all":
        return None
    if not given.isdecimal() or int(given) < 2:
        raise BadInput(f"references must be a whole number from 2 on, or all, got {given}.")
    return int(given)


def project(options: Namespace) -> dict[str, Any]:
    """Draw a map of the questions in a file, keep it in the cache, and return how far it can be trusted; with --out, write the points as CSV."""
    from adaem_core.work.drawing import draw

    if options.seed < 0:
        raise BadInput(f"seed must be 0 or more, got {options.seed}.")
    table = table_in(options.input, reading(options))
    texts = texts_of(table, column_in(table, options.column, options.input))
    made = draw(texts, options.method, options.seed)
    of = of_file(options.input, table, f"{len(texts):,} questions", f"map by {options.method}, seed {options.seed}")
    if options.out:
        rows = ({"x": float(x), "y": float(y), "text": text} for (x, y), text in zip(made.points, texts, strict=True))
        write_whole(options.out, csv_file(rows, of))
    return {
        "file": str(options.input),
        "method": made.method,
        "seed": options.seed,
        "number": len(texts),
        "trustworthiness": number(made.trustworthiness),
        "continuity": number(made.continuity),
        "checked": made.checked,
        "neighbours": made.neighbours,
        "why": made.why,
        "about": of.told,
    }


def add_project(act: ArgumentParser) -> None:
    """Add the options of `project`."""
    add_input(act)
    act.add_argument("--method", choices=METHODS, default="pca", help="how to lay the questions out. Default: pca.")
    act.add_argument("--seed", type=int, default=0, help="seed of the layout. Default: 0.")
    act.add_argument("--out", type=Path, help="file to write the points to (.csv)")


def add_quality(act: ArgumentParser) -> None:
    """Add the options of `quality`."""
    add_input(act)
    act.add_argument("--against", action="append", help="another set of questions, for novelty; may be given several times")
    act.add_argument("--references", default="200", help="size of the reference sample of Self-BLEU, or all. Default: 200.")
    act.add_argument("--seed", type=int, default=0, help="seed of that sample. Default: 0.")


def add_input(act: ArgumentParser) -> None:
    """Add the file of questions and its column."""
    act.add_argument("--in", dest="input", type=Path, required=True, help="file of questions (CSV, TSV, JSON lines, text)")
    act.add_argument("--column", help="column of that file that holds the question (found by name by default)")
    add_reading(act)


QUALITY = Command("quality", "measure a set of questions as a set", quality, add_quality)
PLACES = Command("places", "find the countries that questions mention", places, add_input)
PROJECT = Command("project", "draw a map of a set of questions", project, add_project)
