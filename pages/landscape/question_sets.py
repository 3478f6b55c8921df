"""Choose one or several sets of questions: of studies, their topics, shipped topics, files of one's own. Shared by the Landscape pages."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.askable import listed
from adaem_core.archive.origin import Origin, says_simulated
from adaem_core.generate.topics import shipped_topics, text_column
from pages.find import files
from pages.landscape import readings
from pages.shared import show, stored
from pages.shared.caption import file_name, of_studies

if TYPE_CHECKING:
    import pandas as pd

Own = tuple[files.Taken, str]  # a file and its column with the questions
KINDS = {"questions": "question_set", "topics": "topic_set"}
# Columns of a table of questions.
WORDING = {"text": st.column_config.TextColumn("Question", width="large"), "author": "Author"}
FURTHER = {"category": "Category", "score": st.column_config.NumberColumn("S", format="%.2f"), "set": "Set", "id": "Id"}


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


def choose(key: str, *, to: str) -> Chosen:
    """Draw the choice of sets and return what was chosen; BadInput where a file or study cannot be read.

    Without any question the page ends here, saying that there is none `to` show, measure, … and what to do.
    """
    from adaem_core.visualize.tables_landscape import together

    studies = stored.choices()
    own = uploads(key)
    options = offered(studies, list(own))
    names = st.multiselect(
        "Sets of questions", list(options), preset(list(studies), list(options)), key=f"{key}_sets", placeholder="choose"
    )
    names += [each for each in options if options[each][0] == "file" and each not in names]
    frame = together([read(options[name], name, own, studies) for name in names])
    if frame.empty:
        show.empty(f"No question to {to}: choose a set above, or add one of your own.", "pages/new_run.py", "Start a run")
        st.stop()
    made = tuple(dict.fromkeys(studies[options[name][1]] for name in names if options[name][0] in KINDS))
    files_say = any(says_simulated(row for _, row in taken.found.rows) for taken, _ in own.values())
    simulated = files_say or any(stored.made(path).simulated for path in made)
    return Chosen(frame, digest(frame), simulated, tuple(names), made)


def uploads(key: str) -> dict[str, Own]:
    """Draw the upload, how each file was read and which column of it holds the questions; return the files by name."""
    with st.expander("Add sets of your own", icon=":material/upload_file:"):
        given = files.take_several("Question files", f"{key}_files", "Tables, lists or workbooks, one question a row.")
        st.caption(
            "Columns category, score and author are used where they are there. The official files of Touché23-ValueEval and ValueBench are read "
            "as they are. Files added here are always part of the page."
        )
        return {each.source[0]: (each, column_of(each, f"{key}_column_{each.source[0]}")) for each in given}


def column_of(taken: files.Taken, key: str) -> str:
    """Return the column of a file that holds the questions, as chosen; tell which rows have none."""
    found = taken.found
    column = files.choose_column(found.columns, text_column(found), key, f"Column of {show.plain(found.name)} with the questions")
    empty = [number for number, row in found.rows if not row[column].strip()]
    files.tell([f"Lines left out because they have no text: {listed(empty)}"] * bool(empty))
    return column


def offered(studies: dict[str, Path], files: list[str]) -> dict[str, tuple[str, str]]:
    """Return what can be chosen: name shown → kind and what it is read from."""
    made: dict[str, tuple[str, str]] = {f"File: {name}": ("file", name) for name in files}
    for stem in studies:
        made |= {f"{stem}: {kind}": (kind, stem) for kind in KINDS}
    return made | {f"Shipped topics: {stem}": ("shipped", stem) for stem in shipped_topics()}


def preset(studies: list[str], options: list[str]) -> list[str]:
    """Return the sets chosen at first: those of the study last looked at, else shipped topics."""
    if not studies:
        return [each for each in options if each.startswith("Shipped")][:1]
    wanted = st.query_params.get("study") or st.session_state.get("last_study")
    stem = wanted if wanted in studies else studies[0]
    return [f"{stem}: {kind}" for kind in KINDS]


def read(source: tuple[str, str], name: str, own: dict[str, Own], studies: dict[str, Path]) -> "pd.DataFrame":
    """Return one set."""
    kind, where = source
    if kind == "file":
        taken, column = own[where]
        return readings.file_set(*taken.source, name, taken.how, column)
    if kind == "shipped":
        return readings.shipped_set(where, name)
    return readings.study_set(studies[where], KINDS[kind], name)


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
