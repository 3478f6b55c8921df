"""The steps from a number to its evidence: number → questions → answers → words → request. Each step is in the address."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from pages.measure import choose, readings
from pages.shared import answers, controls, show

if TYPE_CHECKING:
    from adaem_core.measure.standings import Standings
    from adaem_core.measure.value_labels import ValueLabels
    from adaem_core.values import ValueSystem

EXPLAINS = """
The number on top is the model's **win rate** on this value. It comes from the labels below: on each question, does the model's answer express
the value or not? A question where all models do the same says nothing about who ranks higher; most telling are those where few **others**
express it. *Missing* answers (refused, unreadable) take no part.

Choose a question to read the answers. Coloured words are those in which the recogniser saw a value; the code behind names it. *Where this came
from* shows the request as it was sent: prompt, parameters, model, date, cost, from the cache or not. The address of this page names
every choice, so it can be sent as a link.
"""
ALL = "all"
COLUMNS = {
    "label": "This value is",
    "question": st.column_config.TextColumn("Question", width="large"),
    "others": st.column_config.NumberColumn("Others that express it"),
    "others_read": st.column_config.NumberColumn("Others read"),
    "topic": st.column_config.TextColumn("Topic", width="medium"),
    "category": "Category",
    "id": "Id",
}


@dataclass(frozen=True, eq=False)
class Chain:
    """Which number is followed down."""

    path: Path
    examination: Examination
    system: "ValueSystem"
    labels: "ValueLabels"
    model: str
    value: str


def show_number(chain: Chain, standings: "Standings") -> None:
    """Show the number with its interval and rank, and the counts it rests on."""
    from adaem_core.measure.groups import groups, rank_words

    found = groups(standings)
    row, d = standings.examinees.index(chain.model), standings.dimensions.index(chain.value)
    rate, low, high = (float(each[row, d]) for each in (standings.win_rates, standings.low, standings.high))
    unrated, own = math.isnan(rate), [each for each in chain.labels.expressed[:, row, d].tolist() if not math.isnan(each)]
    with st.container(horizontal=True, key="evidence_number"):
        st.metric(
            "Win rate",
            "not rated" if unrated else f"{rate:.3f}",
            help="On no question do some models express it and others not." if unrated else None,
        )
        if not unrated:
            st.metric(f"Interval ({standings.settings.confidence:.0%})", f"{low:.3f} – {high:.3f}")
            st.metric("Rank", rank_words(found.best[row, d], found.worst[row, d]))
        st.metric("Answers that express it", f"{own.count(1):,} of {len(own):,}")
    show.under(choose.of_examination(chain.path, chain.examination, settings=standings.settings))


def pick_question(chain: Chain) -> str:
    """Return the id of the chosen question among those with the chosen label; "" where there is none."""
    from adaem_core.visualize.measure_tables import MISSING, SAYS, evidence_table

    frame = evidence_table(chain.labels, chain.examination.asked, chain.model, chain.value)
    kinds = [ALL, *SAYS.values(), MISSING]
    counts = {kind: len(frame) if kind == ALL else int((frame["label"] == kind).sum()) for kind in kinds}
    kind = controls.from_address("Show", "shown", kinds, lambda each: f"{each} ({counts[each]:,})")
    frame = frame if kind == ALL else frame[frame["label"] == kind].reset_index(drop=True)
    name = choose.examination_file(
        chain.path, chain.examination, f"evidence-{chain.examination.examinees.index(chain.model) + 1}-{chain.value}-{kind}"
    )
    if frame.empty:
        st.info("No question has this label.", icon=":material/info:")
        return ""
    what = f"{len(frame):,} answers of {chain.model}, {chain.system.name_of(chain.value)}: {kind}"
    event = show.table(
        frame, alt="Questions with the label of this model's answer", of=choose.of_examination(chain.path, chain.examination, what), name=name, columns=COLUMNS, on_select="rerun", selection_mode="single-row", height=300
    )  # fmt: skip
    ids = frame["id"].tolist()
    controls.picked("question", ids, event.selection.rows)
    texts = dict(zip(ids, frame["question"], strict=True))
    return controls.from_address("Question (type to search)", "question", ids, lambda id: f"{id} · {texts[id]}")


def show_question(chain: Chain, asked_id: str) -> None:
    """Show the question, the model's own answer, and those of the others."""
    asked = next(each for each in chain.examination.asked if each.id == asked_id)
    st.html(
        f'<div style="font-size:1.1rem;font-weight:600;overflow-wrap:anywhere">{answers.escaped(asked.text)}</div>{answers.aside(asked.topic)}'
    )
    given = readings.answers_to(chain.path, chain.examination.id, asked_id)
    own = [each for each in given if each.model == chain.model]
    if not own:
        st.caption(f"No answer of {show.plain(chain.model)} is stored.")
    answers.show_answers(chain.path, own, chain.system, f"own_{asked_id}")
    others = [each for each in given if each.model != chain.model]
    express = sum(each.usable and chain.value in each.expressed for each in others)
    place = controls.opening(f"The other models' answers ({express} of {len(others)} express it)", "others")
    if place.open:
        with place:
            answers.show_answers(chain.path, others, chain.system, f"others_{asked_id}")
