"""Tables and figures of quality: what was measured is what they hold, what was not measured is named."""

import numpy as np
import pandas as pd
import pytest

from adaem_core.landscape.quality import quality
from adaem_core.visualize.quality import TITLES, definitions, novelty_table, quality_figure, readable, reasons, table
from tests.pages.fixture_study import IMAGE

TEXTS = ["Should towns ban cars?", "Should towns ban dogs?", "Is care a duty?", "Who pays?"]


@pytest.fixture(scope="module")
def found() -> dict:
    vectors = np.eye(4, dtype=np.float32)
    return {
        IMAGE: quality(TEXTS, vectors, {"b": vectors[:2]}),
        "b": quality(TEXTS[:2], vectors[:2], {IMAGE: vectors}),
        "one": quality(["Who?"]),
    }


def test_the_table_holds_what_was_measured(found: dict) -> None:
    frame = table(found)
    assert frame["number"].tolist() == [4, 2, 1]
    for name in TITLES:
        assert frame[name][0] == pytest.approx(getattr(found[IMAGE], name).value, nan_ok=True)
        assert frame[f"{name}_low"][0] == pytest.approx(getattr(found[IMAGE], name).low, nan_ok=True)


def test_people_read_intervals_and_empty_cells(found: dict) -> None:
    shown = readable(table(found))
    measured = found[IMAGE].mean_length
    assert shown["Mean length"][0] == f"{measured.value:.1f} [{measured.low:.1f}, {measured.high:.1f}]"
    assert shown["Mean length"][2] == "1.0"
    assert shown["Self-BLEU"][2] == ""
    assert "nan" not in " ".join(shown.astype(str).to_numpy().ravel())


def test_what_was_not_measured_is_named(found: dict) -> None:
    told = reasons(found)
    assert any(each.startswith("one: Self-BLEU cannot be computed because") for each in told)
    assert not any(each.startswith("b: Mean length") for each in told)


def test_novelty_is_listed_per_pair(found: dict) -> None:
    frame = novelty_table(found)
    assert frame[["set", "against"]].values.tolist() == [[IMAGE, "b"], ["b", IMAGE]]
    assert frame["nearest"].tolist() == pytest.approx([0.5, 0.0])
    assert novelty_table({}).empty


@pytest.mark.parametrize("name", TITLES)
def test_the_figure_has_a_dot_and_an_interval_per_set(found: dict, name: str) -> None:
    frame = table(found)
    figure = quality_figure(frame, name)
    known = frame[frame[name].notna()].iloc[::-1]
    assert list(figure.data[0].x) == pytest.approx(known[name].tolist())
    assert len(figure.data[0].error_x.array) == len(known)
    assert "<img" not in figure.to_json()
    assert all("n = " in each for each in figure.data[0].y)


def test_every_column_has_its_definition() -> None:
    assert {title for title, _ in definitions()} >= set(TITLES.values())
    assert isinstance(table({}), pd.DataFrame)
