"""Pictures of figures: real PNG and SVG files, drawn without asking any host."""

import io
import struct
import zipfile

import plotly.graph_objects as go
import pytest

from adaem_core.errors import AdaemError
from adaem_core.visualize.picture import DOTS, SCALE, can_draw, picture, pictures

FIGURE = go.Figure(go.Bar(x=["Security", "Power"], y=[0.7, 0.3]), layout={"height": 240})


def test_a_png_has_the_size_that_was_asked_for() -> None:
    assert can_draw(), "install Chrome or Chromium to run this test"
    content = picture(FIGURE, "png", width=400)
    assert content.startswith(b"\x89PNG") and struct.unpack(">II", content[16:24]) == (400 * SCALE, 240 * SCALE)


def test_an_svg_holds_the_labels_as_text() -> None:
    content = picture(FIGURE, "svg").decode()
    assert content.startswith("<svg") and "Security" in content


def test_what_cannot_be_drawn_is_told_with_a_way_out() -> None:
    with pytest.raises(AdaemError, match="camera"):
        picture(FIGURE, "gif")


def test_several_figures_come_in_one_archive_under_safe_names() -> None:
    with zipfile.ZipFile(io.BytesIO(pictures({"Security (SEC)": FIGURE, "../etc": FIGURE}, "svg"))) as archive:
        assert archive.namelist() == ["01-Security--SEC-.svg", "02----etc.svg"]
        assert all(archive.read(name).startswith(b"<svg") for name in archive.namelist())


def test_few_points_are_dots_of_their_own_and_many_are_pixels() -> None:
    few, many = (go.Figure(go.Scattergl(x=list(range(n)), y=list(range(n)), mode="markers")) for n in (20, DOTS + 1))
    assert picture(few, "svg").count(b'class="point"') == 20
    assert b'class="point"' not in picture(many, "svg") and b"<image" in picture(many, "svg")
