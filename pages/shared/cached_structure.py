"""The cached computations of the page Value structure, keyed by the digest of the labels."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.settings import MeasureSettings
from adaem_core.values import ValueSystem
from pages.shared import cached_measure

if TYPE_CHECKING:
    from adaem_core.measure.value_labels import Floats
    from adaem_core.validate.scaling import Scaling
    from adaem_core.validate.structure import Contrast, Correlations

WAYS = ("across models", "across answers")
SEED = 1


@dataclass(frozen=True, eq=False)
class Structure:
    """What was found of one examination, one way."""

    correlations: "Correlations"
    groups: "Correlations"
    contrast: "Contrast"
    scaling: "Scaling"


def structure(labelled: cached_measure.Digested, system: ValueSystem, settings: MeasureSettings, way: str) -> Structure:
    """Return correlations, groups, contrast and layout; `way` says what the cases of the correlations are."""
    rates = cached_measure.standings(labelled, settings).win_rates
    with st.spinner(cached_measure.WAIT):
        return computed(labelled.digest, system.id, tuple(asdict(settings).values()), way, labelled, system, rates)


@st.cache_data(max_entries=16, show_spinner=False)
def computed(
    digest: str,
    system_id: str,
    knobs: tuple[object, ...],
    way: str,
    _labelled: cached_measure.Digested,
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
