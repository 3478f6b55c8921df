"""A folder of studies on which every control of every page can be met: two with examinations, one with checks of a file, and the demo."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.folders import DATA
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.work import cli
from pages.validate import human_rating, judged
from tests.pages.fixture_examination import EXAMINEES, answer, write_examination
from tests.shared import copied

PANEL = Panel(
    "small",
    (
        *(ModelSpec(name, "simulated/aurora", (Role.EXAMINEE,)) for name in EXAMINEES),
        ModelSpec("recogniser", "simulated/recogniser", (Role.RECOGNISER,)),
    ),
)


def write_library(folder: Path, written: Path) -> None:
    """Fill `folder`: rich-study (a copy of `written`), second-study, check, demo."""
    rich = write_examination(copied(written, folder / "rich-study.db"), panel=PANEL)
    again(rich, reworded=True)
    change(rich, "UPDATE questions SET form = 'exact' WHERE total IS NOT NULL")
    second = write_examination(copied(written, folder / "second-study.db"), title="Another")
    change(second, "UPDATE questions SET text = replace(text, 'Nagasaki', 'Nagasaki in ' || (1990 + pull))")
    judged.keep_sample(second, "E1", 20)
    Study.note(second, **{human_rating.KEY: human_rating.chosen(second, None, 3)}, identity="2" * 8)
    labelled = folder / "in.csv"
    labelled.write_text("text,SEC,TRA\nRules people can rely on,1,0\nOld customs,0,1\nNothing,0,0\n")
    assert cli.main(["recognise", "--study", str(folder / "check.db"), "--in", str(labelled)]) == 0
    copied(DATA / "demo" / "demo.db", folder / "demo.db")


def change(study: Path, statement: str) -> None:
    """Change a study otherwise than the engine would."""
    with closing(sqlite3.connect(study)) as file, file:
        file.execute(statement)


def again(path: Path, *, reworded: bool) -> None:
    """Add a second examination of the same questions: once more, or in other words."""
    with Study.write(path) as study:
        base = examinations.one(study, "E1")
        asked = tuple(replace(each, text=f"Put otherwise: {each.text}") for each in base.asked) if reworded else base.asked
        part = "" if reworded else "retest E1"
        made = examinations.create(study, replace(base, id="", asked=asked, part_of=part))
        examinations.save(study, [answer(study, made, number, model) for number in range(len(asked)) for model in EXAMINEES])
