"""Is the recogniser right? Its labels beside reference labels: a user's table, people's verdicts, or Touché'23 (Appendix C.2, Table 4).

Two forms of table are read. *Wide*: a text column and one column of 0/1 per value, named by id or name. *Long*: columns text,
value, label. Column names may also be: opinion, premise, argument, item or id for the text; dimension for value. An empty
label is missing. Touché'23's file with ten values is of the wide form.
Data flow: `file → Reference (items, dimensions)`; `Reference, machine's labels of the same items → Cells → RecogniserCheck`.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass

import numpy as np

from adaem_core.archive.table import FOUND_OUT, How, Source, Table, column_named, load, read_table
from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.estimate import Estimate
from adaem_core.validate.scores import AllScores, dense, scored
from adaem_core.values import ValueSystem, folded

IDS = ("id", "item", "argument_id", "opinion_id")
TEXTS = ("text", "opinion", "premise", "argument")
TOPICS = ("conclusion", "topic", "question")
VALUES = ("value", "dimension")
LABELS = {"1": 1.0, "0": 0.0, "": float("nan"), "1.0": 1.0, "0.0": 0.0, "true": 1.0, "false": 0.0, "yes": 1.0, "no": 0.0}


@dataclass(frozen=True, eq=False)
class Reference:
    """Labelled items. The same record holds a machine's labels of them."""

    items: tuple[str, ...]  # ids; the text itself where the table has no ids
    texts: tuple[str, ...]  # empty where the table gives ids only
    dimensions: tuple[str, ...]  # ids of the value system that are labelled, in its order
    labels: Floats  # (items, dimensions) in {0, 1, NaN}; NaN is no label
    topics: tuple[str, ...] = ()  # what the text is about (Touché'23: conclusion), one per item, or none at all


@dataclass(frozen=True)
class RecogniserCheck:
    """Agreement of a recogniser with reference labels; intervals resample items."""

    scores: AllScores
    agreement: Estimate  # share of equal labels over all cells
    kappa: Estimate  # Cohen's κ over all cells
    common: int  # items that both labelled
    only_reference: int  # items the machine did not label at all
    only_machine: int


def read_reference(source: Source, system: ValueSystem, how: How = FOUND_OUT) -> Reference:
    """Return the labels in a file (CSV, TSV, JSON lines or JSON). BadInput names file, line and remedy."""
    name, data = load(source)
    if not data.strip():
        raise BadInput(f"{name}: the file is empty. It needs a text column and one column of 0/1 per value, or columns text, value, label.")
    table = read_table((name, data), how)
    value, label = column_named(table, VALUES), column_named(table, ("label",))
    return read_long(table, value, label, system) if value and label else read_wide(table, system)


def item_columns(table: Table) -> tuple[str, str, str]:
    """Return which columns hold id, text and topic; text stands in for an id, and what there is none of is empty. BadInput without both."""
    id, text, topic = (column_named(table, names) or "" for names in (IDS, TEXTS, TOPICS))
    if not id and not text:
        raise BadInput(f"{table.name}: line 1: no column {', '.join(TEXTS)} or {', '.join(IDS)}. Name the column that holds the text.")
    return id or text, text, topic


def named(system: ValueSystem) -> dict[str, str]:
    """Return the id of each dimension by the letters of its id and its name."""
    return {folded(key): each.id for each in system.dimensions for key in (each.name, each.id)}


def read_wide(table: Table, system: ValueSystem) -> Reference:
    """Return the labels of a table with one column per value."""
    known = named(system)
    found = {known[key]: column for column in table.columns if (key := folded(column)) in known}
    if not found:
        raise BadInput(
            f"{table.name}: line 1: no column is named after a value of {system.name} ({', '.join(system.ids)}), and there are no columns "
            "value and label. Add a column of 0/1 per value, or a row per text and value."
        )
    places = item_columns(table)
    check_others(table, {*found.values(), *places}, system)
    id = places[0]
    dimensions = tuple(each for each in system.ids if each in found)
    cells = {(row[id].strip(), value): (line, row[found[value]]) for line, row in table.rows for value in dimensions}
    if len(cells) < len(table.rows) * len(dimensions):
        raise BadInput(f"{table.name}: {repeated(table, id)} stands in two lines, so its labels could contradict. Keep one line per item.")
    return gathered(table, cells, dimensions, places)


def check_others(table: Table, used: Container[str], system: ValueSystem) -> None:
    """Raise BadInput where a column that is named after no value holds labels: a name that was misspelt is not passed over."""
    for column in table.columns:
        cells = {row[column].strip().casefold() for _, row in table.rows}
        if column not in used and cells - {""} and cells <= LABELS.keys():
            raise BadInput(
                f"{table.name}: line 1: column {column!r} holds labels, but is named after no value of {system.name} "
                f"({', '.join(each.name for each in system.dimensions)}). Name it after one, or delete it."
            )


def repeated(table: Table, id: str) -> str:
    """Return the first item that occurs twice."""
    names = [row[id].strip() for _, row in table.rows]
    return repr(next(name[:60] for place, name in enumerate(names) if name in names[:place]))


def read_long(table: Table, value_column: str, label_column: str, system: ValueSystem) -> Reference:
    """Return the labels of a table with one row per text and value."""
    known, places = named(system), item_columns(table)
    cells: dict[tuple[str, str], tuple[int, str]] = {}
    for line, row in table.rows:
        value = known.get(folded(row[value_column]))
        if value is None:
            raise BadInput(f"{table.name}: line {line}: {row[value_column]!r} is no value of {system.name}. Use {', '.join(system.ids)}.")
        if (key := (row[places[0]].strip(), value)) in cells:
            raise BadInput(
                f"{table.name}: line {line}: this text has a label for {value} in line {cells[key][0]} already. Keep one of them."
            )
        cells[key] = (line, row[label_column])
    dimensions = tuple(each for each in system.ids if any(value == each for _, value in cells))
    return gathered(table, cells, dimensions, places)


def gathered(
    table: Table, cells: Mapping[tuple[str, str], tuple[int, str]], dimensions: tuple[str, ...], places: tuple[str, str, str]
) -> Reference:
    """Return the labels (item, dimension) → (line, text of the label) as an array; `places` are the columns of id, text and topic."""
    id, text, topic = places
    items = list(dict.fromkeys(item for item, _ in cells))
    if not items:
        raise BadInput(f"{table.name}: there is no line below the column names. Add labelled texts.")
    first = {row[id].strip(): row for _, row in reversed(table.rows)}
    labels = np.full((len(items), len(dimensions)), np.nan)
    rows, columns = ({name: place for place, name in enumerate(names)} for names in (items, dimensions))
    for (item, value), (line, told) in cells.items():
        labels[rows[item], columns[value]] = label(table.name, line, value, told)
    texts, topics = (tuple(first[item][place].strip() for item in items) if place else () for place in (text, topic))
    return Reference(tuple(items), texts, dimensions, labels, topics)


def label(name: str, line: int, value: str, told: str) -> float:
    """Return a label as 1, 0 or NaN for an empty one; BadInput for anything else."""
    if (key := told.strip().casefold()) not in LABELS:
        raise BadInput(f"{name}: line {line}: the label of {value} must be 0, 1 or empty, got {told.strip()[:40]!r}.")
    return LABELS[key]


def check_recogniser(reference: Reference, machine: Reference, rng: np.random.Generator, resamples: int = 1000) -> RecogniserCheck:
    """Return how a machine's labels agree with the reference on the items and dimensions both have. BadInput without any in common."""
    dimensions = tuple(each for each in reference.dimensions if each in machine.dimensions)
    at = {item: row for row, item in enumerate(machine.items)}
    items = [item for item in reference.items if item in at]
    if not items or not dimensions:
        what = "item" if not items else "value"
        raise BadInput(f"Reference and recogniser have no {what} in common, so nothing can be compared. Check that ids or texts match.")
    rows = [row for row, item in enumerate(reference.items) if item in at]
    one = reference.labels[np.ix_(rows, [reference.dimensions.index(each) for each in dimensions])]
    other = machine.labels[np.ix_([at[item] for item in items], [machine.dimensions.index(each) for each in dimensions])]
    found = scored(dense(one, other, dimensions), rng, resamples)
    left = (len(reference.items) - len(items), len(machine.items) - len(items))
    return RecogniserCheck(found, found.all.accuracy, found.all.kappa, len(items), *left)
