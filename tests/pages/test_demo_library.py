"""Six pages that were dead ends with the demo show something: radars, two comparisons, and what people said."""

import pytest

from tests.pages.opening import alone, texts

DEAD_ENDS = (
    "No category has enough questions",
    "No question in this examination",
    "A second examination is needed",
    "share too few",
    "holds no labelled file",
    "Nobody has",
    "sample is not drawn yet",
)
SHOWN = {  # page: what stands on it, and the tab it stands on
    "topic_radars": ("Radars by topic", ""),
    "side_by_side": ("the models more", ""),
    "panels_compared": ("Do the models come out alike?", ""),
    "recogniser": ("Where the two differ", ""),
    "adjudicate": ("κ", "results"),
    "human_rating": ("Generated questions are rated higher on", "results"),
}


@pytest.mark.parametrize("page", SHOWN)
def test_the_page_is_alive_in_the_demo(page: str) -> None:
    words, tab = SHOWN[page]
    seen = texts(alone(page, study="demo", **({"tab": tab} if tab else {})))
    assert not [each for each in DEAD_ENDS if each in seen]
    assert words in seen
