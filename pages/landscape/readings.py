"""The readings of the Landscape pages: sets of questions, pictures, figures of quality, courses of a search.

Studies are kept by path and state, files by their content, large tables by a digest beside them.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from adaem_core.archive.study import Study
from adaem_core.archive.table import How
from pages.shared.readings import reading

if TYPE_CHECKING:
    from collections import Counter

    import numpy as np
    import pandas as pd

    from adaem_core.landscape.course import Efficiency, Favour
    from adaem_core.landscape.project import Projection
    from adaem_core.landscape.quality import Quality


@reading()
def study_set(path: Path, kind: str, name: str) -> "pd.DataFrame":
    """Return the questions or topics of a study as a set; `kind` is question_set or topic_set."""
    from adaem_core.visualize import tables_landscape

    with Study.read(path) as study:
        return getattr(tables_landscape, kind)(study, name)


@reading(keep=8)
def shipped_set(stem: str, name: str) -> "pd.DataFrame":
    """Return the topics that come with the studio under a name."""
    from adaem_core.visualize import tables_landscape

    return tables_landscape.shipped_set(stem, name)


@reading("Reading the file", keep=8)
def file_set(file: str, data: bytes, name: str, how: How, column: str) -> "pd.DataFrame":
    """Return the set in an uploaded file, its questions being those of a column."""
    from adaem_core.visualize.tables_landscape import given_set

    return given_set((file, data), name, how, column)


def picture(at: str) -> "Projection | None":
    """Return the picture under an address; None while there is none."""
    from adaem_core.landscape.project import folder

    return picture_in(folder() / f"{at}.npz")


@reading(keep=8)
def picture_in(file: Path) -> "Projection | None":
    """Return the picture in a file of the cache; None while there is none."""
    from adaem_core.landscape.project import stored

    return stored(file.stem)


@reading("Measuring", keep=16)
def quality_of(
    digest: str,
    names: tuple[str, ...],
    against: tuple[str, ...],
    references: int | None,
    _texts: list[list[str]],
    _vectors: "np.ndarray | None",
) -> "list[Quality]":
    """Return the figures of quality of each group of texts; `_vectors` are those of all texts in a row, `against` the groups to compare with."""
    from adaem_core.landscape.quality import quality

    parts = split(_vectors, [len(each) for each in _texts])
    known = dict(zip(names, parts, strict=True))
    others = {name: {other: known[other] for other in against if other != name and known[other] is not None} for name in names}
    return [
        quality(texts, part, others[name], references=references)  # type: ignore[arg-type]
        for name, texts, part in zip(names, _texts, parts, strict=True)
    ]


def split(vectors: "np.ndarray | None", sizes: list[int]) -> "list[np.ndarray | None]":
    """Return the vectors of each group, None for each where there are none."""
    if vectors is None:
        return [None] * len(sizes)
    ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    return [vectors[end - size : end] for end, size in zip(ends, sizes, strict=True)]


@reading(keep=64)
def characteristic(digest: str, rows: tuple[int, ...], _texts: list[str]) -> Any:
    """Return the words that set the texts in `rows` apart from the others, as a table."""
    import pandas as pd

    from adaem_core.landscape.words import compared, counted

    inside = counted(_texts[place] for place in rows)
    return pd.DataFrame(compared(inside, count_words(digest, _texts) - inside)[:200])


@reading(keep=8)
def count_words(digest: str, _texts: list[str]) -> "Counter[str]":
    """Return in how many of the texts each word stands."""
    from adaem_core.landscape.words import counted

    return counted(_texts)


@reading()
def efficiency(path: Path, top: int = 1) -> "Efficiency":
    """Return the course of a study's search; `top` best questions count for what a budget buys."""
    from adaem_core.landscape.course import efficiency as read

    with Study.read(path) as study:
        return read(study, top)


@reading()
def favoured(path: Path) -> "tuple[Favour, ...]":
    """Return every topic of a study as the bandit treated it, the most often pulled first."""
    from adaem_core.landscape.course import favoured as replayed

    with Study.read(path) as study:
        return tuple(replayed(study))


@reading()
def category_table(path: Path, kind: str) -> "pd.DataFrame":
    """Return the share of each category among a study's topics or questions."""
    import pandas as pd

    from adaem_core.landscape.course import category_shares

    held = study_set(path, kind, "")["category"].tolist()
    return pd.DataFrame(category_shares(held), columns=["category", "count", "share", "low", "high"])


@reading()
def keyword_table(path: Path, kind: str) -> "pd.DataFrame":
    """Return the commonest words of a study's topics or questions."""
    import pandas as pd

    from adaem_core.landscape.words import function_words, keywords

    found = keywords(study_set(path, kind, "")["text"].tolist(), leave_out=function_words())
    return pd.DataFrame(found[:200], columns=["word", "texts", "share", "low", "high"])
