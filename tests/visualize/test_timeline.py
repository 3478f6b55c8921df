"""The timeline: a bubble per year, a bar at the cut-off, what lies beyond in another colour and shape; tables hold the same."""

import pandas as pd
import pytest

from adaem_core.landscape.timeline import by_author, find_years
from adaem_core.visualize.timeline import BEYOND, dated_questions, events_table, summary_table, timeline_figure
from tests.pages.fixture_study import IMAGE

TEXTS = ["By 2030?", "In 1990 or 2024?", "After Brexit in 2024?", "Is care a duty?", "In 1848?", "By 2030, really?", "Brexit?"]
AUTHORS = ["a", "a", "a", "a", "a", "a", IMAGE]
TIMES = [find_years(text) for text in TEXTS]
SUMMARIES = by_author(TIMES, AUTHORS, {"a": "2023-12"})


def test_bubbles_bars_and_what_lies_beyond() -> None:
    figure = timeline_figure(TIMES, AUTHORS, SUMMARIES)
    known, beyond, bar = figure.data
    assert (known.name, beyond.name) == ("Named time (3)", "Beyond the cut-off (4)")
    assert dict(zip(beyond.x, beyond.customdata, strict=True)) == {2030: 2, 2024: 2}
    assert (beyond.marker.color, beyond.marker.symbol) == (BEYOND, "diamond")
    assert sorted(zip(known.x, known.y, strict=True)) == [(1990, 1), (2018, 0), (2018, 1)], (
        "Brexit stands in its middle; 1848 is before 1900"
    )
    assert list(bar.x) == [2023.5, 2023.5, None], "the end of 2023, between the bubbles of 2023 and 2024"
    assert bar.y[0] < 1 < bar.y[1]
    assert "<img" not in figure.to_json()


def test_the_area_tells_the_number() -> None:
    beyond = timeline_figure(TIMES, AUTHORS, SUMMARIES).data[1]
    known = timeline_figure(TIMES, AUTHORS, SUMMARIES).data[0]
    assert (beyond.marker.size[0] / known.marker.size[0]) ** 2 == pytest.approx(2)


def test_without_a_cutoff_there_is_no_bar() -> None:
    figure = timeline_figure(TIMES, AUTHORS, by_author(TIMES, AUTHORS), since=1800)
    assert [trace.name for trace in figure.data] == ["Named time (8)", "Knowledge cut-off"]
    assert figure.data[1].showlegend is False
    assert len(timeline_figure([()], ["a"], by_author([()], ["a"])).data) == 1


def test_tables_hold_the_counts() -> None:
    table = summary_table(SUMMARIES)
    assert table[["questions", "dated", "latest", "cutoff"]].values.tolist() == [[6, 5, 2030, "2023-12"], [1, 1, 2020, ""]]
    assert table["beyond"][0] == 4
    assert table["beyond"].isna()[1]
    assert events_table(TIMES, AUTHORS).values.tolist() == [["Brexit", 2016, 2020, IMAGE, 1], ["Brexit", 2016, 2020, "a", 1]]


def test_questions_with_a_time_latest_first() -> None:
    found = dated_questions(pd.DataFrame({"text": TEXTS}), TIMES)
    assert found["text"].tolist() == ["By 2030?", "By 2030, really?", "After Brexit in 2024?", "In 1990 or 2024?", "Brexit?", "In 1848?"]
    assert found["named"].tolist()[2] == "Brexit, 2024"
    assert dated_questions(pd.DataFrame({"text": ["a"]}), [()]).empty
