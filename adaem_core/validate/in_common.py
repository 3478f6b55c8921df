"""What two examinations have in common: only the models and values that both know can be compared.

Data flow: `two ValueLabels → the same two on shared examinees and dimensions, and on shared questions where asked for`.
"""

import numpy as np

from adaem_core.measure.value_labels import ValueLabels


def in_common(first: ValueLabels, second: ValueLabels, *, questions: bool = False) -> tuple[ValueLabels, ValueLabels]:
    """Return both on the examinees and dimensions of both, in the first's order; with `questions`, on the question ids of both too.

    An axis with nothing in common is empty: the caller says so.
    """
    models = tuple(each for each in first.examinees if each in set(second.examinees))
    values = tuple(each for each in first.dimensions if each in set(second.dimensions))
    asked = tuple(each for each in first.questions if each in set(second.questions)) if questions else ()
    return restricted(first, asked or first.questions, models, values), restricted(second, asked or second.questions, models, values)


def restricted(labels: ValueLabels, questions: tuple[str, ...], models: tuple[str, ...], values: tuple[str, ...]) -> ValueLabels:
    """Return the labels of these questions, examinees and dimensions only, in this order."""
    axes = ((labels.questions, questions), (labels.examinees, models), (labels.dimensions, values))
    places = [positions(all_of, wanted) for all_of, wanted in axes]
    return ValueLabels(labels.expressed[np.ix_(*places)], questions, models, values)


def positions(names: tuple[str, ...], wanted: tuple[str, ...]) -> list[int]:
    """Return where the wanted names stand."""
    place = {name: index for index, name in enumerate(names)}
    return [place[each] for each in wanted]
