"""The parts of the map page: choose a layout, have it drawn, explore it. What is selected lies in the session, never in the figure."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from adaem_core.archive.origin import Origin
from pages.landscape import embedding, places, quality, readings
from pages.landscape.question_sets import Chosen
from pages.shared import show

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
LISTED = 500  # questions that a box offers at once
HELD = 100  # selected questions that a box holds: more are slow to draw and nobody reads them there
SELECTED = "map_selected"  # keys of the selected questions, in the session
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

    words = st.text_input("Words in the question", placeholder="search: hits are ringed on the map", key="map_words")
    hits = found(chosen.frame, words)
    kinds, numbers = properties(chosen, colour)
    highlight = Highlight(hits, f"“{words}” ({len(hits):,})") if words.strip() else None
    figure = map_figure(made.points, chosen.texts, kinds=kinds, numbers=numbers, title=COLOURS[colour], highlight=highlight)
    of, name = of_map(chosen, made), chosen.file("map", made.method, chosen.digest)
    show.figure(
        figure, alt=f"Map of {len(chosen.frame):,} questions by {METHODS[made.method]}, coloured by {COLOURS[colour].lower()}",
        of=of, name=name, config=TOOLS, on_select=lambda: keep(f"figure_{name}", chosen.frame),
        selection_mode=("points", "box", "lasso"),
    )  # fmt: skip
    show.table_files(chosen.frame.assign(x=made.points[:, 0], y=made.points[:, 1]), of, name, "Points")
    selection(chosen, hits, words)


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


def keep(key: str, frame: "pd.DataFrame") -> None:
    """Keep what the lasso caught in the session: the chart forgets it as soon as it is drawn anew."""
    points = st.session_state[key]["selection"]["points"]
    st.session_state[SELECTED] = frame["key"].iloc[caught(points, len(frame))].tolist()


def caught(points: list[dict[str, Any]], count: int) -> list[int]:
    """Return the row numbers that selected points carry, in order, each once; what the browser sends is checked."""
    carried = (each.get("customdata") for each in points)
    rows = {int(each[0] if isinstance(each, list) else each) for each in carried if each is not None}
    return sorted(row for row in rows if 0 <= row < count)


def selection(chosen: Chosen, hits: Any, words: str) -> None:
    """Show what is selected, with boxes that do by keyboard what the lasso does by pointer."""
    frame = chosen.frame
    known = set(frame["key"])
    selected = [each for each in st.session_state.get(SELECTED, []) if each in known]
    st.subheader(f"Selection: {len(selected):,} of {len(frame):,}", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        hit = frame["key"].iloc[hits].tolist()
        st.button(
            f"Add the {len(hit):,} hits",
            on_click=choose_keys,
            args=([*selected, *hit],),
            disabled=not hit,
            icon=":material/add:",
            key="map_add",
        )
        st.button("Clear", on_click=choose_keys, args=([],), disabled=not selected, icon=":material/close:", key="map_clear")
    pick(frame, selected, hits)
    if not selected:
        st.caption("Draw a lasso round points, search for words and add the hits, or choose questions in the box.")
        return
    rows = frame[frame["key"].isin(set(selected))]
    shown = rows[list(SHOWN)].sort_values("score", ascending=False)
    show.table(
        shown,
        alt="The selected questions",
        of=chosen.of(f"{len(rows):,} of {len(frame):,} questions, selected by hand"),
        name=chosen.file("selection"),
        columns=SHOWN,
        height=300,
        placeholder="–",
    )
    told(chosen, rows)


def pick(frame: "pd.DataFrame", selected: list[str], hits: Any) -> None:
    """Draw the box of questions: the first selected ones, then hits or the first of the set, as many as a box can offer."""
    more = frame["key"].iloc[hits if len(hits) else slice(LISTED)].tolist()
    shown, taken = selected[:HELD], set(selected)
    offered = [*shown, *(each for each in more[:LISTED] if each not in taken)]
    texts = dict(zip(frame["key"], frame["text"], strict=True))
    st.session_state["map_pick"] = shown
    st.multiselect(
        "Questions, by keyboard", offered, key="map_pick", format_func=lambda key: f"{texts.get(key, '')[:90]} · {key}", placeholder="choose",
        select_all=False, on_change=lambda: picked(selected[HELD:]),
    )  # fmt: skip


def picked(hidden: list[str]) -> None:
    """Keep what the box now holds; selected questions for which it had no room stay."""
    st.session_state[SELECTED] = [*st.session_state["map_pick"], *hidden]


def choose_keys(keys: list[str]) -> None:
    """Make these questions the selection."""
    st.session_state[SELECTED] = list(dict.fromkeys(keys))


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
        nearest(chosen, rows.head(LISTED))
    # Measured only when asked for: it takes longer than a lasso may.
    details = st.expander("Quality of the selection", icon=":material/rule:", key="map_quality", on_change="rerun")
    if details.open:
        with details:
            quality.show_selection(chosen, rows)


def nearest(chosen: Chosen, rows: "pd.DataFrame") -> None:
    """Show the questions nearest in meaning to a chosen one, wherever the map has put them."""
    from adaem_core.chat.embed import WHEEL
    from adaem_core.landscape.project import neighbours, stored_vectors

    texts = dict(zip(rows.index.tolist(), rows["text"], strict=True))
    row = st.selectbox("Of the question", list(texts), format_func=lambda row: texts[row], key="map_nearest")
    vectors = stored_vectors(chosen.texts, WHEEL)
    if row is None or vectors is None:
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
