"""Where the study in use stands in the order of work."""

from contextlib import suppress
from pathlib import Path

import streamlit as st

from adaem_core.archive.study import Study
from adaem_core.errors import AdaemError
from pages.shared import choose, stored
from pages.shared.readings import reading

# How many questions have a score, how many examinations were made by themselves, and how many checks asked models or people once more.
COUNTS = """SELECT (SELECT COUNT(*) FROM questions WHERE fate = 'scored' AND author IS NOT NULL) AS questions,
    (SELECT COUNT(*) FROM examinations WHERE part_of = '') AS examinations,
    (SELECT COUNT(DISTINCT part_of) FROM examinations WHERE part_of <> '') + (SELECT COUNT(DISTINCT kind) FROM judgements) AS checks"""

MADE = "SELECT DISTINCT part_of AS kind FROM examinations WHERE part_of <> '' UNION SELECT DISTINCT kind FROM judgements"


def in_use() -> Path | None:
    """Return the study that the address names, else the one last looked at; None where there is none, or none can be read."""
    said = st.query_params.get(choose.STUDY)
    with suppress(AdaemError):
        return stored.named(said) if said is not None else choose.remembered()
    return None


def told(path: Path) -> dict[str, str]:
    """Return in few words what a study has of each step; nothing of one that is damaged."""
    with suppress(AdaemError):
        has = counts(path)
        return {
            "Find questions": some(has["questions"], "question"),
            "Measure": some(has["examinations"], "examination"),
            "Validate": some(has["checks"], "check"),
        }
    return {}


def some(count: int, what: str) -> str:
    """Return a count in words, empty for none."""
    return f"{count:,} {what}{'s' * (count != 1)}" if count else ""


@reading(keep=64)
def made(path: Path) -> frozenset[str]:
    """Return which checks asked models or people once more: priming, retest, adjudication, quality."""
    with Study.read(path) as study:
        return frozenset(str(row["kind"]).split(" ")[0] for row in study.select(MADE))


@reading(keep=64)
def counts(path: Path) -> dict[str, int]:
    """Return how much a study has of each step."""
    with Study.read(path) as study:
        return study.select(COUNTS)[0]
