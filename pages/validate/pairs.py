"""Two examinations of the same models: which separates them more (Table 15), and do they come out alike (K.1)?"""

from typing import TYPE_CHECKING

import streamlit as st

from pages.measure import readings as measured
from pages.shared import show, stored
from pages.shared.caption import of_studies
from pages.validate import choose, readings
from pages.validate.choose import Pair
from pages.validate.verdict import judged, methods, show_verdict

if TYPE_CHECKING:
    from adaem_core.infer.estimate import Estimate
    from adaem_core.settings import MeasureSettings
    from adaem_core.validate.side_by_side import SideBySide

ENOUGH = 0.7


def show_side_by_side(pair: Pair, settings: "MeasureSettings", found: "SideBySide") -> None:
    """Show verdict, figure, table and methods of two benchmarks compared."""
    from adaem_core.infer import report
    from adaem_core.visualize.side_by_side import MEASURES, side_by_side_figure

    told = report.estimate("difference of the spread between models (first − second)", found.between, digits=3, unit="questions")
    winner = dict(zip(("first", "second"), pair.names, strict=True)).get(found.separates_more, "")
    word = "Unknown" if not found.between.known else "Undecided" if not winner else f"The {found.separates_more} one"
    says = f"**{show.plain(winner)}** separates the models more" if winner else "Neither can be said to separate the models more"
    criterion = "one separates more when the interval of the difference of the spread between models leaves out 0."
    show_verdict(word, f"{says}: {told}.", criterion)
    drawn = side_by_side_figure(found, pair.names)
    show.figure(drawn, alt="Three measures of two benchmarks", of=pair.of(settings), name=pair.stem("side-by-side"))
    rows: dict[str, Estimate] = {}
    for measure, name in MEASURES.items():
        short = name.split(" (")[0]
        rows |= {f"{short}: {who}": getattr(each, measure) for who, each in zip(pair.names, (found.first, found.second), strict=True)}
        rows[f"{short}: first − second"] = getattr(found, measure)
    choose.show_estimates(rows, pair.of(settings), pair.stem("side-by-side"), "measure", "Measure")
    text = (
        f"{whose(pair)} The mean correlation of two models' profiles, the mean standard deviation over values, and the standard deviation between "
        f"models with sampling error taken out were compared ({settings.method}, {settings.resamples} resamples of the questions): {told}. {criterion.capitalize()}"
    )
    methods(text, pair.of(settings), pair.stem("side-by-side"))


def whose(pair: Pair) -> str:
    """Return what was compared, for a methods section."""
    models = len(pair.labels.labels.examinees)
    parts = " and ".join(f"{name} ({len(each.asked):,} questions)" for name, (_, each) in zip(pair.names, pair.both, strict=True))
    return f"{models} {'simulated respondents' if pair.simulated else 'models'} answered both {parts}."


def show_panels(pair: Pair, settings: "MeasureSettings") -> None:
    """Show how alike the profiles from two sets of questions are."""
    import math

    from adaem_core.infer import report
    from adaem_core.validate.another_panel import PAPER, robustness
    from adaem_core.visualize.scatter import profile_figure

    first, second = (measured.standings(each, settings) for each in (pair.labels, pair.other_labels))
    found = robustness(first.win_rates, second.win_rates, first.examinees, first.dimensions)
    cells = found.cells
    told = report.estimate("ICC", cells.icc_agreement, bounded=True, unit="cells")
    criterion = f"Yes when the whole interval of the ICC (same numbers) lies at or above {ENOUGH}, No when it lies below, else undecided."
    model, value, gap = found.largest
    most = "" if math.isnan(gap) else f" They differ most on {show.plain(model)}, {value} ({report.number(gap)})."
    warned = panels_note(pair)
    show_verdict(judged(cells.icc_agreement, ENOUGH), f"Do the models come out alike? {told}.{most} {warned}", criterion)
    system = stored.system_of(pair.path)
    rates = (first.win_rates, second.win_rates)
    drawn = profile_figure(*rates, first.examinees, first.dimensions, system, (f"Win rate: {pair.names[0]}", f"Win rate: {pair.names[1]}"))
    show.figure(drawn, alt="Win rates by two sets of questions", of=pair.of(settings), name=pair.stem("panels"))
    overall = {
        "ICC, same numbers": cells.icc_agreement,
        "ICC, same up to a constant": cells.icc_consistency,
        "Pearson's r": cells.pearson,
        "Spearman's ρ": cells.spearman,
        "Cronbach's α": cells.alpha,
        "Mean difference of win rates": cells.apart,
    }
    names = choose.value_names(pair.path)
    by_value = {f"ICC on {names.get(id, id)}": each.icc_agreement for id, each in found.by_dimension.items()}
    choose.show_estimates({**overall, **by_value}, pair.of(settings), pair.stem("panels"))
    printed = f"ICC {PAPER['icc']}, r {PAPER['pearson']}, ρ {PAPER['spearman']}, α {PAPER['alpha']}"
    st.caption(f"For comparison, printed in the paper's Appendix K.1 for its two panels: {printed} (its form of the ICC is not stated).")
    methods(
        f"{whose(pair)} Win rates ({settings.method}) of both were compared over model and value: {told}. {criterion}",
        pair.of(settings),
        pair.stem("panels"),
    )


def panels_note(pair: Pair) -> str:
    """Return a warning where both sets of questions come from one panel: then this says nothing of panels."""
    one, other = (stored.made(path).panel.models for path, _ in pair.both)
    return (
        "Both studies were made by the same panel, so this shows the effect of other questions, not of another panel."
        if one == other
        else ""
    )


def show_distributions(pair: Pair) -> None:
    """Show the scores of both studies' questions."""
    from adaem_core.visualize.scatter import distributions_figure

    if pair.path == pair.other_path:
        st.info("Both examinations belong to one study, so there is one set of scores only. Choose an examination of another study.")
        return
    found = readings.distributions(pair.path, pair.other_path)
    names = (pair.path.stem, pair.other_path.stem)
    both = [path for path, _ in pair.both]
    counted = f"{len(found.first):,} and {len(found.second):,} questions"
    simulated = any(stored.made(path).simulated for path in both)
    of = of_studies(both, counted, "informativeness by each study's own models", simulated=simulated)
    if len(found.first) and len(found.second):
        show.figure(distributions_figure(found.first, found.second, names), alt="Scores of questions", of=of, name=pair.stem("scores"))
    rows = {"Shift of the mean (second − first)": found.shift, "Chance that one of the second scores higher": found.superiority}
    rows |= {"Kolmogorov and Smirnov's D": found.distance, "p of D": found.p}
    for level, one, other in found.quantiles:
        rows |= {f"{level:.0%} quantile: {name}": each for name, each in zip(names, (one, other), strict=True)}
    choose.show_estimates(rows, of, pair.stem("scores"))
