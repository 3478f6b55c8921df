"""How a page shows things: untrusted text, figures, tables, downloads, errors. Every page looks alike because it comes through here."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from adaem_core.archive.origin import Origin, csv_file, workbook
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
# What no figure here needs; and the camera, whose picture would not say what it is of.
TOOLS = ["select2d", "lasso2d", "zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "toImage"]
PICTURES = {"png": "image/png", "svg": "image/svg+xml"}


def plain(text: object) -> str:
    """Return untrusted `text` as one line of Markdown that renders letter by letter: nothing in it becomes markup, link or picture."""
    return PUNCTUATION.sub(r"\\\1", LIVE.sub(JOINER, " ".join(straight(member.nowhere(str(text))).split())))


def head(title: str, question: str) -> None:
    """Open a page, for who may see it: its title and the one sentence saying which question it answers.

    An address that says what the page does not know ends it here.
    """
    site.ensure()
    member.gate(title)
    site.arrive(title)
    st.title(title, anchor=False)
    st.markdown(question)
    if unknown := site.unknown(title):
        astray(f"This page knows no **{plain(short(', '.join(unknown)))}**, which the address speaks of.", *unknown)


def astray(told: str, *names: str) -> NoReturn:
    """Say, in Markdown, what the address names that isn't there, and what to do; end the page, so that nothing else is shown in its place."""
    st.error(f"{told} Ask who sent the link, or open this page without it and choose.", icon=":material/link_off:")
    st.button("Open this page without it", icon=":material/arrow_forward:", on_click=site.forget, args=names, key="without")
    st.stop()


def short(text: str) -> str:
    """Return the beginning of what may be of any length."""
    return text if len(text) <= 80 else f"{text[:79]}…"


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


def figure(drawn: "go.Figure", *, alt: str, of: Origin, name: str, note: str = "", **more: Any) -> Any:
    """Show a figure with what it is of under it, and its files, which carry the same inside; returns the selection if one was asked for.

    The toolbar has no camera: it would save the figure without that line, which stands under it here. `note` is Markdown for the page alone.
    """
    kept = {"displaylogo": False, "modeBarButtonsToRemove": TOOLS}
    shown = st.plotly_chart(drawn, key=f"figure_{name}", alt=bare(alt), config={**kept, **more.pop("config", {})}, **more)
    under(of, note)
    figure_files({"": drawn}, of, name)
    return shown


def figure_files(figures: "Mapping[str, go.Figure]", of: Origin, name: str) -> None:
    """Offer a figure as PNG, SVG and HTML; several as an archive of pictures, and one page of HTML."""
    from adaem_core.visualize.footer import page

    what, each = ("All figures", ", zip") if len(figures) > 1 else ("Figure", "")
    with st.container(horizontal=True):
        if stored.can_draw():
            for kind, mime in PICTURES.items():
                file = (f"{name}-{kind}.zip", "application/zip") if each else (f"{name}.{kind}", mime)
                download(f"{what} ({kind.upper()}{each})", partial(drawing, figures, kind, of), *file)
        download(f"{what} (HTML)", partial(page, figures, of, name), f"{name}.html", "text/html")
    if not stored.can_draw():
        st.caption(
            "PNG and SVG need Chrome or Chromium on the studio's computer. The HTML file saves a PNG, too: with the camera on its figure."
        )


def drawing(figures: "Mapping[str, go.Figure]", kind: str, of: Origin) -> bytes:
    """Return a figure as a picture file, or several as an archive of such."""
    from adaem_core.visualize.picture import picture, pictures

    return pictures(figures, kind, of) if len(figures) > 1 else picture(next(iter(figures.values())), kind, of)


def under(of: Origin, note: str = "") -> None:
    """Show what something is of, as it stands under every figure."""
    st.caption(f"{plain(of.short)}. {note}" if note else plain(of.short))


def table(frame: "pd.DataFrame", *, alt: str, of: Origin, name: str, columns: dict[str, Any] | None = None, **more: Any) -> Any:
    """Show a table of plain text and numbers; returns the selection if one was asked for. Its files say in their last columns what they are of.

    A table without a row has no files: they could not say so.
    """
    shown = st.dataframe(untwisted(frame), alt=alt, column_config=columns, hide_index=True, key=f"table_{name}", **more)
    if len(frame):
        table_files(frame, of, name)
    return shown


def table_files(frame: "pd.DataFrame", of: Origin, name: str, what: str = "Table") -> None:
    """Offer a table as CSV and as a workbook."""
    from adaem_core.visualize.tables import rows

    with st.container(horizontal=True):
        download(f"{what} (CSV)", lambda: csv_file(rows(frame), of), f"{name}.csv", "text/csv")
        download(f"{what} (XLSX)", lambda: workbook(rows(frame), of), f"{name}.xlsx", WORKBOOK)


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
