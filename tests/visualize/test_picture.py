"""Pictures of figures: real PNG and SVG files, drawn without asking any host."""

import io
import re
import struct
import zipfile
from html import unescape

import plotly.graph_objects as go
import pytest

from adaem_core.archive.origin import Origin
from adaem_core.errors import AdaemError
from adaem_core.visualize.footer import LETTER, wrapped
from adaem_core.visualize.picture import DOTS, SCALE, can_draw, picture, pictures

FIGURE = go.Figure(go.Bar(x=["Security", "Power"], y=[0.7, 0.3]), layout={"height": 240})
OF = Origin(
    True, "study Bridges (bridges)", "40 questions", "Rasch model", "benchmark abc123", "2026-11-21", "http://127.0.0.1/?study=bridges"
)


def test_a_png_has_the_width_that_was_asked_for_and_room_below_for_what_it_is_of() -> None:
    assert can_draw(), "install Chrome or Chromium to run this test"
    content = picture(FIGURE, "png", OF, width=400)
    width, height = struct.unpack(">II", content[16:24])
    lines = len(wrapped(OF.line, int(384 / LETTER)))
    assert content.startswith(b"\x89PNG") and width == 400 * SCALE
    assert lines > 1 and height == (240 + 14 * lines + 14) * SCALE
    assert b"iTXtDescription" in content and OF.line.encode() in content


def test_what_it_is_of_stands_below_titles_that_reach_below_the_margin() -> None:
    short = go.Figure(FIGURE).update_layout(margin={"b": 30})
    long = go.Figure(short).update_layout(xaxis={"title": {"text": "lower ←→ higher<br>win rate<br>by value"}, "automargin": False})
    heights = [struct.unpack(">I", picture(each, "png", OF)[20:24])[0] for each in (short, long)]
    assert heights[1] - heights[0] > 20 * SCALE


def test_an_svg_holds_the_labels_and_what_it_is_of_as_text() -> None:
    content = picture(FIGURE, "svg", OF).decode()
    assert content.startswith("<svg") and "Security" in content
    assert OF.line.split() == re.findall(r"\S+", unescape(re.sub("<[^>]*>", " ", content[content.index("SIMULATED") :])))


def test_what_cannot_be_drawn_is_told_with_a_way_out() -> None:
    with pytest.raises(AdaemError, match="camera"):
        picture(FIGURE, "gif", OF)


def test_several_figures_come_in_one_archive_under_safe_names() -> None:
    with zipfile.ZipFile(io.BytesIO(pictures({"Security (SEC)": FIGURE, "../etc": FIGURE}, "svg", OF))) as archive:
        assert archive.namelist() == ["SIMULATED-01-Security--SEC-.svg", "SIMULATED-02----etc.svg"]
        assert all(archive.read(name).startswith(b"<svg") for name in archive.namelist())


def test_few_points_are_dots_of_their_own_and_many_are_pixels() -> None:
    few, many = (go.Figure(go.Scattergl(x=list(range(n)), y=list(range(n)), mode="markers")) for n in (20, DOTS + 1))
    assert picture(few, "svg", OF).count(b'class="point"') == 20
    assert b'class="point"' not in picture(many, "svg", OF) and b"<image" in picture(many, "svg", OF)
