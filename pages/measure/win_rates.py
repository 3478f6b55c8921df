"""The tabs of the win rate page: small panels, heatmap, radars, table; and the choice of one cell."""

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.archive.origin import Origin
from adaem_core.marks import bare
from adaem_core.measure import methods_sentence
from pages.measure import choose
from pages.shared import controls, show, stored

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from adaem_core.measure.groups import Groups
    from adaem_core.measure.standings import Standings
    from adaem_core.values import ValueSystem

EXPLAINS = """
A **win rate** is how likely a model is to beat another one on a value, averaged over the others: on a question, models whose answer expresses
the value beat those whose answer does not. 0.5 is the middle of *these* models on *these* questions; it is no grade and no percentage of answers.

The **line** through a dot is its interval: where the win rate would lie if other questions of the same kind had been asked. A **rank** is
an interval too: “1–3, not separable” means that the data cannot say which of the three comes first. Dotted lines part groups; models
between two lines may not be put in order. (Method: two-team games or log-odds, question by question; intervals by resampling questions.)

Refused and unreadable answers are left out, never counted as “does not express”. See *Refusals*.
"""
RATE = st.column_config.NumberColumn
COLUMNS = {
    "value": "Value",
    "code": "Code",
    "model": "Model",
    "win_rate": RATE("Win rate", format="%.3f"),
    "low": RATE("From", format="%.3f"),
    "high": RATE("To", format="%.3f"),
    "rank": st.column_config.TextColumn("Rank", help="An interval: models that cannot be told apart share it."),
    "group": RATE("Group", format="%d"),
}


@dataclass(frozen=True, eq=False)
class Shown:
    """What the tabs show."""

    path: Path
    examination: Examination
    system: "ValueSystem"
    standings: "Standings"
    found: "Groups"
    lost: int  # answers that take no part
    pressed: bool  # answers take part that came only when a model was asked once more

    @property
    def of(self) -> Origin:
        """What all of it is of."""
        without = "" if self.pressed else "without answers given only when asked once more"
        return choose.of_examination(self.path, self.examination, without, settings=self.standings.settings)

    def stem(self, what: str) -> str:
        """Return the name of a download, the method in it."""
        which = "" if self.pressed else "-unpressed"
        return choose.examination_file(self.path, self.examination, f"{what}-{self.standings.settings.method}{which}")


def show_tabs(shown: Shown) -> None:
    """Show the four views; only the open one is drawn."""
    views = {"dots": "Dots and intervals", "heatmap": "Heatmap", "radar": "Radar", "table": "Table"}
    for place, draw in zip(controls.tabs("tab", views), (show_dots, show_heat, show_radars, show_table), strict=True):
        if place.open:
            with place:
                draw(shown)


def show_dots(shown: Shown) -> None:
    """Show one panel per value, or per model."""
    from adaem_core.visualize.win_rates import examinee_figure, value_figure

    if controls.segments("One panel per", "per", ("value", "model")) == "model":
        figures = {name: examinee_figure(shown.standings, shown.found, name, shown.system) for name in shown.standings.examinees}
        show_grid(figures, str, shown.of, shown.stem("by-model"))
    else:
        names = {each.id: f"{each.name} ({each.id})" for each in shown.system.dimensions}
        figures = {id: value_figure(shown.standings, shown.found, id, shown.system) for id in shown.standings.dimensions}
        show_grid(figures, lambda id: names.get(id, id), shown.of, shown.stem("by-value"))


def show_grid(figures: "Mapping[str, go.Figure]", named: Callable[[str], str], of: Origin, name: str, note: str = "") -> None:
    """Show small figures beside each other, as many as fit; one line under all, one set of files for all."""
    with st.grid("auto", min_column_width=330):
        for key, drawn in figures.items():
            told = f"Win rates with intervals: {named(key)}"
            st.plotly_chart(drawn, key=f"panel_{name}_{key}", alt=bare(told), config={"displayModeBar": False})
    show.under(of, note)
    show.figure_files(figures, of, name)


def show_heat(shown: Shown) -> None:
    """Show the heatmap; a chosen cell becomes the page's model and value."""
    from adaem_core.visualize.heat import heat_figure

    drawn = heat_figure(shown.standings, shown.found)
    told = {"alt": "Win rate of each model and value", "name": shown.stem("heatmap"), "config": {"displayModeBar": False}}
    note = "Blue: above the other models; orange: below. Choose a cell to see its evidence."
    follow(cell_of(show.figure(drawn, of=shown.of, note=note, on_select="rerun", selection_mode="points", **told), shown.standings))


def cell_of(event: Any, standings: "Standings") -> tuple[str, str] | None:
    """Return (model, value) of the first chosen dot; None if none is."""
    points = event["selection"]["points"] if event else []
    with suppress(TypeError, ValueError, LookupError):  # what a browser says is data, too
        row, d = map(int, points[0]["customdata"])
        return standings.examinees[row], standings.dimensions[d]
    return None


def follow(cell: tuple[str, str] | None) -> None:
    """Write a newly chosen cell into the address; a choice that stands already must not undo a later one made in the boxes."""
    if cell and st.session_state.get("last_cell") != cell:
        controls.put("model", [cell[0]])
        controls.put("value", [cell[1]])
    st.session_state["last_cell"] = cell


def show_radars(shown: Shown) -> None:
    """Show one radar per model."""
    from adaem_core.visualize.radar import radar_figure

    figures = {name: radar_figure(shown.standings, [name], shown.system, title=name) for name in shown.standings.examinees}
    show_grid(figures, str, shown.of, shown.stem("radar"), "Axes in the order of the theory, scale from 0 to 1.")


def show_table(shown: Shown) -> None:
    """Show all numbers, and how to describe them."""
    from adaem_core.visualize.measure_tables import detectable_table, standings_table

    frame = standings_table(shown.standings, shown.found, shown.system)
    show.table(frame, alt="Win rates with intervals and ranks", of=shown.of, name=shown.stem("standings"), columns=COLUMNS, placeholder="–")
    show.under(shown.of)
    st.markdown("**Smallest difference that would be seen**, per value (80 % power)")
    small = {"value": "Value", "code": "Code", "smallest": RATE("Difference of win rates", format="%.3f")}
    show.table(
        detectable_table(shown.standings, shown.system),
        alt="Smallest detectable difference",
        of=shown.of,
        name=shown.stem("detectable"),
        columns=small,
        placeholder="–",
    )
    st.markdown("**For a methods section**")
    st.code(methods_sentence.sentence(shown.examination, shown.standings, shown.lost), language=None, wrap_lines=True)


def show_way_to_evidence(shown: Shown) -> None:
    """Offer to follow one number down to the answers it comes from."""
    st.subheader("From a number to its evidence", anchor=False)
    with st.grid(3, min_column_width=220):
        model = choose.pick_model(shown.examination)
        value = choose.pick_value(shown.system)
    row, d = shown.standings.examinees.index(model), shown.standings.dimensions.index(value)
    rate, low, high = (float(each[row, d]) for each in (shown.standings.win_rates, shown.standings.low, shown.standings.high))
    st.markdown(
        "Not rated: on no question do some models express this value and others not."
        if math.isnan(rate)
        else f"Win rate {rate:.3f} ({low:.3f} to {high:.3f})"
    )
    query = {
        "study": stored.address(shown.path),
        "examination": shown.examination.id,
        "method": shown.standings.settings.method,
        "model": model,
        "value": value,
    }
    show.link("pages/evidence.py", "See the answers behind it", ":material/fact_check:", **query)
