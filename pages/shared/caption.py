"""What a figure, table or text is of, and the name of its file: said once, for the line under it on the page and for every file made of it."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from adaem_core.archive.origin import SIMULATED, Origin, joined, named
from pages.shared import stored


def of(n: str, *method: str, simulated: bool, studies: Iterable[Path] = (), source: str = "", date: str = "") -> Origin:
    """Return what is shown: how many of what, by which method (empty parts are left out), from which studies, panel or benchmark and day."""
    called = " and ".join(dict.fromkeys(named(stored.made(path).title, path.stem) for path in studies))
    return Origin(simulated, called, n, joined(*method), source, date, address())


def of_study(path: Path, n: str, *method: str) -> Origin:
    """Return what is shown of a study, with its panel and date."""
    made = stored.made(path)
    return of(n, *method, simulated=made.simulated, studies=[path], source=f"panel {made.panel.name}", date=made.date)


def of_studies(studies: Iterable[Path], n: str, *method: str, simulated: bool) -> Origin:
    """Return what is shown of several studies, with the panels and dates of all."""
    paths = list(studies)
    made = [stored.made(path) for path in paths]
    panels, dates = dict.fromkeys(each.panel.name for each in made), sorted({each.date for each in made})
    return of(n, *method, simulated=simulated, studies=paths, source=f"panel {' and '.join(panels)}", date=" and ".join(dates))


def address() -> str:
    """Return the address under which others see what is on screen; only the part after the page where no browser is."""
    return f"{st.context.url or ''}?{urlencode({name: st.query_params.get_all(name) for name in st.query_params}, doseq=True)}"


def file_name(*parts: str, simulated: bool) -> str:
    """Return the name of a download without its ending."""
    mark = SIMULATED if simulated and not parts[0].startswith(SIMULATED) else ""
    return "-".join(each for each in (mark, *parts) if each)


def study_file(path: Path, what: str) -> str:
    """Return the name of a download of a study."""
    return file_name(path.stem, what, simulated=stored.made(path).simulated)
