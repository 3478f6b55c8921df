"""Do the two ways of reading values agree? Shown where the win rates are, read only when opened."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.settings import OTHER_PROTOCOL, MeasureSettings
from pages.measure import choose, readings
from pages.shared import controls, show

if TYPE_CHECKING:
    from adaem_core.values import ValueSystem

NUMBER = st.column_config.NumberColumn
COLUMNS = {
    "value": "Value",
    "n": NUMBER("Labels compared"),
    "share": NUMBER("Equal labels", format="percent"),
    "kappa": NUMBER("Cohen's κ", format="%.2f"),
    "low": NUMBER("From", format="%.2f"),
    "high": NUMBER("To", format="%.2f"),
    "both": NUMBER("Both: expressed"),
    "only_first": NUMBER("Only own protocol"),
    "only_second": NUMBER("Only second reading"),
    "neither": NUMBER("Neither"),
    "note": "Note",
}


def show_agreement(path: Path, examination: Examination, system: "ValueSystem") -> None:
    """Offer the agreement of the protocol of the examination with the other one, on the answers that both have read."""
    place = controls.opening("Do the two ways of reading values agree?", "readings", icon=":material/join_inner:")
    if not place.open:
        return
    with place:
        own = examination.elicit.protocol
        first, second = (readings.labels(path, examination.id, each).labels for each in (own, OTHER_PROTOCOL[own]))
        from adaem_core.measure.two_readings import agreement
        from adaem_core.visualize.measure_tables import agreement_table

        found = agreement(first, second, MeasureSettings())
        if not found[-1].n:
            st.markdown(
                f"These answers were read by the {own} protocol only. A second reading of a sample can be asked for when an examination is made; no model is asked again."
            )
            return
        frame = agreement_table(found, system)
        of = choose.of_examination(path, examination, f"{own} against {OTHER_PROTOCOL[own]} protocol")
        show.table(
            frame,
            alt="Agreement of the two readings",
            of=of,
            name=choose.examination_file(path, examination, "agreement"),
            columns=COLUMNS,
            placeholder="–",
        )
        show.under(of, "κ is agreement beyond chance: 0 is chance, 1 is perfect; the interval comes from resampling questions.")
