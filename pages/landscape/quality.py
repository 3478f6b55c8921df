"""The parts of the quality page: measure groups of questions, show them as table and figure, and what is new beside what."""

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.origin import Origin
from pages.landscape import embedding, readings
from pages.landscape.question_sets import Chosen
from pages.shared import controls, show

if TYPE_CHECKING:
    import pandas as pd

    from adaem_core.landscape.quality import Quality

BY = {"set": "Set", "author": "Author model", "category": "Topic category"}
FEW = 10  # questions below which a group does not decide the size at which all are compared
MOST = 30  # rows of the table: the largest groups
COMPARED = 8  # groups up to which each is compared with each other
NUMBER = st.column_config.NumberColumn


def measured(chosen: Chosen, by: str, references: int) -> "dict[str, Quality]":
    """Return the figures of quality of each group, the largest first; similarities only once the questions are embedded."""
    from adaem_core.chat.embed import WHEEL
    from adaem_core.landscape.project import stored_vectors

    frame = chosen.frame
    sizes = frame[frame[by] != ""].groupby(by, sort=False).size()
    names = sizes.index.tolist() if by == "set" else sizes.sort_values(ascending=False, kind="stable").index.tolist()[:MOST]
    rows = {str(name): frame.index[frame[by] == name] for name in names}
    if len(frame) >= 3 and stored_vectors(chosen.texts, WHEEL) is None:
        embedding.progress(chosen, "pca", "Similarity and novelty need the questions embedded.", "Measure similarity, too")
    return of_groups(chosen, rows, references)


def of_groups(chosen: Chosen, rows: "dict[str, pd.Index[int]]", references: int) -> "dict[str, Quality]":
    """Return the figures of quality of groups of rows, by name; similarities only where the questions are embedded."""
    from adaem_core.chat.embed import WHEEL
    from adaem_core.landscape.project import stored_vectors

    vectors = stored_vectors(chosen.texts, WHEEL)
    order = [place for each in rows.values() for place in each]
    against = tuple(rows) if 1 < len(rows) <= COMPARED else ()
    digest = hashlib.sha256(f"{chosen.digest}-{vectors is not None}-{order}".encode()).hexdigest()
    texts = [chosen.frame["text"].loc[each].tolist() for each in rows.values()]
    references = common(references, [len(each) for each in rows.values()])
    known = None if vectors is None else vectors[order]
    found = readings.quality_of(digest, tuple(rows), against, references, texts, known)
    return dict(zip(rows, found, strict=True))


def show_selection(chosen: Chosen, rows: "pd.DataFrame") -> None:
    """Show the figures of quality of some of the questions beside those of the rest."""
    rest = chosen.frame.drop(rows.index)
    groups = {name: each for name, each in (("Selection", rows), ("Rest", rest)) if len(each)}
    show_table(chosen, of_groups(chosen, {name: each.index for name, each in groups.items()}, 200), "selection-quality")


def common(size: int, sizes: list[int]) -> int:
    """Return the reference sample that all groups can have: as asked, or the smallest group; groups too small to tell much are left aside."""
    return min([size, *(each for each in sizes if each >= FEW)])


def of_quality(chosen: Chosen, found: "dict[str, Quality]") -> Origin:
    """Return what table and figure are of."""
    number, references = sum(each.number for each in found.values()), max((each.references for each in found.values()), default=0)
    return chosen.of(
        f"{number:,} questions",
        "95 % intervals by leaving one question out (jackknife)",
        "all-MiniLM-L6-v2 embeddings",
        f"reference sample of {references:,}, seed 0",
    )


def show_table(chosen: Chosen, found: "dict[str, Quality]", name: str = "question-quality") -> None:
    """Show the table, with the definition of each column on its head."""
    from adaem_core.visualize.quality import definitions, readable, reasons, table

    frame = table(found)
    columns = {title: st.column_config.Column(title, help=definition) for title, definition in definitions()}
    st.dataframe(readable(frame), column_config=columns, hide_index=True, alt="Figures of quality per set", placeholder="–", key=name)
    show.under(of_quality(chosen, found))
    show.table_files(frame, of_quality(chosen, found), chosen.file(name))
    missing = [each for each in reasons(found) if "not embedded" not in each]
    if missing:
        st.caption("Not measured: " + show.plain(" ".join(missing)))


def show_definitions() -> None:
    """Show how each figure is defined."""
    from adaem_core.visualize.quality import definitions

    with st.expander("Definitions", icon=":material/function:"):
        for title, definition in definitions():
            st.markdown(f"**{title}.** {definition}")


def show_figure(chosen: Chosen, found: "dict[str, Quality]") -> None:
    """Show one figure of quality for all groups."""
    from adaem_core.visualize.quality import TITLES, quality_figure, table

    frame = table(found)
    offered = [each for each in TITLES if frame[each].notna().any()]
    if not offered:
        return
    first = offered[min(1, len(offered) - 1)]
    name = controls.from_address("Compare", "shown", offered, lambda each: TITLES[each], default=first, width=260)
    drawn = quality_figure(frame, name)
    show.figure(
        drawn,
        alt=f"{TITLES[name]} per set with intervals",
        of=of_quality(chosen, found),
        name=chosen.file("quality", name),
    )


def show_novelty(chosen: Chosen, found: "dict[str, Quality]") -> None:
    """Show how new each group is beside each other one."""
    from adaem_core.visualize.quality import novelty_table

    frame = novelty_table(found)
    if frame.empty:
        return
    st.subheader("Novelty", anchor=False)
    show.table(
        frame,
        alt="Novelty of each set against each other",
        of=of_quality(chosen, found),
        name=chosen.file("novelty"),
        columns=NOVELTY,
        placeholder="–",
    )
    show.under(of_quality(chosen, found))


NOVELTY = {
    "set": "Set",
    "against": "Beside",
    "novelty": NUMBER("Novelty", format="%.3f", help="1 − mean cosine similarity over all pairs of the two sets."),
    "novelty_low": NUMBER("from", format="%.3f"),
    "novelty_high": NUMBER("to", format="%.3f"),
    "nearest": NUMBER(
        "Novelty, nearest", format="%.3f", help="1 − mean cosine similarity of each question to its nearest in the other set."
    ),
    "nearest_low": NUMBER("from", format="%.3f"),
    "nearest_high": NUMBER("to", format="%.3f"),
}


def explains() -> str:
    """Return how to read the page."""
    return (
        "**Self-BLEU** tells how much of a question's wording stands in other questions of its set, **Dist-2** how many of all word pairs are different, "
        "**mean similarity** how alike the questions are in meaning. A set can repeat its wording and still ask about many things, so look at all three.\n\n"
        "Both Self-BLEU and Dist-2 change with the number of questions even if nothing else does. The columns *at the same size* allow sets of different "
        "size to be compared; those over everything (Dist-2; Self-BLEU, all others) do not. The size is the reference sample, or the smallest set if that has fewer; "
        "a set of fewer than 10 questions is compared with all it has, which makes it look more varied than it is.\n\n"
        "**Novelty** near 0 means that a set asks what the other asks already; *nearest* looks at the closest question, the mean at all of them. "
        "Published tables rarely name their definitions: compare numbers from one program only."
    )
