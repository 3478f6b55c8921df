"""Categories, words and preferred topics as figures: their traces hold what the tables say."""

import pandas as pd
import pytest

from adaem_core.landscape.course import category_shares
from adaem_core.landscape.words import characteristic, keywords
from adaem_core.visualize.categories import WORDS, categories_figure, favoured_figure, keywords_figure, names, words_figure
from tests.pages.fixture_study import IMAGE

COLUMNS = ["category", "count", "share", "low", "high"]


def test_the_most_characteristic_word_is_on_top() -> None:
    frame = pd.DataFrame(characteristic(["tax law tax", "tax cut"], ["law care", "care duty"]))
    trace = words_figure(frame).data[0]
    assert trace.y[-1] == "tax"
    assert trace.x[-1] == pytest.approx(frame["log_odds"][0])
    assert trace.error_x.array[-1] == pytest.approx(frame["high"][0] - frame["log_odds"][0])


def test_keywords_are_ranked_bars_that_fit_a_phone() -> None:
    frame = pd.DataFrame(keywords([" ".join(f"word{place}" for place in range(last)) for last in range(1, 40)]))
    trace = keywords_figure(frame).data[0]
    assert len(trace.y) == WORDS
    assert trace.y[-1] == "word0"
    assert trace.x[-1] == pytest.approx(100.0)
    assert list(trace.x) == sorted(trace.x)


def test_topics_and_questions_share_the_lines_of_the_categories() -> None:
    topics = pd.DataFrame(category_shares(["law", "law", "art"]), columns=COLUMNS)
    questions = pd.DataFrame(category_shares(["art", "care"]), columns=COLUMNS)
    figure = categories_figure(topics, questions)
    assert list(figure.layout.yaxis.ticktext) == ["care", "art", "law"]
    assert [trace.name for trace in figure.data] == ["Topics given (n = 3)", "Questions found (n = 2)"]
    assert list(figure.data[0].x) == pytest.approx([200 / 3, 100 / 3])
    assert figure.data[0].y[0] == pytest.approx(2.14), "law stands on top, topics a little above the line"
    assert len(categories_figure(topics, questions.iloc[:0]).data) == 1


def test_preferred_topics_show_pulls_against_reward() -> None:
    frame = pd.DataFrame(
        {"id": ["T1", IMAGE, "T3"], "text": [IMAGE] * 3, "pulls": [3, 1, 0], "first": [4.0, 2.0, None], "mean": [5.0, 2.0, None]}
    )
    figure = favoured_figure(frame)
    mean = figure.data[1]
    assert (list(mean.x), list(mean.y)) == ([5.0, 2.0], [3, 1]), "a topic that was never pulled is not drawn"
    assert "<img" not in figure.to_json()


def test_names_are_cut_and_inert() -> None:
    assert names(["a\nb", "<b>", "x" * 50]) == ["a b", "&lt;b&gt;", "x" * 29 + "…"]
