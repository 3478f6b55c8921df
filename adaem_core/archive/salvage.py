"""What survives of a damaged study, brought into a new one: rows are read page by page, whatever lies between them.

A row that is not as its table has it, or a reply that is not as it was recorded, is counted as lost, never brought along. Data flow:
`damaged file, log → rows by table → new study, how many were saved and lost`.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from adaem_core.archive import chain, companions, rows
from adaem_core.archive.loose_pages import LEAF_TABLE, Cell, Pages
from adaem_core.archive.opening import VERSION, connect, now, plain_errors, put_meta
from adaem_core.archive.verify import chain_findings
from adaem_core.errors import BadInput
from adaem_core.records import Fate, Outcome

SCORE = "IIIIITII"
# What a row of each table looks like, a letter for each column: the keys of KINDS.
SHAPES = {
    "topics": "tttt",
    "calls": "ttttjjiiiitt",
    "pulls": "ntIIt",
    "questions": "tttiTTtiftJ" + SCORE,
    "attempts": "titttJi" + SCORE,
    "responses": "ttoTjttit",
    "recognitions": "ttttojtij",
    "examinations": "ttttjjttiit",
    "asked": "titttt",
    "judgements": "tttttt",
    "chain": "ntbb",
    "sent": "ttiiti",
}
NUMBERED = ("pulls", "chain")  # whose first column is the row's own number


@dataclass
class Saved:
    """How many rows of a table were brought into the new study, and how many are known to be lost."""

    saved: int = 0
    lost: int = 0


@dataclass
class Wreck:
    """What is known of a damaged database beyond its pages."""

    pages: Pages
    owners: dict[int, str] = field(default_factory=dict)  # pages that hang on a table or index, in order; "" for an index
    known: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # row numbers that indexes name, by table
    settings: dict[str, str] = field(default_factory=dict)


def salvage(path: Path, out: Path) -> dict[str, Saved]:
    """Bring all that survives of the study at `path` into a new one at `out` and return what of each table; BadInput if that is there already."""
    if out.exists():
        raise BadInput(f"{out} is there already: nothing is written over it. Choose another name.")
    log = companions.log_of(path)
    with plain_errors(path):  # read past SQLite: this process must not have the study open, as closing a file frees all its locks on it
        found = surveyed(Pages(path.read_bytes(), log.read_bytes() if log.is_file() else b""))
    try:
        with plain_errors(out), closing(connect(out, "rwc")) as made, made:
            made.execute("BEGIN IMMEDIATE")
            for statement in rows.SCHEMA.split(";"):
                made.execute(statement)
            done = brought(made, found)
            if not any(each.saved for each in done.values()):
                raise BadInput(f"{path}: nothing of a study survives in this file.")
            done["calls"] = chained_anew(made, done["calls"], done.pop("chain"))
            told = {table: [each.saved, each.lost] for table, each in done.items()}
            put_meta(made, {"version": VERSION, "salvaged": {"from": path.name, "at": now(), "saved_and_lost": told}})
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return done


def surveyed(pages: Pages) -> Wreck:
    """Return which pages hang on what, which rows the indexes name, and the settings that hang on their table."""
    found = Wreck(pages, dict.fromkeys(pages.tree(1), ""))
    for cell in list(entries(pages, 1)):
        match cell.values:
            case ("table", str(table), _, int(root), _):
                for number in pages.tree(root):
                    found.owners.setdefault(number, table if table in SHAPES else "")
                found.settings |= settings_among(entries(pages, root)) if table == "meta" else {}
            case ("index", _, str(table), int(root), _):
                found.owners |= dict.fromkeys(pages.tree(root), "")
                found.known[table] |= {each.values[-1] for each in entries(pages, root) if each.values and isinstance(each.values[-1], int)}
    return found


def entries(pages: Pages, root: int) -> Iterator[Cell]:
    """Yield what can be read of a tree."""
    return (cell for number in pages.tree(root) for cell in pages.cells(number) if cell)


def settings_among(cells: Iterator[Cell]) -> dict[str, str]:
    """Return the settings among entries: a name and its value as JSON."""
    return {each.values[0]: each.values[1] for each in cells if each.rowid is None and fits(each.values, "tj")}


def brought(made: sqlite3.Connection, found: Wreck) -> dict[str, Saved]:
    """Insert all that can be read, first what hangs on its table, then what hangs on nothing; return how much of each table."""
    pages, free = found.pages, found.pages.free()
    loose = [number for number in range(1, pages.count + 1) if number not in found.owners and number not in free]
    damaged: dict[str, int] = defaultdict(int)
    for number in [*(each for each, table in found.owners.items() if table), *loose]:
        owner = found.owners.get(number, "")
        cells = list(pages.cells(number))
        if not owner:
            found.settings = settings_among(each for each in cells if each) | found.settings
        for cell in cells if pages.kind(number) == LEAF_TABLE else ():
            table = next((each for each in ([owner] if owner else SHAPES) if cell and fits(cell.values, SHAPES[each])), None)
            if cell and table:
                bring(made, table, cell)
            else:
                damaged[owner] += 1
    made.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", found.settings.items())
    return {table: counted(made, table, found.known[table], damaged[table]) for table in SHAPES}


def bring(made: sqlite3.Connection, table: str, cell: Cell) -> None:
    """Insert one row under its own number, unless there is one."""
    values = (cell.rowid, *cell.values[1:]) if table in NUMBERED else cell.values
    names = [each[1] for each in made.execute(f"PRAGMA table_info({table})")]
    made.execute(f"INSERT OR IGNORE INTO {table} (rowid, {', '.join(names)}) VALUES ({rows.marks(len(names) + 1)})", (cell.rowid, *values))


def counted(made: sqlite3.Connection, table: str, known: set[int], damaged: int) -> Saved:
    """Return how many rows of a table were saved, and how many its indexes, its numbers or its pages tell of that were not."""
    there = {number for (number,) in made.execute(f"SELECT rowid FROM {table}")}
    told = set(range(1, max(there, default=0) + 1)) if table in NUMBERED else known
    return Saved(len(there), max(len(told - there), damaged))


def chained_anew(made: sqlite3.Connection, calls: Saved, links: Saved) -> Saved:
    """Drop the replies that are not as they were recorded, chain the others anew, and return how many these are and how many were lost."""
    changed = {each.where for each in chain_findings(made) if each.kind == "changed"} if links.saved else set()
    made.executemany("DELETE FROM calls WHERE key = ?", [(key,) for key in changed])
    made.execute("DELETE FROM chain")
    left = made.execute(f"SELECT {', '.join(chain.COLUMNS)} FROM calls ORDER BY rowid").fetchall()
    chain.extend(made, left)
    put_meta(made, {"chained": {"from": len(left), "at": now()}})
    told = links.saved + links.lost - len(left)  # each reply had one link
    return Saved(len(left), told if told >= 0 else calls.lost + len(changed))


def fits(values: Sequence[Any], shape: str) -> bool:
    """Say whether values are of the kinds that a shape names."""
    return len(values) == len(shape) and all(KINDS[kind](value) for kind, value in zip(shape, values, strict=True))


def is_text(value: Any) -> bool:
    """Say whether a value is text, and none that a page of zeros runs through."""
    return isinstance(value, str) and "\0\0" not in value


def is_json(value: Any) -> bool:
    """Say whether a value is text that can be read as JSON."""
    try:
        return isinstance(value, str) and orjson.loads(value) is not ...
    except orjson.JSONDecodeError:
        return False


KINDS: dict[str, Callable[[Any], bool]] = {
    "t": is_text,
    "T": lambda value: value is None or is_text(value),
    "i": lambda value: isinstance(value, int | float),
    "I": lambda value: isinstance(value, int | float | None),
    "j": is_json,
    "J": lambda value: value is None or is_json(value),
    "o": lambda value: value in list(Outcome),
    "f": lambda value: value in list(Fate),
    "b": lambda value: isinstance(value, bytes),
    "n": lambda value: value is None,
}
