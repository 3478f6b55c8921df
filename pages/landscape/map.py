"""The parts of the map page: choose a layout, have it drawn, explore it. What is selected lies in the address, never in the figure."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from adaem_core.archive.origin import Origin
from pages.landscape import embedding, places, quality, readings, selection
from pages.landscape.question_sets import Chosen
from pages.shared import controls, show

if TYPE_CHECKING:
    import pandas as pd

    from adaem_core.landscape.project import Projection

METHODS = {"pca": "PCA", "tsne": "t-SNE", "umap": "UMAP"}
COLOURS = {
    "set": "Set",
    "category": "Topic category",
    "score": "Score S",
    "author": "Author model",
    "country": "Country named",
    "year": "Year named",
}
TOOLS = {"modeBarButtons": [["lasso2d", "select2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]]}
SHOWN = {
    "text": st.column_config.TextColumn("Question", width="large"),
    "score": st.column_config.NumberColumn("S", format="%.2f"),
    "set": "Set",
    "category": "Category",
    "author": "Author",
    "id": "Id",
}


def drawn(chosen: Chosen, method: str) -> "Projection | None":
    """Return the picture asked for, or the plain one (PCA) while that is not there; offer to draw what is missing."""
    from adaem_core.chat.embed import WHEEL
    from adaem_core.landscape.project import FEWEST, address

    if len(chosen.frame) < FEWEST[method]:
        st.info(f"A map by {METHODS[method]} needs at least {FEWEST[method]} questions; {len(chosen.frame)} are chosen. Add a set.")
        return None
    at = address(chosen.texts, WHEEL, method, 0)
    if (made := readings.picture(at)) is not None:
        return made
    embedding.progress(chosen, method, "This map has not been drawn yet.", f"Draw it by {METHODS[method]}")
    plain = readings.picture(address(chosen.texts, WHEEL, "pca", 0))
    if plain is not None:
        st.caption(f"Until {METHODS[method]} is ready you see PCA.")
    return plain


def explore(chosen: Chosen, made: "Projection", colour: str) -> None:
    """Draw the map with its search, and what is selected under it; a lasso runs only this part again."""
    look_at(chosen, made, colour)


@st.fragment
def look_at(chosen: Chosen, made: "Projection", colour: str) -> None:
    """Draw the map, its search, and the selection."""
    from adaem_core.visualize.question_map import Highlight, map_figure

    words = controls.text("Words in the question", "words", placeholder="search: hits are ringed on the map")
    hits = found(chosen.frame, words)
    kinds, numbers = properties(chosen, colour)
    highlight = Highlight(hits, f"“{words}” ({len(hits):,})") if words.strip() else None
    figure = map_figure(made.points, chosen.texts, kinds=kinds, numbers=numbers, title=COLOURS[colour], highlight=highlight)
    of, name = of_map(chosen, made), chosen.file("map", made.method, chosen.digest)
    show.figure(
        figure, alt=f"Map of {len(chosen.frame):,} questions by {METHODS[made.method]}, coloured by {COLOURS[colour].lower()}",
        of=of, name=name, config=TOOLS, on_select=lambda: selection.keep(f"figure_{name}", chosen),
        selection_mode=("points", "box", "lasso"),
    )  # fmt: skip
    show.table_files(chosen.frame.assign(x=made.points[:, 0], y=made.points[:, 1]), of, name, "Points")
    show_selection(chosen, hits)


def of_map(chosen: Chosen, made: "Projection") -> Origin:
    """Return what the map is of: n, method, and how far it can be trusted."""
    trust = (
        f"trustworthiness {made.trustworthiness:.2f}, continuity {made.continuity:.2f} "
        f"({made.neighbours} neighbours, {'a seeded sample of ' * (made.checked < len(chosen.frame))}{made.checked:,} questions)"
        if not made.why
        else f"trustworthiness and continuity {made.why}"
    )
    method = f"{METHODS[made.method]} of all-MiniLM-L6-v2 embeddings, seed 0"
    return chosen.of(f"{len(chosen.frame):,} questions", method, trust)


def properties(chosen: Chosen, colour: str) -> tuple[list[str] | None, Any]:
    """Return the kind of each question, or its number, for colouring."""
    if colour == "score":
        return None, chosen.frame["score"].to_numpy(dtype=float)
    if colour == "year":
        return None, places.last_years(chosen)
    if colour == "country":
        return places.country_names(chosen), None
    return chosen.frame[colour].tolist(), None


def found(frame: "pd.DataFrame", words: str) -> Any:
    """Return the rows whose text has all `words`, in any case; none for no words."""
    kept = frame["text"].notna() & bool(words.strip())
    for word in words.split():
        kept &= frame["text"].str.contains(word, case=False, regex=False)
    return kept.to_numpy().nonzero()[0]


def show_selection(chosen: Chosen, hits: Any) -> None:
    """Show what is selected, as a table and in what sets it apart."""
    rows = selection.show(chosen, hits)
    if rows.empty:
        st.caption("Draw a lasso round points, search for words and add the hits, or choose questions in the box.")
        return
    shown = rows[list(SHOWN)].sort_values("score", ascending=False)
    show.table(
        shown,
        alt="The selected questions",
        of=chosen.of(f"{len(rows):,} of {len(chosen.frame):,} questions, selected by hand"),
        name=chosen.file("selection"),
        columns=SHOWN,
        height=300,
        placeholder="–",
    )
    told(chosen, rows)


def told(chosen: Chosen, rows: "pd.DataFrame") -> None:
    """Show which words set the selection apart, and what is nearest in meaning to one of its questions."""
    from adaem_core.visualize.categories import words_figure

    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Characteristic words", anchor=False)
        found = readings.characteristic(chosen.digest, tuple(rows.index.tolist()), chosen.texts)
        if found.empty:
            st.caption("They need words both inside and outside the selection.")
        else:
            compared = f"{len(rows):,} questions against the other {len(chosen.frame) - len(rows):,}"
            of = chosen.of(compared, "log-odds, Dirichlet prior, 95 % intervals")
            show.figure(
                words_figure(found),
                alt="Words that set the selection apart",
                of=of,
                name=chosen.file("map-words"),
            )
    with right:
        st.subheader("Nearest neighbours", anchor=False)
        nearest(chosen, rows.head(selection.LISTED))
    # Measured only when asked for: it takes longer than a lasso may.
    details = controls.opening("Quality of the selection", "quality", icon=":material/rule:")
    if details.open:
        with details:
            quality.show_selection(chosen, rows)


def nearest(chosen: Chosen, rows: "pd.DataFrame") -> None:
    """Show the questions nearest in meaning to a chosen one, wherever the map has put them."""
    from adaem_core.chat.embed import WHEEL
    from adaem_core.landscape.project import neighbours, stored_vectors

    texts, at = (dict(zip(rows["key"], each, strict=True)) for each in (rows["text"], rows.index.tolist()))
    row = at[controls.from_address("Of the question", "near", list(texts), lambda key: texts[key])]
    vectors = stored_vectors(chosen.texts, WHEEL)
    if vectors is None:
        st.caption("Draw the map first: it brings the embeddings.")
        return
    near = neighbours(vectors, row, 10)
    table = chosen.frame.iloc[[index for index, _ in near]][["text", "set"]].assign(similarity=[cosine for _, cosine in near])
    columns = {**SHOWN, "similarity": st.column_config.NumberColumn("Similarity", format="%.2f")}
    show.table(
        table[["similarity", "text", "set"]],
        alt="Nearest neighbours in meaning",
        of=chosen.of(
            f"{len(table):,} of {len(chosen.frame):,} questions", f"nearest to {chosen.frame.iloc[row]['key']} by cosine similarity"
        ),
        name=chosen.file("nearest"),
        columns=columns,
    )
