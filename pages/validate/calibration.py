"""The studio's own accuracy statement, from the stored calibration."""

from typing import TYPE_CHECKING

import streamlit as st

from adaem_core import __version__
from adaem_core.folders import DATA, own_named
from pages.shared import controls, show
from pages.shared.caption import file_name, of
from pages.validate import readings
from pages.validate.verdict import methods, show_verdict

if TYPE_CHECKING:
    import pandas as pd

FILE = DATA / "calibration" / "calibration.csv"
COMMAND = f"python -m adaem_core calibrate --out {own_named('calibration')}/calibration.csv"
GOAL = 0.9
PROMISED = 0.95


def show_calibration() -> None:
    """Show verdict, figure, table, command and methods."""
    if not FILE.exists():
        st.info("There is no calibration yet. This command makes it; it takes some minutes:")
        st.code(COMMAND, language=None)
        return
    from adaem_core.visualize.calibration import MEASURES, NAMES, VARIED, calibration_figure, sentence, varied

    frame = readings.calibration(FILE)
    told = sentence(frame)
    ordinary = frame[frame.index.isin(varied(frame, "questions").index) & (frame["questions"] == 300)]
    levels = "; ".join(
        f"{NAMES[str(row.method)]}: ρ = {row.spearman:.3f}, {row.coverage:.1%} of 95 % intervals hold the truth"
        for row in ordinary.itertuples()
    )
    word = verdict(ordinary)
    criterion = (
        f"with 300 questions and 11 models, does the better method recover the planted order with ρ of at least {GOAL}, and do its 95 % intervals "
        "hold the truth as often as they promise (up to the simulation's own uncertainty)? Yes for both, Partly for the order alone."
    )
    show_verdict(word, f"{told} With 300 questions and 11 models: {levels}.", criterion)
    with st.grid(2, min_column_width=220):
        column = controls.from_address("Against", "by", list(VARIED), lambda each: VARIED[each])
        measure = controls.from_address("What", "measure", list(MEASURES), lambda each: MEASURES[each])
    repeats = int(frame["repeats"].iloc[0])
    bands = f"{repeats} examinations per dot, bands: 95 % of the simulation's own uncertainty"
    stem = file_name("calibration", simulated=True)
    shown = of(bands, "planted values, otherwise 300 questions, 11 models", simulated=True, source=f"AdAEM Studio {__version__}")
    drawn = calibration_figure(frame, column, measure)
    show.figure(drawn, alt=f"{MEASURES[measure]} against {VARIED[column]}", of=shown, name=f"{stem}-{column}-{measure}")
    show.table(frame, alt="All conditions", of=shown, name=stem, columns=show.headings(frame), placeholder="–", height=300)
    st.markdown("To make it anew (same seed, same table):")
    st.code(COMMAND, language=None)
    text = f"The instrument was calibrated on simulated respondents with planted values ({repeats} examinations per condition). {told} {levels}."
    methods(text, shown, stem)


def verdict(ordinary: "pd.DataFrame") -> str:
    """Return the verdict on the method that recovers the order better, in the ordinary condition."""
    if ordinary.empty:
        return "Unknown"
    best = ordinary.sort_values("spearman").iloc[-1]
    if best["spearman_low"] < GOAL:
        return "No"
    return "Yes" if best["coverage_high"] >= PROMISED else "Partly: order yes, intervals too narrow"
