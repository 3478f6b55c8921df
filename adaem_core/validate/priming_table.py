"""Table 10 straight from a study: the win rates of a primed model beside its own (§4.2).

Data flow: `study, examination → labels without and with priming → standings of each → Row per target`.
"""

import numpy as np

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.errors import BadInput
from adaem_core.measure.standings import stand
from adaem_core.settings import MeasureSettings
from adaem_core.validate.priming_run import labels_of, primings
from adaem_core.validate.priming_tests import Row, table


def priming_table(study: Study, settings: MeasureSettings, examination: str | None = None) -> tuple[Row, ...]:
    """Return Table 10, a row per target, from the last series that primed a model on an examination (by id; by default the last)."""
    base, system = examinations.measurement(study, examination), settings_of(study).system
    series = [made for name, made in primings(study).items() if name.startswith(f"priming {base.id} ")]
    if not series:
        raise BadInput(f"{study.path.name}: no model was primed on {base.id} yet. Prime one first.")
    before, after = labels_of(study, base, series[-1], system)
    model = before.examinees.index(series[-1][0].examinees[0])
    primed = [stand(labels, settings).win_rates[model] for labels in after.values()]
    return table(stand(before, settings).win_rates[model], np.array(primed), list(after), system)
