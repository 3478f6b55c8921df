"""What a member may spend in a day: reckoned from the ledgers of the studies they made, and from the journal for requests outside any study.

What is left is given to a run when it starts, and held by its worker.

Data flow: `member's studies → spent today, set aside by runs under way → what is left → the run's own cap`.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adaem_core.archive.study import Study
from adaem_core.errors import AdaemError
from adaem_core.settings import ChatSettings
from adaem_core.work import jobs, journal
from adaem_core.work.lab import Lab, lab

TRY = "ask each model one question"  # in the journal


@dataclass(frozen=True)
class Purse:
    """So many US dollars and requests."""

    dollars: float = 0.0
    calls: int = 0

    def __add__(self, other: "Purse") -> "Purse":
        return Purse(self.dollars + other.dollars, self.calls + other.calls)

    def less(self, other: "Purse") -> "Purse":
        """Return what is left of this when the other is taken away, never below nothing."""
        return Purse(max(self.dollars - other.dollars, 0.0), max(self.calls - other.calls, 0))

    def holds(self, other: "Purse") -> bool:
        """Return whether the other can be taken from this."""
        return other.dollars <= self.dollars and other.calls <= self.calls


def left_today(limits: Lab, who: str) -> Purse:
    """Return what a member's runs may still spend before midnight (UTC)."""
    paths = (jobs.studies_dir() / f"{name}.db" for name in journal.made_by(who))
    return Purse(limits.dollars_a_day, limits.calls_a_day).less(sum((bound(path) for path in paths if path.is_file()), outside(who)))


def outside(who: str) -> Purse:
    """Return what somebody's trials of models were set aside today: no study has a ledger of them."""
    today = [each for each in journal.entries() if (each.get("what"), each.get("who"), str(each.get("at"))[:10]) == (TRY, who, this_day())]
    return sum((Purse(float(each.get("dollars") or 0.0), int(each.get("calls") or 0)) for each in today), Purse())


def this_day() -> str:
    """Return today's date (UTC) as ledger and journal write it."""
    return f"{datetime.now(UTC):%Y-%m-%d}"


def bound(path: Path) -> Purse:
    """Return what a study has spent today, and what a run under way may still add; a study that cannot be read has spent nothing."""
    with suppress(AdaemError):
        today, whole = spent(path, this_day()), spent(path)
        return today + (given(path).less(whole) if jobs.watch(path).active else Purse())
    return Purse()


def spent(path: Path, day: str = "") -> Purse:
    """Return what the study's ledger says was paid on a day (YYYY-MM-DD), or ever."""
    query = "SELECT COALESCE(SUM(cost), 0) AS dollars, COUNT(*) AS calls FROM calls WHERE NOT cached AND substr(at, 1, ?) = ?"
    with Study.read(path) as study:
        return Purse(**study.select(query, (len(day), day))[0])


def given(path: Path) -> Purse:
    """Return up to which whole spending of the study its last start may go."""
    told = journal.last_run(path.stem)
    return Purse(float(told.get("dollars") or 0.0), int(told.get("calls") or 0))


def allotted(limits: Lab, who: str, path: Path) -> dict[str, Any]:
    """Return the cap that a run of a member's study starts with, on all that the study ever spends, as the journal keeps it."""
    cap = spent(path) + left_today(limits, who)
    return {"dollars": cap.dollars, "calls": cap.calls}


def held(chat: ChatSettings, path: Path) -> ChatSettings:
    """Return how a study's requests are sent, within the cap its start was given; outside a lab, and to its owner, none was given."""
    if lab() is None or "dollars" not in journal.last_run(path.stem):
        return chat
    cap = given(path)
    return replace(chat, max_cost=lower(chat.max_cost, cap.dollars), max_calls=int(lower(chat.max_calls, cap.calls)))


def lower(wanted: float | None, cap: float) -> float:
    """Return the lower of two caps; None is no cap."""
    return cap if wanted is None else min(wanted, cap)
