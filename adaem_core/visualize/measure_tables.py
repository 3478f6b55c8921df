"""The tables beside the figures of Measure: standings, comparisons, evidence, missing answers. `records → DataFrame`.

NaN is missing, never 0. Nothing here changes a number.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from adaem_core.archive.examinations import Asked
from adaem_core.measure.by_topic import CategoryStandings
from adaem_core.measure.compare import Comparison, Separating, Shares
from adaem_core.measure.detectable import detectable_difference
from adaem_core.measure.groups import Groups, rank_words
from adaem_core.measure.missing import Missing
from adaem_core.measure.standings import Standings, Superiority
from adaem_core.measure.two_readings import Agreement
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.measure.win_rates import highest_first
from adaem_core.values import ValueSystem

SAYS = {1.0: "expressed", 0.0: "not expressed"}
MISSING = "missing"
ENDS = {True: "asked again", False: "final"}


def standings_table(standings: Standings, found: Groups, system: ValueSystem) -> pd.DataFrame:
    """Return a row per value and model, best first within a value: win rate, interval, rank as an interval, group."""
    order = [highest_first(rates) for rates in standings.win_rates.T]
    return pd.DataFrame([standings_row(standings, found, system, row, d) for d, rows in enumerate(order) for row in rows])


def standings_row(standings: Standings, found: Groups, system: ValueSystem, row: int, d: int) -> dict[str, Any]:
    """Return one row of the table of standings."""
    return {
        "value": full_name(system, standings.dimensions[d]),
        "code": standings.dimensions[d],
        "model": standings.examinees[row],
        "win_rate": standings.win_rates[row, d],
        "low": standings.low[row, d],
        "high": standings.high[row, d],
        "rank": rank_words(found.best[row, d], found.worst[row, d]),
        "group": found.group[row, d],
    }


def detectable_table(standings: Standings, system: ValueSystem) -> pd.DataFrame:
    """Return per value the smallest true difference of two win rates that so many questions find with 80 % power; NaN if unknown."""
    found = detectable_difference(standings)
    return pd.DataFrame({"value": [full_name(system, id) for id in standings.dimensions], "code": standings.dimensions, "smallest": found})


def category_table(found: Mapping[str, CategoryStandings], examinees: Sequence[str], system: ValueSystem) -> pd.DataFrame:
    """Return a row per category, value and chosen model with its interval; a category that was not rated has one row that says why."""
    rows: list[dict[str, Any]] = []
    for each in found.values():
        told = {"category": each.category, "questions": each.questions}
        rows += (
            [{**told, "note": each.why}]
            if each.standings is None
            else [{**told, **cell} for cell in cells(each.standings, examinees, system)]
        )
    return pd.DataFrame(rows, columns=["category", "questions", "model", "value", "code", "win_rate", "low", "high", "note"])


def cells(standings: Standings, examinees: Sequence[str], system: ValueSystem) -> list[dict[str, Any]]:
    """Return the win rates of some examinees, a mapping each."""
    places = [(standings.examinees.index(name), d) for name in examinees for d in range(len(standings.dimensions))]
    return [
        {
            "model": standings.examinees[row],
            "value": full_name(system, standings.dimensions[d]),
            "code": standings.dimensions[d],
            "win_rate": standings.win_rates[row, d],
            "low": standings.low[row, d],
            "high": standings.high[row, d],
            "note": "",
        }
        for row, d in places
    ]


def comparison_table(found: Comparison, counted: Shares, chances: Superiority, system: ValueSystem) -> pd.DataFrame:
    """Return a row per value: difference of win rates, chance of superiority, difference of shares, each with interval and p."""
    i, j = chances.examinees.index(found.first), chances.examinees.index(found.second)
    columns = {
        "value": [full_name(system, id) for id in found.dimensions],
        "code": found.dimensions,
        **{"difference": found.difference, "low": found.low, "high": found.high, "p": found.p, "p_corrected": found.adjusted},
        **{"chance": chances.chances[i, j], "chance_low": chances.low[i, j], "chance_high": chances.high[i, j]},
        **{"share_first": counted.first, "share_second": counted.second, "share_low": counted.low, "share_high": counted.high},
        **{"only_first": counted.only_first, "only_second": counted.only_second, "answered_by_both": counted.answered},
        "share_p_corrected": counted.adjusted,
    }
    return pd.DataFrame(columns)


def separating_table(found: Sequence[Separating], asked: Sequence[Asked]) -> pd.DataFrame:
    """Return a row per separating question: its text and the values only one of the two expresses."""
    known = {each.id: each for each in asked}
    rows = [
        {
            "question": known[each.question].text,
            "only_first": " ".join(each.only_first),
            "only_second": " ".join(each.only_second),
            "values": len(each.only_first) + len(each.only_second),
            "rarity": each.rarity,
            "category": known[each.question].category,
            "id": each.question,
        }
        for each in found
    ]
    return pd.DataFrame(rows, columns=["question", "only_first", "only_second", "values", "rarity", "category", "id"])


def evidence_table(labels: ValueLabels, asked: Sequence[Asked], examinee: str, dimension: str) -> pd.DataFrame:
    """Return a row per question: what the examinee's answer says about the value, and how many others express it."""
    row, d = labels.examinees.index(examinee), labels.dimensions.index(dimension)
    own, others = labels.expressed[:, row, d], np.delete(labels.expressed[:, :, d], row, axis=1)
    return pd.DataFrame(
        {
            "label": [SAYS.get(float(each), MISSING) for each in own],
            "question": [each.text for each in asked],
            "others": (others == 1).sum(axis=1),
            "others_read": (~np.isnan(others)).sum(axis=1),
            "topic": [each.topic for each in asked],
            "category": [each.category for each in asked],
            "id": [each.id for each in asked],
        }
    )


def missing_table(found: Sequence[Missing]) -> pd.DataFrame:
    """Return a row per missing answer: kind, whether it is final, model, question, category, reason, id."""
    rows = [
        (str(each.kind), ENDS[each.passing], each.examinee, each.asked.text, each.asked.category, each.reason, each.asked.id)
        for each in found
    ]
    return pd.DataFrame(rows, columns=["kind", "ends", "model", "question", "category", "reason", "id"])


def reasons_table(found: Sequence[Missing]) -> pd.DataFrame:
    """Return how often each reason was given: kind, whether it is final, model, reason, answers; the most frequent first."""
    frame = missing_table(found).groupby(["kind", "ends", "model", "reason"], as_index=False).agg(answers=("id", "count"))
    return frame.sort_values(["answers", "kind", "model"], ascending=[False, True, True], ignore_index=True)


def agreement_table(found: Sequence[Agreement], system: ValueSystem) -> pd.DataFrame:
    """Return a row per value and one for all labels: n, share that agrees, κ with interval, why where there is none."""
    rows = [
        {
            "value": full_name(system, each.dimension),
            "n": each.n,
            "share": each.share,
            "kappa": each.kappa.value,
            "low": each.kappa.low,
            "high": each.kappa.high,
        }
        | {"both": each.both, "only_first": each.only_first, "only_second": each.only_second, "neither": each.neither}
        | {"note": each.kappa.why}
        for each in found
    ]
    return pd.DataFrame(rows)


def full_name(system: ValueSystem, dimension: str) -> str:
    """Return a dimension's name, its id where the system does not know it."""
    return next((each.name for each in system.dimensions if each.id == dimension), dimension)
