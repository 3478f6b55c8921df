"""The map of questions holds every point once, with its row number, and no text that could come alive."""

import numpy as np
import pandas as pd
import pytest

from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.visualize import tables_landscape
from adaem_core.visualize.question_map import HOVERED, KINDS, Highlight, map_figure, parted, short
from adaem_core.visualize.tables_landscape import COLUMNS, given_set, shipped_set, together
from tests.pages.fixture_study import IMAGE, write_study
from tests.rows import every_row

RNG = np.random.default_rng(0)


def rows_of(figure: object) -> list[int]:
    return sorted(int(each) for trace in figure.data if trace.hoverinfo != "skip" for each in trace.customdata)  # type: ignore[attr-defined]


@every_row("count", [0, 1, 40, HOVERED + 1])
def test_every_point_is_drawn_once_with_its_row(count: int) -> None:
    points = RNG.normal(size=(count, 2)).astype(np.float32)
    kinds = [f"kind {place % 12}" for place in range(count)]
    figure = map_figure(points, [f"Question {place}?" for place in range(count)], kinds=kinds)
    assert rows_of(figure) == list(range(count))
    for trace in figure.data:
        np.testing.assert_array_equal(trace.x, points[trace.customdata, 0])


def test_beyond_the_commonest_kinds_the_rest_is_grey_and_each_kind_has_its_own_shape() -> None:
    drawn = parted([f"k{place}" for place in range(12) for _ in range(12 - place)] + [""])
    assert len(drawn) == len(KINDS) + 1
    assert drawn[0][0].startswith("other (")
    assert sum(len(rows) for _, rows, _ in drawn) == 79
    assert len({look["symbol"] for _, _, look in drawn[1:]}) == len(KINDS)
    assert [name for name, *_ in drawn[1:3]] == ["k0 (12)", "k1 (11)"]
    assert parted(["a", ""])[0][0] == "none named (1)"


def test_numbers_are_coloured_and_missing_ones_stay_grey() -> None:
    figure = map_figure(RNG.normal(size=(4, 2)), ["q"] * 4, numbers=np.array([1.0, np.nan, 3.0, 2.0]), title="Score S")
    assert rows_of(figure) == [0, 1, 2, 3]
    assert figure.data[0].name == "no Score S (1)"
    assert figure.data[1].marker.color.tolist() == [1.0, 3.0, 2.0]


def test_there_are_no_axes_and_the_lasso_is_ready() -> None:
    figure = map_figure(RNG.normal(size=(5, 2)), ["q"] * 5)
    assert figure.layout.xaxis.visible is False
    assert figure.layout.yaxis.visible is False
    assert figure.layout.yaxis.scaleanchor == "x", "distances are the same in both directions"
    assert figure.layout.dragmode == "lasso"


def test_hits_are_ringed_beside_the_points() -> None:
    figure = map_figure(RNG.normal(size=(5, 2)), ["q"] * 5, highlight=Highlight(np.array([1, 3]), "“tax” (2)"))
    assert rows_of(figure) == [0, 1, 2, 3, 4]
    assert figure.data[-1].customdata.tolist() == [1, 3]


def test_large_maps_carry_no_texts() -> None:
    count = HOVERED + 1
    figure = map_figure(RNG.normal(size=(count, 2)).astype(np.float32), ["A question of some length?"] * count)
    assert all(trace.text is None for trace in figure.data)
    assert len(figure.to_json()) < 40 * count


def test_hostile_texts_stay_text() -> None:
    figure = map_figure(RNG.normal(size=(2, 2)), [IMAGE, IMAGE], kinds=[IMAGE, "<b>x</b>"], highlight=Highlight(np.array([0]), IMAGE))
    assert "<img" not in figure.to_json()
    assert "<b>" not in figure.to_json()
    assert len(short("x" * 99)) == 48


def test_sets_have_the_same_columns(tmp_path: object) -> None:
    with Study.read(write_study(tmp_path / "rich.db")) as study:  # type: ignore[operator]
        questions = tables_landscape.question_set(study, "mine: questions")
        topics = tables_landscape.topic_set(study, "mine: topics")
    csv = b'question,score,model\nWho pays?,3.5,aurora\n"  ",1,x\nWho\tcares?,,boreal\n'
    given = given_set(("mine.csv", csv), "file")
    assert [len(each) for each in (questions, topics, given)] == [15, 4, 2]
    assert topics["score"].tolist() == pytest.approx([2.55, 2.6, 2.65, 2.7])
    assert given["text"].tolist() == ["Who pays?", "Who cares?"]
    assert given["author"].tolist() == ["aurora", "boreal"]
    assert np.isnan(given["score"][1])
    everything = together([questions, topics, given, shipped_set("moral", "moral")])
    assert list(everything.columns) == [*COLUMNS, "key"]
    assert everything["key"].is_unique


def test_a_file_without_questions_is_refused_and_none_is_empty() -> None:
    with pytest.raises(BadInput, match="looks like questions"):
        given_set(("mine.csv", b"a,b\n1,2\n"), "file")
    assert together([]).empty
    repeated = pd.DataFrame({"id": ["1", "1"], "text": ["a?", "b?"]})
    assert together([tables_landscape.as_set("s", repeated)])["key"].tolist() == ["s · 1", "s · 1 (1)"]


def test_valuebench_and_touche_are_read_in_their_own_formats() -> None:
    valuebench = b"questionnaire,item,value,agreement,question\nQ,I like order.,Order,1,Should I like order?\n"
    assert given_set(("v.csv", valuebench), "v")[["text", "category"]].values.tolist() == [["Should I like order?", "Order"]]
    touche = b"Argument ID\tConclusion\tStance\tPremise\nA1\tWe should ban cars\tin favor of\tThey smell.\nA2\tWe should ban cars\tagainst\tNo.\n"
    assert len(given_set(("t.tsv", touche), "t")) == 1, "repeated conclusions are one question"
