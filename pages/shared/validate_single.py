"""Checks of one examination or study: predictive use, and the approximation of the score."""

from pathlib import Path

import streamlit as st

from adaem_core.records import Examination
from adaem_core.settings import MeasureSettings
from pages.shared import cached, cached_measure, cached_validate, measure_choice, show, validate_choice
from pages.shared.verdict import judged, methods, show_verdict

ENOUGH = 0.7


def show_prediction(path: Path, examination: Examination, settings: MeasureSettings) -> None:
    """Show how well one part of the questions foretells the other."""
    from adaem_core.validate import report

    share = st.select_slider("Share of questions that is rated", (0.3, 0.5, 0.7), 0.5, format_func=lambda each: f"{each:.0%}", width=260)
    found = cached_validate.prediction(path, examination.id, cached_measure.labels(path, examination.id), settings, float(share))
    told = report.estimate("AUC", found.auc, bounded=True, unit="cases")
    stance = report.estimate("ρ", found.stance, bounded=True, unit="pairs of models")
    p = f", {report.p_value(found.stance_p.value)}" if found.stance_p.known else ""
    criterion = "Yes when the whole interval of the AUC lies above .50 (guessing), No when it lies below, else undecided."
    sentence = f"Win rates from {found.rated:,} questions, tried on {found.unseen:,} others. Values: {told}. Stances: {stance}{p}."
    show_verdict(judged(found.auc, 0.5), sentence, criterion)
    stem, caption = measure_choice.stem(path, examination, "predictive"), measure_choice.under(examination, settings)
    names = validate_choice.value_names(path)
    by_value = {names.get(id, id): each for id, each in found.by_dimension.items()}
    caption = f"{caption} · {found.rated:,} questions rated, {found.unseen:,} kept out; dashed: guessing"
    validate_choice.show_dots(by_value, stem, "Share of cases foretold", caption, 0.5)
    overall = {"AUC": found.auc, "Share of cases foretold": found.accuracy}
    overall |= {"Stances follow closeness (ρ)": found.stance, "p of it (Mantel)": found.stance_p}
    validate_choice.show_estimates({**overall, **by_value}, stem)
    how = f"seed {cached_validate.SEED}, {settings.method}, intervals from {settings.resamples} resamples of the unseen questions"
    whose = "Simulated respondents. " * bool(examination.config.get("simulated"))
    methods(f"{whose}Questions of benchmark {examination.benchmark} were split at random ({how}). {sentence} {criterion}", stem)


def show_approximation(path: Path) -> None:
    """Show how the two forms of the score agree; where there is no exact one, say what to do."""
    count = cached_validate.exact_count(path)
    if not count:
        show_verdict(
            "Unknown",
            "It cannot be computed because no question of this study was scored by probabilities.",
            "the order of questions by both scores; it needs a study with exact scores.",
        )
        show.empty(
            "Start a run with the advanced setting **reward: exact** and a panel whose models return log-probabilities (`logprobs: true` in the panel "
            "file; models you host yourself usually do). Then come back: the stored answers are scored a second time, at no cost.",
            "pages/new_run.py",
            "New run",
        )
        return
    if not st.toggle(
        f"Score the answers of {count:,} questions again by counting", key="score_again", help="Nobody is asked; it takes a while once."
    ):
        return
    show_forms(path)


def show_forms(path: Path) -> None:
    """Show the agreement of both forms, in all and part by part."""
    import numpy as np

    from adaem_core.validate import report
    from adaem_core.validate.approximation import PAPER, compare_forms, most_different
    from adaem_core.validate.estimate import Estimate
    from adaem_core.visualize.scatter import forms_figure

    both = cached_validate.both_forms(path)
    parts = compare_forms(both.black_box, both.exact)
    whole = parts[0]
    told = report.estimate("ρ", whole.spearman, bounded=True, unit="questions")
    criterion = f"Yes when the whole interval of Spearman's ρ lies at or above {ENOUGH}, No when it lies below, else undecided."
    differ = most_different(parts)[0].replace("_", " ")
    show_verdict(
        judged(whole.spearman, ENOUGH), f"Do both put questions in the same order? {told}. They differ most in {differ}.", criterion
    )
    simulated = bool(cached.about(path)["simulated"])
    stem = f"{'SIMULATED-' * simulated}{path.stem}-approximation"
    black_box, exact = (np.array([each.total for each in form], dtype=np.float64) for form in (both.black_box, both.exact))
    caption = f"{'SIMULATED · ' * simulated}{len(both.questions):,} questions · black-box and exact score of the same answers · {cached.about(path)['date']}"
    show.figure(forms_figure(black_box, exact, both.questions), alt="Black-box against exact score", caption=caption, name=stem)
    rows: dict[str, Estimate] = {}
    for each in parts:
        name = each.name.replace("_", " ")
        rows |= {f"{name}: Spearman's ρ": each.spearman, f"{name}: Pearson's r": each.pearson, f"{name}: α, standardised": each.alpha}
    validate_choice.show_estimates(rows, stem)
    st.caption(f"For comparison, printed in the paper's Appendix I.2 for models' profiles: r {PAPER['pearson']}, α {PAPER['alpha']}.")
    methods(
        f"{'Simulated. ' * simulated}Black-box and exact scores of {len(both.questions):,} questions were compared: {told}. {criterion}",
        stem,
    )
