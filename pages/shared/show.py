"""How a page shows things: untrusted text, figures, tables, downloads, errors. Every page looks alike because it comes through here."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from adaem_core.errors import AdaemError
from adaem_core.marks import bare, straight
from pages.shared import member, site, stored

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Streamlit finds icons, colours, emoji, links and arrows in text that is already unescaped; a word joiner (invisible) parts them.
LIVE = re.compile(r"(?<=:)(?=\S)|(?=:\S)|(?<=\w)(?=@)|(?<=[wW]{3})(?=\.)|(?<=-)(?=[->])|(?<=<)(?=-)|(?<=[<>~])(?==)")
JOINER = "\u2060"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = {"png": "image/png", "svg": "image/svg+xml"}


def plain(text: object) -> str:
    """Return untrusted `text` as one line of Markdown that renders letter by letter: nothing in it becomes markup, link or picture."""
    return PUNCTUATION.sub(r"\\\1", LIVE.sub(JOINER, " ".join(straight(member.nowhere(str(text))).split())))


def head(title: str, question: str) -> None:
    """Open a page, for who may see it: its title and the one sentence saying which question it answers."""
    site.ensure()
    member.gate(title)
    st.title(title, anchor=False)
    st.markdown(question)


def simulated_badge(*, simulated: bool) -> None:
    """Mark numbers that come from the simulated panel."""
    if simulated:
        st.badge("SIMULATED", icon=":material/science:", color="orange", help="Invented respondents with known values, not real models.")


@contextmanager
def errors() -> Iterator[None]:
    """Show a problem the user can act on by its sentence, and stop the page there."""
    try:
        yield
    except AdaemError as error:
        refuse(error)
        st.stop()


def refuse(error: AdaemError) -> None:
    """Show a problem by its sentence."""
    st.error(plain(error), icon=":material/error:")


def figure(drawn: "go.Figure", *, alt: str, caption: str, name: str, **more: Any) -> Any:
    """Show a figure with what stands under it (n, model, date, method) and its downloads; returns the selection if one was asked for."""
    camera = {"toImageButtonOptions": {"format": "png", "scale": 3, "filename": name}}
    kept = {
        "displaylogo": False,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
    }
    shown = st.plotly_chart(drawn, key=f"figure_{name}", alt=bare(alt), config={**camera, **kept, **more.pop("config", {})}, **more)
    st.caption(caption)
    with st.container(horizontal=True):
        for kind in ("png", "svg") if stored.can_draw() else ():
            download(f"Figure ({kind.upper()})", partial(drawing, drawn, kind), f"{name}.{kind}", PICTURES[kind])
        download("Figure (HTML)", lambda: drawn.to_html(include_plotlyjs=True).encode(), f"{name}.html", "text/html")
    return shown


def drawing(drawn: "go.Figure | Mapping[str, go.Figure]", kind: str) -> bytes:
    """Return a figure as a picture file, or several as an archive of such."""
    from adaem_core.visualize.picture import picture, pictures

    return pictures(drawn, kind) if isinstance(drawn, Mapping) else picture(drawn, kind)


def pictures(figures: "Mapping[str, go.Figure]", name: str) -> None:
    """Offer several figures as one archive per kind of picture."""
    for kind in ("png", "svg") if stored.can_draw() else ():
        download(f"All figures ({kind.upper()}, zip)", partial(drawing, figures, kind), f"{name}-{kind}.zip", "application/zip")


def table(frame: "pd.DataFrame", *, alt: str, name: str, columns: dict[str, Any] | None = None, **more: Any) -> Any:
    """Show a table of plain text and numbers with its download; returns the selection if one was asked for."""
    from adaem_core.archive.writing import to_csv, to_xlsx
    from adaem_core.visualize.tables import rows

    shown = st.dataframe(untwisted(frame), alt=alt, column_config=columns, hide_index=True, key=f"table_{name}", **more)
    with st.container(horizontal=True):
        download("Table (CSV)", lambda: to_csv(rows(frame)), f"{name}.csv", "text/csv")
        download("Table (XLSX)", lambda: to_xlsx(rows(frame)), f"{name}.xlsx", WORKBOOK)
    return shown


def untwisted(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Return a table whose texts cannot turn what stands beside them."""
    texts = {
        name: frame[name].map(lambda cell: straight(cell) if isinstance(cell, str) else cell) for name in frame.select_dtypes("object")
    }
    return frame.assign(**texts).rename(columns=lambda name: straight(str(name)))


def headings(frame: "pd.DataFrame") -> dict[str, str]:
    """Return the columns of a table as a reader would write them, for tables whose columns need no more than that."""
    return {name: name if len(name) == 1 else name[0].upper() + name[1:].replace("_", " ") for name in frame.columns}


def download(label: str, make: Callable[[], bytes], name: str, mime: str) -> None:
    """Offer a file that is made only when asked for."""
    st.download_button(label, make, name, mime, key=f"download_{name}", icon=":material/download:", type="tertiary", on_click="ignore")


def how_to_read(text: str) -> None:
    """Explain the figure above in plain words."""
    with st.expander("How to read this", icon=":material/help:"):
        st.markdown(text)


def empty(text: str, page: str, label: str) -> None:
    """Say what to do next where there is nothing to show yet."""
    with st.container(border=True):
        st.markdown(text)
        link(page, label, ":material/arrow_forward:")


def link(page: str, label: str, icon: str, **query: str) -> None:
    """Link to another page; a page that runs without the site map names it instead."""
    try:
        st.page_link(page, label=label, icon=icon, query_params=query or None, help="")
    except StreamlitPageNotFoundError:
        st.caption(f"{label}: open the page “{page.removeprefix('pages/').removesuffix('.py').replace('_', ' ')}”.")
