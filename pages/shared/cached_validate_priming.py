"""The cached reading of a priming series, keyed by the state of the study."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.records import Examination
from adaem_core.settings import MeasureSettings
from adaem_core.store import Study
from pages.shared.cached import Token, state, system_of

if TYPE_CHECKING:
    from adaem_core.validate.change import Change
    from adaem_core.validate.priming import Row, Shift

WAIT = "Computing. Every target is measured anew; this takes some seconds, once."
SEED = 1


@dataclass(frozen=True)
class Primed:
    """What came of one series."""

    rows: "tuple[Row, ...]"
    shifts: "tuple[Shift, ...]"
    pairs: "dict[str, Change]"
    questions: "dict[str, Change]"


def series(path: Path, base: Examination) -> dict[str, list[Examination]]:
    """Return the series that start from an examination, by name."""
    found = read_series(str(path), state(path))
    return {name: each for name, each in found.items() if name.startswith(f"priming {base.id} ")}


def primed(path: Path, base: Examination, name: str, settings: MeasureSettings, definition: str) -> Primed:
    """Return the statistics of one series."""
    with st.spinner(WAIT):
        return computed(str(path), state(path), base.id, name, tuple(asdict(settings).values()), definition, base, settings)


@st.cache_data(max_entries=16, show_spinner=False)
def read_series(path: str, token: Token) -> dict[str, list[Examination]]:
    from adaem_core.validate.prime import primings

    with Study.read(Path(path)) as study:
        return primings(study)


@st.cache_data(max_entries=16, show_spinner=False)
def computed(
    path: str, token: Token, id: str, name: str, knobs: tuple[object, ...], definition: str, _base: Examination, _settings: MeasureSettings
) -> Primed:
    import numpy as np

    from adaem_core.measure.standings import stand
    from adaem_core.validate import prime, priming, priming_questions

    system, chosen = system_of(Path(path)), read_series(path, token)[name]
    with Study.read(Path(path)) as study:
        before, after = prime.labels_of(study, _base, chosen, system)
    model, targets = chosen[0].examinees[0], list(after)
    at = before.examinees.index(model)
    plain, told = stand(before, _settings), [stand(each, _settings) for each in after.values()]
    rates, moved = plain.win_rates[at], np.array([each.win_rates[at] for each in told])
    drawn = [priming.shift_intervals(rates, each.win_rates[at], plain.resampled[:, at], each.resampled[:, at]) for each in told]
    topics = {each.id: each.topic or each.id for each in _base.asked}
    clusters = [topics[each] for each in before.questions]
    pairs = priming.relation_tests(rates, moved, targets, system, np.random.default_rng(SEED), definition)
    questions = priming_questions.relations_by_question(before, after, model, system, np.random.default_rng(SEED), definition, clusters)
    rows = priming.table(rates, moved, targets, system, definition)
    return Primed(rows, priming.shifts(rates, moved, targets, system, drawn), pairs, questions)
