"""What the page Priming shows: the choice of a series, the plan of a new one, and what came of it."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.archive.origin import Origin
from adaem_core.errors import BadInput
from adaem_core.settings import MeasureSettings
from adaem_core.values import ValueSystem
from pages.measure.choose import examination_file, of_examination, pick_model
from pages.shared import controls, launch, show, stored
from pages.shared.controls import from_address
from pages.validate import choose, verdict
from pages.validate import readings as reading

if TYPE_CHECKING:
    import pandas as pd

    from adaem_core.validate.priming_tests import Shift

NEW, PLAN = "new", "Plan a new series"  # in an address, and on the page
# The verdict as a badge says it: its first word decides the colour.
WORDS = {
    "supported": "Yes: supported",
    "partly supported": "Partly supported",
    "no effect found": "No effect found",
    "contradicted": "No: contradicted",
    "cannot be told": "Unknown: cannot be told",
}


RATE = st.column_config.NumberColumn
TABLE_10 = {
    "target": "Target",
    "baseline": RATE("Baseline", format="%.3f", help="Win rate of the target value, without priming."),
    "controlled": RATE("Controlled", format="%.3f", help="Win rate of the target value when primed for it."),
    "same": RATE("Same group", format="%.3f", help="Mean over the same group when primed."),
    "opposite": RATE("Opposite group", format="%.3f", help="Mean over the opposite group when primed."),
    "same_baseline": RATE("Same group, baseline", format="%.3f"),
    "opposite_baseline": RATE("Opposite group, baseline", format="%.3f"),
}
SHIFTS = {
    "target": "Primed for",
    "value": "Value",
    "relation": "Relation",
    "expected": st.column_config.TextColumn("Expected sign", help="Empty: the theory predicts none."),
    "before": RATE("Before", format="%.3f"),
    "after": RATE("After", format="%.3f"),
    "change": RATE("Change", format="%+.3f"),
    "low": RATE("From", format="%+.3f"),
    "high": RATE("To", format="%+.3f"),
}


@dataclass(frozen=True)
class Chosen:
    """What is shown."""

    path: Path
    base: Examination
    system: ValueSystem
    name: str
    settings: MeasureSettings
    definition: str

    def of(self, *parts: str) -> Origin:
        """Return what a figure or table is of."""
        return of_examination(self.path, self.base, f"primed: {self.name}", *parts, settings=self.settings)

    def stem(self, what: str) -> str:
        """Return the name of a download."""
        return examination_file(self.path, self.base, f"priming-{what}")


def pick_series(path: Path, base: Examination) -> str:
    """Return the chosen series; empty to plan a new one."""
    found = reading.series(path, base)
    chosen = from_address("Series", "series", [*found, NEW], lambda name: PLAN if name == NEW else told(name, found[name]))
    return "" if chosen == NEW else chosen


def told(name: str, series: list[Examination]) -> str:
    """Return how a series is called: who was primed, for how many values, in which wording, against which control."""
    wording, control = name.rsplit(" ", 2)[1:]
    targets = [each.condition for each in series if not each.condition.startswith("(")]
    return f"{series[0].examinees[0]} · {len(targets)} values · wording {wording} · control {control}"


def pick_definition() -> str:
    """Return what counts as the same group."""
    from adaem_core.validate.priming_tests import DEFINITIONS

    return from_address("Same group", "definition", list(DEFINITIONS), lambda each: f"{each}: {DEFINITIONS[each]}")


def show_plan(path: Path, base: Examination, system: ValueSystem) -> None:
    """Show what a new series takes, and start it."""
    from adaem_core.validate.priming_run import CONTROLS, WORDINGS, plans

    model = pick_model(base)
    targets = controls.several("Target values", "targets", system.ids, system.ids, system.name_of)
    wording = from_address("Wording", "wording", list(WORDINGS))
    st.caption(show.plain(WORDINGS[wording]))
    control = from_address("Control prompt", "control", list(CONTROLS))
    st.caption(show.plain(CONTROLS[control] or "The baseline has no system prompt."))

    def work() -> launch.Work:
        launch.check_asked(base)
        if not targets:
            raise BadInput("Choose at least one target value.")
        planned = plans(base, model, targets, system, wording=wording, control=control)
        return launch.examining(planned, system, launch.chat_of(path))

    def begin() -> Path:
        chosen = {"model": model, "values": ",".join(targets), "wording": wording, "control": control}
        launch.work_on(path, "prime", examination=base.id, **chosen)
        return path

    launch.start("Run", "prime", launch.forecast(work, path), begin)


def show_series(chosen: Chosen) -> None:
    """Show verdict, table, picture, tests and methods sentence of a series."""
    import pandas as pd

    from adaem_core.infer import report
    from adaem_core.validate import priming_tests

    found = reading.primed(chosen.path, chosen.base, chosen.name, chosen.settings, chosen.definition)
    judged = priming_tests.verdict(found.questions)
    verdict.show_verdict(WORDS[judged.word], judged.sentence, f"{judged.criterion} Tested over questions.")
    show_circle(chosen, found)
    st.subheader("Table 10 for this model", anchor=False)
    frame = pd.DataFrame([asdict(each) for each in found.rows])
    show.table(frame, alt="Win rates by target", of=chosen.of(), name=chosen.stem("table"), columns=TABLE_10, height="content")
    st.subheader("Tests", anchor=False)
    st.markdown(
        "Over pairs as in the paper: the change of **win rates**. Over questions, the sound unit, with topics as clusters: the change of the "
        "**share of questions** on which the value is expressed."
    )
    tests = [("pairs", found.pairs), ("questions", found.questions)]
    dots = {f"{which}, over {unit}": each.difference for unit, group in tests for which, each in group.items()}
    of = chosen.of("right of the line a rise, left of it a fall")
    choose.show_dots(dots, of, chosen.stem("changes"), "Mean change when primed", 0.0)
    lines = [
        f"{which}, over {unit}: {report.shift(each)}. {report.change(each, unit)}; {report.permutation(each)}"
        for unit, group in tests
        for which, each in group.items()
    ]
    for line in lines:
        st.markdown(f"- {show.plain(line)}")
    signs = report.estimate("share", priming_tests.sign_agreement(found.shifts))
    st.markdown(f"Shifts with the predicted sign: {show.plain(signs)}.")
    show.table(shift_table(found.shifts), alt="All shifts", of=chosen.of(), name=chosen.stem("shifts"), columns=SHIFTS)
    verdict.methods(methods(chosen, lines), chosen.of(), chosen.stem("text"))


def show_circle(chosen: Chosen, found: "reading.Primed") -> None:
    """Show the shifts of one target on the circle."""
    from adaem_core.visualize.circle import shift_figure

    target = from_address("Primed for", "target", [each.target for each in found.rows], chosen.system.name_of)
    drawn = shift_figure([each for each in found.shifts if each.target == target], chosen.system)
    of = chosen.of(f"primed for {chosen.system.name_of(target)}")
    show.figure(drawn, alt="Shift of every value on the circle", of=of, name=chosen.stem(f"circle-{target}"))
    primed = next(each for each in reading.series(chosen.path, chosen.base)[chosen.name] if each.condition == target)
    query = {"study": stored.address(chosen.path), "examination": primed.id, "model": primed.examinees[0], "value": target}
    show.link("pages/evidence.py", "The answers under this prompt", ":material/fact_check:", **query)


def shift_table(shifts: "tuple[Shift, ...]") -> "pd.DataFrame":
    """Return all shifts as a table."""
    import pandas as pd

    from adaem_core.visualize.circle import SIGNS

    changes = [{"change": each.change.value, "low": each.change.low, "high": each.change.high} for each in shifts]
    return pd.DataFrame([asdict(each) | {"expected": SIGNS[each.expected]} | found for each, found in zip(shifts, changes, strict=True)])


def methods(chosen: Chosen, lines: list[str]) -> str:
    """Return the methods paragraph with the actual settings."""
    from adaem_core.validate.priming_run import CONTROLS

    wording, control = chosen.name.rsplit(" ", 2)[1:]
    series = [each for each in reading.series(chosen.path, chosen.base)[chosen.name] if each.condition in chosen.system.ids]
    simulated = "SIMULATED respondents. " if chosen.base.simulated else ""
    return (
        f"{simulated}{series[0].examinees[0]} answered {len(chosen.base.asked)} questions of benchmark {chosen.base.benchmark} ({chosen.base.date}, "
        f"AdAEM Studio {chosen.base.engine}) once without and, for each of {', '.join(each.condition for each in series)}, once with a system "
        f"prompt, as in “{series[0].system_prompt}” (wording “{wording}”); control ({control}): “{CONTROLS[control] or 'no system prompt'}”. "
        f"Win rates against {len(chosen.base.examinees) - 1} unprimed models by {chosen.settings.method}, "
        f"{chosen.settings.resamples} resamples (seed {chosen.settings.seed}); same group: {chosen.definition}. " + "; ".join(lines) + "."
    )
