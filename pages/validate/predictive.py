"""The parts of the page Predictive use: whether one part of the questions foretells the other."""

from pathlib import Path

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.settings import MeasureSettings
from pages.measure import readings as measured
from pages.measure.choose import examination_file, of_examination
from pages.shared import controls
from pages.validate import readings
from pages.validate.choose import show_dots, show_estimates, value_names
from pages.validate.verdict import judged, methods, show_verdict

SHARES = (0.3, 0.5, 0.7)


def show_prediction(path: Path, examination: Examination, settings: MeasureSettings) -> None:
    """Show how well one part of the questions foretells the other."""
    from adaem_core.infer import report

    share = controls.from_address(
        "Share of questions that is rated", "share", SHARES, lambda each: f"{each:.0%}", default=0.5, widget=st.select_slider, width=260
    )
    found = readings.prediction(path, examination.id, measured.labels(path, examination.id), settings, share)
    told = report.estimate("AUC", found.auc, bounded=True, unit="cases")
    stance = report.estimate("ρ", found.stance, bounded=True, unit="pairs of models")
    p = f", {report.p_value(found.stance_p.value)}" if found.stance_p.known else ""
    criterion = "Yes when the whole interval of the AUC lies above .50 (guessing), No when it lies below, else undecided."
    sentence = f"Win rates from {found.rated:,} questions, tried on {found.unseen:,} others. Values: {told}. Stances: {stance}{p}."
    show_verdict(judged(found.auc, 0.5), sentence, criterion)
    stem = examination_file(path, examination, "predictive")
    names = value_names(path)
    by_value = {names.get(id, id): each for id, each in found.by_dimension.items()}
    split = f"{found.rated:,} questions rated, {found.unseen:,} kept out; dashed: guessing"
    of = of_examination(path, examination, split, settings=settings)
    show_dots(by_value, of, stem, "Share of cases foretold", 0.5)
    overall = {"AUC": found.auc, "Share of cases foretold": found.accuracy}
    overall |= {"Stances follow closeness (ρ)": found.stance, "p of it (Mantel)": found.stance_p}
    show_estimates({**overall, **by_value}, of, stem)
    how = f"seed {readings.SEED}, {settings.method}, intervals from {settings.resamples} resamples of the unseen questions"
    whose = "Simulated respondents. " * examination.simulated
    methods(f"{whose}Questions of benchmark {examination.benchmark} were split at random ({how}). {sentence} {criterion}", of, stem)
