"""The cached computations of Validate, keyed by the digest of the labels or the state of the study; behind a spinner, as some take seconds."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.study import Study
from adaem_core.records import Examination
from adaem_core.settings import MeasureSettings
from adaem_core.values import ValueSystem
from pages.measure import readings as measured
from pages.measure.readings import Digested
from pages.shared.stored import Token, state, system_of

if TYPE_CHECKING:
    import pandas as pd

    from adaem_core.infer.arrays import Floats
    from adaem_core.infer.change import Change
    from adaem_core.validate.another_panel import Distributions
    from adaem_core.validate.order import OrderSpread
    from adaem_core.validate.predictive import Prediction
    from adaem_core.validate.priming_tests import Row, Shift
    from adaem_core.validate.reliability import Folds
    from adaem_core.validate.rescore import BothForms
    from adaem_core.validate.scaling import Scaling
    from adaem_core.validate.side_by_side import SideBySide
    from adaem_core.validate.structure import Contrast, Correlations
    from adaem_core.validate.subsets import Halves, SubsetSize

WAIT = "Computing. With thousands of questions this takes some seconds, once."
WAIT_PRIMED = "Computing. Every target is measured anew; this takes some seconds, once."
WAYS = ("across models", "across answers")  # what the cases of the correlations between values are
SEED = 1


def folds(labelled: Digested, count: int) -> "Folds":
    """Return internal consistency over folds."""
    with st.spinner(WAIT):
        return computed_folds(labelled.digest, count, labelled)


def subsets(labelled: Digested, sizes: tuple[int, ...], against: str) -> "tuple[SubsetSize, ...]":
    """Return the agreement of subsets by size."""
    with st.spinner(WAIT):
        return computed_subsets(labelled.digest, sizes, against, labelled)


def halves(labelled: Digested) -> "Halves":
    """Return split-half reliability."""
    with st.spinner(WAIT):
        return computed_halves(labelled.digest, labelled)


def order(labelled: Digested) -> "OrderSpread":
    """Return how far TrueSkill's win rates move with the order of the questions."""
    with st.spinner(WAIT):
        return computed_order(labelled.digest, labelled)


def side_by_side(first: Digested, second: Digested, settings: MeasureSettings) -> "SideBySide":
    """Return two benchmarks compared."""
    with st.spinner(WAIT):
        return computed_side(first.digest, second.digest, tuple(asdict(settings).values()), first, second, settings)


def prediction(path: Path, id: str, labelled: Digested, settings: MeasureSettings, share: float) -> "Prediction":
    """Return how well one part of the questions foretells the other."""
    with st.spinner(WAIT):
        return computed_prediction(str(path), state(path), id, labelled.digest, tuple(asdict(settings).values()), share, labelled, settings)


def distributions(path: Path, other: Path) -> "Distributions":
    """Return the scores of two studies' questions compared."""
    with st.spinner(WAIT):
        return computed_distributions(str(path), state(path), str(other), state(other))


def exact_count(path: Path) -> int:
    """Return how many questions of a study have an exact score."""
    return read_exact_count(str(path), state(path))


def both_forms(path: Path) -> "BothForms":
    """Return both forms of the score of a study's questions."""
    with st.spinner("Scoring the stored answers again. Comparing opinions by their meaning takes about a second per question, once."):
        return computed_forms(str(path), state(path))


def calibration(file: Path) -> "pd.DataFrame":
    """Return the stored calibration."""
    return read_calibration(str(file), file.stat().st_mtime_ns)


@st.cache_data(max_entries=32, show_spinner=False)
def computed_folds(digest: str, count: int, _labelled: Digested) -> "Folds":
    import numpy as np

    from adaem_core.validate.reliability import k_fold

    return k_fold(_labelled.labels, count, np.random.default_rng(SEED))


@st.cache_data(max_entries=32, show_spinner=False)
def computed_subsets(digest: str, sizes: tuple[int, ...], against: str, _labelled: Digested) -> "tuple[SubsetSize, ...]":
    import numpy as np

    from adaem_core.validate.subsets import subset_consistency

    return subset_consistency(_labelled.labels, np.random.default_rng(SEED), sizes, against=against)


@st.cache_data(max_entries=32, show_spinner=False)
def computed_halves(digest: str, _labelled: Digested) -> "Halves":
    import numpy as np

    from adaem_core.validate.subsets import split_half

    return split_half(_labelled.labels, np.random.default_rng(SEED))


@st.cache_data(max_entries=32, show_spinner=False)
def computed_order(digest: str, _labelled: Digested) -> "OrderSpread":
    from adaem_core.validate.order import order_spread

    return order_spread(_labelled.labels, MeasureSettings(method="trueskill"))


@st.cache_data(max_entries=32, show_spinner=False)
def computed_side(
    one: str, other: str, knobs: tuple[object, ...], _first: Digested, _second: Digested, _settings: MeasureSettings
) -> "SideBySide":
    from adaem_core.validate.side_by_side import side_by_side as compared

    return compared(_first.labels, _second.labels, _settings)


@st.cache_data(max_entries=32, show_spinner=False)
def computed_prediction(
    path: str, token: Token, id: str, digest: str, knobs: tuple[object, ...], share: float, _labelled: Digested, _settings: MeasureSettings
) -> "Prediction":
    from adaem_core.archive import examinations
    from adaem_core.validate.predictive import predict, stances

    with Study.read(Path(path)) as study:
        taken = stances(study, examinations.one(study, id))
    return predict(_labelled.labels, taken, _settings, seed=SEED, share=share)


@st.cache_data(max_entries=16, show_spinner=False)
def computed_distributions(path: str, token: Token, other: str, other_token: Token) -> "Distributions":
    import numpy as np

    from adaem_core.validate import another_panel

    found = []
    for each in (path, other):
        with Study.read(Path(each)) as study:
            found.append(np.array([item.score.total for item in study.outgrowths() if item.score is not None], dtype=np.float64))
    return another_panel.distributions(found[0], found[1], np.random.default_rng(SEED))


@st.cache_data(max_entries=32, show_spinner=False)
def read_exact_count(path: str, token: Token) -> int:
    with Study.read(Path(path)) as study:
        return sum(each.score is not None and each.score.form == "exact" for each in study.outgrowths())


@st.cache_data(max_entries=8, show_spinner=False)
def computed_forms(path: str, token: Token) -> "BothForms":
    from contextlib import closing

    from adaem_core.chat.embed import Embedder
    from adaem_core.validate.rescore import both_forms

    with Study.read(Path(path)) as study, closing(Embedder()) as embed:
        return both_forms(study, embed)


@st.cache_data(max_entries=4, show_spinner=False)
def read_calibration(file: str, changed: int) -> "pd.DataFrame":
    import pandas as pd

    return pd.read_csv(file, encoding="utf-8-sig")


@dataclass(frozen=True, eq=False)
class Structure:
    """What was found of one examination, one way."""

    correlations: "Correlations"
    groups: "Correlations"
    contrast: "Contrast"
    scaling: "Scaling"


def structure(labelled: measured.Digested, system: ValueSystem, settings: MeasureSettings, way: str) -> Structure:
    """Return correlations, groups, contrast and layout; `way` says what the cases of the correlations are."""
    rates = measured.standings(labelled, settings).win_rates
    with st.spinner(measured.WAIT):
        return computed_structure(labelled.digest, system.id, tuple(asdict(settings).values()), way, labelled, system, rates)


@st.cache_data(max_entries=16, show_spinner=False)
def computed_structure(
    digest: str,
    system_id: str,
    knobs: tuple[object, ...],
    way: str,
    _labelled: measured.Digested,
    _system: ValueSystem,
    _rates: "Floats",
) -> Structure:
    import numpy as np

    from adaem_core.validate import scaling
    from adaem_core.validate.structure import across_models, across_questions, contrast, groups_across_models

    rng = np.random.default_rng(SEED)
    found = across_models(_rates, _system.ids) if way == WAYS[0] else across_questions(_labelled.labels, rng)
    groups = groups_across_models(_rates, _system)
    return Structure(found, groups, contrast(found.values, _system, rng), scaling.scale(found.values, _system, rng))


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
    with st.spinner(WAIT_PRIMED):
        return computed_primed(str(path), state(path), base.id, name, tuple(asdict(settings).values()), definition, base, settings)


@st.cache_data(max_entries=16, show_spinner=False)
def read_series(path: str, token: Token) -> dict[str, list[Examination]]:
    from adaem_core.validate.priming_run import primings

    with Study.read(Path(path)) as study:
        return primings(study)


@st.cache_data(max_entries=16, show_spinner=False)
def computed_primed(
    path: str, token: Token, id: str, name: str, knobs: tuple[object, ...], definition: str, _base: Examination, _settings: MeasureSettings
) -> Primed:
    import numpy as np

    from adaem_core.measure.standings import stand
    from adaem_core.validate import priming_questions, priming_run, priming_tests

    system, chosen = system_of(Path(path)), read_series(path, token)[name]
    with Study.read(Path(path)) as study:
        before, after = priming_run.labels_of(study, _base, chosen, system)
    model, targets = chosen[0].examinees[0], list(after)
    at = before.examinees.index(model)
    plain, told = stand(before, _settings), [stand(each, _settings) for each in after.values()]
    rates, moved = plain.win_rates[at], np.array([each.win_rates[at] for each in told])
    drawn = [priming_tests.shift_intervals(rates, each.win_rates[at], plain.resampled[:, at], each.resampled[:, at]) for each in told]
    topics = {each.id: each.topic or each.id for each in _base.asked}
    clusters = [topics[each] for each in before.questions]
    pairs = priming_tests.relation_tests(rates, moved, targets, system, np.random.default_rng(SEED), definition)
    questions = priming_questions.relations_by_question(before, after, model, system, np.random.default_rng(SEED), definition, clusters)
    rows = priming_tests.table(rates, moved, targets, system, definition)
    return Primed(rows, priming_tests.shifts(rates, moved, targets, system, drawn), pairs, questions)
