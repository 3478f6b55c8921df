"""The one browser that draws a process's pictures: started once, used in turn by all visitors, begun anew where it died, closed at exit.

It lives in the event loop of a thread of its own, which alone touches it; others hand their figures over and wait.
Data flow: `figure as plotly's JSON → Chrome or Chromium → bytes`.
"""

import asyncio
import atexit
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from adaem_core.visualize.footer import FOOTED

if TYPE_CHECKING:
    import kaleido
    import plotly.graph_objects as go

PATIENCE = 60  # seconds that one picture may take
STARTING = threading.Lock()
# Figures get their footers here; and Kaleido draws clouds of points with four times the pixels that are kept, for seconds each.
PAGE = f"""<script>{FOOTED}
const draw = Plotly.toImage;
const measured = async (figure, to) => {{
    const place = document.body.appendChild(document.createElement('div'));
    const data = figure.data.map(trace => ({{...trace, visible: trace.type === 'scattergl' ? 'legendonly' : trace.visible}}));
    await Plotly.newPlot(place, data, {{...figure.layout, width: to.width, height: to.height}}, {{staticPlot: true}});
    const size = await measure(place);
    Plotly.purge(place);
    place.remove();
    return size;
}};
Plotly.toImage = async (figure, to) => {{
    const config = {{...figure.config, plotGlPixelRatio: Math.max(2, to.scale)}};
    if (!figure.layout.meta) return draw({{...figure, config}}, to);
    const {{annotations, height, 'margin.b': b}} = footed(figure, await measured(figure, to));
    const layout = {{...figure.layout, annotations, margin: {{...figure.layout.margin, b}}}};
    return draw({{...figure, layout, config}}, {{...to, height}});
}};
</script>"""
Result = TypeVar("Result")


class Renderer:
    """A browser without a window, and the loop it lives in."""

    def __init__(self) -> None:
        """Begin the loop; the browser is started with the first picture."""
        self.loop = asyncio.new_event_loop()
        self.turn = asyncio.Lock()  # the browser has one tab
        self.browser: kaleido.Kaleido | None = None
        threading.Thread(target=self.loop.run_forever, name="renderer", daemon=True).start()

    def draw(self, figure: "go.Figure", options: dict[str, Any]) -> bytes:
        """Return one picture, whoever else is drawing; raises what a foreign browser can do wrong."""
        return self.do(self.drawn(figure, options)).result()

    def close(self) -> None:
        """End the browser: no process is left behind."""
        with suppress(Exception):
            self.do(self.ended()).result(timeout=10)

    def do(self, what: Coroutine[Any, Any, Result]) -> Future[Result]:
        """Hand work to the loop."""
        return asyncio.run_coroutine_threadsafe(what, self.loop)

    async def drawn(self, figure: "go.Figure", options: Any) -> bytes:
        """Return one picture; a browser that died is replaced once, what it cannot draw is no reason to."""
        async with self.turn:
            try:
                return await self.tried(figure, options)
            except Exception:
                if self.alive():
                    raise
            return await self.tried(figure, options)

    async def tried(self, figure: "go.Figure", options: Any) -> bytes:
        """Return one picture of the living browser."""
        return bytes(await asyncio.wait_for((await self.ready()).calc_fig(figure, opts=options), PATIENCE))

    async def ended(self) -> None:
        """Close the browser, whether it lives or not."""
        browser, self.browser = self.browser, None
        if browser is not None:
            await browser.close()

    async def ready(self) -> "kaleido.Kaleido":
        """Return a living browser."""
        if self.browser is None or not self.alive():
            import kaleido

            with suppress(Exception):
                await self.ended()
            page = kaleido.PageGenerator(mathjax=False)  # MathJax would be fetched from the network; no text of ours is TeX
            page.footer = PAGE + page.footer
            self.browser = kaleido.Kaleido(n=1, page_generator=page)
            await self.browser.open()
        return self.browser

    def alive(self) -> bool:
        """Say whether the browser runs."""
        process = getattr(self.browser, "subprocess", None)
        return process is not None and process.poll() is None


def renderer() -> Renderer:
    """Return the process's renderer."""
    with STARTING:
        return only_one()


@cache
def only_one() -> Renderer:
    """Return the renderer, made when first asked for and closed at exit."""
    made = Renderer()
    atexit.register(made.close)
    return made
