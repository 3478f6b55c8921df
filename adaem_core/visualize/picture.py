"""A figure as a picture file: PNG or SVG, drawn by the Chrome or Chromium of this computer, without the network.

Data flow: `figure → kaleido → bytes`. Where no such browser is installed, the camera on a figure still saves a PNG.
"""

from typing import TYPE_CHECKING, Any

from adaem_core.errors import AdaemError

if TYPE_CHECKING:
    import plotly.graph_objects as go

SCALE = 3  # pixels per point of a PNG: about 300 to the inch in print


def can_draw() -> bool:
    """Return True when a browser that can draw is installed."""
    from choreographer.browsers.chromium import chromium_based_browsers  # type: ignore[attr-defined]
    from choreographer.utils import get_browser_path

    return get_browser_path(chromium_based_browsers) is not None


def picture(figure: "go.Figure", kind: str, width: int = 1000) -> bytes:
    """Return the figure as a file of `kind` png or svg, `width` points wide and as high as it says; AdaemError when it cannot be drawn."""
    import kaleido

    drawn: dict[str, Any] = {"format": kind, "width": width, "height": figure.layout.height or 500, "scale": SCALE if kind == "png" else 1}
    try:
        # MathJax would be fetched from the network; no text of ours is TeX.
        content = kaleido.calc_fig_sync(figure, opts=drawn, kopts={"page_generator": kaleido.PageGenerator(mathjax=False)})
    except Exception as error:  # whatever a foreign browser can do wrong
        told = " ".join(str(error).split())[:200]
        raise AdaemError(
            f"The picture could not be drawn ({told}). Save it with the camera on the figure, or download it as HTML."
        ) from error
    return bytes(content)
