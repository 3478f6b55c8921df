"""The map and what stands beside it: shapes of our own, areas kept by the projection, figures that hold what was counted."""

import numpy as np
import pytest

from adaem_core.landscape.regions import countries
from adaem_core.landscape.representation import counts, leanings, shares
from adaem_core.landscape.shares import ALL, OTHERS, by_region, of_one
from adaem_core.visualize.regions import heat_figure, leanings_table, regions_figure, shares_table, shortened, verdict
from adaem_core.visualize.world import points, project, shapes, world, world_figure
from tests.pages.fixture_study import IMAGE

AUTHORS = [IMAGE] * 6 + ["b"] * 4
FOUND = [["DE"], ["DE", "SG", "FR"], ["DE"], ["DE", "EU"], ["DE"], [], ["FR"], [], ["IN"], []]


def ring_area(x: np.ndarray, y: np.ndarray) -> float:
    return float(abs((x * np.roll(y, -1) - y * np.roll(x, -1)).sum()) / 2)


def test_the_projection_keeps_areas_and_the_published_extent() -> None:
    x, y = project(np.array([180.0, 0.0]), np.array([0.0, 90.0]))
    assert (x[0], y[1]) == pytest.approx((2.706630, 1.317363), abs=1e-5)  # Šavrič et al. 2019: half width and half height
    # A thin cell of one degree has the area cos(latitude) × degree² on the sphere, wherever it lies.
    for latitude in (0.0, 35.0, 62.0):
        corner = np.array([0, 1, 1, 0]), latitude + np.array([0, 0, 1, 1])
        right = np.radians(1) * (np.sin(np.radians(latitude + 1)) - np.sin(np.radians(latitude)))
        assert ring_area(*project(corner[0] + 40.0, corner[1])) == pytest.approx(right, rel=2e-3)


def test_every_country_is_a_shape_or_a_dot_and_no_line_crosses_the_map() -> None:
    missing = set(countries()) - set(points()) - {"EU"}
    assert missing <= {"BV", "UM"}, "uninhabited islands"
    assert len(shapes()) > 170
    assert set(shapes()) <= set(countries())
    for rings in world()["shapes"].values():
        for ring in rings:
            longitude = np.array(ring)[:, 0]
            assert np.abs(np.diff(longitude)).max() < 90


def test_the_map_fills_named_countries_and_dots_small_ones() -> None:
    figure = world_figure(shares(of_one(counts(AUTHORS, FOUND))))
    assert {each.type for each in figure.data} == {"scatter"}, "other kinds fetch shapes from elsewhere"
    ground, *filled, dots = figure.data
    assert ground.hoverinfo == "skip"
    assert len(filled) == 3
    assert filled[0].text.startswith("Germany<br>5 of 10 questions<br>50.0% [")
    assert list(dots.customdata) == ["DE", "FR", "IN", "SG"], "the European Union is no country"
    assert dots.marker.size[3] > dots.marker.size[0]
    assert dots.marker.color[0] == pytest.approx(np.sqrt(0.5))


def test_a_map_of_nothing_is_all_grey() -> None:
    figure = world_figure([])
    assert len(figure.data) == 2
    assert figure.data[1].marker.showscale is False


def test_the_heatmap_holds_per_cent_of_each_authors_questions() -> None:
    figure = heat_figure(counts(AUTHORS, FOUND))
    assert figure.data[0].text[0] == ["83", ""]
    assert figure.data[0].z[0][0] == pytest.approx(np.sqrt(500 / 6))
    assert figure.data[0].z[0][1] is None
    assert figure.layout.yaxis.ticktext[0] == "Germany"
    assert "<img" not in figure.to_json()


def test_one_author_stands_beside_all_the_others() -> None:
    given = counts(AUTHORS, by_region(FOUND))
    figure = regions_figure(given, "b")
    assert [trace.name for trace in figure.data] == ["b (n = 4)", "All others (n = 6)"]
    western = list(figure.layout.yaxis.ticktext).index("Western Europe")
    assert figure.data[0].x[[round(each) for each in figure.data[0].y].index(western)] == pytest.approx(25.0)
    assert len(regions_figure(given, "").data) == 1


def test_authors_put_together() -> None:
    given = counts(AUTHORS, FOUND)
    everyone, others = of_one(given), of_one(given, "b", others=True)
    assert (everyone.authors, others.authors) == ((ALL,), (OTHERS,))
    assert everyone.named[:, 0].tolist() == given.totals.tolist()
    assert others.named[:, 0].tolist() == given.named[:, 0].tolist()
    assert of_one(given, "b").questions.tolist() == [4]


def test_tables() -> None:
    given = counts(AUTHORS, FOUND)
    frame = shares_table(shares(of_one(given, "b")))
    assert frame[["place", "named"]].values.tolist() == [["France", 1], ["India", 1]]
    found = leanings(given)
    table = leanings_table(found)
    assert table["q"].is_monotonic_increasing
    assert set(table["verdict"]) == {"may be chance"}
    alone = leanings(counts(["a"], [["DE"]]))
    assert "no other author" in verdict(alone[0])


def test_names_are_cut_but_entities_are_not() -> None:
    assert shortened("Germany", 16) == "Germany"
    assert shortened("a" * 15 + "&lt;b", 18) == "a" * 15 + "…"
