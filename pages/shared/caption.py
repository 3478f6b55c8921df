"""The line under a figure and the name of a download. SIMULATED comes first wherever anything simulated is in it."""

from pathlib import Path

from pages.shared import show, stored

MARK = "SIMULATED"


def caption(*parts: str, simulated: bool) -> str:
    """Return what stands under a figure: n, then what it is of, method, panel or benchmark, date, as far as they apply; empty parts are left out.

    It is Markdown: escape what comes from studies or models with show.plain.
    """
    return " · ".join(each for each in (MARK * simulated, *parts) if each)


def file_name(*parts: str, simulated: bool) -> str:
    """Return the name of a download without its ending."""
    return "-".join((*[MARK] * simulated, *parts))


def study_caption(path: Path, *parts: str) -> str:
    """Return what stands under a figure of a study: the parts, its panel, its date."""
    made = stored.made(path)
    return caption(*parts, f"panel {show.plain(made.panel.name)}", made.date, simulated=made.simulated)


def study_file(path: Path, what: str) -> str:
    """Return the name of a download of a study."""
    return file_name(path.stem, what, simulated=stored.made(path).simulated)
