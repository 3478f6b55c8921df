"""Questions selected on the map: kept in the address, chosen by lasso, by search or by keyboard.

In the address stand which rows of the sets are selected, a bit each, compressed: 12,310 questions take at most 2,060 letters. So a link shows
the same selection to everybody who has the sets, and nothing has to be kept for it; among other questions it is told to be missing.
Data flow: `address → rows → keys of questions → address`.
"""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.landscape.question_sets import Chosen
from pages.shared import controls

if TYPE_CHECKING:
    import pandas as pd

LISTED = 500  # questions that a box offers at once
HELD = 100  # selected questions that a box holds: more are slow to draw and nobody reads them there
SELECTED = "map_selected"  # keys of the selected questions, in the session: they stay when other sets are chosen beside them


def control(chosen: Chosen) -> controls.Control[list[str]]:
    """Return the selection and its parameter in the address."""
    keys = chosen.frame["key"].tolist()
    known = {key: row for row, key in enumerate(keys)}
    default = [each for each in st.session_state.get(SELECTED, []) if each in known]

    def read(said: list[str]) -> list[str]:
        return [keys[row] for row in unpacked(said[-1], chosen.digest, len(keys))]

    def write(selected: list[str]) -> list[str]:
        return [packed([known[each] for each in selected], chosen.digest, len(keys))] if selected else []

    return controls.Control("Selection", "selection", default, read, write, "none that was made among just these questions")


def packed(rows: list[int], digest: str, count: int) -> str:
    """Return which of `count` rows are selected, as text for an address, beside what stands for the rows themselves."""
    import numpy as np

    bits = np.zeros(count, dtype=bool)
    bits[rows] = True
    return f"{digest[:6]}.{urlsafe_b64encode(zlib.compress(np.packbits(bits).tobytes(), 9)).decode().rstrip('=')}"


def unpacked(said: str, digest: str, count: int) -> list[int]:
    """Return the rows selected; ValueError for what was selected among other rows, or is no such text."""
    import numpy as np

    of, _, text = said.partition(".")
    most = -(-count // 8)
    try:
        held = zlib.decompressobj().decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)), most + 1)  # no more, whatever is in it
    except zlib.error as error:
        raise ValueError(said) from error
    if of != digest[:6] or len(held) != most:
        raise ValueError(said)
    found: list[int] = np.unpackbits(np.frombuffer(held, dtype=np.uint8))[:count].nonzero()[0].tolist()
    return found


def standing(chosen: Chosen) -> list[str]:
    """Return the keys of the selected questions, and have the address say them."""
    found = control(chosen)
    selected = found.value()
    select(chosen, selected)
    return selected


def select(chosen: Chosen, keys: list[str]) -> None:
    """Make these questions the selection."""
    st.session_state[SELECTED] = list(dict.fromkeys(keys))
    control(chosen).keep(st.session_state[SELECTED])


def keep(key: str, chosen: Chosen) -> None:
    """Make what the lasso caught the selection: the chart forgets it as soon as it is drawn anew."""
    points = st.session_state[key]["selection"]["points"]
    select(chosen, chosen.frame["key"].iloc[caught(points, len(chosen.frame))].tolist())


def caught(points: list[dict[str, Any]], count: int) -> list[int]:
    """Return the row numbers that selected points carry, in order, each once; what the browser sends is checked."""
    carried = (each.get("customdata") for each in points)
    rows = {int(each[0] if isinstance(each, list) else each) for each in carried if each is not None}
    return sorted(row for row in rows if 0 <= row < count)


def show(chosen: Chosen, hits: Any) -> "pd.DataFrame":
    """Show what is selected, with boxes that do by keyboard what the lasso does by pointer; return its rows."""
    frame, selected = chosen.frame, standing(chosen)
    st.subheader(f"Selection: {len(selected):,} of {len(frame):,}", anchor=False)
    hit = frame["key"].iloc[hits].tolist()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        add = {"on_click": select, "args": (chosen, [*selected, *hit]), "disabled": not hit}
        st.button(f"Add the {len(hit):,} hits", icon=":material/add:", key="map_add", **add)
        st.button("Clear", on_click=select, args=(chosen, []), disabled=not selected, icon=":material/close:", key="map_clear")
    pick(chosen, selected, hits)
    return frame[frame["key"].isin(set(selected))]


def pick(chosen: Chosen, selected: list[str], hits: Any) -> None:
    """Draw the box of questions: the first selected ones, then hits or the first of the set, as many as a box can offer."""
    frame = chosen.frame
    more = frame["key"].iloc[hits if len(hits) else slice(LISTED)].tolist()
    shown, taken = selected[:HELD], set(selected)
    offered = [*shown, *(each for each in more[:LISTED] if each not in taken)]
    texts = dict(zip(frame["key"], frame["text"], strict=True))
    st.session_state["map_pick"] = shown
    st.multiselect(
        "Questions, by keyboard", offered, key="map_pick", format_func=lambda key: f"{texts.get(key, '')[:90]} · {key}", placeholder="choose",
        select_all=False, on_change=lambda: select(chosen, [*st.session_state["map_pick"], *selected[HELD:]]),
    )  # fmt: skip
