"""Choose one or several sets of questions: of studies, their topics, shipped topics, files of one's own. Shared by the Landscape pages."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.askable import listed
from adaem_core.archive.origin import Origin, says_simulated
from adaem_core.generate.topics import shipped_topics, text_column
from pages.find import files
from pages.landscape import readings
from pages.shared import choose as shared
from pages.shared import controls, show, stored
from pages.shared.caption import file_name, of_studies

if TYPE_CHECKING:
    import pandas as pd

Own = tuple[files.Taken, str]  # a file and its column with the questions
KINDS = {"questions": "question_set", "topics": "topic_set"}
# Columns of a table of questions.
WORDING = {"text": st.column_config.TextColumn("Question", width="large"), "author": "Author"}
FURTHER = {"category": "Category", "score": st.column_config.NumberColumn("S", format="%.2f"), "set": "Set", "id": "Id"}


@dataclass(frozen=True)
class Offered:
    """A set that can be chosen."""

    kind: str  # questions or topics (of a study), shipped, file
    name: str  # as it is called in tables and figures
    label: str  # as it is offered: with what tells studies apart
    where: str = ""  # name of the shipped file, or of the user's
    path: Path | None = None  # the study


@dataclass(frozen=True)
class Chosen:
    """The sets chosen, as one table."""

    frame: "pd.DataFrame"  # `tables_landscape.together`
    digest: str  # of its rows
    simulated: bool  # some of it comes from a simulated panel
    names: tuple[str, ...]
    studies: tuple[Path, ...]  # from which they come

    @property
    def texts(self) -> list[str]:
        """The questions, in the table's order."""
        return self.frame["text"].tolist()

    def of(self, n: str, *method: str) -> Origin:
        """Return what is shown of the sets: their studies, and the sets by name."""
        return replace(of_studies(self.studies, n, *method, simulated=self.simulated), source=f"sets {', '.join(self.names)}")

    def file(self, *what: str) -> str:
        """Return the name of a download, the studies in it."""
        return file_name("-".join(path.stem for path in self.studies)[:60], *what, simulated=self.simulated)


def choose(*, to: str) -> Chosen:
    """Draw the choice of sets and return what was chosen; BadInput where a file or study cannot be read.

    Without any question the page ends here, saying that there is none `to` show, measure, … and what to do.
    """
    from adaem_core.visualize.tables_landscape import together

    own = uploads()
    options = offered(own)
    ids = controls.several("Sets of questions", "sets", list(options), preset(options), lambda id: options[id].label, placeholder="choose")
    ids += [id for id, each in options.items() if each.kind == "file" and id not in ids]
    controls.put("sets", ids or [controls.NOTHING])  # whoever has the link, and not the file, is told that it is missing
    chosen = [options[id] for id in ids]
    studies = [each.path for each in chosen if each.path]
    shared.show_used(studies)
    frame = together([read(each, own) for each in chosen])
    if frame.empty:
        show.empty(f"No question to {to}: choose a set above, or add one of your own.", "pages/new_run.py", "Start a run")
        st.stop()
    made = tuple(dict.fromkeys(studies))
    files_say = any(says_simulated(row for _, row in taken.found.rows) for taken, _ in own.values())
    simulated = files_say or any(stored.made(path).simulated for path in made)
    return Chosen(frame, digest(frame), simulated, tuple(each.name for each in chosen), made)


def uploads() -> dict[str, Own]:
    """Draw the upload, how each file was read and which column of it holds the questions; return the files by name."""
    with st.expander("Add sets of your own", icon=":material/upload_file:"):
        given = files.take_several("Question files", "set_files", "Tables, lists or workbooks, one question a row.")
        st.caption(
            "Columns category, score and author are used where they are there. The official files of Touché23-ValueEval and ValueBench are read "
            "as they are. Files added here are always part of the page."
        )
        return {each.source[0]: (each, column_of(each, f"set_column_{each.source[0]}")) for each in given}


def column_of(taken: files.Taken, key: str) -> str:
    """Return the column of a file that holds the questions, as chosen; tell which rows have none."""
    found = taken.found
    column = files.choose_column(found.columns, text_column(found), key, f"Column of {show.plain(found.name)} with the questions")
    empty = [number for number, row in found.rows if not row[column].strip()]
    files.tell([f"Lines left out because they have no text: {listed(empty)}"] * bool(empty))
    return column


def offered(own: Iterable[str]) -> dict[str, Offered]:
    """Return what can be chosen, by what an address calls it."""
    made = {f"file:{name}": Offered("file", f"File: {name}", f"File: {name}", name) for name in own}
    studies = stored.choices()
    told = stored.labels(studies.values())
    for name, path in studies.items():
        for kind in KINDS:
            made[f"{stored.address(path)}:{kind}"] = Offered(kind, f"{name}: {kind}", f"{told[path]}: {kind}", path=path)
    return made | {
        f"shipped:{stem}": Offered("shipped", f"Shipped topics: {stem}", f"Shipped topics: {stem}", stem) for stem in shipped_topics()
    }


def preset(options: Mapping[str, Offered]) -> list[str]:
    """Return the sets chosen at first: those of the study in use, else shipped topics."""
    path = shared.remembered()
    own = [id for id, each in options.items() if path and each.path == path]
    return own or [id for id, each in options.items() if each.kind == "shipped"][:1]


def read(each: Offered, own: dict[str, Own]) -> "pd.DataFrame":
    """Return one set."""
    if each.path:
        return readings.study_set(each.path, KINDS[each.kind], each.name)
    if each.kind == "shipped":
        return readings.shipped_set(each.where, each.name)
    taken, column = own[each.where]
    return readings.file_set(*taken.source, each.name, taken.how, column)


def digest(frame: "pd.DataFrame") -> str:
    """Return a short address of the rows of a table."""
    made = hashlib.sha256()
    for column in ("key", "text", "category", "author"):
        made.update("\x1e".join(frame[column]).encode("utf-8", "replace"))
    return made.hexdigest()[:16]


def colours(chosen: Chosen) -> list[str]:
    """Return the properties by which the sets can be coloured: those that at least one question has, and what can be read from its words."""
    frame = chosen.frame
    held = {
        "set": True,
        "category": (frame["category"] != "").any(),
        "score": frame["score"].notna().any(),
        "author": (frame["author"] != "").any(),
        "country": not frame.empty,
        "year": not frame.empty,
    }
    return [each for each, there in held.items() if there]


def groupings(chosen: Chosen) -> list[str]:
    """Return the properties by which the questions can be put into groups."""
    return [each for each in colours(chosen) if each in ("set", "author", "category")]
