"""The parts of the topics page: categories, words, and what the bandit preferred."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.landscape import readings
from pages.shared import controls, show
from pages.shared.caption import of_study, study_file

if TYPE_CHECKING:
    from adaem_core.landscape.course import Favour

KINDS = {"topics": "topic_set", "questions": "question_set"}
NUMBER = st.column_config.NumberColumn
SHARES = {
    "category": st.column_config.TextColumn("Category", width="large"),
    "of": "Of",
    "word": "Word",
    "texts": "Texts",
    "count": "Number",
    "share": NUMBER("Share", format="percent"),
    "low": NUMBER("from", format="percent"),
    "high": NUMBER("to", format="percent"),
}
FAVOURED = {
    "text": st.column_config.TextColumn("Topic", width="large"),
    "pulls": "Pulls",
    "first": NUMBER("S of first pull", format="%.2f"),
    "mean": NUMBER("Mean S", format="%.2f"),
    "bound": NUMBER(
        "Upper bound now", format="%.2f", help="Upper confidence bound (UCB); empty where never pulled: such topics come first."
    ),
    "category": "Category",
    "id": "Id",
}


def show_categories(path: Path) -> None:
    """Show how topics and questions spread over the categories."""
    import pandas as pd

    from adaem_core.visualize.categories import categories_figure

    topics, questions = (readings.category_table(path, kind) for kind in KINDS.values())
    counted = f"{int(topics['count'].sum()):,} topics, {int(questions['count'].sum()):,} questions"
    of = of_study(path, counted, "95 % intervals (Wilson)")
    drawn = categories_figure(topics, questions)
    show.figure(drawn, alt="Share of each category among topics and questions", of=of, name=study_file(path, "categories"))
    both = pd.concat([topics.assign(of="topics"), questions.assign(of="questions")], ignore_index=True)
    with st.expander("As a table"):
        show.table(both, alt="Categories of topics and questions", of=of, name=study_file(path, "categories-table"), columns=SHARES)


def show_words(path: Path, kind: str) -> None:
    """Show the commonest words."""
    from adaem_core.visualize.categories import keywords_figure

    found = readings.keyword_table(path, KINDS[kind])
    if found.empty:
        st.caption("There are no texts yet.")
        return
    drawn = keywords_figure(found)
    of = of_study(path, f"{len(readings.study_set(path, KINDS[kind], '')):,} {kind}", "95 % intervals (Wilson)")
    show.figure(drawn, alt=f"The commonest words of the {kind}", of=of, name=study_file(path, f"words-{kind}"))
    with st.expander("As a table"):
        show.table(found, alt="Words by number of texts", of=of, name=study_file(path, f"words-{kind}-table"), columns=SHARES)


def show_favoured(path: Path, every: "tuple[Favour, ...]") -> None:
    """Show pulls and rewards of all topics, and in words why one of them was pulled as often as it was."""
    import pandas as pd

    from adaem_core.landscape.course import why_favoured
    from adaem_core.visualize.categories import favoured_figure

    frame = pd.DataFrame([asdict(each) for each in every]).replace(float("inf"), float("nan"))
    pulled = int((frame["pulls"] > 0).sum())
    of = of_study(path, f"{int(frame['pulls'].sum()):,} pulls of {pulled:,} of {len(frame):,} topics")
    show.figure(favoured_figure(frame), alt="Pulls and mean score of each topic", of=of, name=study_file(path, "preferred"))
    topics = {each.id: each for each in every}
    chosen = controls.from_address("Why this topic?", "topic", list(topics), lambda id: f"{id} · {topics[id].text}")
    st.text(why_favoured(topics[chosen], every))
    show.table(
        frame[list(FAVOURED)],
        alt="Topics by pulls",
        of=of,
        name=study_file(path, "preferred-table"),
        columns=FAVOURED,
        placeholder="–",
        height=320,
    )
