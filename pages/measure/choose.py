"""What every page of Measure begins with: which examination, measured how; and the line under its figures, the names of its downloads."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.archive.origin import Origin
from adaem_core.settings import FEW_QUESTIONS, MeasureSettings
from pages.measure import readings
from pages.shared import show
from pages.shared.caption import file_name, of
from pages.shared.controls import from_address

if TYPE_CHECKING:
    from adaem_core.measure.standings import Standings
    from adaem_core.values import ValueSystem

METHODS = {"rasch": "Rasch model (recovers a known truth better)", "trueskill": "TrueSkill (the paper's)"}
CONFIDENCES = ("0.95", "0.9", "0.99")


def pick_examination(path: Path) -> Examination:
    """Return the chosen examination; where there is none, say what to do and stop the page."""
    found = readings.titles(path)
    # Those made for a check (a primed model alone) are none to measure by; an address may still lead to one.
    shown = [id for id, each in found.items() if not each.part_of or id == st.query_params.get("examination")]
    if not shown:
        show.empty(
            "This study has no examination yet. An examination puts the benchmark to the models you want to compare, or measures answers you bring.",
            "pages/examine.py",
            "New examination",
        )
        st.stop()
    id = from_address("Examination", "examination", shown, lambda id: title_of(found[id]))
    return readings.examination(path, id)


def title_of(each: readings.Titled) -> str:
    """Return how an examination is called in a list."""
    under = f" · {each.condition}" if each.condition else ""
    return f"{each.id} · {each.title}{under} · {each.questions:,} questions × {each.examinees} models · {each.date}"


def pick_settings() -> MeasureSettings:
    """Return the chosen method and confidence; everything else is the default."""
    method = from_address("Method", "method", list(METHODS), lambda name: METHODS[name])
    confidence = from_address("Confidence", "confidence", CONFIDENCES, lambda each: f"{float(each):.0%}")
    return MeasureSettings(method=method, confidence=float(confidence))


def pick_pressed() -> bool:
    """Return whether answers take part that came only when a model was asked once more."""
    told = {"kept": "take part", "left-out": "are left out"}
    return from_address("Answers given only when asked once more", "pressed", list(told), lambda each: told[each]) == "kept"


def pick_model(examination: Examination, label: str = "Model", key: str = "model", *, without: str = "") -> str:
    """Return the chosen examinee."""
    return from_address(label, key, [each for each in examination.examinees if each != without])


def pick_value(system: "ValueSystem") -> str:
    """Return the chosen value's id."""
    names = {each.id: each.name for each in system.dimensions}
    return from_address("Value", "value", list(system.ids), lambda id: f"{names[id]} ({id})")


def of_examination(path: Path, examination: Examination, *parts: str, settings: MeasureSettings | None = None) -> Origin:
    """Return what is shown of an examination: n, condition, method, the parts, benchmark, date."""
    return of(
        f"{len(examination.asked):,} questions × {len(examination.examinees)} models",
        f"condition {examination.condition}" if examination.condition else "",
        method_of(settings) if settings else "",
        "imported answers" * examination.imported,
        *parts,
        simulated=examination.simulated,
        studies=[path],
        source=f"benchmark {examination.benchmark}",
        date=examination.date,
    )


def method_of(settings: MeasureSettings) -> str:
    """Return how win rates were computed, as captions say it."""
    return f"{METHODS[settings.method]}, {settings.confidence:.0%} intervals from {settings.resamples} resamples"


def examination_file(path: Path, examination: Examination, what: str) -> str:
    """Return the name of a download of an examination."""
    return file_name(path.stem, examination.id, what, simulated=examination.simulated)


def two_needed(examination: Examination) -> None:
    """Stop the page where there is nobody to compare with."""
    if len(examination.examinees) < 2:
        show.empty("This examination has one model. Comparing needs at least two.", "pages/examine.py", "New examination")
        st.stop()


def warn_few(examination: Examination) -> None:
    """Warn where so few questions were asked that intervals are rough."""
    if len(examination.asked) < FEW_QUESTIONS:
        st.warning(
            f"Only {len(examination.asked)} questions: intervals are rough below {FEW_QUESTIONS}. Treat differences as hints.",
            icon=":material/info:",
        )


def show_size(examination: Examination, standings: "Standings", lost: int) -> None:
    """Show how much was asked, how much is missing, and how small a difference could be seen."""
    from adaem_core.measure.detectable import detectable_difference

    known = sorted(each for each in detectable_difference(standings).tolist() if not math.isnan(each))
    asked = len(examination.asked) * len(examination.examinees)
    with st.grid(4, min_column_width=150):
        st.metric("Questions", f"{len(examination.asked):,}")
        st.metric("Models", len(examination.examinees))
        st.metric(
            "Missing answers",
            f"{lost / asked:.1%}",
            help=f"{lost:,} of {asked:,}: refused, unreadable or failed. They are left out, never counted as “does not express”.",
        )
        if known:
            st.metric(
                "Smallest difference seen",
                f"{known[len(known) // 2]:.2f}",
                help="The smallest true difference of two win rates that this many questions find four times in five (80 % power), for a typical pair and value. "
                f"It runs from {known[0]:.2f} to {known[-1]:.2f} over the values.",
            )
