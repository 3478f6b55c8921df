"""A model's profile against the published one of the same model."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.archive.origin import Origin
from adaem_core.settings import MeasureSettings
from pages.measure import readings as measured
from pages.measure.choose import examination_file, of_examination, pick_model
from pages.shared import show, stored
from pages.shared.controls import from_address
from pages.validate import choose, readings
from pages.validate.verdict import methods, show_verdict

if TYPE_CHECKING:
    from adaem_core.infer.arrays import Floats
    from adaem_core.infer.estimate import Estimate
    from adaem_core.validate.convergence import Convergence

NOBODY = "–"


def show_convergence(path: Path, examination: Examination, settings: MeasureSettings) -> None:
    """Show the choice of model and published name, then their agreement."""
    import numpy as np

    from adaem_core.validate import convergence

    system = stored.system_of(path)
    known = convergence.published(system.id)
    alike = convergence.matches(examination.examinees, known)
    with st.grid(2, min_column_width=220):
        model = pick_model(examination)
        options = [*([alike[model]] if model in alike else [NOBODY]), *(each for each in known.models if each != alike.get(model))]
        name = from_address("Published as", "published", options)
    if name == NOBODY:
        show_verdict(
            "Unknown",
            "It cannot be computed because no published model has this name. If you know under which it was published, choose it above.",
            "agreement of two profiles of one model.",
        )
        return
    standings = measured.standings(measured.labels(path, examination.id), settings)
    _, ours, theirs = convergence.aligned(standings.win_rates, standings.examinees, system, known, {model: name})
    found = convergence.convergence(model, ours[0], theirs[0], np.random.default_rng(readings.SEED))
    of = of_examination(path, examination, f"published: {known.source}, {known.date}", settings=settings)
    whose = "the simulated respondent " if examination.simulated else ""
    show_result(found, whose, of, examination_file(path, examination, "convergence"), (name, known.source))
    show_scatter(path, examination, (ours, theirs), (model, name), of)


def show_result(found: "Convergence", whose: str, of: Origin, stem: str, published: tuple[str, str]) -> None:
    """Show verdict, table and methods."""
    from adaem_core.infer import report

    told = report.estimate("ρ", found.spearman, bounded=True, unit="values")
    p = f", {report.p_value(found.p.value)} by permutation" if found.p.known else ""
    sure = found.spearman.known and not math.isnan(found.spearman.low)
    word = "Undecided" if sure else "Unknown"
    if sure and found.spearman.low > 0:
        word = "Yes"
    elif sure and found.spearman.high < 0:
        word = "No, the opposite"
    few = few_points(found.smallest)
    criterion = "Yes when the whole interval of Spearman's ρ lies above 0, No when it lies below; else undecided. An undecided result is no disagreement."
    show_verdict(word, f"Do both order the values alike? {told}{p}.{few}", criterion)
    choose.show_estimates({"Spearman's ρ": found.spearman, "Pearson's r": found.pearson, "p by permutation": found.p}, of, stem)
    methods(
        f"The win rates of {whose}{found.name} were compared with the scores published for {' by '.join(published)}: {told}{p}. {criterion}",
        of,
        stem,
    )


def few_points(smallest: "Estimate") -> str:
    """Return how strong agreement must be to be seen with so few points."""
    from adaem_core.infer import report

    told = report.number(smallest.value, bounded=True) if smallest.known else ""
    return f" So few points find only correlations of {told} and more." if told else f" The smallest correlation to be seen {smallest.why}."


def show_scatter(path: Path, examination: Examination, profiles: "tuple[Floats, Floats]", names: tuple[str, str], of: Origin) -> None:
    """Show each value as a dot."""
    from adaem_core.visualize.scatter import profile_figure

    system = stored.system_of(path)
    axes = (f"Win rate of {names[0]}", f"Published score of {names[1]}")
    drawn = profile_figure(*profiles, [names[0]], system.ids, system, axes, diagonal=False)
    show.figure(drawn, alt="Win rate against published score", of=of, name=examination_file(path, examination, "published"))
