"""The readings of the pages Regions and Timeline: places and times in questions. All visitors get the same object, never changed.

What is found is kept, too, for the question map. Author models' knowledge cut-offs come from the studies' panels.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pages.landscape.question_sets import Chosen
from pages.shared import stored
from pages.shared.readings import reading

if TYPE_CHECKING:
    import numpy as np

    from adaem_core.landscape.representation import Counts, Lean
    from adaem_core.landscape.years import Dated

Codes = list[tuple[str, ...]]
# The names decide who counts as author of a question whose author is not known: its set.
KEYED_BY = {Chosen: lambda chosen: (chosen.digest, chosen.names)}


def authors(chosen: Chosen) -> list[str]:
    """Return who wrote each question: the author model, or the set where none is named."""
    frame = chosen.frame
    return frame["author"].where(frame["author"] != "", frame["set"]).tolist()


@reading("Looking for places", keep=8, copied=False, keyed_by=KEYED_BY)
def places(chosen: Chosen) -> Codes:
    """Return the codes of the countries each question names."""
    from adaem_core.landscape.regions import places as found

    return [found(text) for text in chosen.texts]


@reading("Looking for years", keep=8, copied=False, keyed_by=KEYED_BY)
def times(chosen: Chosen) -> "list[tuple[Dated, ...]]":
    """Return the years and dated events each question names."""
    from adaem_core.landscape.timeline import find_years

    return [find_years(text) for text in chosen.texts]


@reading("Counting", keep=8, copied=False, keyed_by=KEYED_BY)
def counted(chosen: Chosen) -> "tuple[Counts, Counts, list[Lean]]":
    """Return counts by country and by region of the world, and who names which country more or less often than the others."""
    from adaem_core.landscape.representation import counts, leanings
    from adaem_core.landscape.shares import by_region

    written, codes = authors(chosen), places(chosen)
    by_country = counts(written, codes)
    return by_country, counts(written, by_region(codes)), leanings(by_country)


def country_names(chosen: Chosen) -> list[str]:
    """Return the name of the country each question names first; empty where it names none."""
    from adaem_core.landscape.regions import countries

    return [countries()[codes[0]].name if codes else "" for codes in places(chosen)]


def last_years(chosen: Chosen) -> "np.ndarray":
    """Return the last year each question names; NaN where it names none. Centuries and what was before 1900 would hide all other differences."""
    import numpy as np

    told = [[each.last_year for each in mentions if each.kind != "century" and each.first_year >= 1900] for mentions in times(chosen)]
    return np.array([max(years, default=np.nan) for years in told], dtype=float)


def cutoffs(chosen: Chosen) -> dict[str, str]:
    """Return the knowledge cut-off of each author model of the chosen studies whose card names one."""
    known: dict[str, str] = {}
    for path in chosen.studies:
        known |= cutoffs_of(path)
    return known


def cutoffs_of(path: Path) -> dict[str, str]:
    """Return the knowledge cut-offs of a study's panel by name of the model."""
    return {each.name: each.knowledge_cutoff for each in stored.made(path).panel.models if each.knowledge_cutoff}
