"""What a picture is of, inside the picture: a footer below everything else, in files only, as on a page the same line stands under the figure.

How much room axes and legends take is known only once a figure is drawn. So its text travels in the figure, wrapped and inert, and what draws
the file (`renderer`, or the browser that opens the HTML) makes room for it first. The plot itself keeps its size.
Data flow: `figure, Origin → figure with a footer → picture or HTML`.
"""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from adaem_core.archive.origin import Origin
from adaem_core.visualize.style import inert

if TYPE_CHECKING:
    import plotly.graph_objects as go

LINES = 8  # longer ones end in …
LETTER = 6.5  # points a letter takes at most times
WIDE = 1000  # points: a page of HTML, and a picture where no width is said

# Measures a figure as it is drawn, and returns it higher by its footer, which it holds then. Titles of axes are pressed into a margin
# that is too small, and move down once there is room: so the margin they need is measured where there is.
FOOTED = """
const measure = async place => {
    const size = {...place._fullLayout._size}, spare = 100;
    await Plotly.relayout(place, {height: place._fullLayout.height + spare, 'margin.b': size.b + spare});
    const low = place.querySelector('.infolayer').getBoundingClientRect().bottom - place.getBoundingClientRect().top;
    return {...size, b: Math.max(size.b, low - size.t - size.h)};
};
const footed = (figure, size) => {
    const {lines} = figure.layout.meta.footer, high = 14 * lines.length + 14;
    const note = {
        text: lines.join('<br>'), showarrow: false, align: 'left', font: {size: 11, color: '#4f5963'},
        xref: 'paper', x: 0, xanchor: 'left', xshift: 8 - size.l, yref: 'paper', y: 0, yanchor: 'top', yshift: -size.b - 2,
    };
    return {
        annotations: [...(figure.layout.annotations || []), note],
        height: size.t + size.b + size.h + high, 'margin.b': size.b + high,
    };
};
"""
IN_A_PAGE = (
    FOOTED
    + """
const drawn = document.getElementById('{plot_id}');
measure(drawn).then(size => Plotly.relayout(drawn, footed(drawn, size)));
"""
)


def signed(figure: "go.Figure", of: Origin, width: int = WIDE) -> "go.Figure":
    """Return a copy of the figure that carries what it is of, for a picture `width` points wide."""
    import plotly.graph_objects as go

    return go.Figure(figure).update_layout(
        meta={"footer": {"lines": [inert(each) for each in wrapped(of.line, int((width - 16) / LETTER))]}}
    )


def page(figures: "Mapping[str, go.Figure]", of: Origin, name: str) -> bytes:
    """Return figures as one page of HTML that needs no network; its camera saves a PNG called `name`, footer and all."""
    config = {"displaylogo": False, "toImageButtonOptions": {"format": "png", "scale": 3, "filename": name}}
    parts = [
        signed(each, of).to_html(config, full_html=False, include_plotlyjs=number == 0, post_script=IN_A_PAGE, default_height="auto")
        for number, each in enumerate(figures.values())
    ]
    head = f"<meta charset='utf-8'><meta name='viewport' content='width={WIDE}'><title>{escape(name)}</title>"
    body = f"<body style='min-width: {WIDE - 16}px'>{''.join(parts)}</body>"  # a telephone, too, shows whole lines
    return f"<!doctype html><html lang='en'><head>{head}</head>{body}</html>".encode()


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` letters, wide ones counted twice; what has no blank is cut, what is beyond the last line left out."""
    lines = [""]
    for word in text.split():
        for piece in cut(word, width):
            if lines[-1] and wide(lines[-1]) + 1 + wide(piece) > width:
                lines.append("")
            lines[-1] = f"{lines[-1]} {piece}".strip()
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], f"{lines[LINES - 1]} …"]


def cut(word: str, width: int) -> list[str]:
    """Return a word in pieces that fit into a line."""
    pieces = [""]
    for letter in word:
        if wide(pieces[-1]) + wide(letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def wide(text: str) -> int:
    """Return how much room letters take, in those of the Latin alphabet."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)
