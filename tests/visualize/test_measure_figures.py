"""The figures of Measure are checked by their data: what the records hold is what the traces hold; names stay inert."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from adaem_core.measure.by_topic import by_category
from adaem_core.measure.compare import compare, shares
from adaem_core.measure.groups import Groups, groups
from adaem_core.measure.missing import Count, Kind
from adaem_core.measure.standings import Standings, stand, superiority
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings
from adaem_core.values import value_system
from adaem_core.visualize.difference import difference_figure, shares_figure, superiority_figure
from adaem_core.visualize.dots import short
from adaem_core.visualize.heat import heat_figure
from adaem_core.visualize.missing import missing_figure
from adaem_core.visualize.radar import category_figures, radar_figure
from adaem_core.visualize.win_rates import examinee_figure, value_figure
from tests.measure.simulate import planted

SYSTEM = value_system("schwartz")
SETTINGS = MeasureSettings(orders=2, resamples=40)
NAMES = ("aurora", "<b>boreal</b> $x$", "cedar", "silent")


def labelled() -> ValueLabels:
    """Return labels of four examinees on ten values; the last never answered."""
    theta = np.array([[2.0], [0.0], [-2.0], [0.0]]) * np.ones((1, 10))
    expressed = planted(np.random.default_rng(1), 60, theta).expressed.copy()
    expressed[:, 3] = np.nan
    return ValueLabels(expressed, tuple(f"q{number}" for number in range(60)), NAMES, SYSTEM.ids)


@pytest.fixture(scope="module")
def standings() -> Standings:
    return stand(labelled(), SETTINGS)


@pytest.fixture(scope="module")
def found(standings: Standings) -> Groups:
    return groups(standings)


def safe(figure: go.Figure) -> bool:
    """Return True when no name is alive in anything that is drawn."""
    told = figure.to_json()
    return "<b>boreal" not in told and "\\u003cb\\u003eboreal" not in told and "$x$" not in told


def test_a_value_panel_has_the_best_on_top_with_its_interval(standings: Standings, found: Groups) -> None:
    figure = value_figure(standings, found, "SEL", SYSTEM)
    dots = figure.data[0]
    assert [each.split("</b>")[0] for each in dots.text] == [
        "<b>silent",
        "<b>cedar",
        "<b>&lt;b&gt;boreal&lt;/b&gt; &#36;x&#36;",
        "<b>aurora",
    ]
    assert dots.x[0] is None, "who was never rated has a row and no dot"
    assert dots.x[3] == pytest.approx(standings.win_rates[0, 0])
    assert dots.x[3] + dots.error_x.array[3] == pytest.approx(standings.high[0, 0])
    assert dots.x[3] - dots.error_x.arrayminus[3] == pytest.approx(standings.low[0, 0])
    assert figure.layout.yaxis.ticktext[3].startswith("aurora")
    assert ">1<" in figure.layout.yaxis.ticktext[3], "its rank stands beside its name"
    assert safe(figure)


def test_lines_part_groups_and_nothing_else(standings: Standings, found: Groups) -> None:
    together = replace(found, group=np.ones_like(found.group))
    lines = [
        [shape for shape in value_figure(standings, each, "SEL", SYSTEM).layout.shapes if shape.y0 == shape.y1]
        for each in (found, together)
    ]
    assert len(lines[0]) == len(set(found.group[:3, 0])) - 1 > 0
    assert lines[1] == []


def test_a_models_panel_has_its_highest_value_on_top(standings: Standings, found: Groups) -> None:
    dots = examinee_figure(standings, found, "cedar", SYSTEM).data[0]
    assert list(dots.x) == sorted(standings.win_rates[2])
    assert all(each.startswith("<b>cedar</b>") for each in dots.text)


def test_all_panels_share_one_scale(standings: Standings, found: Groups) -> None:
    ranges = {tuple(value_figure(standings, found, id, SYSTEM).layout.xaxis.range) for id in SYSTEM.ids}
    assert len(ranges) == 1
    low, high = ranges.pop()
    assert low <= np.nanmin(standings.low)
    assert high >= np.nanmax(standings.high)


def test_the_heatmap_prints_its_numbers_and_can_be_clicked(standings: Standings, found: Groups) -> None:
    figure = heat_figure(standings, found)
    heat, clicks = figure.data
    assert heat.z[0][0] == pytest.approx(standings.win_rates[0, 0])
    assert heat.text[0][0] == f"{standings.win_rates[0, 0]:.2f}".lstrip("0")
    assert set(heat.text[3]) == {"–"}
    assert heat.zmid == 0.5
    assert heat.zmax - 0.5 == pytest.approx(0.5 - heat.zmin)
    assert 0 < clicks.marker.opacity <= 0.02, "invisible, yet not to plotly's hover"
    assert [list(data) for data in clicks.customdata[:2]] == [[0, 0], [0, 1]]
    assert len(clicks.x) == 40
    assert "not rated" in clicks.text[-1]
    assert safe(figure)


def test_a_radar_closes_keeps_the_order_and_the_scale(standings: Standings) -> None:
    figure = radar_figure(standings, ["aurora", "<b>boreal</b> $x$"], SYSTEM, title="<i>T</i>")
    ring, line = figure.data[:2]
    assert list(line.theta) == [*SYSTEM.ids, SYSTEM.ids[0]]
    assert line.r[0] == line.r[-1] == pytest.approx(standings.win_rates[0, 0])
    assert list(ring.r[:10]) == pytest.approx(list(standings.high[0]))
    assert list(ring.r[-10:]) == pytest.approx(list(standings.low[0][::-1]))
    assert list(figure.layout.polar.radialaxis.range) == [0, 1]
    assert safe(figure)
    assert "<i>" not in figure.layout.title.text


def test_a_radar_of_the_never_rated_is_empty(standings: Standings) -> None:
    ring, line = radar_figure(standings, ["silent"], SYSTEM).data
    assert set(line.r) == {None}
    assert len(ring.r) == 0


def test_every_category_says_how_many_questions_it_has() -> None:
    found = by_category(labelled(), ["a"] * 40 + ["<b>b</b>"] * 15 + ["few"] * 5, SETTINGS)
    figures = category_figures(found, ["aurora"], SYSTEM)
    assert [figure.layout.title.text for figure in figures.values()] == ["a · 40 questions", "&lt;b&gt;b&lt;/b&gt; · 15 questions"]


def test_differences_are_filled_where_they_hold(standings: Standings) -> None:
    pair = compare(standings, "aurora", "<b>boreal</b> $x$")
    figure = difference_figure(replace(pair, adjusted=np.where(np.arange(10) == 0, 0.01, 0.2)), SYSTEM, alpha=0.05)
    dots = figure.data[0]
    assert list(dots.x) == pytest.approx(list(pair.difference[::-1])), "the first value on top"
    assert list(dots.marker.symbol) == ["circle-open"] * 9 + ["circle"]
    assert dots.x[0] + dots.error_x.array[0] == pytest.approx(pair.high[-1])
    assert safe(figure)


def test_who_was_never_rated_has_no_difference(standings: Standings) -> None:
    figure = difference_figure(compare(standings, "aurora", "silent"), SYSTEM, alpha=0.05)
    assert set(figure.data[0].x) == {None}
    assert "nan" not in figure.to_json().lower()


def test_chances_and_shares_are_shown_as_they_are() -> None:
    labels = labelled()
    chances, counted = superiority(labels, SETTINGS), shares(labels, "aurora", "cedar", SETTINGS)
    assert list(superiority_figure(chances, "aurora", "cedar", SYSTEM).data[0].x) == pytest.approx(list(chances.chances[0, 2, ::-1]))
    figure = shares_figure(counted, SYSTEM.ids, SYSTEM, alpha=0.05)
    assert list(figure.data[0].x) == pytest.approx(list(counted.difference[::-1]))
    assert "of 60 questions" in figure.data[0].text[0]


def test_missing_answers_are_stacked_shares() -> None:
    rows = [
        Count("<b>one</b>", 40, {**dict.fromkeys(Kind, 0), Kind.REFUSED: 4, Kind.FAILED: 2}),
        Count("two", 0, dict.fromkeys(Kind, 0)),
    ]
    figure = missing_figure(rows)
    bars = {trace.name: trace for trace in figure.data if trace.type == "bar"}
    assert set(bars) == {"Refused", "Failed"}, "kinds that never occur take no place"
    assert list(bars["Refused"].x) == [None, 0.1], "the first group on top"
    assert figure.data[-1].text[1] == " 15.0%"
    assert "<b>one" not in figure.to_json()


def test_a_long_name_is_cut_to_one_line() -> None:
    assert short("x" * 30) == "x" * 21 + "…"
    assert short("<a>\n b") == "&lt;a&gt; b"
