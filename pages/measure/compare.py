"""The parts of the page that compares two models: differences per value, and the questions that separate them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.archive.origin import Origin
from adaem_core.settings import MeasureSettings
from pages.measure import choose, readings
from pages.shared import answers, controls, show, stored
from pages.shared.readings import Digested

if TYPE_CHECKING:
    from adaem_core.measure.compare import Comparison, Shares
    from adaem_core.measure.standings import Superiority
    from adaem_core.values import ValueSystem

EXPLAINS = """
**Win rates**: how much more often the first model beats the others on a value than the second does, each pair of numbers taken from the same
questions. **Chance to win**: how likely the first model is to beat the second directly (probability of superiority; 50 % is a tie). **Shares**:
on the questions both answered, how much more often the first model's answer expresses the value.

**Filled** dots hold after correcting for the number of values looked at (Holm); open dots may be chance. For the chance to win, filled means
that the interval leaves out 50 %. The line is the interval.

The questions below are those where most values are expressed by only one of the two; among equals, those with values seldom expressed by
anybody come first. They were chosen because they differ: they illustrate a difference, they do not prove one.
"""
NUMBER = st.column_config.NumberColumn
PARTS = {"difference": "Win rates: difference", "chance": "Chance to win", "share_first": "Share, first", "share_second": "Share, second"}
COLUMNS = {
    "value": "Value",
    "code": "Code",
    **{name: NUMBER(title, format="%.3f") for name, title in PARTS.items()},
    **{name: NUMBER("From", format="%.3f") for name in ("low", "chance_low", "share_low")},
    **{name: NUMBER("To", format="%.3f") for name in ("high", "chance_high", "share_high")},
    **{
        name: NUMBER(title, format="%.4f")
        for name, title in {"p": "p", "p_corrected": "p, corrected", "share_p_corrected": "p of shares, corrected"}.items()
    },
    **{"only_first": "Only first", "only_second": "Only second", "answered_by_both": "Answered by both"},
}
SEPARATING = {
    "question": st.column_config.TextColumn("Question", width="large"),
    "only_first": "Only the first expresses",
    "only_second": "Only the second expresses",
    "values": "Values",
    "rarity": NUMBER("Rarity", format="%.2f", help="Share of all answers that do not express these values."),
    "category": "Category",
    "id": "Id",
}


@dataclass(frozen=True, eq=False)
class Pair:
    """Two models compared in every way."""

    path: Path
    examination: Examination
    system: "ValueSystem"
    labelled: Digested
    settings: MeasureSettings
    compared: "Comparison"
    counted: "Shares"
    chances: "Superiority"

    @property
    def of(self) -> Origin:
        """What all of it is of."""
        both = f"{self.compared.first} against {self.compared.second}"
        return choose.of_examination(self.path, self.examination, both, settings=self.settings)

    @property
    def alpha(self) -> float:
        """Below which a corrected p is taken for a difference."""
        return 1 - self.settings.confidence


def compared(
    path: Path,
    examination: Examination,
    system: "ValueSystem",
    labelled: Digested,
    settings: MeasureSettings,
    first: str,
    second: str,
) -> Pair:
    """Return the two models compared."""
    from adaem_core.measure.compare import compare, shares

    standings = readings.standings(labelled, settings)
    chances = readings.superiority(labelled, settings)
    found, counted = compare(standings, first, second), shares(labelled.labels, first, second, settings)
    return Pair(path, examination, system, labelled, settings, found, counted, chances)


def show_differences(pair: Pair) -> None:
    """Show the three views of the difference, and the table."""
    views = {"rates": "Win rates", "chance": "Chance to win", "shares": "Shares", "table": "Table"}
    parts = (show_win_rates, show_chances, show_shares, show_table)
    for place, draw in zip(controls.tabs("tab", views), parts, strict=True):
        if place.open:
            with place:
                draw(pair)


def show_win_rates(pair: Pair) -> None:
    """Show the difference of win rates."""
    from adaem_core.visualize.difference import difference_figure

    drawn = difference_figure(pair.compared, pair.system, alpha=pair.alpha)
    show.figure(drawn, alt="Difference of win rates per value", of=pair.of, name=stem(pair, "difference"))


def show_chances(pair: Pair) -> None:
    """Show the chance that the first beats the second."""
    from adaem_core.visualize.difference import superiority_figure

    drawn = superiority_figure(pair.chances, pair.compared.first, pair.compared.second, pair.system)
    show.figure(drawn, alt="Chance that the first beats the second per value", of=pair.of, name=stem(pair, "chance"))


def show_shares(pair: Pair) -> None:
    """Show the difference of shares."""
    from adaem_core.visualize.difference import shares_figure

    drawn = shares_figure(pair.counted, pair.compared.dimensions, pair.system, alpha=pair.alpha)
    show.figure(drawn, alt="Difference of shares per value", of=pair.of, name=stem(pair, "shares"))


def show_table(pair: Pair) -> None:
    """Show all numbers."""
    from adaem_core.visualize.measure_tables import comparison_table

    frame = comparison_table(pair.compared, pair.counted, pair.chances, pair.system)
    show.table(frame, alt="The two models compared per value", of=pair.of, name=stem(pair, "table"), columns=COLUMNS, placeholder="–")
    show.under(pair.of)


def stem(pair: Pair, what: str) -> str:
    """Return the name of a download; models' names may hold anything, their places do not."""
    places = [pair.examination.examinees.index(each) + 1 for each in (pair.compared.first, pair.compared.second)]
    return choose.examination_file(pair.path, pair.examination, f"compare-{places[0]}-{places[1]}-{what}")


def show_separating(pair: Pair) -> None:
    """Show the list of questions, and both answers to the chosen one side by side."""
    from adaem_core.measure.compare import separating
    from adaem_core.visualize.measure_tables import separating_table

    both = (pair.compared.first, pair.compared.second)
    found = separating(pair.labelled.labels, *both)
    if not found:
        st.info("No question separates them: wherever both answered, they express the same values.", icon=":material/info:")
        return
    frame = separating_table(found, pair.examination.asked)
    show.table(frame, alt="Questions that separate the two models most", of=pair.of, name=stem(pair, "questions"), columns=SEPARATING)
    texts = dict(zip(frame["id"], frame["question"], strict=True))
    chosen = controls.from_address("Question", "question", list(texts), lambda id: f"{id} · {texts[id]}")
    each = next(each for each in found if each.question == chosen)
    told = [
        f"Only {name}: {answers.badges(ids, pair.system) or '–'}"
        for name, ids in zip(map(answers.escaped, both), (each.only_first, each.only_second), strict=True)
    ]
    st.html(f'<div style="font-weight:600;overflow-wrap:anywhere">{answers.escaped(texts[chosen])}</div><div>{" &nbsp; ".join(told)}</div>')
    given = [each for each in readings.answers_to(pair.path, pair.examination.id, chosen) if each.model in both]
    answers.show_answers(pair.path, sorted(given, key=lambda each: both.index(each.model)), pair.system, f"pair_{chosen}")
    value = (*each.only_first, *each.only_second)[0]
    query = {
        "study": stored.address(pair.path),
        "examination": pair.examination.id,
        "model": both[0],
        "value": value,
        "question": chosen,
        "shown": "all",
    }
    show.link("pages/evidence.py", "See all models' answers to it", ":material/fact_check:", **query)
