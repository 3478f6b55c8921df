"""The cached computations of Validate, keyed by the digest of the labels or the state of the study; behind a spinner, as some take seconds."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.settings import MeasureSettings
from adaem_core.store import Study
from pages.shared.cached import Token, state
from pages.shared.cached_measure import Digested

if TYPE_CHECKING:
    import pandas as pd

    from adaem_core.validate.benchmarks import SideBySide
    from adaem_core.validate.order import OrderSpread
    from adaem_core.validate.panels import Distributions
    from adaem_core.validate.predictive import Prediction
    from adaem_core.validate.reliability import Folds
    from adaem_core.validate.rescore import BothForms
    from adaem_core.validate.subsets import Halves, SubsetSize

WAIT = "Computing. With thousands of questions this takes some seconds, once."
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
    from adaem_core.validate import benchmarks

    return benchmarks.side_by_side(_first.labels, _second.labels, _settings)


@st.cache_data(max_entries=32, show_spinner=False)
def computed_prediction(
    path: str, token: Token, id: str, digest: str, knobs: tuple[object, ...], share: float, _labelled: Digested, _settings: MeasureSettings
) -> "Prediction":
    from adaem_core import examinations
    from adaem_core.validate.predictive import predict, stances

    with Study.read(Path(path)) as study:
        taken = stances(study, examinations.one(study, id))
    return predict(_labelled.labels, taken, _settings, seed=SEED, share=share)


@st.cache_data(max_entries=16, show_spinner=False)
def computed_distributions(path: str, token: Token, other: str, other_token: Token) -> "Distributions":
    import numpy as np

    from adaem_core.validate import panels

    found = []
    for each in (path, other):
        with Study.read(Path(each)) as study:
            found.append(np.array([item.score.total for item in study.outgrowths() if item.score is not None], dtype=np.float64))
    return panels.distributions(found[0], found[1], np.random.default_rng(SEED))


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
