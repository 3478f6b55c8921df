"""Figures as picture files: PNG or SVG, drawn by the Chrome or Chromium of this computer, without the network.

Data flow: `figures → kaleido → bytes`. Where no such browser is installed, the camera in a figure's HTML file still saves a PNG.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from adaem_core.archive.origin import SIMULATED, Origin
from adaem_core.errors import AdaemError
from adaem_core.visualize.footer import signed
from adaem_core.visualize.renderer import renderer

if TYPE_CHECKING:
    import plotly.graph_objects as go

SCALE = 3  # pixels per point of a PNG: about 300 to the inch in print
DOTS = 3_000  # points up to which each is drawn as a dot of its own
HEADER = 33  # bytes of a PNG before its first free place
WIDE, SMALL = 1000, 520  # points: a figure of its own, and one of several


def can_draw() -> bool:
    """Return True when a browser that can draw is installed."""
    from choreographer.browsers.chromium import chromium_based_browsers  # type: ignore[attr-defined]
    from choreographer.utils import get_browser_path

    return get_browser_path(chromium_based_browsers) is not None


def picture(figure: "go.Figure", kind: str, of: Origin, width: int = WIDE) -> bytes:
    """Return the figure as a file of `kind` png or svg, `width` points wide, with what it is of below it; AdaemError when it cannot be drawn."""
    return drawn([figure], kind, of, width)[0]


def pictures(figures: "Mapping[str, go.Figure]", kind: str, of: Origin, width: int = SMALL) -> bytes:
    """Return a zip archive with one picture per figure, named as given; AdaemError when one cannot be drawn."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for number, (name, content) in enumerate(zip(figures, drawn(list(figures.values()), kind, of, width), strict=True), 1):
            safe = "".join(letter if letter.isalnum() else "-" for letter in name)[:60]
            file.writestr(f"{f'{SIMULATED}-' * of.simulated}{number:02}-{safe}.{kind}", content)
    return archive.getvalue()


def drawn(figures: "Sequence[go.Figure]", kind: str, of: Origin, width: int) -> list[bytes]:
    """Return the figures as files, one after the other; AdaemError with a way out when one cannot be drawn."""
    try:
        files = [renderer().draw(signed(lined(each), of, width), options(each, kind, width)) for each in figures]
    except Exception as error:  # whatever a foreign browser can do wrong
        told = " ".join(str(error).split())[:200]
        raise AdaemError(
            f"The picture could not be drawn ({told}). Download the figure as HTML and save it with the camera there."
        ) from error
    return [described(each, of.line) for each in files] if kind == "png" else files


def described(png: bytes, text: str) -> bytes:
    """Return a PNG that says in its data, too, what it is of: for programs and readers that do not see."""
    told = b"Description\0\0\0\0\0" + text.encode("utf-8", "replace")
    chunk = struct.pack(">I", len(told)) + b"iTXt" + told + struct.pack(">I", zlib.crc32(b"iTXt" + told))
    return png[:HEADER] + chunk + png[HEADER:]


def lined(figure: "go.Figure") -> "go.Figure":
    """Return the figure with small clouds of points as real dots, which are drawn sooner and stay sharp at any size; large ones stay pixels."""
    import plotly.graph_objects as go

    drawn = figure.to_dict()
    clouds = [trace for trace in drawn["data"] if trace.get("type") == "scattergl"]
    if not clouds or sum(len(trace.x) for trace in figure.select_traces({"type": "scattergl"})) > DOTS:
        return figure
    for trace in clouds:
        trace["type"] = "scatter"
    return go.Figure(drawn)


def options(figure: "go.Figure", kind: str, width: int) -> Any:
    """Return size and form of a picture."""
    return {"format": kind, "width": width, "height": figure.layout.height or 500, "scale": SCALE if kind == "png" else 1}
