"""Where models differ, in one plain sentence with its caveat; where they cannot be told apart, that is the finding.

The pair and the value that are named are the farthest apart of all, so that the correction is over all pairs of all values at once
(Holm 1979), not over those of one value (`measure.groups`): else naming the largest would find a difference in pure chance.
Data flow: `Standings, ValueSystem → Finding`.
"""

from dataclasses import dataclass

import numpy as np

from adaem_core.archive.examinations import Examination
from adaem_core.infer.arrays import Flags, Floats
from adaem_core.infer.holm import holm
from adaem_core.measure.detectable import detectable_difference
from adaem_core.measure.groups import differences, p_values
from adaem_core.measure.standings import Standings
from adaem_core.settings import FEW_QUESTIONS
from adaem_core.values import ValueSystem


@dataclass(frozen=True)
class Finding:
    """One thing a study says, and how far it goes."""

    says: str  # plain text
    caveat: str  # plain text
    dimension: str = ""  # the value it is about; "" for none
    high: str = ""  # the examinee that puts it forward more
    low: str = ""


def difference(standings: Standings, system: ValueSystem) -> Finding:
    """Return between whom, and on which value, the widest difference lies; that there is none where no pair can be told apart."""
    told, count = apart(standings), len(standings.examinees)
    if not told.any():
        return Finding(
            f"No two of these {count} models can be told apart on any of {len(standings.dimensions)} values.",
            f"That does not show that they are alike: with {standings.questions:,} questions {unseen(standings)}",
        )
    size = np.where(told, differences(standings), -np.inf)
    high, low, d = (int(each) for each in np.unravel_index(np.argmax(size), size.shape))
    name = {each.id: each.name for each in system.dimensions}.get(standings.dimensions[d], standings.dimensions[d])
    return Finding(
        f"{standings.examinees[high]} puts forward {name} more than {standings.examinees[low]} does: "
        f"win rate {rate(standings, high, d)} against {rate(standings, low, d)}.",
        f"{told.sum() // 2:,} of {comparisons(standings):,} comparisons of two models on one value can be told apart. A win rate compares these "
        f"models on these {standings.questions:,} questions: 0.5 is their middle, and other models or questions would give others.",
        standings.dimensions[d],
        standings.examinees[high],
        standings.examinees[low],
    )


def comparisons(standings: Standings) -> int:
    """Return how many comparisons of two models on one value there are."""
    return len(standings.examinees) * (len(standings.examinees) - 1) // 2 * len(standings.dimensions)


def apart(standings: Standings) -> Flags:
    """Return which pairs can be told apart on which dimension, shape (i, j, dimensions), corrected over all of them at once."""
    p = p_values(standings)
    first, second = np.triu_indices(len(p), k=1)
    corrected: Floats = holm(p[first, second].ravel()).reshape(len(first), -1)
    told = np.zeros(p.shape, dtype=bool)
    told[first, second] = told[second, first] = corrected < 1 - standings.settings.confidence
    return told


def unseen(standings: Standings) -> str:
    """Return which difference would often not have been seen, in words."""
    sizes = detectable_difference(standings, comparisons=comparisons(standings))
    if np.isnan(sizes).all():
        return "no difference could have been seen."
    return f"a difference of {np.nanmedian(sizes):.2f} between two win rates would be missed in one case of five."


def rate(standings: Standings, row: int, d: int) -> str:
    """Return a win rate with its interval."""
    rate, low, high = (each[row, d] for each in (standings.win_rates, standings.low, standings.high))
    return f"{rate:.2f} ({low:.2f} to {high:.2f})"


def limits(examination: Examination, standings: Standings, absent: int, *, checked: bool, grown: bool) -> list[str]:
    """Return what the numbers do not say, the weightiest first; `absent` answers take no part.

    `checked` says that the reading of values was held against people's or a reference's, `grown` that the questions come from a search.
    """
    asked = standings.questions * len(standings.examinees)
    told = {
        "The models are invented respondents with planted values: nothing here is about real models.": examination.simulated,
        f"Only {standings.questions:,} questions: intervals are rough below {FEW_QUESTIONS}, so treat differences as hints.": standings.questions
        < FEW_QUESTIONS,
        f"{absent:,} of {asked:,} answers ({absent / max(asked, 1):.1%}) are missing, refused or unreadable; they take no part.": absent
        > 0,
        f"Values were read in the answers by one model, {examination.recogniser}; whether people read them alike was not checked.": not checked,
        "The questions were chosen because models differ on them: how alike models are on everyday questions is not measured.": grown,
        "Answers are what the models said to these prompts on that day; what they would do is not measured.": True,
    }
    return [text for text, holds in told.items() if holds]
