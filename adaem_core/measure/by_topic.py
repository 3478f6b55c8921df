"""Standings for each topic category apart: a model may put other values first in law than in education (Figures 9b and 13).

A category is an examination of its own: its questions alone are rated and resampled. Few questions give wide intervals, and
fewer than LEAST none at all: then a sentence stands where the number would.
Data flow: `labels, category of each question, settings → CategoryStandings per category`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from adaem_core.errors import BadInput
from adaem_core.measure.standings import Standings, stand
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings

# The method's own nine, in its order; any other category is kept as it was given.
CATEGORIES = (
    "Law, Justice, and Human Rights",
    "Politics and International Relations",
    "Economics and Business",
    "Technology and Innovation",
    "Science, Health, and Environment",
    "Education and Media",
    "Social and Cultural Issues",
    "Philosophy and Beliefs",
    "Entertainment and Arts",
)
NONE = "Without a category"
LEAST = 10  # below this, resamples of so few questions repeat each other and their range says little


@dataclass(frozen=True, eq=False)
class CategoryStandings:
    """The standings of one category, or why there are none."""

    category: str
    questions: int  # how many questions it has
    standings: Standings | None  # None when they cannot be computed
    why: str = ""  # the reason in words for the user; empty when there are standings


def by_category(labels: ValueLabels, categories: Sequence[str], settings: MeasureSettings) -> dict[str, CategoryStandings]:
    """Return the standings of each category that occurs, the nine known ones first, in their order.

    `categories` names the category of each question, in the order of `labels.questions`; an empty name is a category too.
    Raises BadInput when there is not one name per question.
    """
    if len(categories) != len(labels.questions):
        raise BadInput(f"There must be one category per question, got {len(categories)} for {len(labels.questions)} questions.")
    names = np.array([category_name(each) for each in categories], dtype=object)
    return {name: of_category(name, labels.subset(np.flatnonzero(names == name)), settings) for name in in_order(names.tolist())}


def of_category(name: str, labels: ValueLabels, settings: MeasureSettings) -> CategoryStandings:
    """Return the standings of one category's labels."""
    count = len(labels.questions)
    if count < LEAST:
        why = f"cannot be computed because the category has {count} question{'s' * (count != 1)} and at least {LEAST} are needed"
        return CategoryStandings(name, count, None, why)
    return CategoryStandings(name, count, stand(labels, settings))


def category_name(given: str) -> str:
    """Return the category's name as the method spells it if it is one of the nine, else as given; a name for none."""
    told = " ".join(given.split())
    known = {each.casefold(): each for each in CATEGORIES}
    return known.get(told.casefold(), told) or NONE


def in_order(names: Sequence[str]) -> list[str]:
    """Return each name once: the nine in their order, then others by first appearance, questions without a category last."""
    given = list(dict.fromkeys(names))
    others = [each for each in given if each not in CATEGORIES and each != NONE]
    return [*(each for each in CATEGORIES if each in given), *others, *([NONE] if NONE in given else [])]


def uncovered(categories: Sequence[str]) -> tuple[str, ...]:
    """Return which of the nine categories no question belongs to."""
    given = {category_name(each) for each in categories}
    return tuple(each for each in CATEGORIES if each not in given)
