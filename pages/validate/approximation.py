"""The parts of the page Approximation of the score: the two forms of the score, question by question."""

from pathlib import Path

import streamlit as st

from pages.shared import controls, show, stored
from pages.shared.caption import of_study, study_file
from pages.validate import readings
from pages.validate.choose import show_estimates
from pages.validate.verdict import judged, methods, show_verdict

ENOUGH = 0.7


def show_approximation(path: Path) -> None:
    """Show how the two forms of the score agree; where there is no exact one, say what to do."""
    count = readings.exact_count(path)
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
    told = "Nobody is asked; it takes a while once."
    if controls.switch(f"Score the answers of {count:,} questions again by counting", "counted", help=told):
        show_forms(path)


def show_forms(path: Path) -> None:
    """Show the agreement of both forms, in all and part by part."""
    import numpy as np

    from adaem_core.infer import report
    from adaem_core.infer.estimate import Estimate
    from adaem_core.validate.approximation import PAPER, compare_forms, most_different
    from adaem_core.visualize.scatter import forms_figure

    both = readings.both_forms(path)
    parts = compare_forms(both.black_box, both.exact)
    whole = parts[0]
    told = report.estimate("ρ", whole.spearman, bounded=True, unit="questions")
    criterion = f"Yes when the whole interval of Spearman's ρ lies at or above {ENOUGH}, No when it lies below, else undecided."
    differ = most_different(parts)[0].replace("_", " ")
    show_verdict(
        judged(whole.spearman, ENOUGH), f"Do both put questions in the same order? {told}. They differ most in {differ}.", criterion
    )
    stem = study_file(path, "approximation")
    black_box, exact = (np.array([each.total for each in form], dtype=np.float64) for form in (both.black_box, both.exact))
    of = of_study(path, f"{len(both.questions):,} questions", "black-box and exact score of the same answers")
    show.figure(forms_figure(black_box, exact, both.questions), alt="Black-box against exact score", of=of, name=stem)
    rows: dict[str, Estimate] = {}
    for each in parts:
        name = each.name.replace("_", " ")
        rows |= {f"{name}: Spearman's ρ": each.spearman, f"{name}: Pearson's r": each.pearson, f"{name}: α, standardised": each.alpha}
    show_estimates(rows, of, stem)
    st.caption(f"For comparison, printed in the paper's Appendix I.2 for models' profiles: r {PAPER['pearson']}, α {PAPER['alpha']}.")
    methods(
        f"{'Simulated. ' * stored.made(path).simulated}Black-box and exact scores of {len(both.questions):,} questions were compared: {told}. {criterion}",
        of,
        stem,
    )
