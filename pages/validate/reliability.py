"""The tabs of the reliability page: parts of the questions, how many questions, asked again, order and wording."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.archive.origin import Origin
from pages.measure import readings as measured
from pages.measure.choose import examination_file, of_examination
from pages.shared import controls, show
from pages.shared.controls import from_address
from pages.shared.readings import Digested
from pages.validate import again, choose, readings
from pages.validate.verdict import judged, methods, show_verdict

if TYPE_CHECKING:
    from adaem_core.measure.value_labels import ValueLabels

ENOUGH = 0.7
CRITERION = f"Yes when the whole interval lies at or above {ENOUGH} (a customary limit for comparing groups), No when it lies below, else undecided."
AGAINST = {"rest": "all other questions", "disjoint": "another subset of the same size", "full": "all questions (as in Figure 21)"}
VIEWS = {"parts": "Parts of the questions", "number": "How many questions", "again": "Asked again", "order": "Order and wording"}
EXPLAINS = """
The questions are a sample: others could have been asked. **Parts of the questions** splits them at random and asks whether each part tells
the same (Cronbach's α; 1 is perfect). The *coefficient of variation* says by which share a number moves from part to part.

**How many questions** draws subsets of growing size, again and again: the line is the middle, the bars hold 95 % of the draws. What is
compared is how models *differ* on each value; else everything would agree only because some values are named more often by everybody.

**Asked again** puts the same questions to the same models once more: what changes is chance in their answers. **Order and wording**: TrueSkill
learns question by question, so the order may matter; and the same question in other words should tell the same.
"""


@dataclass(frozen=True, eq=False)
class Checked:
    """What is checked."""

    path: Path
    examination: Examination
    labelled: Digested

    def of(self, what: str) -> Origin:
        """Return what a figure or table is of."""
        return of_examination(self.path, self.examination, what)

    def stem(self, what: str) -> str:
        """Return the name of a download."""
        return examination_file(self.path, self.examination, what)

    @property
    def whose(self) -> str:
        """What was examined, for a methods section."""
        simulated = "simulated respondents" if self.examination.simulated else "models"
        return f"{len(self.examination.examinees)} {simulated}, {len(self.examination.asked):,} questions (benchmark {self.examination.benchmark})"


def show_folds(checked: Checked) -> None:
    """Show α over folds, overall and per value."""
    from adaem_core.infer import report

    count = controls.number("Parts (folds)", "parts", 2, 20, 5, width=200)
    found, halves = readings.folds(checked.labelled, count), readings.halves(checked.labelled)
    told = report.estimate("α", found.alpha, bounded=True, unit="cells")
    moved = report.estimate("coefficient of variation", found.variation, unit="cells")
    show_verdict(judged(found.alpha, ENOUGH), f"Do {count} parts of the questions agree? {told}; {moved}.", CRITERION)
    names = choose.value_names(checked.path)
    by_value = {names.get(id, id): each for id, each in found.by_dimension.items()}
    of = checked.of(f"Cronbach's α over {count} random parts; cases are models; dashed: {ENOUGH}")
    choose.show_dots(by_value, of, checked.stem("alpha"), "Cronbach's α per value", ENOUGH)
    overall = {
        "Cronbach's α, all": found.alpha,
        "Coefficient of variation": found.variation,
        "Half against half (Pearson's r)": halves.half,
        "Stepped up to all questions (Spearman-Brown)": halves.whole,
    }
    choose.show_estimates({**overall, **by_value}, of, checked.stem("folds"))
    text = (
        f"Internal consistency of {checked.whose}: the questions were split at random into {count} parts (seed {readings.SEED}) and the share "
        f"of answers expressing each value was computed in each. {told}; {moved}. "
        f"{report.estimate('Split-half reliability, stepped up,', halves.whole, bounded=True, unit='splits')}."
    )
    methods(text, of, checked.stem("folds"))


def show_subsets(checked: Checked) -> None:
    """Show how agreement grows with the number of questions."""
    from adaem_core.infer import report
    from adaem_core.validate.subsets import SIZES
    from adaem_core.visualize.reliability import NAMES, subset_figure

    against = from_address("Each subset is held against", "held", list(AGAINST), lambda id: AGAINST[id])
    total = len(checked.examination.asked)
    sizes = tuple(sorted({*SIZES, *(size for size in (10, 20) if total < 100)}))
    found = readings.subsets(checked.labelled, sizes, against)
    known = [each for each in found if each.bands["icc_agreement"].known]
    largest = known[-1] if known else found[0]
    icc = largest.bands["icc_agreement"]
    told = f"{largest.size:,} questions: {report.estimate('ICC', icc, bounded=True, unit='draws')}"
    show_verdict(
        judged(icc, ENOUGH), f"Do subsets tell the same as {AGAINST[against]}? {told}.", f"{CRITERION} The largest subset decides."
    )
    of = checked.of(f"median of 20 draws and the range of 95 % of them, against {AGAINST[against]}; dashed: {ENOUGH}")
    if known:
        show.figure(subset_figure(found, ENOUGH), alt="Agreement by number of questions", of=of, name=checked.stem("subsets"))
    rows = {f"{each.size:,} questions: {NAMES[name]}": each.bands[name] for each in found for name in NAMES}
    choose.show_estimates(rows, of, checked.stem("subsets"), "subset", "Subset and statistic")
    text = (
        f"Subset consistency of {checked.whose}: 20 random subsets per size (seed {readings.SEED}) were held against {AGAINST[against]}, "
        f"comparing each model's share of answers per value relative to the mean of the models. At {told} (median and central 95 % of draws)."
    )
    methods(text, of, checked.stem("subsets"))


def show_again(checked: Checked) -> None:
    """Show test-retest, and offer to ask again."""
    series = [each.id for each in measured.titles(checked.path).values() if each.part_of == f"retest {checked.examination.id}"]
    if series:
        labels = [checked.labelled.labels, *(measured.labels(checked.path, id).labels for id in sorted(series))]
        show_consistency(checked, labels, f"asked {len(labels)} times", "retest")
    else:
        show_verdict("Unknown", "Everything was asked once, so nothing can be said yet.", CRITERION)
    again.offer(checked.path, checked.examination)


def show_consistency(checked: Checked, labels: "Sequence[ValueLabels]", how: str, name: str) -> None:
    """Show how alike several examinations of the same models are."""
    from adaem_core.infer import report
    from adaem_core.validate.reliability import retest

    found = retest(labels)
    told = report.estimate("ICC", found.icc_agreement, bounded=True, unit="cells")
    show_verdict(judged(found.icc_agreement, ENOUGH), f"Do models keep their profile, {how}? {told}.", CRITERION)
    named = {
        "ICC, same numbers": found.icc_agreement,
        "ICC, same up to a constant": found.icc_consistency,
        "Pearson's r": found.pearson,
        "Spearman's ρ": found.spearman,
        "Cronbach's α": found.alpha,
        "Mean difference of two shares": found.apart,
    }
    of = checked.of(f"{how}; shares relative to the mean of the models; dashed: {ENOUGH}")
    choose.show_dots(dict(list(named.items())[:5]), of, checked.stem(name), "Agreement", ENOUGH)
    choose.show_estimates(named, of, checked.stem(name))
    text = f"Reliability of {checked.whose}, {how}: shares of answers per value relative to the mean of the models, cells being model and value. {told}."
    methods(text, of, checked.stem(name))


def show_order(checked: Checked) -> None:
    """Show the sensitivity to the order of the questions, and to their wording."""
    from adaem_core.infer import report
    from adaem_core.infer.estimate import mean
    from adaem_core.settings import MeasureSettings

    found = readings.order(checked.labelled)
    standings = measured.standings(checked.labelled, MeasureSettings(method="trueskill"))
    width = mean(((standings.high - standings.low) / 2).ravel(), because="no win rate has an interval")
    fine = found.typical.known and width.known
    word = "Unknown" if not fine else "Yes" if found.typical.value < width.value / 2 else "No"
    told = report.estimate("standard deviation over orders", found.typical, digits=3, unit="cells")
    half = report.estimate("half width of the intervals", width, digits=3)
    show_verdict(
        word,
        f"Is the order of the questions of little weight? TrueSkill: {told}; {half}. The Rasch model does not depend on the order at all.",
        "Yes when the standard deviation over orders is below half of the half width of the intervals over questions.",
    )
    names = choose.value_names(checked.path)
    by_value = {names.get(id, id): each for id, each in found.by_dimension.items()}
    of = checked.of(f"TrueSkill, {found.orders} random orders; dots: mean over models")
    choose.show_dots(by_value, of, checked.stem("order"), "Standard deviation of win rates over orders")
    choose.show_estimates({"All": found.typical, "Half width of the intervals": width, **by_value}, of, checked.stem("order"))
    methods(
        f"Sensitivity to order of {checked.whose}: TrueSkill in {found.orders} random orders of the questions. {told}; {half}.",
        of,
        checked.stem("order"),
    )
    st.subheader("The same questions in other words", anchor=False)
    pair = again.pick_paraphrase(checked.path, checked.examination, checked.labelled)
    if pair:
        show_consistency(checked, pair, f"{len(pair[0].questions)} questions in two wordings", "paraphrase")


PARTS = (show_folds, show_subsets, show_again, show_order)  # of the page, as VIEWS names them
