"""Does the order in which questions are visited change the result? TrueSkill learns one game at a time, so it may (Appendix C.8).

Data flow: `labels, random orders → win rates per order → standard deviation over orders, beside the width of the intervals`.
"""

from dataclasses import dataclass

import numpy as np

from adaem_core.infer.arrays import Floats
from adaem_core.infer.estimate import Estimate, mean, unknown
from adaem_core.infer.resample import random_orders
from adaem_core.measure.ratings import rate
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.measure.win_rates import skill_chances, win_rates
from adaem_core.settings import MeasureSettings

ORDERS = 20


@dataclass(frozen=True, eq=False)
class OrderSpread:
    """How far win rates move when only the order of the questions changes."""

    orders: int
    deviation: Floats  # (examinees, dimensions): standard deviation over orders, n − 1; NaN where never rated
    typical: Estimate  # mean of it over cells; n counts cells
    by_dimension: dict[str, Estimate]  # mean over the examinees of one dimension


def order_spread(labels: ValueLabels, settings: MeasureSettings, orders: int = ORDERS) -> OrderSpread:
    """Return the spread of TrueSkill's win rates over random orders of the questions; the Rasch model does not depend on the order."""
    drawn = random_orders(len(labels.questions), orders, np.random.default_rng(settings.seed))
    rates = win_rates(skill_chances(rate(labels, drawn, settings)))
    deviation = rates.std(axis=0, ddof=1)
    if len(labels.questions) < 2 or orders < 2:
        nothing = unknown("one question or one order has nothing to be compared with")
        return OrderSpread(orders, np.full(deviation.shape, np.nan), nothing, dict.fromkeys(labels.dimensions, nothing))
    because = "no question tells models apart, so nobody is rated"
    by = {id: mean(deviation[:, place], because=because) for place, id in enumerate(labels.dimensions)}
    return OrderSpread(orders, deviation, mean(deviation.ravel(), because=because), by)
