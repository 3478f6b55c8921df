"""Where the study in use stands in the order of work."""

from contextlib import suppress
from pathlib import Path

import streamlit as st

from adaem_core.archive.study import Study
from adaem_core.errors import AdaemError
from pages.shared import choose, stored
from pages.shared.readings import reading

# How many questions have a score, and how many examinations were made by themselves.
COUNTS = """SELECT (SELECT COUNT(*) FROM questions WHERE fate = 'scored' AND author IS NOT NULL) AS questions,
    (SELECT COUNT(*) FROM examinations WHERE part_of = '') AS examinations"""
# What asked models or people once more; the labels of a reference belong to the recogniser check that they came with.
CHECKS = """SELECT DISTINCT part_of AS made FROM examinations WHERE part_of <> ''
    UNION SELECT DISTINCT kind FROM judgements WHERE kind NOT LIKE 'reference %'"""


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


def made(path: Path) -> frozenset[str]:
    """Return which kinds of checks asked models or people once more: priming, retest, recogniser, adjudication, quality."""
    return frozenset(each.split(" ")[0] for each in checks(path))


@reading(keep=64)
def checks(path: Path) -> list[str]:
    """Return each check that asked models or people once more, by its name in the study."""
    with Study.read(path) as study:
        return [str(row["made"]) for row in study.select(CHECKS)]


@reading(keep=64)
def counts(path: Path) -> dict[str, int]:
    """Return how much a study has of each step."""
    with Study.read(path) as study:
        return {**study.select(COUNTS)[0], "checks": len(checks(path))}
