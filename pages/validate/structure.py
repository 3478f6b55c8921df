"""What the page Value structure shows: correlations, groups, the circle, the verdict."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.archive.origin import Origin
from adaem_core.settings import MeasureSettings
from adaem_core.values import ValueSystem
from pages.measure.choose import examination_file, of_examination
from pages.shared import show
from pages.validate import choose, verdict
from pages.validate.readings import Structure

if TYPE_CHECKING:
    from adaem_core.infer.estimate import Estimate

ALPHA = 0.05
CRITERION = (
    f"Yes when the layout fits the theory's circle better than relabelled values would (p < {ALPHA}) and values of one group correlate more than "
    f"values the theory opposes (p < {ALPHA}); Partly when one of the two holds; No when neither does."
)
EXPLAINS = (
    "Two values *go together* when models (or answers) that express one tend to express the other. Theory arranges Schwartz's values in a circle: "
    "neighbours should go together, facing ones should not.\n\n**Across models** asks whether a model that ranks high on one value ranks high on another; "
    "with few models intervals are wide. **Across answers** asks whether one answer expresses both, beyond what its question evokes from everybody.\n\n"
    "In the picture (*multidimensional scaling*) a filled dot is where a value was measured, the hollow one where theory puts it: short lines are good "
    "news. Directions and units mean nothing, only distances do."
)


@dataclass(frozen=True, eq=False)
class Checked:
    """What is shown."""

    path: Path
    examination: Examination
    system: ValueSystem
    settings: MeasureSettings
    way: str
    found: Structure

    @property
    def of(self) -> Origin:
        """What all of it is of."""
        return of_examination(self.path, self.examination, self.way, settings=self.settings)

    def stem(self, what: str) -> str:
        """Return the name of a download."""
        return examination_file(self.path, self.examination, f"structure-{what}-{self.way.replace(' ', '-')}")


def judged(found: Structure) -> tuple[str, str]:
    """Return the verdict's word and what it rests on."""
    from adaem_core.infer import report

    fit, gap = found.scaling, found.contrast
    told = [
        by_chance(
            f"Congruence with the circle φ = {report.number(fit.congruence.value, bounded=True)}", fit.p, f"The layout {fit.congruence.why}"
        ),
        report.estimate("mean correlation within groups", gap.within, bounded=True, unit="pairs"),
        report.estimate("of opposed values", gap.opposite, bounded=True, unit="pairs"),
        by_chance("their difference", gap.p, f"their difference {gap.p.why}"),
    ]
    known = [each.value < ALPHA for each in (found.scaling.p, found.contrast.p) if each.known]
    word = "Unknown" if not known else "Yes" if all(known) and len(known) == 2 else "Partly" if any(known) else "No"
    return word, "; ".join(told) + "."


def by_chance(what: str, p: "Estimate", otherwise: str) -> str:
    """Return a number with its permutation p, or why there is none."""
    from adaem_core.infer import report

    return f"{what}, {report.p_value(p.value)} by permutation ({p.n:,} relabellings)" if p.known else otherwise


def show_all(checked: Checked) -> None:
    """Show verdict, circle, heatmap, groups and the methods text."""
    word, sentence = judged(checked.found)
    verdict.show_verdict(word, show.plain(sentence), CRITERION)
    show_circle(checked)
    show_correlations(checked, "values", "How values go together")
    show_correlations(checked, "groups", "Higher-order groups, across models")
    simulated = "SIMULATED respondents. " if checked.examination.simulated else ""
    verdict.methods(
        f"{simulated}Correlations of {len(checked.system.ids)} values ({checked.system.name}) {checked.way}, from {len(checked.examination.asked)} "
        f"questions and {len(checked.examination.examinees)} models (benchmark {checked.examination.benchmark}, {checked.examination.date}, AdAEM Studio "
        f"{checked.examination.engine}; win rates by {checked.settings.method}). Distances √(2(1 − r)), classical scaling to two dimensions, "
        f"Procrustes alignment to the theoretical circle, permutation tests with values relabelled. {sentence}",
        checked.of,
        checked.stem("text"),
    )


def show_circle(checked: Checked) -> None:
    """Show the layout against the circle, or why there is none."""
    from adaem_core.visualize.structure import scaling_figure

    st.subheader("Measured places against the circle of the theory", anchor=False)
    if not len(checked.found.scaling.points):
        st.info(show.plain(f"The layout {checked.found.scaling.congruence.why}."))
        return
    drawn = scaling_figure(checked.found.scaling, checked.system)
    show.figure(drawn, alt="Values measured and as the theory places them", of=checked.of, name=checked.stem("circle"))


def show_correlations(checked: Checked, which: str, title: str) -> None:
    """Show correlations of values or of groups as a heatmap, and as a table with intervals and reasons."""
    from adaem_core.visualize.structure import correlation_figure

    found = checked.found.correlations if which == "values" else checked.found.groups
    if len(found.names) < 2:
        return
    st.subheader(title, anchor=False)
    show.figure(correlation_figure(found), alt=f"Correlations between {which}", of=checked.of, name=checked.stem(which))
    pairs = {f"{one} and {other}": found.cells[i][j] for i, one in enumerate(found.names) for j, other in enumerate(found.names) if i < j}
    with st.expander("As a table, with intervals"):
        choose.show_estimates(pairs, checked.of, checked.stem(f"{which}-table"), "pair", "Pair")
