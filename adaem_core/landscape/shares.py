"""Countries put together to regions of the world, and authors put together to one (AdAEM Fig. 5, 12, 15).

One line of data flow: places per question → regions per question; `Counts` of all authors → `Counts` of one, of the others, or of all as one.
"""

from collections.abc import Sequence

import numpy as np

from adaem_core.landscape.regions import world_regions
from adaem_core.landscape.representation import Counts

ALL, OTHERS = "All", "All others"


def by_region(found: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the regions of the world each question names, from the countries it names; each region once per question."""
    return [world_regions(codes) for codes in found]


def of_one(counts: Counts, author: str = "", *, others: bool = False) -> Counts:
    """Return the counts of one author, or of all `others` as one, or without an author of everyone as one; places keep their order."""
    kept = [column for column, name in enumerate(counts.authors) if not author or (name == author) != others]
    name = OTHERS if others else author or ALL
    questions = np.array([counts.questions[kept].sum()], dtype=int)
    return Counts(counts.places, (name,), counts.named[:, kept].sum(axis=1, keepdims=True), questions)
