"""The ids of topics as a file gives them. Question ids are built on them with "." and "#", so no id may begin as another's questions do.

Data flow: `line → id of the file → id of the topic`, and what is told of those that are written otherwise.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from adaem_core.archive.askable import listed
from adaem_core.archive.column import codes
from adaem_core.archive.table import Table, column_named
from adaem_core.archive.texts import without_point
from adaem_core.errors import BadInput

SURE = ("id", "topic_id")
LIKELY = ("question_id", "item_id", "qid", "nr", "no", "number", "code", "№")  # taken only where every text has one of its own
UNSAFE = re.compile(r"[^\w.:/ -]+")
LONGEST = 64


def id_column(found: Table) -> str | None:
    """Return the column with the ids of topics, by its name or by its codes; None for none."""
    if sure := column_named(found, SURE):
        return sure
    likely = column_named(found, LIKELY)
    values = [row[likely].strip() for _, row in found.rows] if likely else []
    return likely if likely and all(values) and len(set(values)) == len(values) else codes(found)


def checked_ids(name: str, ids: Mapping[int, str]) -> tuple[dict[int, str], list[str]]:
    """Return the ids that are given, by line, as questions can build on them, and what is told; BadInput if one is used twice."""
    given = {number: id for number, id in ids.items() if id}
    lines: dict[str, int] = {}
    for number, id in given.items():
        if id in lines:
            raise BadInput(f"{name}: line {number}: id {id!r} stands already in line {lines[id]}. Ids must differ: rename one of the two.")
        lines[id] = number
    whole = {number: without_point(id, given.values()) for number, id in given.items()}
    safe = {number: UNSAFE.sub("_", " ".join(id.split()))[:LONGEST] for number, id in whole.items()}
    taken = set(safe.values())
    if any(id[: dot.start()] in taken for id in taken for dot in re.finditer(r"\.", id)):
        safe = {number: id.replace(".", "_") for number, id in safe.items()}
    times = Counter(safe.values())
    found = {number: id if times[id] == 1 else f"{id[: LONGEST - 6]}_{number}" for number, id in safe.items()}
    changed = [f"“{whole[number]}” as “{id}”" for number, id in found.items() if id != whole[number]]
    return found, told(changed)


def told(changed: Sequence[str]) -> list[str]:
    """Return what is told of ids that are written otherwise than the file has them."""
    return [f"Ids written otherwise, so that the ids of questions can be built on them: {listed(changed)}"] * bool(changed)
